"""Confidence: how often codings of a kind were right on unseen pages, and so which of them may ping."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.analysis import reaction_types as t
from bot.analysis.drafts import QUIET, Draft
from bot.analysis.sentences import TITLE
from bot.domain.reactions import Tier

# The words that tell these mean little else.
_PLAIN: Final = frozenset({t.ACCUSE, t.CONDEMN, t.EXPRESS_CONCERN, t.WELCOME})
# A running text uses the words that tell these of much that has not happened, of others and of long ago.
_EQUIVOCAL: Final = frozenset(
    {
        t.AGREE,
        t.APPEAL_INTERVENTION,
        t.DEESCALATE,
        t.DEMAND_POLITICAL_CHANGE,
        t.DEMAND_WITHDRAWAL,
        t.EXPRESS_SUPPORT,
        t.INVESTIGATE,
        t.MILITARY_ACTION,
        t.REFUSE,
        t.RESTRICT_MOVEMENT,
        t.SET_CONDITIONS,
        t.THREATEN,
        t.WARN,
    }
)
# Shares of records that were right in the first reading of 28 sets of pages on the conflict, labelled before by several
# hands: 1,712 records, besides 314 that may be coded or not. The pairs are said directly and otherwise, in a headline and
# below it. A headline hardly ever tells a plain one otherwise: there, what was measured below stands (66 records).
_SHARES: Final = {
    "plain": ((0.97, 0.91), (0.94, 0.91)),
    "common": ((0.96, 0.57), (0.87, 0.67)),
    "equivocal": ((0.91, 0.6), (0.62, 0.55)),
}
_MAY_PING: Final = 0.8


def assess(drafts: Sequence[Draft]) -> None:
    """Give the drafts the confidence of their kind, and the tier that follows from it.

    Whoever only tells, or announces, is not measured: such a draft keeps the tier of its construction.
    """
    for draft in drafts:
        if draft.type in QUIET:
            continue
        direct = draft.tier is Tier.ALERT
        draft.confidence = _share(draft, direct=direct)
        if direct and draft.confidence < _MAY_PING:
            draft.tier, draft.why = Tier.DIGEST, "below the headline, such words are too often about something else"
        elif not direct and draft.confidence >= _MAY_PING:
            draft.tier, draft.why = Tier.ALERT, f"{draft.why}, but such words mean little else"


def _share(draft: Draft, *, direct: bool) -> float:
    plain = draft.type in _PLAIN and (direct or draft.who.indirect)
    kind = "plain" if plain else "equivocal" if draft.type in _EQUIVOCAL else "common"
    return _SHARES[kind][draft.part != TITLE][not direct]
