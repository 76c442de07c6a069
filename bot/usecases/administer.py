"""Administer: what a server chooses for itself, and the log of who changed what."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.guilds import Act, Change, Preferences
from bot.domain.identity import content_id
from bot.domain.places import PlaceNames
from bot.usecases.ports import Clock, Guilds

# Characters; a name that is longer is cut, for the log tells what was done and not all of what it was done to.
LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Administrator:
    """Keeps a server's choices and its log."""

    guilds: Guilds
    clock: Clock

    async def note(self, act: Act, *, guild_id: str, by: str, subject: str = "", detail: str = "") -> None:
        """Write a line into the log of a server; what happens in direct messages has none."""
        if not guild_id:
            return
        now = self.clock()
        await self.guilds.add_change(
            Change(
                id=content_id("change", guild_id, by, act, subject, detail, now.isoformat()),
                guild_id=guild_id,
                author=by,
                act=act,
                subject=subject[:LONGEST],
                detail=detail[:LONGEST],
                at=now,
            )
        )

    async def choose_language(self, language: str | None, *, guild_id: str, by: str) -> Preferences:
        """Have a server answered in one language, or with None everybody in his own."""
        chosen = replace(await self.guilds.preferences(guild_id), language=language)
        await self.guilds.save_preferences(chosen)
        await self.note(Act.LANGUAGE_CHOSEN, guild_id=guild_id, by=by, subject=language or "")
        return chosen

    async def choose_place_names(self, names: PlaceNames, *, guild_id: str, by: str) -> Preferences:
        """Have disputed places called by both names, or by one side's."""
        chosen = replace(await self.guilds.preferences(guild_id), place_names=names)
        await self.guilds.save_preferences(chosen)
        await self.note(Act.PLACE_NAMES_CHOSEN, guild_id=guild_id, by=by, subject=names)
        return chosen
