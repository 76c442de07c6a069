"""Novelty: whether a record tells of a reaction that is known already, and what a further report adds to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.domain.fingerprints import folded, shingles
from bot.domain.happenings import headline_end, is_about_news
from bot.domain.items import Item
from bot.domain.links import ONE_DAY
from bot.domain.reactions import COLLECTIVE_ACTORS, Reaction, ReactionType, Record, Report, reaction_id, report_id

# Share of the shorter wording's shingles that two reports of one statement have in common.
SAME_WORDS = 0.7
# Below this many characters a quote ("deeply concerned") is anybody's.
TELLING_QUOTE = 24


def known_as(
    record: Record,
    item: Item,
    reactions: Iterable[Reaction],
    window: timedelta,
    retold: Callable[[Reaction], bool] = lambda _: False,
) -> tuple[Reaction, str] | None:
    """Return the reaction that a record reports once more, and why it is the same; None when the record is new.

    `retold` says of a reaction whether the record may be another story's recollection of it, in other words.
    """
    near = [reaction for reaction in reactions if _same_act(record, reaction) and _in_window(item, reaction, window)]
    # The oldest first: what was posted first gathers the reports.
    near.sort(key=lambda reaction: (reaction.first_reported_at, reaction.id))
    for reaction in near:
        if item.story_id is not None and reaction.story_id == item.story_id:
            return reaction, "same act in the same story"
    for reaction in near:
        if _same_quote(record, reaction):
            return reaction, "same act in the same quote"
        if _in_window(item, reaction, min(window, ONE_DAY)) and _same_wording(record, reaction):
            return reaction, "same act in the same words"
    for reaction in near:
        if _in_window(item, reaction, min(window, ONE_DAY)) and retold(reaction):
            return reaction, "same act, retold"
    return None


def _same_act(record: Record, reaction: Reaction) -> bool:
    if (record.actor, record.type, record.background) != (reaction.actor, reaction.type, reaction.background):
        return False
    if record.actor in COLLECTIVE_ACTORS and not _same_speaker(record.speaker, reaction.speaker):
        return False
    return not record.targets or not reaction.targets or not set(record.targets).isdisjoint(reaction.targets)


def _same_speaker(one: str | None, other: str | None) -> bool:
    """Return whether two names are one person's or body's: equal, or one the end of the other ("Luis Moreno Ocampo")."""
    ours, theirs = folded(one or "").split(), folded(other or "").split()
    shorter, longer = sorted((ours, theirs), key=len)
    return ours == theirs or (bool(shorter) and longer[-len(shorter) :] == shorter)


def _in_window(item: Item, reaction: Reaction, window: timedelta) -> bool:
    return reaction.first_reported_at - window <= item.published <= reaction.last_reported_at + window


def _same_quote(record: Record, reaction: Reaction) -> bool:
    if not record.quote or not reaction.quote or min(len(record.quote), len(reaction.quote)) < TELLING_QUOTE:
        return False
    return _alike(record.quote, reaction.quote)


def _same_wording(record: Record, reaction: Reaction) -> bool:
    """Return whether two reports are worded alike and no quote tells them apart: tomorrow's headline may be today's."""
    return not (record.quote and reaction.quote) and _alike(record.evidence, reaction.evidence)


def _alike(one: str, other: str) -> bool:
    ours, theirs = shingles(one), shingles(other)
    return len(ours & theirs) >= SAME_WORDS * min(len(ours), len(theirs))


def opened(record: Record, item: Item, story_id: str) -> Reaction:
    """Return the reaction that this record is the first to report."""
    return Reaction(
        id=reaction_id(item.id, record),
        story_id=story_id,
        actor=record.actor,
        type=record.type,
        targets=record.targets,
        speaker=record.speaker,
        role=record.role,
        quote=record.quote,
        evidence=record.evidence,
        tier=record.tier,
        background=record.background,
        first_reported_at=item.published,
        last_reported_at=item.published,
        outlets=(item.outlet,),
        languages=(item.language,) if item.language else (),
    )


def joined(reaction: Reaction, record: Record, item: Item, *, counted: bool) -> Reaction:
    """Return the reaction with one more report; `counted` when this item's report is in its numbers already.

    The better tier wins, and with it its words; among equals the longest quote.
    """
    better = record.tier.rank < reaction.tier.rank
    worse = record.tier.rank > reaction.tier.rank
    longer = record.quote is not None and len(record.quote) > len(reaction.quote or "") and not worse
    takes_words = longer or (better and not (reaction.quote and not record.quote))
    words = record if takes_words else reaction
    return replace(
        reaction,
        targets=reaction.targets or record.targets,
        # Whose words are shown is who said them: a name from another report may be another person's.
        speaker=words.speaker,
        role=words.role,
        quote=words.quote,
        evidence=words.evidence,
        tier=record.tier if better else reaction.tier,
        first_reported_at=min(reaction.first_reported_at, item.published),
        last_reported_at=max(reaction.last_reported_at, item.published),
        reports=reaction.reports if counted else reaction.reports + 1,
        outlets=_with(reaction.outlets, item.outlet),
        copying=_copying(reaction, item),
        languages=_with(reaction.languages, item.language) if item.language else reaction.languages,
    )


def _copying(reaction: Reaction, item: Item) -> tuple[str, ...]:
    """Return the outlets that only copy, once this item tells the reaction too."""
    if item.duplicate_of is None:
        return tuple(outlet for outlet in reaction.copying if outlet != item.outlet)
    return reaction.copying if item.outlet in reaction.outlets else (*reaction.copying, item.outlet)


def reworded(reaction: Reaction, record: Record) -> Reaction:
    """Return a reaction that one item alone reports, in that item's new words."""
    return replace(
        reaction,
        targets=record.targets,
        speaker=record.speaker,
        role=record.role,
        quote=record.quote,
        evidence=record.evidence,
        tier=record.tier,
    )


def _with(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return names if name in names else (*names, name)


def report_of(record: Record, item: Item, reaction: Reaction, reason: str) -> Report:
    """Return this item's report of a reaction."""
    return Report(
        id=report_id(item.id, record),
        item_id=item.id,
        reaction_id=reaction.id,
        record=record,
        outlet=item.outlet,
        language=item.language,
        reported_at=item.published,
        reason=reason,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the records of one item came to, as ids of reactions.

    `reactions` are those the item reports; `further` of them gained an outlet; `withdrawn` are those that its new wording
    reports no more; `replaced` maps those of them that nobody else reports to what stands in their place.
    """

    reactions: tuple[str, ...]
    further: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    replaced: dict[str, tuple[str, ...]] = field(default_factory=dict)


class Acts:
    """The reactions that bear on a batch: those known, and those that this batch reports."""

    def __init__(
        self,
        reactions: Iterable[Reaction],
        reports: Iterable[Report],
        window: timedelta,
        title_of: Callable[[str], str],
        apart: frozenset[str] = frozenset(),
    ) -> None:
        """Begin with what is known; stories that are `apart` share no reaction with others, however alike the words."""
        self._window = window
        self._apart = apart
        self._title_of = title_of
        self._reactions: dict[str, Reaction] = {}
        self._by_act: dict[tuple[str, ReactionType], dict[str, None]] = defaultdict(dict)
        self._reports: dict[str, dict[str, Report]] = defaultdict(dict)
        self._written: dict[str, None] = {}
        self._written_reports: dict[str, Report] = {}
        self._withdrawn: dict[str, None] = {}
        for reaction in sorted(reactions, key=lambda reaction: (reaction.first_reported_at, reaction.id)):
            self._keep(reaction)
        for report in sorted(reports, key=lambda report: report.id):
            self._reports[report.item_id][report.id] = report

    @property
    def written(self) -> tuple[Reaction, ...]:
        """Return the reactions that are new or changed."""
        return tuple(self._reactions[name] for name in self._written)

    @property
    def reports(self) -> tuple[Report, ...]:
        """Return the reports that are new or changed."""
        return tuple(self._written_reports.values())

    @property
    def withdrawn_reports(self) -> tuple[str, ...]:
        """Return the ids of stored reports that a new wording does not make."""
        return tuple(self._withdrawn)

    def reaction(self, name: str) -> Reaction:
        """Return the reaction with this id, as the batch has left it."""
        return self._reactions[name]

    def tell(self, item: Item, records: Sequence[Record]) -> Told:
        """Count an item's records as its reports, in place of those it made before."""
        earlier = self._reports.pop(item.id, {})
        before = {report.reaction_id: None for report in earlier.values()}
        told: dict[str, None] = {}
        further: dict[str, None] = {}
        end = headline_end(item.title)
        leads = any(record.start < end for record in records)
        for record in records:
            # Where the headline tells one act, the others are what it recalls.
            recalls = leads and record.start >= end
            reaction, reason, gained = self._tell(item, record, before, told, recalls=recalls)
            told[reaction.id] = None
            if gained:
                further[reaction.id] = None
            report = report_of(record, item, reaction, reason)
            self._reports[item.id][report.id] = report
            self._written_reports[report.id] = report
        for name in earlier:
            if name not in self._reports[item.id]:
                self._withdrawn[name] = None
        gone = tuple(name for name in before if name not in told)
        replaced = self._take_back(gone, [name for name in told if name not in before])
        return Told(reactions=tuple(told), further=tuple(further), withdrawn=gone, replaced=replaced)

    def _tell(
        self, item: Item, record: Record, before: dict[str, None], told: dict[str, None], *, recalls: bool
    ) -> tuple[Reaction, str, bool]:
        """Return the reaction that a record reports, why that one, and whether it gained an outlet by it."""
        same_act = [self._reactions[name] for name in self._by_act.get((record.actor, record.type), ())]
        own = [reaction for reaction in same_act if reaction.id in before and _same_act(record, reaction)]
        if own:
            met: tuple[Reaction, str] | None = own[0], "told by this item before"
        else:
            near = [reaction for reaction in same_act if self._may_share(item, reaction)]
            met = known_as(record, item, near, self._window, lambda known: recalls or self._retold(item, known))
        if met is None:
            reaction = opened(record, item, item.story_id or "")
            self._write(reaction)
            return reaction, "first report of it", False
        known, reason = met
        if known.reports == 1 and known.id in before and known.id not in told:
            reaction = reworded(known, record)
        else:
            reaction = joined(known, record, item, counted=known.id in before or known.id in told)
        self._write(reaction)
        return reaction, reason, reaction.outlets != known.outlets

    def _may_share(self, item: Item, reaction: Reaction) -> bool:
        return item.story_id == reaction.story_id or self._apart.isdisjoint((item.story_id or "", reaction.story_id))

    def _retold(self, item: Item, reaction: Reaction) -> bool:
        """Return whether the item, or the story that told the reaction first, is about the news."""
        titles = (item.title, self._title_of(reaction.story_id))
        return any(is_about_news(title, folded(title)) for title in titles)

    def _take_back(self, gone: Sequence[str], instead: Sequence[str]) -> dict[str, tuple[str, ...]]:
        replaced = {}
        for name in gone:
            reaction = self._reactions[name]
            left = max(0, reaction.reports - 1)
            if left:
                self._write(replace(reaction, reports=left))
                continue
            self._write(replace(reaction, reports=0, outlets=(), copying=(), languages=()))
            replaced[name] = tuple(other for other in instead if self._reactions[other].actor == reaction.actor)
        return replaced

    def _write(self, reaction: Reaction) -> None:
        self._written[reaction.id] = None
        self._keep(reaction)

    def _keep(self, reaction: Reaction) -> None:
        self._reactions[reaction.id] = reaction
        self._by_act[reaction.actor, reaction.type][reaction.id] = None
