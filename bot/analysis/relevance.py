"""Whether an article is about a topic, and which of its words decided that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.analysis.text import tokens_of
from bot.analysis.topics import Hit, Topic, Weight
from bot.domain.analyst import Relevance
from bot.domain.items import Article

# What stands further down an article is told in passing until it is told often.
LEAD_CHARACTERS = 1_200
OFTEN = 3
# A light word beside one side of a conflict proves nothing; two of them do.
LIGHT_WORDS_BESIDE_ONE_SIDE = 2
_REPORTED_TERMS = 6

_Hits = Mapping[Weight, Sequence[Hit]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counts:
    """The hits of an article by weight: those of the title, those of the lead, and all of them."""

    title: _Hits
    lead: _Hits
    all: _Hits


def relevance(article: Article, topics: Sequence[Topic]) -> Relevance:
    """Return whether the article is about one of the topics: the first that it is about, with the reason."""
    text = article.text
    pieces = text.split()
    language = (article.language or "").partition("-")[0].lower()
    day = article.published.date() if article.published else None
    closest: Relevance | None = None
    for topic in topics:
        if not topic.may_concern(pieces, day):
            continue
        tokens, norms = tokens_of(text)
        hits = topic.hits(tokens, language, day, norms=norms)
        verdict = _judge(topic, _counts(hits, len(article.title)))
        if verdict.relevant:
            return verdict
        closest = closest or verdict
    return closest or Relevance(relevant=False, reason="names nothing that a topic is known by")


def _counts(hits: Iterable[Hit], title_end: int) -> _Counts:
    title: dict[Weight, list[Hit]] = {}
    lead: dict[Weight, list[Hit]] = {}
    every: dict[Weight, list[Hit]] = {}
    for hit in hits:
        weight = hit.term.weight
        every.setdefault(weight, []).append(hit)
        if hit.start < LEAD_CHARACTERS:
            lead.setdefault(weight, []).append(hit)
        if hit.start < title_end:
            title.setdefault(weight, []).append(hit)
    return _Counts(title=title, lead=lead, all=every)


def _sides(hits: _Hits) -> list[str]:
    return sorted({hit.term.side for hit in hits.get(Weight.SIDE, ())})


def _judge(topic: Topic, counts: _Counts) -> Relevance:
    reason = _reason_for(counts)
    if reason is not None:
        return Relevance(relevant=True, reason=reason, topic=topic.id, terms=_texts(_telling(counts.all)))
    against = _against(counts)
    return Relevance(
        relevant=False,
        reason=_reason_against(topic, counts, against),
        terms=_texts(_telling(counts.all)),
        excluded_by=_texts(against),
    )


def _reason_for(counts: _Counts) -> str | None:
    """Return in a sentence why the article is about the topic, or None."""
    if (strong := counts.lead.get(Weight.STRONG)) and not _is_in_passing(counts):
        return f"speaks of “{strong[0].text}”"
    if len(counts.all.get(Weight.STRONG, ())) >= OFTEN:
        return f"speaks of “{counts.all[Weight.STRONG][0].text}” again and again"
    context, light = counts.lead.get(Weight.CONTEXT, ()), counts.lead.get(Weight.LIGHT, ())
    telling = [*context, *light]
    diplomacy = counts.lead.get(Weight.DIPLOMACY, ())
    against = _against(counts)
    if (doubtful := counts.lead.get(Weight.DOUBTFUL)) and not against:
        return f"speaks of “{doubtful[0].text}”"
    titled, sides = _sides(counts.title), _sides(counts.lead)
    speaking = [*telling, *diplomacy] if len(sides) > 1 else telling
    if against and len({hit.text for hit in against}) >= len({hit.text for hit in speaking}):
        return None
    if len(titled) > 1:
        return f"its title names {' and '.join(titled)}"
    if len(sides) > 1 and speaking:
        return f"names {' and '.join(sides)} with “{speaking[0].text}”"
    if sides and context:
        return f"names {sides[0]} with “{context[0].text}”"
    different = {hit.term.text: hit.text for hit in light}
    if sides and len(different) >= LIGHT_WORDS_BESIDE_ONE_SIDE:
        one, other, *_ = different.values()
        return f"names {sides[0]} with “{one}” and “{other}”"
    if titled and counts.title.get(Weight.AREA):
        return f"its title names {titled[0]} and “{counts.title[Weight.AREA][0].text}”"
    area = counts.lead.get(Weight.AREA, ())
    if area and telling:
        return f"speaks of “{area[0].text}” with “{telling[0].text}”"
    return None


def _is_in_passing(counts: _Counts) -> bool:
    """Return whether a strong term only tells where something else is from: the title is of carpets, and nothing of a war.

    One mention below a title of sport, trade or travel, and no word of the conflict beside it.
    """
    if counts.title.get(Weight.STRONG) or len(counts.all.get(Weight.STRONG, ())) > 1:
        return False
    of_conflict = (Weight.CONTEXT, Weight.LIGHT, Weight.DIPLOMACY, Weight.DOUBTFUL)
    if any(counts.lead.get(weight) for weight in of_conflict):
        return False
    return bool(counts.title.get(Weight.UNRELATED) or counts.title.get(Weight.LOOKALIKE))


def _against(counts: _Counts) -> list[Hit]:
    """Return what shows another matter: look-alikes, and sport, trade or travel."""
    return [*counts.lead.get(Weight.LOOKALIKE, ()), *counts.lead.get(Weight.UNRELATED, ())]


def _reason_against(topic: Topic, counts: _Counts, against: Sequence[Hit]) -> str:
    if against:
        return f"“{against[0].text}” shows that it is about something else than {topic.name}"
    sides = _sides(counts.all)
    if sides:
        return f"names {' and '.join(sides)}, but nothing of the conflict"
    return f"has no word that tells of {topic.name}"


def _telling(hits: _Hits) -> Iterator[Hit]:
    for weight in (
        Weight.STRONG,
        Weight.DOUBTFUL,
        Weight.SIDE,
        Weight.AREA,
        Weight.CONTEXT,
        Weight.LIGHT,
        Weight.DIPLOMACY,
    ):
        yield from hits.get(weight, ())


def _texts(hits: Iterable[Hit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(hit.text for hit in hits))[:_REPORTED_TERMS]
