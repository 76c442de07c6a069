"""Quarrels at home, which are no reactions: acts aimed at nobody, beside which no second party is named."""

from __future__ import annotations

from collections.abc import Sequence

from bot.analysis import reaction_types as t
from bot.analysis.bodies import INTERNATIONAL
from bot.analysis.drafts import Draft
from bot.domain.reactions import COLLECTIVE_ACTORS

# Acts that mean something abroad only where another party is named.
_OFTEN_DOMESTIC = frozenset(
    {
        t.CONDEMN,
        t.ACCUSE,
        t.DENY,
        t.REFUSE,
        t.WARN,
        t.THREATEN,
        t.EXPRESS_CONCERN,
        t.EXPRESS_SUPPORT,
        t.WELCOME,
        t.DEMAND_COMPLIANCE,
        t.DEMAND_POLITICAL_CHANGE,
        t.DEMAND_ACCESS,
        t.APPEAL_INTERVENTION,
        t.SET_CONDITIONS,
        t.AGREE,
        t.PROVIDE_AID,
        t.SANCTION,
        t.INVESTIGATE,
        t.RESTRICT_MOVEMENT,
    }
)
_TWO = 2
_AT_ODDS = _OFTEN_DOMESTIC | {t.CONSULT, t.TAKE_TO_COURT, t.THREATEN, t.CALL_DIALOGUE}


def drop_domestic(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts without quarrels at home: acts aimed at nobody, beside which no second party is named."""
    return [draft for draft in drafts if not _is_domestic(draft) and not _is_private(draft)]


def _is_domestic(draft: Draft) -> bool:
    if draft.is_at_home and draft.type in _AT_ODDS:
        return True
    is_band = draft.who.code in COLLECTIVE_ACTORS and bool(draft.who.speaker) and not draft.who.person_kind
    if draft.type not in _OFTEN_DOMESTIC or draft.who.code in INTERNATIONAL or is_band:
        return False
    if set(draft.targets) - {"OTHER"} or (draft.type is t.RESTRICT_MOVEMENT and draft.targets):
        return False
    if draft.who.code == "OTHER" and not draft.who.speaker:
        # A crowd and the one state that is named with it are at home.
        return len(draft.among - {"OTHER"}) < _TWO
    return not draft.among - {draft.who.code}


def _is_private(draft: Draft) -> bool:
    """Return whether a private person criticises or praises nobody on the list."""
    who = draft.who
    return who.code == "OTHER" and who.person_kind and not draft.targets and draft.type in _OFTEN_DOMESTIC
