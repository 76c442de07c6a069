"""Buttons that work after any restart: what they need is in their custom id."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Self

import discord

from bot.discord.answers import Interaction, acquaint, answer_error

# Matches no custom id: only the buttons made of the base class are dispatched.
_NOTHING = r"(?!)"


class LastingButton(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=_NOTHING):
    """A button whose custom id, as the template of its class tells, says all that pressing it needs."""

    def __init__(self, custom_id: str, label: str | None = None) -> None:
        super().__init__(
            discord.ui.Button(label=label, custom_id=custom_id, style=discord.ButtonStyle.secondary),
        )
        found = self.template.match(custom_id)
        self.told: dict[str, str] = found.groupdict() if found else {}

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, item: discord.ui.Item[discord.ui.View], match: re.Match[str], /
    ) -> Self:
        """Return the button that was pressed."""
        assert isinstance(item, discord.ui.Button)
        return cls(match.string, item.label)

    async def callback(self, interaction: Interaction) -> None:
        """Answer whoever pressed the button, also where that fails."""
        try:
            await self.pressed(interaction)
        except Exception as error:  # noqa: BLE001 - discord.py would only log it; whoever pressed is told as well
            await answer_error(interaction, error)

    async def pressed(self, interaction: Interaction) -> None:
        """Do what the button is for. What it raises is told to whoever pressed it."""
        raise NotImplementedError


class TurningButton(LastingButton, template=_NOTHING):
    """A button that shows another page in the same message: the one that begins at the `offset` in its custom id."""

    async def pressed(self, interaction: Interaction) -> None:
        """Turn the page."""
        await interaction.response.defer()
        await acquaint(interaction)
        embed, view = await self.page(interaction, int(self.told["offset"]))
        await interaction.edit_original_response(embed=embed, view=view)

    async def page(self, interaction: Interaction, offset: int) -> tuple[discord.Embed, discord.ui.View | None]:
        """Return the page, and the buttons to its neighbours."""
        raise NotImplementedError


def turning(
    custom_id: Callable[[int], str], button: type[TurningButton], *, offset: int, page: int, total: int
) -> discord.ui.View | None:
    """Return the buttons to the pages before and after, or None where there are none.

    `custom_id` names that of the page that begins at an offset.
    """
    view = discord.ui.View(timeout=None)
    for label, target in (("◀", offset - page), ("▶", offset + page)):
        if 0 <= target < total:
            view.add_item(button(custom_id(target), label))
    view.stop()
    return view if view.children else None
