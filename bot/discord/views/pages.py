"""Buttons that turn pages, after any restart: each holds its whole question."""

from __future__ import annotations

from dataclasses import replace

import discord

from bot.discord.answers import Interaction, answer, take_time, words_for
from bot.discord.inert import units
from bot.discord.listing import COUNTED, PAGE, page_embed, reached_by, what_to_widen
from bot.discord.questions import CUSTOM_ID_LIMIT, decoded, written
from bot.discord.views.lasting import LastingButton
from bot.discord.words import Words
from bot.domain.queries import ReactionQuery
from bot.usecases.query import within_reach


class PageButton(LastingButton, template=r"page:(?P<offset>\d{1,6}):(?P<question>.*)"):
    """Shows another page of the same question in the same message."""

    async def pressed(self, interaction: Interaction) -> None:
        """Turn the page."""
        await interaction.response.defer()
        words = words_for(interaction)
        question = self.told["question"] + _rest_on(interaction.message)
        query = replace(decoded(question), guild_id=str(interaction.guild_id or ""))
        embed, view = await a_page(interaction, query, words, int(self.told["offset"]))
        await interaction.edit_original_response(embed=embed, view=view)


class DigestButton(LastingButton, template=r"digest:(?P<digest>\w+):(?P<question>.*)"):
    """Shows all that a digest's slot brought, to whoever presses it."""

    async def pressed(self, interaction: Interaction) -> None:
        """Answer with the first page."""
        await take_time(interaction)
        query = replace(decoded(self.told["question"]), guild_id=str(interaction.guild_id or ""))
        await answer_with_page(interaction, query)


async def answer_with_page(interaction: Interaction, query: ReactionQuery, *, public: bool = False) -> None:
    """Answer a question with its first page, or with what to widen."""
    words = words_for(interaction)
    embed, view = await a_page(interaction, query, words, 0)
    if not embed.description:
        text = what_to_widen(query, words)
        # How far back was looked, where that was not all.
        await answer(interaction, f"{text}\n{embed.footer.text}" if embed.footer.text else text, public=public)
    else:
        await answer(interaction, embed=embed, view=view, public=public)


async def a_page(
    interaction: Interaction, query: ReactionQuery, words: Words, offset: int
) -> tuple[discord.Embed, discord.ui.View | None]:
    """Return one page of what the archive answers, and the buttons to its neighbours."""
    services = interaction.client.services
    near = await within_reach(services.archive, query)
    total = await services.archive.count_reactions(near, most=COUNTED + 1)
    offset = min(offset, max((total - 1) // PAGE * PAGE, 0))
    found = await services.archive.reactions(replace(near, limit=PAGE, offset=offset)) if total else ()
    embed = page_embed(
        words("Reactions"), found, services.names, words, offset=offset, total=total, reached=reached_by(near, query)
    )
    return embed, page_buttons(query, offset, min(total, COUNTED))


def page_buttons(query: ReactionQuery, offset: int, total: int) -> discord.ui.View | None:
    """Return the buttons to the pages before and after, or None where there are none.

    A question that is too long for one custom id goes on in that of the button between them, which tells the page.
    """
    view = discord.ui.View(timeout=None)
    targets = [(label, page) for label, page in (("◀", offset - PAGE), ("▶", offset + PAGE)) if 0 <= page < total]
    question = written(query)
    room = CUSTOM_ID_LIMIT - max((units(f"page:{page}:") for _, page in targets), default=0)
    first = _beginning(question, room)
    rest = question[len(first) :]
    if units(_REST + rest) > CUSTOM_ID_LIMIT:
        return None
    for label, page in targets:
        view.add_item(PageButton(f"page:{page}:{first}", label))
    if rest and targets:
        label = f"{offset // PAGE + 1} / {-(-total // PAGE)}"
        place: discord.ui.Button[discord.ui.View] = discord.ui.Button(
            label=label, custom_id=_REST + rest, disabled=True
        )
        view.add_item(place)
    view.stop()
    return view if view.children else None


_REST = "rest:"


def _beginning(text: str, room: int) -> str:
    """Return as much of the text as has room, in the units that Discord counts in."""
    while units(text) > room:
        text = text[:-1]
    return text


def _rest_on(message: discord.Message | None) -> str:
    """Return how the question goes on, where one button was not enough for it."""
    if message is None:
        return ""
    buttons = (child for row in message.components if isinstance(row, discord.ActionRow) for child in row.children)
    held = (child.custom_id or "" for child in buttons if isinstance(child, discord.Button))
    return next((custom_id.removeprefix(_REST) for custom_id in held if custom_id.startswith(_REST)), "")
