"""“Which event?”: where a moderator says that an article tells another event, or the same as another one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import discord

from bot.discord.answers import Interaction, answer_error
from bot.discord.inert import clip
from bot.discord.permissions import may_correct
from bot.discord.services import Services
from bot.discord.views.subscribing import PREFIX
from bot.discord.words import Words
from bot.domain.errors import Invalid
from bot.domain.guilds import Act
from bot.domain.queries import ReactionQuery
from bot.domain.retelling import Placing
from bot.usecases.ports import Life

# Stories this near in time are offered: the same event is told within a day or two.
_NEAR = timedelta(hours=36)
_REACTIONS_READ = 150
_SELECT_LIMIT = 25
_LABEL_LIMIT = 100


async def stories_near(services: Services, life: Life, guild_id: str) -> dict[str, str]:
    """Return the other stories of about the same time that the server sees, by id with their headlines there."""
    item = life.item
    query = ReactionQuery(guild_id=guild_id, limit=_REACTIONS_READ)
    around = replace(query, since=item.published - _NEAR, until=item.published + _NEAR)
    found = await services.archive.reactions(around)
    titles = {each.reaction.story_id: each.sources[0].title for each in found if each.sources}
    titles.pop(item.story_id or "", None)
    return dict(list(titles.items())[:_SELECT_LIMIT])


class StoryPanel(discord.ui.View):
    """Takes the article out of its story, or joins its story to one that is chosen."""

    def __init__(
        self, services: Services, life: Life, offered: dict[str, str], words: Words, *, session: str, open_for: float
    ) -> None:
        super().__init__(timeout=open_for)
        self.services = services
        self.words = words
        self._life = life
        self._session = session
        if offered:
            self.add_item(_Stories(self, offered))
        is_alone = life.story is None or life.story.items <= 1
        self.add_item(_Button(self, "apart", words("It tells another event"), discord.ButtonStyle.danger, off=is_alone))
        self.add_item(_Button(self, "leave", words("Cancel"), discord.ButtonStyle.secondary))

    def embed(self) -> discord.Embed:
        """Return what the article is taken for now."""
        words, story = self.words, self._life.story
        lines = [f"**{clip(self._life.item.title, 250)}**"]
        if story is not None:
            told = words.plural("{number} article tells this event", "{number} articles tell this event", story.items)
            lines.append(told)
        lines.append(words("Take it out where it tells something else, or choose the event that it tells as well."))
        return discord.Embed(title=words("Which event is it?"), description="\n".join(lines))

    def custom_id(self, name: str) -> str:
        """Return the custom id of a part of this panel."""
        return f"{PREFIX}:{self._session}:{name}"

    async def place(self, interaction: Interaction, with_story: str | None) -> None:
        """Put it into effect, and say what came of it."""
        await interaction.response.defer()
        words = self.words
        if not may_correct(interaction):
            raise Invalid(words("you may not correct anything here any more"))
        guild, author = str(interaction.guild_id or ""), str(interaction.user.id)
        placing = Placing(item_id=self._life.item.id, with_story=with_story, author=author, guild_id=guild)
        came_to = await self.services.amender.place(placing)
        await self.services.administrator.note(
            Act.CORRECTED, guild_id=guild, by=author, subject=clip(self._life.item.title, _LABEL_LIMIT)
        )
        text = words("Noted: it holds from now on, whatever is coded later. `/admin corrections` lists it.")
        if came_to.messages:
            text += "\n" + words.plural(
                "{number} message is being edited.", "{number} messages are being edited.", came_to.messages
            )
        await self.leave(interaction, text)

    async def leave(self, interaction: Interaction, text: str) -> None:
        """Close the panel with these last words."""
        self.stop()
        if not interaction.response.is_done():
            await interaction.response.defer()
        await interaction.edit_original_response(content=text, embed=None, view=None)

    async def on_error(
        self, interaction: Interaction, error: Exception, _item: discord.ui.Item[discord.ui.View], /
    ) -> None:
        """Tell whoever used it."""
        await answer_error(interaction, error)


class _Stories(discord.ui.Select[StoryPanel]):
    """The events of about the same time."""

    def __init__(self, panel: StoryPanel, offered: dict[str, str]) -> None:
        options = [
            discord.SelectOption(label=clip(title, _LABEL_LIMIT) or "…", value=name) for name, title in offered.items()
        ]
        hint = panel.words("It tells the same event as …")
        super().__init__(custom_id=panel.custom_id("story"), placeholder=hint[:150], options=options)
        self._panel = panel

    async def callback(self, interaction: Interaction) -> None:
        """Join the two."""
        await self._panel.place(interaction, self.values[0])


class _Button(discord.ui.Button[StoryPanel]):
    """One of the panel's buttons."""

    def __init__(
        self, panel: StoryPanel, name: str, label: str, style: discord.ButtonStyle, *, off: bool = False
    ) -> None:
        super().__init__(custom_id=panel.custom_id(name), label=label, style=style, disabled=off)
        self._panel = panel
        self._name = name

    async def callback(self, interaction: Interaction) -> None:
        """Do it."""
        if self._name == "apart":
            await self._panel.place(interaction, None)
        else:
            await self._panel.leave(interaction, self._panel.words("Nothing was changed."))
