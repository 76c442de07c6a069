"""“Wrong?”: on every alert in a server, for its moderators, after any restart."""

from __future__ import annotations

from dataclasses import replace

import discord
import structlog

from bot.discord.answers import Interaction, answer, answer_error, take_time, words_for
from bot.discord.choices import chosen_actor
from bot.discord.decisions import Told, panel_embed, plain_line, told_of
from bot.discord.permissions import may_correct
from bot.discord.rendering import actor_name
from bot.discord.services import Services
from bot.discord.views.forms import listed
from bot.discord.views.lasting import LastingButton
from bot.discord.views.placing import StoryPanel, stories_near
from bot.discord.views.subscribing import PREFIX, expired_text
from bot.discord.words import Words, words_in
from bot.domain.amending import Ruling
from bot.domain.amendments import Decision
from bot.domain.errors import Invalid
from bot.domain.guilds import Act
from bot.domain.identity import content_id
from bot.domain.presentation import TYPE_WORDS
from bot.domain.reactions import ReactionType, Record

log = structlog.get_logger()

# Seconds; as for every dialogue.
_OPEN_FOR = 840.0
_DECISIONS_READ = 100
_FIELD_LIMIT = 300
_MOST_TARGETS = 20

# A select holds 25 types, and there are more.
_HOSTILE = tuple(each for each in ReactionType if each.tone < 0)
_OTHERS = tuple(each for each in ReactionType if each.tone >= 0)


class WrongButton(LastingButton, template=r"wrong:(?P<alert>\w+):(?P<story>[^:]*):(?P<item>[^:]+)"):
    """Opens the dialogue in which a moderator says what is wrong."""

    async def pressed(self, interaction: Interaction) -> None:
        """Open the dialogue, for those who may."""
        await take_time(interaction)
        words = words_for(interaction)
        if not may_correct(interaction):
            await answer(
                interaction, words("Corrections are made by moderators, where the bot's operator lets them. Ask one.")
            )
            return
        services = interaction.client.services
        life = await services.archive.life_of(self.told["item"])
        decided = await services.amender.amendments.amendments(item_id=self.told["item"], limit=_DECISIONS_READ)
        told = told_of(life, decided, self.told["alert"])
        if not told:
            await answer(interaction, words("Nobody's reaction was found in it."))
            return
        session = content_id("panel", str(interaction.id))[:10]
        await CorrectionPanel(services, self.told["item"], told, words, session=session).show(interaction)


class CorrectionPanel(discord.ui.View):
    """Which reaction, and what is right: nothing is changed before it is said to be saved."""

    def __init__(self, services: Services, item_id: str, told: tuple[Told, ...], words: Words, *, session: str) -> None:
        super().__init__(timeout=_OPEN_FOR)
        self.services = services
        self.words = words
        self._item_id = item_id
        self._told = told
        self._session = session
        self._chosen = 0
        self.draft = self._standing
        self.reason = ""
        self._origin: Interaction | None = None
        self._build()

    @property
    def chosen(self) -> Told:
        """Return the reaction that is spoken of."""
        return self._told[self._chosen]

    @property
    def _standing(self) -> Record:
        return self.chosen.record or self.chosen.coded

    async def show(self, interaction: Interaction) -> None:
        """Send the panel as the answer to a press that was deferred."""
        self._origin = interaction
        interaction.client.open_panels.add(self._session)
        await answer(interaction, embed=self._embed(), view=self)

    def _embed(self) -> discord.Embed:
        return panel_embed(self.chosen, self.draft, self.services.names, self.words)

    def custom_id(self, name: str) -> str:
        """Return the custom id of a part of this panel."""
        return f"{PREFIX}:{self._session}:{name}"

    def _build(self) -> None:
        """Lay the panel out, once: parts that were replaced would not answer whoever presses them meanwhile."""
        words = self.words
        self._which = _Select(self, "which", words("Which reaction"), self._reactions())
        self._hostile = _Select(self, "hostile", words("Of another type: critical ones"), self._types(_HOSTILE))
        self._others = _Select(self, "others", words("Of another type: all others"), self._types(_OTHERS))
        if len(self._told) > 1:
            self.add_item(self._which)
        self.add_item(self._hostile)
        self.add_item(self._others)
        self.add_item(_Button(self, "event", words("Which event …"), discord.ButtonStyle.secondary, row=3))
        self.add_item(_Button(self, "who", words("Who, towards whom …"), discord.ButtonStyle.secondary))
        self.add_item(_Button(self, "none", words("No reaction"), discord.ButtonStyle.danger))
        self.add_item(_Button(self, "right", words("It is right"), discord.ButtonStyle.secondary))
        self._save = _Button(self, "save", words("Save"), discord.ButtonStyle.success, off=True)
        self.add_item(self._save)
        self.add_item(_Button(self, "cancel", words("Cancel"), discord.ButtonStyle.secondary))

    def _choose(self) -> None:
        """Have the parts show what is chosen."""
        self._which.options = self._reactions()
        self._hostile.options = self._types(_HOSTILE)
        self._others.options = self._types(_OTHERS)
        self._save.disabled = self.draft == self._standing

    def _reactions(self) -> list[discord.SelectOption]:
        return [
            discord.SelectOption(
                label=plain_line(told.coded, self.services.names, self.words)[:100],
                value=str(number),
                description=told.coded.evidence[:100] or None,
                default=number == self._chosen,
            )
            for number, told in enumerate(self._told)
        ]

    def _types(self, types: tuple[ReactionType, ...]) -> list[discord.SelectOption]:
        return [
            discord.SelectOption(
                label=self.words(TYPE_WORDS[each])[:100], value=each.value, default=each is self.draft.type
            )
            for each in types
        ]

    async def take(self, interaction: Interaction, name: str, value: str) -> None:
        """Take what was chosen in a select."""
        if name == "which":
            self._chosen = int(value)
            await self.redraw(interaction, self._standing)
        else:
            await self.redraw(interaction, replace(self.draft, type=ReactionType(value)))

    async def redraw(self, interaction: Interaction, draft: Record) -> None:
        """Take a changed draft and show it."""
        self.draft = draft
        if not interaction.response.is_done():
            await interaction.response.defer()
        self._choose()
        await interaction.edit_original_response(embed=self._embed(), view=self)

    async def press(self, interaction: Interaction, name: str) -> None:
        """Do what a button says."""
        match name:
            case "who":
                await interaction.response.send_modal(WhoForm(self))
            case "event":
                await self._ask_for_event(interaction)
            case "none":
                await self._rule(interaction, Decision.WRONG)
            case "right":
                await self._rule(interaction, Decision.RIGHT)
            case "save":
                await self._rule(interaction, Decision.RECODED)
            case _:
                await self._close(interaction, self.words("Nothing was changed."))

    async def _ask_for_event(self, interaction: Interaction) -> None:
        """Let another panel take this one's place: stories are decided on apart from records."""
        await interaction.response.defer()
        self.stop()
        life = await self.services.archive.life_of(self._item_id)
        offered = await stories_near(self.services, life, str(interaction.guild_id or ""))
        panel = StoryPanel(self.services, life, offered, self.words, session=self._session, open_for=_OPEN_FOR)
        await interaction.edit_original_response(embed=panel.embed(), view=panel)

    async def _rule(self, interaction: Interaction, decision: Decision) -> None:
        await interaction.response.defer()
        words, draft = self.words, self.draft
        if not may_correct(interaction):
            raise Invalid(words("you may not correct anything here any more"))
        came_to = await self.services.amender.rule(
            Ruling(
                item_id=self._item_id,
                coded=self.chosen.coded,
                reaction_id=self.chosen.reaction_id,
                decision=decision,
                actor=draft.actor,
                type=draft.type,
                targets=draft.targets,
                author=str(interaction.user.id),
                guild_id=str(interaction.guild_id or ""),
                reason=self.reason,
            )
        )
        await self.services.administrator.note(
            Act.CORRECTED,
            guild_id=str(interaction.guild_id or ""),
            by=str(interaction.user.id),
            subject=plain_line(self.chosen.coded, self.services.names, words_in("en")),
            detail=self.reason,
        )
        text = words("Noted: it holds from now on, whatever is coded later. `/admin corrections` lists it.")
        if came_to.messages:
            text += "\n" + words.plural(
                "{number} message is being edited.", "{number} messages are being edited.", came_to.messages
            )
        await self._close(interaction, text)

    async def _close(self, interaction: Interaction, text: str) -> None:
        self.stop()
        if not interaction.response.is_done():
            await interaction.response.defer()
        await interaction.edit_original_response(content=text, embed=None, view=None)

    async def on_timeout(self) -> None:
        """Say that the panel is closed, while Discord still lets us."""
        if self._origin is None:
            return
        self._origin.client.open_panels.discard(self._session)
        try:
            await self._origin.edit_original_response(content=expired_text(self.words), embed=None, view=None)
        except discord.HTTPException:
            log.debug("the panel was gone already")

    async def on_error(
        self, interaction: Interaction, error: Exception, _item: discord.ui.Item[discord.ui.View], /
    ) -> None:
        """Tell whoever used it."""
        await answer_error(interaction, error)


class _Select(discord.ui.Select[CorrectionPanel]):
    """One of the panel's selects."""

    def __init__(self, panel: CorrectionPanel, name: str, hint: str, options: list[discord.SelectOption]) -> None:
        super().__init__(custom_id=panel.custom_id(name), placeholder=hint[:150], options=options)
        self._panel = panel
        self._name = name

    async def callback(self, interaction: Interaction) -> None:
        """Take the choice."""
        await self._panel.take(interaction, self._name, self.values[0])


class _Button(discord.ui.Button[CorrectionPanel]):
    """One of the panel's buttons."""

    def __init__(
        self,
        panel: CorrectionPanel,
        name: str,
        label: str,
        style: discord.ButtonStyle,
        *,
        off: bool = False,
        row: int = 4,
    ) -> None:
        super().__init__(custom_id=panel.custom_id(name), label=label, style=style, disabled=off, row=row)
        self._panel = panel
        self._name = name

    async def callback(self, interaction: Interaction) -> None:
        """Do it."""
        await self._panel.press(interaction, self._name)


class WhoForm(discord.ui.Modal):
    """Whose act it is, at whom it is aimed, and why the moderator says so."""

    def __init__(self, panel: CorrectionPanel) -> None:
        words, draft = panel.words, panel.draft
        super().__init__(title=words("Who, and towards whom"), custom_id=panel.custom_id("who form"), timeout=900)
        self._panel = panel
        self.who = self._field(words("Who reacts"), self._name(draft.actor), required=True)
        self.towards = self._field(words("Towards whom"), ", ".join(map(self._name, draft.targets)))
        self.why = self._field(words("Why you say so"), panel.reason)

    def _name(self, code: str) -> str:
        return actor_name(self._panel.services.names, self._panel.words, code)

    def _field(self, label: str, value: str, *, required: bool = False) -> discord.ui.TextInput[WhoForm]:
        text: discord.ui.TextInput[WhoForm] = discord.ui.TextInput(
            default=value[:_FIELD_LIMIT] or None, required=required, max_length=_FIELD_LIMIT
        )
        self.add_item(discord.ui.Label(text=label, component=text))
        return text

    def _code(self, text: str) -> str:
        names = self._panel.services.names
        shown = (code for code in names.codes() if self._name(code).casefold() == text.casefold())
        return chosen_actor(next(shown, text), names)

    async def on_submit(self, interaction: Interaction) -> None:
        """Hand what was filled in to the panel. Raises Invalid where nobody is called so."""
        targets = tuple(dict.fromkeys(self._code(part) for part in listed(self.towards.value)))[:_MOST_TARGETS]
        draft = replace(self._panel.draft, actor=self._code(self.who.value.strip()), targets=targets)
        self._panel.reason = self.why.value.strip()
        await self._panel.redraw(interaction, draft)

    async def on_error(self, interaction: Interaction, error: Exception) -> None:  # type: ignore[override] # a modal's own
        """Tell whoever filled it in."""
        await answer_error(interaction, error)
