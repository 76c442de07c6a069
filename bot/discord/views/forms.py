"""The forms of the subscribe dialogue: what has too many possibilities for a select."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import time

import discord

from bot.discord.answers import Interaction, answer_error
from bot.discord.choices import LANGUAGES, chosen_actor
from bot.discord.drafts import Draft, read_time
from bot.discord.rendering import actor_name
from bot.discord.words import Words, languages
from bot.discord.zones import read_zone
from bot.domain.actors import ActorNames
from bot.domain.errors import Invalid
from bot.domain.presentation import TYPE_WORDS
from bot.domain.reactions import ReactionType, Tier

Taken = Callable[[Interaction, Draft], Awaitable[None]]
FormMaker = Callable[[Draft, Words, ActorNames, Taken, str], "Form"]

_WORDS_LIMIT = 20
_MOST_OUTLETS = 50
_FIELD_LIMIT = 300
_MOST_OPTIONS = 25


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
        self.submitted: Interaction | None = None

    def field(self, label: str, value: str, *, hint: str = "", limit: int = _FIELD_LIMIT) -> discord.ui.TextInput[Form]:
        """Add an optional line of text."""
        text: discord.ui.TextInput[Form] = discord.ui.TextInput(
            default=value[:limit] or None, placeholder=hint[:100] or None, required=False, max_length=limit
        )
        self.add_item(discord.ui.Label(text=label, component=text))
        return text

    def choice(
        self, label: str, options: list[discord.SelectOption], *, single: bool = False
    ) -> discord.ui.Select[Form]:
        """Add a select: one of its options, or any number of them."""
        fewest, most = (1, 1) if single else (0, len(options))
        select: discord.ui.Select[Form] = discord.ui.Select(
            min_values=fewest, max_values=most, options=options, required=single
        )
        self.add_item(discord.ui.Label(text=label, component=select))
        return select

    def read(self) -> Draft:
        """Return the draft as the form was filled in. Raises Invalid."""
        raise NotImplementedError

    async def on_submit(self, interaction: Interaction) -> None:
        """Hand the changed draft to the panel."""
        self.submitted = interaction
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


class WhatForm(Form):
    """Which types exactly, and whether what is said indirectly counts."""

    def __init__(self, draft: Draft, words: Words, names: ActorNames, taken: Taken, custom_id: str) -> None:
        super().__init__(words("What exactly"), draft, words, names, taken, custom_id)
        chosen = draft.filters.types
        self.hostile = self.choice(words("Critical ones"), _type_options(_HOSTILE, chosen, words))
        self.others = self.choice(words("All others"), _type_options(_OTHERS, chosen, words))
        directness = {
            Tier.DIGEST: words("also what is said indirectly (in digests)"),
            Tier.ALERT: words("only what is said directly"),
        }
        options = [
            discord.SelectOption(label=label, value=tier.value, default=tier is draft.filters.tier)
            for tier, label in directness.items()
        ]
        self.tier = self.choice(words("How it is said"), options, single=True)

    def read(self) -> Draft:
        """Return the draft with these types."""
        types = frozenset(map(ReactionType, (*self.hostile.values, *self.others.values)))
        tier = Tier(self.tier.values[0]) if self.tier.values else self.draft.filters.tier
        return replace(self.draft, filters=replace(self.draft.filters, types=types, tier=tier))


class WordsForm(Form):
    """Which words, languages and outlets."""

    def __init__(self, draft: Draft, words: Words, names: ActorNames, taken: Taken, custom_id: str) -> None:
        super().__init__(words("Words and sources"), draft, words, names, taken, custom_id)
        filters = draft.filters
        commas = words("by commas")
        self.include = self.field(words("With the words"), ", ".join(filters.include), hint=commas)
        self.exclude = self.field(words("Without the words"), ", ".join(filters.exclude), hint=commas)
        offered = {**LANGUAGES, **{code: code for code in sorted(filters.languages - set(LANGUAGES))}}
        options = [
            discord.SelectOption(label=name, value=code, default=code in filters.languages)
            for code, name in offered.items()
        ]
        self.languages = self.choice(words("Languages"), options[:_MOST_OPTIONS])
        self.outlets = self.field(words("Outlets"), ", ".join(sorted(filters.outlets)), hint=commas)
        fewest = str(filters.min_outlets) if filters.min_outlets > 1 else ""
        self.fewest = self.field(words("Outlets at least"), fewest, hint="1", limit=2)

    def read(self) -> Draft:
        """Return the draft with these words and sources. Raises Invalid."""
        fewest = self.fewest.value.strip() or "1"
        if not fewest.isdecimal() or not 1 <= int(fewest) <= _MOST_OUTLETS:
            raise Invalid(self.words("“{text}” is no number of outlets; write one from 1 to 50", text=fewest))
        filters = replace(
            self.draft.filters,
            include=listed(self.include.value)[:_WORDS_LIMIT],
            exclude=listed(self.exclude.value)[:_WORDS_LIMIT],
            languages=frozenset(self.languages.values),
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
        zone_hint = words("a city or a zone: Paris, Asia/Yerevan, UTC+4")
        self.zone = self.field(words("Time zone"), schedule.timezone, hint=zone_hint, limit=40)
        self.quiet = self.field(words("Quiet hours"), quiet, hint="22:00-07:00", limit=11)
        emptiness = {False: words("nothing is sent"), True: words("a digest says so")}
        self.empty = self.choice(
            words("Where there was nothing"),
            [
                discord.SelectOption(label=label, value=str(tells), default=tells is schedule.tells_empty)
                for tells, label in emptiness.items()
            ],
            single=True,
        )
        self.language = self.choice(
            words("Language of the messages"),
            [
                discord.SelectOption(label=LANGUAGES.get(code, code), value=code, default=code == draft.language)
                for code in languages()
            ],
            single=True,
        )

    def read(self) -> Draft:
        """Return the draft with this schedule. Raises Invalid."""
        at = read_time(self.at.value or "08:00")
        if at is None:
            raise Invalid(self.words("“{text}” is no time; write it as 08:00", text=self.at.value))
        quiet_from, quiet_until = self._quiet_hours()
        schedule = replace(
            self.draft.schedule,
            at=at,
            timezone=read_zone(self.zone.value, self.words),
            quiet_from=quiet_from,
            quiet_until=quiet_until,
            tells_empty=self.empty.values == ["True"],
        )
        language = self.language.values[0] if self.language.values else self.draft.language
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
        self.add_item(discord.ui.Label(text=words("Role"), component=self.role))
        types = sorted(_PING_TYPES, key=lambda each: each.tone)
        self.types = self.choice(words("For these alone"), _type_options(tuple(types), draft.ping_types, words))

    def read(self) -> Draft:
        """Return the draft with this role, which must be one that the bot may ping. Raises Invalid."""
        role = self.role.values[0] if self.role.values else None
        types = frozenset(ReactionType(value) for value in self.types.values)
        if role is None or not types:
            return replace(self.draft, ping_role_id=None, ping_types=frozenset())
        if role.is_default() or not (role.mentionable or self._may_ping_all(role)):
            raise Invalid(
                self.words("I may not ping {role}: allow everyone to mention it in the role's settings", role=role.name)
            )
        return replace(self.draft, ping_role_id=str(role.id), ping_types=types)

    def _may_ping_all(self, role: discord.Role) -> bool:
        """Return whether both the bot and whoever asks may mention any role: nobody borrows the bot's right to."""
        asks = self.submitted is not None and self.submitted.permissions.mention_everyone
        return asks and role.guild.me.guild_permissions.mention_everyone


# A select holds 25 types, and there are more.
_HOSTILE = tuple(each for each in ReactionType if each.tone < 0)
_OTHERS = tuple(each for each in ReactionType if each.tone >= 0)


def _type_options(
    types: tuple[ReactionType, ...], chosen: frozenset[ReactionType], words: Words
) -> list[discord.SelectOption]:
    return [
        discord.SelectOption(label=words(TYPE_WORDS[each])[:100], value=each.value, default=each in chosen)
        for each in types
    ]


# A select holds 25: those that nobody wakes a newsroom for are left out.
_PING_TYPES = tuple(
    each
    for each in ReactionType
    if not each.is_quiet
    and each not in {ReactionType.CONSULT, ReactionType.WELCOME, ReactionType.INVESTIGATE, ReactionType.PROTEST}
)
