"""A row that comes again is read once; one that changed is read anew."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.domain.triage import Lookups, Triage
from bot.store import kept
from bot.store.store import Store

KEY = ((7,),)


async def recall(desk):
    async with desk.store.round() as round_:
        known = await round_.recall(Lookups(feed_id="feed", keys=KEY))
    return known.fingerprints


async def recall_acts(desk, reaction, story):
    async with desk.store.round() as round_:
        return await round_.recall(
            Lookups(feed_id="feed", acts=frozenset({(reaction.actor, reaction.type)}), stories=frozenset({story.id}))
        )


@asynccontextmanager
async def another(desk, url):
    """Open the same database once more, as another process does."""
    store = await Store.open(url)
    try:
        yield type(desk)(store, desk.make)
    finally:
        await store.aclose()


async def test_a_fingerprint_that_is_recalled_again_is_the_same_value(real_desk, make) -> None:
    await real_desk.feed()
    mark = make.fingerprint(
        "a",
        keys=(7, -(2**63)),
        title="Talks \u2013 \u0431\u0435\u0437 \u0438\u0442\u043e\u0433\u043e\u0432",
        acts=("FRA:condemn",),
        places=("goris",),
    )
    await real_desk.write(items=(make.item("a"),), fingerprints=(mark,))

    (first,), (again,) = await recall(real_desk), await recall(real_desk)

    assert first == mark
    assert again is first


async def test_a_fingerprint_that_was_changed_is_recalled_as_it_is_now(real_desk, make) -> None:
    await real_desk.feed()
    mark = make.fingerprint("a", keys=(7,))
    await real_desk.write(items=(make.item("a"),), fingerprints=(mark,))
    assert await recall(real_desk) == (mark,)
    moved = replace(mark, story_id="another story", numbers=("12",))
    await real_desk.write(fingerprints=(moved,))

    assert await recall(real_desk) == (moved,)


async def test_what_was_written_last_is_recalled_as_the_value_that_it_was(real_desk, make) -> None:
    await real_desk.feed()
    reaction, story = make.reaction("a", outlets=("One", "Two"), targets=("AZE",)), make.story("s")
    await real_desk.write(stories=(story,), reactions=(reaction,))

    known = await recall_acts(real_desk, reaction, story)

    assert (known.reactions, known.stories) == ((reaction,), (story,))
    assert known.reactions[0] is reaction
    assert known.stories[0] is story


async def test_what_another_process_changed_since_is_recalled_as_it_is_now(real_desk, make, store_url) -> None:
    await real_desk.feed()
    reaction, story = make.reaction("a", outlets=("One",)), make.story("s")
    await real_desk.write(stories=(story,), reactions=(reaction,))
    changed = replace(reaction, outlets=("One", "Two"), reports=2), replace(story, items=2)
    async with another(real_desk, store_url) as other:
        await other.write(stories=(changed[1],), reactions=(changed[0],))

    known = await recall_acts(real_desk, reaction, story)

    assert (known.reactions, known.stories) == ((changed[0],), (changed[1],))


async def test_what_was_taken_back_is_recalled_as_it_was_before(real_desk, make) -> None:
    await real_desk.feed()
    reaction, story = make.reaction("a", outlets=("One",)), make.story("s")
    mark = make.fingerprint("a", keys=(7,))
    await real_desk.write(items=(make.item("a"),), fingerprints=(mark,), stories=(story,), reactions=(reaction,))
    told = Triage(
        stories=(replace(story, items=2),),
        reactions=(replace(reaction, reports=2),),
        fingerprints=(replace(mark, story_id="another"),),
    )

    async def record_and_fail() -> None:
        async with real_desk.store.round() as round_:
            await round_.record(told, make.NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await record_and_fail()

    known = await recall_acts(real_desk, reaction, story)

    assert (known.reactions, known.stories) == ((reaction,), (story,))
    assert await recall(real_desk) == (mark,)


async def test_what_was_changed_beside_the_rounds_is_recalled_as_it_is_now(real_desk, make) -> None:
    await real_desk.feed()
    mark = make.fingerprint("a", keys=(7,), published=make.at(days=-90))
    old = make.item("a", published=make.at(days=-90), last_seen_at=make.at(days=-90))
    await real_desk.write(items=(old,), fingerprints=(mark,))
    assert await recall(real_desk) == (mark,)
    await real_desk.store.prune(last_seen_before=make.at(days=-60))
    again = replace(mark, title="Another title")
    await real_desk.write(fingerprints=(again,))

    assert await recall(real_desk) == (again,)


async def test_between_rounds_that_nobody_disturbs_no_row_is_fetched_twice(
    real_desk, make, sqlite_store_url, monkeypatch
) -> None:
    async with another(real_desk, sqlite_store_url) as desk:
        await desk.feed()
        mark = make.fingerprint("a", keys=(7,))
        await desk.write(items=(make.item("a"),), fingerprints=(mark,), stories=(make.story(mark.story_id),))
        before = await recall(desk)
        monkeypatch.setattr(kept.Memory, "made", None)

        assert await recall(desk) == before


async def test_what_no_database_takes_is_recalled_as_it_is_stored(real_desk, make) -> None:
    await real_desk.feed()
    reaction, story = make.reaction("a", evidence="cut\0off"), make.story("s")
    await real_desk.write(stories=(story,), reactions=(reaction,))

    known = await recall_acts(real_desk, reaction, story)

    assert known.reactions == (replace(reaction, evidence="cut\ufffdoff"),)


async def test_only_so_many_are_kept_and_the_last_ones(real_desk, make, monkeypatch) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 2)
    await real_desk.feed()
    marks = tuple(make.fingerprint(name, keys=(7,)) for name in ("a", "b", "c"))
    await real_desk.write(items=tuple(make.item(mark.item_id) for mark in marks), fingerprints=marks)

    before, after = await recall(real_desk), await recall(real_desk)

    assert before == after
    assert len(before) == 3
    assert sum(one is other for one, other in zip(before, after, strict=True)) < 3
