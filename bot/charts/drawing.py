"""Drawing: a survey becomes PNG bytes. Pure but for matplotlib, which is imported in the worker alone."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.domain.reactions import Family
from bot.domain.surveys import REST, Bands, Board, Cell, Timeline

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Pixels per inch and inches: 1,080 pixels wide, which a phone shows without scaling down the letters.
DPI = 150
WIDTH = 7.2
# Families in Okabe and Ito's colours, which colour-blind readers tell apart, from hostile to friendly.
FAMILY_COLOURS: dict[Family, str] = {
    Family.FORCE: "#7f2704",
    Family.THREAT: "#d55e00",
    Family.PRESSURE: "#e69f00",
    Family.CRITICISM: "#cc79a7",
    Family.REBUTTAL: "#a6567f",
    Family.CONCERN: "#f0e442",
    Family.PUBLIC: "#999999",
    Family.STATEMENT: "#bdbdbd",
    Family.APPEAL: "#56b4e9",
    Family.DIPLOMACY: "#0072b2",
    Family.SUPPORT: "#2ca58d",
    Family.ASSISTANCE: "#009e73",
    Family.RELIEF: "#74c476",
}
# Okabe and Ito's seven, in an order in which neighbours differ in lightness too.
ACTOR_COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442")
# A diverging pair that holds up under every common colour blindness: vermilion for hostile, blue for friendly.
HOSTILE, NEUTRAL, FRIENDLY = "#d55e00", "#8c8c8c", "#0072b2"
WORST, BEST = -4, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The ground and the ink of a picture."""

    ground: str
    ink: str
    faint: str


DARK = Theme(ground="#2b2d31", ink="#f2f3f5", faint="#4e5058")
LIGHT = Theme(ground="#ffffff", ink="#1e1f22", faint="#d9dadd")


@dataclass(frozen=True, slots=True, kw_only=True)
class Captions:
    """The words on a picture, in the reader's language."""

    title: str
    subtitle: str = ""
    actors: Mapping[str, str]
    families: Mapping[Family, str]
    silence: str = "—"
    tone: str = "tone"
    rest: str = "others"


def draw_timeline(line: Timeline, captions: Captions, theme: Theme) -> bytes:
    """Return a picture of reactions per day, stacked by band, over a strip of their mean tone, as PNG."""
    from matplotlib.ticker import MaxNLocator

    figure = _figure(captions, theme, height=5.2)
    axes, strip = figure.subplots(2, 1, sharex=True, height_ratios=[4, 1])
    for each in (axes, strip):
        _plain(each, theme)
        each.grid(axis="y", color=theme.faint, linewidth=0.6)
        each.set_axisbelow(True)
    floor = [0] * len(line.days)
    for place, (band, counts) in enumerate(zip(line.bands, line.counts, strict=True)):
        colour, name = _band(line, place, band, captions)
        axes.bar(range(len(line.days)), counts, bottom=floor, color=colour, width=0.86, label=name)
        floor = [low + count for low, count in zip(floor, counts, strict=True)]
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    told = [(place, tone) for place, tone in enumerate(line.tones) if tone is not None]
    # A tone of nought is told by a sliver, silence by nothing.
    heights = [tone or 0.12 for _, tone in told]
    strip.bar([place for place, _ in told], heights, color=[tone_colour(tone) for _, tone in told], width=0.86)
    strip.axhline(0, color=theme.ink, alpha=0.5, linewidth=0.8)
    strip.set_ylim(WORST, BEST)
    strip.set_yticks([WORST, 0, BEST], [f"{WORST}", "0", f"+{BEST}"])
    strip.set_ylabel(captions.tone, color=theme.ink, fontsize=11)
    every = max(1, -(-len(line.days) // 8))
    strip.set_xticks(range(0, len(line.days), every), [f"{day:%d.%m.}" for day in line.days[::every]])
    axes.tick_params(axis="x", length=0)
    if line.bands:
        figure.legend(
            *axes.get_legend_handles_labels(),
            loc="outside lower center",
            ncols=3,
            frameon=False,
            labelcolor=theme.ink,
            fontsize=11,
        )
    return _png(figure)


def _band(line: Timeline, place: int, band: str, captions: Captions) -> tuple[str, str]:
    """Return a band's colour and what it is called."""
    if line.by is Bands.FAMILIES:
        return FAMILY_COLOURS[Family(band)], captions.families[Family(band)]
    if band == REST:
        return NEUTRAL, captions.rest
    return ACTOR_COLOURS[place % len(ACTOR_COLOURS)], captions.actors[band]


def draw_board(board: Board, captions: Captions, theme: Theme) -> bytes:
    """Return a picture of who did what towards whom, a row an actor and a column a party, as PNG."""
    figure = _figure(captions, theme, height=1.7 + 0.44 * max(len(board.actors), 1))
    axes = figure.subplots()
    _plain(axes, theme)
    most = max((cell.count for row in board.cells for cell in row if cell), default=1)
    for height, row in enumerate(board.cells):
        for place, cell in enumerate(row):
            _draw_cell(axes, cell, place, height, most, captions, theme)
    axes.set_xlim(-0.5, len(board.parties) - 0.5)
    axes.set_ylim(max(len(board.actors), 1) - 0.5, -0.5)
    axes.set_xticks(
        range(len(board.parties)), [_folded(captions.actors[party], 16) for party in board.parties], fontweight="bold"
    )
    axes.set_yticks(range(len(board.actors)), [_folded(captions.actors[actor], 22) for actor in board.actors])
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    return _png(figure)


def _draw_cell(
    axes: Axes, cell: Cell | None, place: int, height: int, most: int, captions: Captions, theme: Theme
) -> None:
    if cell is None:
        axes.text(place, height, captions.silence, ha="center", va="center", color=theme.ink, alpha=0.45, fontsize=11)
        return
    # The area tells how much, the colour and the word tell what: nothing is told by colour alone.
    axes.scatter(place - 0.33, height, s=110 + 380 * cell.count / most, color=tone_colour(cell.tone), zorder=2)
    axes.text(place - 0.33, height, str(cell.count), ha="center", va="center", color="white", fontsize=10, zorder=3)
    families = ", ".join(captions.families[family] for family in cell.families[:2])
    axes.text(place - 0.18, height, families, ha="left", va="center", color=theme.ink, fontsize=10)


def tone_colour(tone: float) -> str:
    """Return the colour of a mean tone, from hostile over neutral to friendly, as #rrggbb."""
    far, share = (HOSTILE, tone / WORST) if tone < 0 else (FRIENDLY, tone / BEST)
    share = min(1.0, share**0.7)
    mixed = (round(int(NEUTRAL[at : at + 2], 16) * (1 - share) + int(far[at : at + 2], 16) * share) for at in (1, 3, 5))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _figure(captions: Captions, theme: Theme, *, height: float) -> Figure:
    # The object API: pyplot keeps figures alive behind one's back.
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor=theme.ground)
    # The lowest line is the subtitle's.
    low = 0.25 / height
    figure.set_layout_engine("constrained", rect=(0, low, 1, 1 - low))
    figure.suptitle(captions.title, color=theme.ink, fontsize=15, fontweight="bold", x=0.02, ha="left")
    if captions.subtitle:
        figure.text(0.98, 0.005, captions.subtitle, color=theme.ink, alpha=0.7, fontsize=9, ha="right", va="bottom")
    return figure


def _folded(name: str, width: int) -> str:
    return "\n".join(textwrap.wrap(name, width))


def _plain(axes: Axes, theme: Theme) -> None:
    axes.set_facecolor(theme.ground)
    axes.tick_params(colors=theme.ink, labelsize=11)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)


def _png(figure: Any) -> bytes:
    drawn = io.BytesIO()
    figure.savefig(drawn, format="png", facecolor=figure.get_facecolor())
    return drawn.getvalue()
