"""Options of a command as a question to the archive."""

from __future__ import annotations

from bot.discord.answers import Interaction
from bot.discord.choices import chosen_actor, chosen_types
from bot.discord.moments import moment
from bot.discord.questions import whole_hours
from bot.domain.queries import ReactionQuery
from bot.domain.reactions import Tier


def asked(
    interaction: Interaction,
    *,
    actor: str | None = None,
    target: str | None = None,
    kind: str | None = None,
    since: str | None = None,
    until: str | None = None,
    language: str | None = None,
    outlet: str | None = None,
    text: str | None = None,
    everything: bool = False,
) -> ReactionQuery:
    """Return the question, limited to what this server may see. Raises Invalid, with what is allowed.

    Only what texts say directly is asked for, unless `everything` is wanted; never the earlier acts that they recall.
    """
    services = interaction.client.services
    types, families = chosen_types(kind) if kind else (frozenset(), frozenset())
    now = services.clock()
    return whole_hours(
        ReactionQuery(
            actors=frozenset({chosen_actor(actor, services.names)} if actor else ()),
            targets=frozenset({chosen_actor(target, services.names)} if target else ()),
            types=types,
            families=families,
            languages=frozenset({language.lower()} if language else ()),
            outlets=frozenset({outlet} if outlet else ()),
            text=" ".join(text.split()) if text else None,
            tier=None if everything else Tier.ALERT,
            background=False,
            since=moment(since, now),
            until=moment(until, now),
            guild_id=str(interaction.guild_id or ""),
        )
    )
