"""The forms of the subscribe dialogue: what has too many possibilities for a select."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import time

import discord

from bot.discord.answers import Interaction, answer_error
from bot.discord.choices import chosen_actor
from bot.discord.drafts import Draft, read_time
from bot.discord.rendering import actor_name
from bot.discord.words import Words, languages
from bot.domain.actors import ActorNames
from bot.domain.errors import Invalid
from bot.domain.presentation import TYPE_WORDS
from bot.domain.reactions import ReactionType

Taken = Callable[[Interaction, Draft], Awaitable[None]]
FormMaker = Callable[[Draft, Words, ActorNames, Taken, str], "Form"]

_WORDS_LIMIT = 20
_MOST_OUTLETS = 50
_FIELD_LIMIT = 300


def listed(text: str) -> tuple[str, ...]:
    """Return the parts of a list that people write with commas, semicolons or line ends."""
    parts = text.replace(";", ",").replace("\n", ",").split(",")
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


class Form(discord.ui.Modal):
    """A form about a draft; what it takes in goes back to the panel."""

    def __init__(self, title: str, draft: Draft, words: Words, names: ActorNames, taken: Taken, custom_id: str) -> None:
        super().__init__(title=title, custom_id=custom_id, timeout=900)
        self.draft = draft
        self.words = words
        self.names = names
        self._taken = taken

    def field(self, label: str, value: str, *, hint: str = "", limit: int = _FIELD_LIMIT) -> discord.ui.TextInput[Form]:
        """Add an optional line of text."""
        text: discord.ui.TextInput[Form] = discord.ui.TextInput(
            default=value[:limit] or None, placeholder=hint[:100] or None, required=False, max_length=limit
        )
        self.add_item(discord.ui.Label(text=label, component=text))
        return text

    def read(self) -> Draft:
        """Return the draft as the form was filled in. Raises Invalid."""
        raise NotImplementedError

    async def on_submit(self, interaction: Interaction) -> None:
        """Hand the changed draft to the panel."""
        await self._taken(interaction, self.read())

    async def on_error(self, interaction: Interaction, error: Exception) -> None:  # type: ignore[override] # a modal's own
        """Tell whoever filled it in."""
        await answer_error(interaction, error)

    def actors(self, text: str) -> frozenset[str]:
        """Return the codes of the actors that are named. Raises Invalid, with the nearest."""
        return frozenset(chosen_actor(self._code_of(part), self.names) for part in listed(text))

    def _code_of(self, part: str) -> str:
        wanted = part.casefold()
        shown = (code for code in self.names.codes() if actor_name(self.names, self.words, code).casefold() == wanted)
        return next(shown, part)


class WhoForm(Form):
    """Who exactly, and towards whom."""

    def __init__(self, draft: Draft, words: Words, names: ActorNames, taken: Taken, custom_id: str) -> None:
        super().__init__(words("Who, and towards whom"), draft, words, names, taken, custom_id)
        hint = words("France, EU, Armenia … by commas")
        self.who = self.field(words("Who reacts"), self._named(draft.filters.actors), hint=hint)
        self.towards = self.field(words("Towards whom"), self._named(draft.filters.targets), hint=hint)

    def _named(self, codes: frozenset[str]) -> str:
        return ", ".join(actor_name(self.names, self.words, code) for code in sorted(codes))

    def read(self) -> Draft:
        """Return the draft with these actors and targets."""
        filters = replace(
            self.draft.filters, actors=self.actors(self.who.value), targets=self.actors(self.towards.value)
        )
        return replace(self.draft, filters=filters)


class WordsForm(Form):
    """Which words, languages and outlets."""

    def __init__(self, draft: Draft, words: Words, names: ActorNames, taken: Taken, custom_id: str) -> None:
        super().__init__(words("Words and sources"), draft, words, names, taken, custom_id)
        filters = draft.filters
        commas = words("by commas")
        self.include = self.field(words("With the words"), ", ".join(filters.include), hint=commas)
        self.exclude = self.field(words("Without the words"), ", ".join(filters.exclude), hint=commas)
        self.languages = self.field(words("Languages"), ", ".join(sorted(filters.languages)), hint="en, fr, ru")
        self.outlets = self.field(words("Outlets"), ", ".join(sorted(filters.outlets)), hint=commas)
        fewest = str(filters.min_outlets) if filters.min_outlets > 1 else ""
        self.fewest = self.field(words("Outlets at least"), fewest, hint="1", limit=2)

    def read(self) -> Draft:
        """Return the draft with these words and sources. Raises Invalid."""
        fewest = self.fewest.value.strip() or "1"
        if not fewest.isdecimal() or not 1 <= int(fewest) <= _MOST_OUTLETS:
            raise Invalid(self.words("“{text}” is no number of outlets; write one from 1 to 50", text=fewest))
        codes = frozenset(code.casefold() for code in listed(self.languages.value))
        if unknown := sorted(code for code in codes if len(code) not in {2, 3}):
            raise Invalid(self.words("“{text}” is no language code; write en, fr, ru, hy, az …", text=unknown[0]))
        filters = replace(
            self.draft.filters,
            include=listed(self.include.value)[:_WORDS_LIMIT],
            exclude=listed(self.exclude.value)[:_WORDS_LIMIT],
            languages=codes,
            outlets=frozenset(listed(self.outlets.value)),
            min_outlets=int(fewest),
        )
        return replace(self.draft, filters=filters)


class WhenForm(Form):
    """The time of digests, the quiet hours, and the language."""

    def __init__(self, draft: Draft, words: Words, names: ActorNames, taken: Taken, custom_id: str) -> None:
        super().__init__(words("When, and in which language"), draft, words, names, taken, custom_id)
        schedule = draft.schedule
        quiet = ""
        if schedule.quiet_from is not None and schedule.quiet_until is not None:
            quiet = f"{schedule.quiet_from:%H:%M}-{schedule.quiet_until:%H:%M}"
        self.at = self.field(words("Time of digests"), f"{schedule.at:%H:%M}", hint="08:00", limit=5)
        self.zone = self.field(words("Time zone"), schedule.timezone, hint="Europe/Paris, Asia/Yerevan", limit=40)
        self.weekday = self.field(words("Day of weekly digests, 1 is Monday"), str(schedule.weekday + 1), limit=1)
        self.quiet = self.field(words("Quiet hours"), quiet, hint="22:00-07:00", limit=11)
        self.language = self.field(
            words("Language of the messages"), draft.language, hint=", ".join(languages()), limit=2
        )

    def read(self) -> Draft:
        """Return the draft with this schedule. Raises Invalid."""
        at = read_time(self.at.value or "08:00")
        if at is None:
            raise Invalid(self.words("“{text}” is no time; write it as 08:00", text=self.at.value))
        weekday = self.weekday.value.strip() or "1"
        if weekday not in set("1234567"):
            raise Invalid(self.words("“{text}” is no day; write 1 for Monday to 7 for Sunday", text=weekday))
        quiet_from, quiet_until = self._quiet_hours()
        language = self.language.value.strip().casefold() or self.draft.language
        if language not in languages():
            known = ", ".join(languages())
            raise Invalid(
                self.words("There are no messages in “{text}”; there are {known}", text=language, known=known)
            )
        schedule = replace(
            self.draft.schedule,
            at=at,
            timezone=self.zone.value.strip() or "UTC",
            weekday=int(weekday) - 1,
            quiet_from=quiet_from,
            quiet_until=quiet_until,
        )
        return replace(self.draft, schedule=schedule, language=language)

    def _quiet_hours(self) -> tuple[time | None, time | None]:
        text = self.quiet.value.strip().replace("–", "-")
        if not text:
            return None, None
        start, _, end = text.partition("-")
        quiet_from, quiet_until = read_time(start), read_time(end)
        if quiet_from is None or quiet_until is None or quiet_from == quiet_until:
            raise Invalid(self.words("“{text}” are no quiet hours; write 22:00-07:00", text=text))
        return quiet_from, quiet_until


class PingForm(Form):
    """Which role is pinged, for which types alone."""

    def __init__(self, draft: Draft, words: Words, names: ActorNames, taken: Taken, custom_id: str) -> None:
        super().__init__(words("Ping a role"), draft, words, names, taken, custom_id)
        chosen = [discord.Object(int(draft.ping_role_id))] if draft.ping_role_id else []
        self.role: discord.ui.RoleSelect[Form] = discord.ui.RoleSelect(
            min_values=0, max_values=1, required=False, default_values=chosen
        )
        options = [
            discord.SelectOption(
                label=words(TYPE_WORDS[each])[:100], value=each.value, default=each in draft.ping_types
            )
            for each in sorted(_PING_TYPES, key=lambda each: each.tone)
        ]
        self.types: discord.ui.Select[Form] = discord.ui.Select(
            min_values=0, max_values=len(options), options=options, required=False
        )
        self.add_item(discord.ui.Label(text=words("Role"), component=self.role))
        self.add_item(discord.ui.Label(text=words("For these alone"), component=self.types))

    def read(self) -> Draft:
        """Return the draft with this role, which must be one that the bot may ping. Raises Invalid."""
        role = self.role.values[0] if self.role.values else None
        types = frozenset(ReactionType(value) for value in self.types.values)
        if role is None or not types:
            return replace(self.draft, ping_role_id=None, ping_types=frozenset())
        may_ping_all = role.guild.me.guild_permissions.mention_everyone
        if role.is_default() or not (role.mentionable or may_ping_all):
            raise Invalid(
                self.words("I may not ping {role}: allow everyone to mention it in the role's settings", role=role.name)
            )
        return replace(self.draft, ping_role_id=str(role.id), ping_types=types)


# A select holds 25: those that nobody wakes a newsroom for are left out.
_PING_TYPES = tuple(
    each
    for each in ReactionType
    if not each.is_quiet
    and each not in {ReactionType.CONSULT, ReactionType.WELCOME, ReactionType.INVESTIGATE, ReactionType.PROTEST}
)
