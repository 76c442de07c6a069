"""The types of reactions by themselves, `t` in the modules beside this one.

The rules name them for every verb, and a member of an enum takes twenty times as long to name by its class as by a module
(in Python 3.11).
"""

from __future__ import annotations

from typing import Final

from bot.domain.reactions import ReactionType

CONDEMN: Final = ReactionType.CONDEMN
ACCUSE: Final = ReactionType.ACCUSE
DENY: Final = ReactionType.DENY
REFUSE: Final = ReactionType.REFUSE
EXPRESS_CONCERN: Final = ReactionType.EXPRESS_CONCERN
WARN: Final = ReactionType.WARN
THREATEN: Final = ReactionType.THREATEN
EXPRESS_SUPPORT: Final = ReactionType.EXPRESS_SUPPORT
WELCOME: Final = ReactionType.WELCOME
CALL_CEASEFIRE: Final = ReactionType.CALL_CEASEFIRE
CALL_DIALOGUE: Final = ReactionType.CALL_DIALOGUE
DEMAND_WITHDRAWAL: Final = ReactionType.DEMAND_WITHDRAWAL
DEMAND_ACCESS: Final = ReactionType.DEMAND_ACCESS
DEMAND_COMPLIANCE: Final = ReactionType.DEMAND_COMPLIANCE
DEMAND_POLITICAL_CHANGE: Final = ReactionType.DEMAND_POLITICAL_CHANGE
REQUEST_MEETING: Final = ReactionType.REQUEST_MEETING
APPEAL_INTERVENTION: Final = ReactionType.APPEAL_INTERVENTION
SET_CONDITIONS: Final = ReactionType.SET_CONDITIONS
OFFER_MEDIATION: Final = ReactionType.OFFER_MEDIATION
AGREE: Final = ReactionType.AGREE
CONSULT: Final = ReactionType.CONSULT
PROVIDE_AID: Final = ReactionType.PROVIDE_AID
SANCTION: Final = ReactionType.SANCTION
TAKE_TO_COURT: Final = ReactionType.TAKE_TO_COURT
INVESTIGATE: Final = ReactionType.INVESTIGATE
MILITARY_ACTION: Final = ReactionType.MILITARY_ACTION
RESTRICT_MOVEMENT: Final = ReactionType.RESTRICT_MOVEMENT
PROTEST: Final = ReactionType.PROTEST
DEESCALATE: Final = ReactionType.DEESCALATE
ANNOUNCE_ACTION: Final = ReactionType.ANNOUNCE_ACTION
REPORT: Final = ReactionType.REPORT
