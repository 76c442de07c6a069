"""Corrections: how an outlet says that it takes back, or has put right, what it published."""

from __future__ import annotations

import re

from bot.domain.items import Item

# At the head of a title or a text, as agencies mark it. Troops that withdraw and ministers who correct are news.
_HEAD = re.compile(
    r"\W*(?:correct(?:ion|ed|s)\b\s*(?:[-–—:;,.)\]]|to\b|\w+ (?:paragraph|para|headline|spelling|name|date|figure))"
    r"|clarification\s*[-–—:]|(?:retraction|retracted|withdrawn|story withdrawn|kill(?:ed)? story)\s*[-–—:\]]"
    r"|editor['’]s note:? (?:this|an earlier)"
    r"|(?:rectificatif|corrigé|correction|dépêche annulée|annulation|annule(?: et remplace)?|retrait)\s*[-–—:(\]]"
    r"|(?:исправлен(?:о|ие)|уточнение|отозвано|аннулировано|аннуляция|опровержение)\s*[-–—:.(\]])",
    re.IGNORECASE,
)
# Anywhere: what an outlet says of its own text.
_ANYWHERE = re.compile(
    r"\((?:corrects|corrected|refiles to correct)\b"
    r"|\b(?:this|the|an earlier) (?:version of (?:this|the) )?(?:story|article|report|item|dispatch|headline)"
    r" (?:has been|was|is|have been) (?:corrected|retracted|withdrawn|amended to correct|removed)"
    r"|\b(?:we|the (?:agency|newspaper|outlet)) (?:have |has )?(?:retracted|withdrawn|withdrew) (?:this|the|an? earlier)"
    r" (?:story|article|report)"
    r"|\bcet(?:te)? (?:article|dépêche|information) (?:a été|est) (?:corrigée?|retirée?|annulée?|rectifiée?)"
    r"|\b(?:эта )?(?:новость|статья|публикация|заметка) (?:была )?(?:отозвана|удалена|исправлена|снята с публикации)"
    r"|\b(?:материал|текст|заголовок) (?:был )?(?:отозван|удал[её]н|исправлен|снят с публикации)",
    re.IGNORECASE,
)
# One of these is in whatever `_ANYWHERE` finds: most texts hold none, and are not searched.
_SIGNS = (
    *("correct", "retract", "withdr", "removed", "corrig", "retir", "annul", "rectifi"),
    *("отозван", "удал", "исправлен", "снят"),
)
# A note about the text stands at its end or its beginning; the body of a long article is about the world.
_EDGE = 600


def is_withdrawn(item: Item) -> bool:
    """Return whether the outlet says of the item that it corrects it or takes it back (in English, French or Russian)."""
    texts = [text for text in (item.title, item.summary, item.content) if text]
    if any(_HEAD.match(text[:_EDGE]) for text in texts):
        return True
    edges = {edge for text in texts for edge in (text[:_EDGE], text[-_EDGE:])}
    return any(_may_hold_note(edge) and _ANYWHERE.search(edge) for edge in edges)


def _may_hold_note(edge: str) -> bool:
    folded = edge.casefold()
    return any(sign in folded for sign in _SIGNS)
