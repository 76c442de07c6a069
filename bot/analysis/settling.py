"""Settling: an item's drafts become its records; what is told twice is one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from bot.analysis import reaction_types as t
from bot.analysis.chunks import Who
from bot.analysis.completion import complete
from bot.analysis.confidence import assess
from bot.analysis.domestic import drop_domestic
from bot.analysis.drafts import QUIET, Draft
from bot.analysis.sentences import Part
from bot.domain.reactions import Record, Tier

# Entries by which a noun alone accuses: "X's aggression".
_BY_NOUN: Final = frozenset({"wrong-noun", "wrongdoing"})
# Acts that an actor does to one party after another.
_APART: Final = frozenset({t.ACCUSE, t.CONDEMN, t.CONSULT, t.WELCOME})


def settled(
    drafts: Sequence[Draft],
    named: set[str],
    parties: Collection[str] = (),
    opponents: Sequence[frozenset[str]] = (),
    *,
    is_topical: bool = False,
) -> tuple[list[Draft], list[tuple[Draft, str]]]:
    """Return the drafts that become records, and those that do not, each with the reason.

    `named` are the actors the item names, `parties` those of them that are no mere place, `opponents` those who face each
    other in the matter it is about; in a topical item nothing is a matter at home.
    """
    if not drafts:
        return [], []
    kept = settle(drafts)
    complete(kept, parties if is_topical else (), opponents, named)
    lend_quotes(kept)
    needed = drop_needless(kept)
    foreign = needed if is_topical else drop_domestic(needed)
    assess(foreign)
    return foreign, [
        *_lost(drafts, kept, "it is told twice, and joined to the other telling"),
        *_lost(kept, needed, "another record holds the same words"),
        *_lost(needed, foreign, "no party abroad is named"),
    ]


def _lost(before: Sequence[Draft], after: Sequence[Draft], reason: str) -> list[tuple[Draft, str]]:
    if len(before) == len(after):
        return []
    left = set(after)
    return [(draft, reason) for draft in before if draft not in left]


def settle(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts with retellings joined, in order of the text."""
    kept: dict[tuple[object, ...], list[Draft]] = {}
    for draft in sorted(drafts, key=lambda d: (d.tier.rank, d.background, d.start)):
        alike = kept.setdefault(_act(draft), [])
        same = next((other for other in alike if _may_be_one(other, draft)), None)
        if same is None:
            alike.append(draft)
        else:
            _join(same, draft)
    told = sorted((draft for alike in kept.values() for draft in alike), key=lambda d: (d.start, d.end))
    return _without_retold(_without_promised(told))


def _without_retold(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts without a deal that its teller is no party to: "X and Y agree", and "Z announced the accord"."""
    agreed = [d for d in drafts if d.type is t.AGREE]
    if not any(draft.refers for draft in agreed):
        return drafts
    made = {(draft.who.code, code) for draft in agreed for code in draft.targets}
    found = []
    for draft in drafts:
        if draft.type is t.AGREE and draft.refers:
            if any((b, a) in made and draft.who.code not in {a, b} for a, b in made):
                continue
            # A deal is made, and not judged as one that was told of before.
            draft.refers = False
        found.append(draft)
    return found


def _without_promised(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts with a deed that its doer agreed to, and is then said to do, told once."""
    if all(draft.type is not t.AGREE for draft in drafts):
        return drafts
    agreed = {(d.who.code, d.rule.rpartition("/")[2]): d for d in drafts if d.type is t.AGREE}
    found = []
    for draft in drafts:
        other = agreed.get((draft.who.code, draft.rule.rpartition("/")[2]))
        if other is None or other is draft or draft.type is not t.DEESCALATE:
            found.append(draft)
        else:
            _join(other, draft)
    return found


def _act(draft: Draft) -> tuple[object, ...]:
    """Return what two drafts share that tell one act."""
    act = (draft.who.code, draft.type, draft.background)
    # What two organs of one state report need not be the same thing.
    return (*act, draft.who.speaker, draft.who.role) if draft.type is t.REPORT else act


def _may_be_one(one: Draft, other: Draft) -> bool:
    """Return whether two drafts of one act may tell it twice: not where each is aimed at somebody else by name."""
    if _are_namesakes(one.who, other.who):
        return False
    if one.type is t.CONSULT and one.part != other.part:
        # A headline names one of those who are met, the text below the rest.
        return True
    return not (one.type in _APART and one.targets and other.targets and not set(one.targets) & set(other.targets))


def _are_namesakes(one: Who, other: Who) -> bool:
    """Return whether one code stands for two persons: OTHER is everybody who is not on the list."""
    if one.code != "OTHER" or not one.speaker or not other.speaker:
        return False
    if _abbreviates(one.speaker, other.speaker) or _abbreviates(other.speaker, one.speaker):
        return False
    if _speaks_for(one, other) or _speaks_for(other, one):
        return False
    return one.speaker.split()[-1] != other.speaker.split()[-1]


def _speaks_for(one: Who, other: Who) -> bool:
    """Return whether a group is named in the title of one of its people: "Hamas", and "Hamas chief X"."""
    return one.role is None and one.speaker is not None and other.role is not None and one.speaker in other.role


def _abbreviates(short: str, name: str) -> bool:
    """Return whether capitals are the first letters of words of a name, in order."""
    if not short.isupper() or " " in short or " " not in name:
        return False
    initials = iter(word[0].upper() for word in name.replace("-", " ").split())
    return all(letter in initials for letter in short)


def _join(kept: Draft, other: Draft) -> None:
    if not kept.targets:
        kept.targets = other.targets
    elif other.tier is Tier.ALERT and other.part != kept.part:
        # A headline names fewer of those concerned than the sentence below it.
        kept.targets = tuple(dict.fromkeys((*kept.targets, *other.targets)))
    in_full = kept.part == Part.TITLE and other.part != Part.TITLE
    if other.quote is not None and (kept.quote is None or (in_full and _length(other.quote) > _length(kept.quote))):
        # A headline borrows a few of the words that the text below it has in full.
        kept.quote = other.quote
    who = kept.who
    if other.who.speaker is not None and (who.speaker is None or _speaks_for(who, other.who)):
        kept.who = who._replace(speaker=other.who.speaker, role=who.role or other.who.role)
    kept.day = kept.day or other.day
    kept.among |= other.among


def _length(quote: tuple[int, int]) -> int:
    return quote[1] - quote[0]


def lend_quotes(drafts: Sequence[Draft]) -> None:
    """Give an actor's words, where they are no act by themselves, to the one act of that actor that has none."""
    acts: dict[str, list[Draft]] = {}
    for draft in drafts:
        if draft.type not in QUIET and not draft.background:
            acts.setdefault(draft.who.code, []).append(draft)
    for draft in drafts:
        told = acts.get(draft.who.code, [])
        if draft.type in QUIET and not draft.background and draft.quote is not None and len(told) == 1:
            told[0].quote = told[0].quote or draft.quote


def record(draft: Draft, text: str, bounds: tuple[int, int], quote: tuple[int, int] | None) -> Record:
    """Return the record of a draft whose evidence and quote stand at these offsets of the text."""
    start, end = bounds
    return Record(
        actor=draft.who.code,
        type=draft.type,
        targets=draft.targets,
        speaker=draft.who.speaker,
        role=draft.who.role,
        quote=text[quote[0] : quote[1]] if quote else None,
        evidence=text[start:end],
        start=start,
        end=end,
        cue=draft.cue,
        rule=draft.rule,
        tier=draft.tier,
        confidence=draft.confidence,
        background=draft.background,
        date=draft.day,
    )


def drop_needless(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts without plain statements that say no more than another record of the same words."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for draft in drafts:
        if draft.type is not t.REPORT:
            spans.setdefault(draft.who.code, []).append((draft.start, draft.end))
    denounced = {(draft.who.code, draft.targets) for draft in drafts if draft.type is t.CONDEMN}
    return [
        draft
        for draft in drafts
        # "condemned 'X's attack'": the borrowed words accuse nobody of more.
        if not (draft.rule in _BY_NOUN and (draft.who.code, draft.targets) in denounced)
        and (
            draft.type is not t.REPORT
            or not any(start < draft.end and draft.start < end for start, end in spans.get(draft.who.code, ()))
        )
    ]
