"""Fingerprints: the same everywhere, alike for like texts, few keys."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.analyst import Reading, Relevance
from bot.domain.fingerprints import BINS, fingerprint_of, folded, key_of, places_of, shingles, signature_of
from bot.domain.items import Item

NOON = datetime(2024, 5, 6, 12, 0, tzinfo=UTC)


def _print(title: str, summary: str = ""):
    item = Item(
        id=title,
        feed_id="feed",
        content_hash="",
        title=title,
        summary=summary,
        outlet="Outlet",
        published=NOON,
        first_seen_at=NOON,
        last_seen_at=NOON,
    )
    return fingerprint_of(item, Reading(language="en", relevance=Relevance(relevant=True, reason="")))


def test_case_and_punctuation_do_not_count():
    assert folded("BAKU: “Cease-Fire!”") == "baku cease fire"
    assert _print("Hills: truce!").keys == _print("HILLS — TRUCE").keys


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_plain_text_is_folded_as_it_is_beside_other_letters(text):
    assert folded(f"{text} \u0531") == f"{folded(text)} \u0561".strip()


def test_a_signature_is_what_it_was_in_earlier_releases():
    assert signature_of("a truce was agreed")[:4] == (119_923_858, 870_581, 33_444_723, 20_458_348)


@given(st.text(max_size=300))
def test_any_text_has_a_full_signature_and_is_all_like_itself(text):
    signature = signature_of(folded(text))

    assert len(signature) == BINS
    assert all(0 <= place < 2**32 for place in signature)
    assert signature == signature_of(folded(text))


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_item_has_few_distinct_keys_of_64_bits(title, summary):
    keys = _print(title, summary).keys

    assert len(set(keys)) == len(keys) <= 24
    assert all(-(2**63) <= key < 2**63 for key in keys)


def test_a_fingerprint_has_the_signature_of_title_and_summary():
    mark = _print("Hills: truce!", "A truce was agreed.")
    assert places_of(mark.signature) == signature_of("hills truce a truce was agreed")


def test_signatures_estimate_how_many_shingles_are_shared():
    one = "the ministers met in the old town hall and left by the back door without speaking to the press on monday"
    other = one.replace("monday", "sunday")
    unrelated = (
        "lorries queued at the mountain pass while snow ploughs cleared a second lane for the first time this year"
    )

    def share(a: str, b: str) -> float:
        return sum(x == y for x, y in zip(signature_of(a), signature_of(b), strict=True)) / BINS

    def jaccard(a: str, b: str) -> float:
        return len(shingles(a) & shingles(b)) / len(shingles(a) | shingles(b))

    assert abs(share(one, other) - jaccard(one, other)) < 0.2
    assert share(one, unrelated) < 0.25


def test_a_fingerprint_means_the_same_in_another_process():
    code = (
        "from bot.domain.fingerprints import key_of, signature_of;"
        "print(key_of('term', 'truce'), signature_of('a truce was agreed')[:4])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "77"}
    )

    assert told.stdout.strip() == f"{key_of('term', 'truce')} {signature_of('a truce was agreed')[:4]}"
    # Written down once: a changed scheme would orphan every stored fingerprint.
    assert key_of("term", "truce") == 6197518911773707625
