"""The subscribe dialogue: one panel that shows what was chosen and what it would have sent, until it is confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import discord
import structlog

from bot.discord.answers import Interaction, answer_error, words_for
from bot.discord.choices import FOREMOST
from bot.discord.drafts import Draft, draft_embed, filters_text, weekday_name, when_text, where_text
from bot.discord.rendering import actor_name
from bot.discord.services import Services
from bot.discord.views.forms import Form, FormMaker, PingForm, WhatForm, WhenForm, WhoForm, WordsForm
from bot.discord.words import Words
from bot.domain.actors import flag_of
from bot.domain.guilds import Act
from bot.domain.presentation import FAMILY_WORDS
from bot.domain.reactions import Family
from bot.domain.subscriptions import ChannelKind, Mode

log = structlog.get_logger()

# Seconds; the panel's interaction can be answered for a quarter of an hour.
_OPEN_FOR = 840.0
PREFIX = "draft"


class SubscribePanel(discord.ui.View):
    """Selects for the common choices, forms for the others, and a preview that follows every change."""

    def __init__(
        self, services: Services, draft: Draft, words: Words, *, session: str, warnings: tuple[str, ...]
    ) -> None:
        super().__init__(timeout=_OPEN_FOR)
        self._services = services
        self.draft = draft
        self._words = words
        self._session = session
        self._warnings = warnings
        self._origin: Interaction | None = None
        self._changes = 0
        self._build()

    async def show(self, interaction: Interaction) -> None:
        """Send the panel as the answer to a command that was deferred."""
        self._origin = interaction
        interaction.client.open_panels.add(self._session)
        embed = await self._embed()
        await interaction.followup.send(
            embed=embed, view=self, ephemeral=True, allowed_mentions=discord.AllowedMentions.none()
        )

    async def _embed(self) -> discord.Embed:
        draft, services = self.draft, self._services
        preview = await services.subscriber.preview(draft.filters, guild_id=draft.guild_id, mode=draft.mode)
        return draft_embed(draft, preview, services.names, self._words, now=services.clock(), warnings=self._warnings)

    async def changed(self, interaction: Interaction, draft: Draft) -> None:
        """Take a changed draft and show it, unless a later change is shown already."""
        self.draft = draft
        self._changes += 1
        this_change = self._changes
        if not interaction.response.is_done():
            await interaction.response.defer()
        self._choose()
        embed = await self._embed()
        if this_change == self._changes and not self.is_finished():
            await interaction.edit_original_response(embed=embed, view=self)

    def _build(self) -> None:
        """Lay the panel out, once: parts that were replaced would not answer whoever presses them meanwhile."""
        words = self._words
        self._selects = (
            PanelSelect(self, "actors", words("Who: everybody"), self._actors()),
            PanelSelect(self, "families", words("What: everything but plain statements"), self._families()),
            PanelSelect(self, "mode", words("When"), self._modes(), single=True),
        )
        for select in self._selects:
            self.add_item(select)
        forms: list[tuple[str, str, FormMaker]] = [
            (words("Who, towards whom …"), "who", WhoForm),
            (words("What exactly …"), "what", WhatForm),
            (words("Words, sources …"), "words", WordsForm),
            (words("When, language …"), "when", WhenForm),
        ]
        if self.draft.kind is not ChannelKind.DIRECT:
            forms.append((words("Ping a role …"), "ping", PingForm))
        for label, name, form in forms:
            self.add_item(FormButton(self, label, name, form))
        confirm = words("Save") if self.draft.editing else words("Subscribe")
        self.add_item(ConfirmButton(self, confirm))
        self.add_item(CancelButton(self, words("Cancel")))

    def _choose(self) -> None:
        """Have the selects show what is chosen."""
        for select, options in zip(self._selects, (self._actors(), self._families(), self._modes()), strict=True):
            select.options = options

    def custom_id(self, name: str) -> str:
        """Return the custom id of a part of this panel."""
        return f"{PREFIX}:{self._session}:{name}"

    def _actors(self) -> list[discord.SelectOption]:
        names, words = self._services.names, self._words
        chosen = self.draft.filters.actors
        codes = [*FOREMOST[: 25 - len(chosen - set(FOREMOST))], *sorted(chosen - set(FOREMOST))][:25]
        return [
            discord.SelectOption(
                label=actor_name(names, words, code)[:100],
                value=code,
                emoji=flag_of(code) or None,
                default=code in chosen,
            )
            for code in codes
        ]

    def _families(self) -> list[discord.SelectOption]:
        chosen = self.draft.filters.families
        return [
            discord.SelectOption(label=self._words(FAMILY_WORDS[each]), value=each.value, default=each in chosen)
            for each in Family
        ]

    def _modes(self) -> list[discord.SelectOption]:
        words = self._words
        chosen = _weekly(self.draft.schedule.weekday) if self.draft.mode is Mode.WEEKLY else self.draft.mode.value
        labels = {
            Mode.INSTANT.value: words("at once"),
            Mode.HOURLY.value: words("a digest every hour"),
            Mode.DAILY.value: words("a digest every day"),
        }
        labels |= {
            _weekly(day): words("a digest every {weekday}", weekday=weekday_name(day, words)) for day in range(7)
        }
        return [
            discord.SelectOption(label=label, value=value, default=value == chosen) for value, label in labels.items()
        ]

    def with_chosen(self, name: str, values: list[str]) -> Draft:
        """Return the draft with what a select chose."""
        filters = self.draft.filters
        match name:
            case "actors":
                return replace(self.draft, filters=replace(filters, actors=frozenset(values)))
            case "families":
                return replace(self.draft, filters=replace(filters, families=frozenset(map(Family, values))))
            case _:
                mode, _, day = values[0].partition(" ")
                schedule = replace(self.draft.schedule, weekday=int(day)) if day else self.draft.schedule
                return replace(self.draft, mode=Mode(mode), schedule=schedule)

    def open_form(self, form: FormMaker, name: str) -> Form:
        """Return a form about the draft as it is now."""
        return form(self.draft, self._words, self._services.names, self.changed, self.custom_id(f"{name}-form"))

    async def confirm(self, interaction: Interaction) -> None:
        """Make the subscription, or change it, and say so in place of the panel."""
        await interaction.response.defer()
        draft, words = self.draft, self._words
        by = str(interaction.user.id)
        act = Act.SUBSCRIPTION_CHANGED if draft.editing else Act.SUBSCRIBED
        if draft.editing:
            await self._services.subscriber.save(draft.applied(draft.editing))
            text = words("Changed. `/subscriptions list` shows it.")
        else:
            made = await self._services.subscriber.subscribe(
                channel_id=draft.channel_id,
                by=by,
                guild_id=draft.guild_id,
                kind=draft.kind,
                filters=draft.filters,
                mode=draft.mode,
                schedule=draft.schedule,
                ping_role_id=draft.ping_role_id,
                ping_types=draft.ping_types,
                language=draft.language,
            )
            log.info("subscribed", subscription=made.id, channel=draft.channel_id, guild=draft.guild_id)
            where = where_text(draft.kind, draft.channel_id, words)
            text = words("Subscribed: {where}. `/subscriptions` changes, pauses or ends it.", where=where)
        await self._services.administrator.note(
            act, guild_id=draft.guild_id, by=by, subject=draft.channel_id, detail=self._in_short()
        )
        self.stop()
        await interaction.edit_original_response(content=text, embed=None, view=None)

    def _in_short(self) -> str:
        """Return the draft in one line, for the server's log."""
        draft, words = self.draft, self._words
        heard_of = filters_text(draft.filters, self._services.names, words).replace("\n", "; ")
        return f"{when_text(draft.mode, draft.schedule, words)}; {heard_of}"

    async def cancel(self, interaction: Interaction) -> None:
        """Put the panel away."""
        self.stop()
        await interaction.response.edit_message(content=self._words("Nothing was changed."), embed=None, view=None)

    async def on_timeout(self) -> None:
        """Say that the panel is closed, while Discord still lets us."""
        if self._origin is None:
            return
        self._origin.client.open_panels.discard(self._session)
        try:
            await self._origin.edit_original_response(content=expired_text(self._words), embed=None, view=None)
        except discord.HTTPException:
            log.debug("the panel was gone already")

    async def on_error(
        self, interaction: Interaction, error: Exception, _item: discord.ui.Item[discord.ui.View], /
    ) -> None:
        """Tell whoever used it."""
        await answer_error(interaction, error)


def _weekly(day: int) -> str:
    return f"{Mode.WEEKLY} {day}"


class PanelSelect(discord.ui.Select[SubscribePanel]):
    """One of the panel's selects."""

    def __init__(
        self, panel: SubscribePanel, name: str, hint: str, options: list[discord.SelectOption], *, single: bool = False
    ) -> None:
        fewest, most = (1, 1) if single else (0, len(options))
        super().__init__(
            custom_id=panel.custom_id(name), placeholder=hint[:150], options=options, min_values=fewest, max_values=most
        )
        self._panel = panel
        self._name = name

    async def callback(self, interaction: Interaction) -> None:
        """Take the choice."""
        await self._panel.changed(interaction, self._panel.with_chosen(self._name, self.values))


class FormButton(discord.ui.Button[SubscribePanel]):
    """Opens one of the forms."""

    def __init__(self, panel: SubscribePanel, label: str, name: str, form: FormMaker) -> None:
        super().__init__(label=label, custom_id=panel.custom_id(name), style=discord.ButtonStyle.secondary, row=3)
        self._panel = panel
        self._form = form
        self._name = name

    async def callback(self, interaction: Interaction) -> None:
        """Show the form."""
        await interaction.response.send_modal(self._panel.open_form(self._form, self._name))


class ConfirmButton(discord.ui.Button[SubscribePanel]):
    """Makes the subscription."""

    def __init__(self, panel: SubscribePanel, label: str) -> None:
        super().__init__(label=label, custom_id=panel.custom_id("confirm"), style=discord.ButtonStyle.success, row=4)
        self._panel = panel

    async def callback(self, interaction: Interaction) -> None:
        """Confirm."""
        await self._panel.confirm(interaction)


class CancelButton(discord.ui.Button[SubscribePanel]):
    """Puts the panel away."""

    def __init__(self, panel: SubscribePanel, label: str) -> None:
        super().__init__(label=label, custom_id=panel.custom_id("cancel"), style=discord.ButtonStyle.secondary, row=4)
        self._panel = panel

    async def callback(self, interaction: Interaction) -> None:
        """Cancel."""
        await self._panel.cancel(interaction)


def expired_text(words: Words) -> str:
    """Return what is said of a panel that is no longer open."""
    return words("This dialogue is closed; nothing was changed. Use the command again to start over.")


async def answer_if_expired(interaction: Interaction) -> None:
    """Tell whoever uses a panel from before a restart that it is closed."""
    sent: Mapping[str, object] = interaction.data or {}
    custom_id = str(sent.get("custom_id", ""))
    prefix, _, rest = custom_id.partition(":")
    if prefix != PREFIX or rest.partition(":")[0] in interaction.client.open_panels:
        return
    words = words_for(interaction)
    if interaction.type is discord.InteractionType.component:
        await interaction.response.edit_message(content=expired_text(words), embed=None, view=None)
    elif interaction.type is discord.InteractionType.modal_submit:
        await interaction.response.send_message(expired_text(words), ephemeral=True)
