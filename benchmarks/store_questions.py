"""What members, digests and `status` ask, timed on the archive that store_million.py made.

    python benchmarks/store_million.py --url sqlite:////tmp/million.db
    python benchmarks/store_questions.py --url sqlite:////tmp/million.db [--only search] [--plans]

Each slash command asks as its cog does: how far it reaches, how many there are, a page of them. Guild 7 has feeds hidden
from it, guild 8 sees them all; from the one, what hidden feeds say has to be kept, which is the dearer way.
"""

from __future__ import annotations

import argparse
import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any

from sqlalchemy import event
from store_million import END
from store_rounds import ACTORS, TYPES

from bot.domain.digests import Digest
from bot.domain.queries import ReactionQuery
from bot.domain.reactions import Family, ReactionType, Tier
from bot.domain.subscriptions import Filters, Mode, Subscription
from bot.store.store import Store
from bot.usecases.digest import edition_of
from bot.usecases.query import within_reach

PAGE = 5
COUNTED = 1001
TIMES = 60
Ask = Callable[[], Awaitable[Any]]


def ago(days: float) -> datetime:
    """Return a time before the archive's end."""
    return END - timedelta(days=days)


class Questions:
    """What may be asked of one store, each part drawn by chance anew."""

    def __init__(self, store: Store, guild: str, chance: random.Random) -> None:
        self.store, self.chance = store, chance
        self.plain = ReactionQuery(tier=Tier.ALERT, background=False, guild_id=guild)

    def query(self, **asked: Any) -> ReactionQuery:
        """Return a question as the cogs put it; what is given as a function is called."""
        return replace(self.plain, **{name: made() if callable(made) else made for name, made in asked.items()})

    def actor(self) -> frozenset[str]:
        """Return one of the busy actors."""
        return frozenset({self.chance.choice(ACTORS)})

    def kind(self) -> frozenset[ReactionType]:
        """Return one type."""
        return frozenset({self.chance.choice(TYPES)})

    def place(self) -> str:
        """Return a word that a hundred evidences hold."""
        return f"Place{self.chance.randrange(20000)}"

    async def page(self, query: ReactionQuery, offset: int = 0) -> None:
        """Ask for a page."""
        near = await within_reach(self.store, query)
        if await self.store.count_reactions(near, most=COUNTED):
            await self.store.reactions(replace(near, limit=PAGE, offset=offset))

    async def read(self, query: ReactionQuery, limit: int) -> None:
        """Ask for many at once."""
        near = await within_reach(self.store, query)
        await self.store.reactions(replace(near, limit=limit))

    async def export(self, query: ReactionQuery) -> None:
        """Ask for a file."""
        near = replace(await within_reach(self.store, query), limit=2000)
        async for _ in self.store.export_reactions(near):
            pass

    def of_commands(self) -> dict[str, Ask]:
        """Return what the slash commands ask."""
        page, read, export, query = self.page, self.read, self.export, self.query
        actor, kind, none = self.actor, self.kind, "xyzzy"
        party = frozenset({"ARM", "AZE", "NKR"})
        return {
            "latest": lambda: page(query()),
            "latest of an actor": lambda: page(query(actors=actor)),
            "latest of a rare actor": lambda: page(query(actors=frozenset({"VAT"}), tier=None)),
            "latest at a target": lambda: page(query(targets=actor)),
            "latest of a type": lambda: page(query(types=kind)),
            "latest of a family": lambda: page(query(families=frozenset({Family.CRITICISM}))),
            "latest of an actor at a target, one type": lambda: page(query(actors=actor, targets=actor, types=kind)),
            "latest of an outlet": lambda: page(query(outlets=frozenset({"Outlet 17"}))),
            "latest of a small outlet": lambda: page(query(outlets=frozenset({"Small Outlet"}))),
            "latest in a rare language": lambda: page(query(languages=frozenset({"ka"}))),
            "latest of seven days": lambda: page(query(since=ago(7))),
            "latest, page 200": lambda: page(query(), 995),
            "search for a frequent word": lambda: page(query(text="shelling")),
            "search for a rare word": lambda: page(query(text=self.place)),
            "search for a word that nobody said": lambda: page(query(text=none)),
            "search for it in an actor's words": lambda: page(query(text=none, actors=actor)),
            "search for it in Cyrillic, 30 days": lambda: page(query(text="нет", since=ago(30))),
            "actor": lambda: read(query(actors=actor), 300),
            "story, completed": lambda: read(ReactionQuery(guild_id=self.plain.guild_id), 150),
            "timeline of 30 days": lambda: read(query(since=ago(30)), 1500),
            "timeline of an actor, three years": lambda: read(query(actors=actor, since=ago(1100)), 1500),
            "board of 30 days": lambda: read(query(targets=party, since=ago(30)), 1500),
            "board of three years": lambda: read(query(targets=party, since=ago(1100)), 1500),
            "export of seven days": lambda: export(query(since=ago(7), tier=None)),
            "export of an actor": lambda: export(query(actors=actor, tier=None)),
            "export of everything": lambda: export(query(tier=None)),
            "sources": lambda: self.store.feeds(guild_id=self.plain.guild_id),
        }

    def of_the_rest(self) -> dict[str, Ask]:
        """Return what digests and `status` ask."""
        made = Subscription(
            id="s",
            channel_id="1",
            guild_id=self.plain.guild_id or "",
            mode=Mode.DAILY,
            created_by="benchmark",
            created_at=ago(400),
        )

        def edition(**filters: Any) -> Awaitable[Any]:
            until = ago(self.chance.randrange(7))
            slot = Digest(
                id="d",
                subscription_id="s",
                channel_id="1",
                since=until - timedelta(days=1),
                until=until,
                created_at=until,
                next_attempt_at=until,
            )
            return edition_of(slot, replace(made, filters=Filters(**filters)), self.store)

        return {
            "digest of a day": edition,
            "digest of a day, two actors": lambda: edition(actors=self.actor() | self.actor()),
            "status": lambda: self.store.tally(END),
        }


async def timed(name: str, do: Ask, seconds: float) -> None:
    """Ask again and again, but no longer than this, and print how long it took."""
    taken: list[float] = []
    while len(taken) < TIMES and sum(taken) < seconds:
        began = perf_counter()
        await do()
        taken.append(perf_counter() - began)
    taken.sort()
    p50, p95 = (taken[min(len(taken) - 1, int(len(taken) * share))] * 1e3 for share in (0.5, 0.95))
    print(f"  {name:<44} p50 {p50:8.1f}  p95 {p95:8.1f} ms  ({len(taken)} times)", flush=True)


async def plans(store: Store, do: Ask) -> None:
    """Print how the database finds what a question asks for."""
    explained: list[tuple[str, Any]] = []

    def keep(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: object) -> None:
        if "reactions" in statement:
            explained.append((statement, parameters))

    engine = store._database._reader.sync_engine  # noqa: SLF001 - a benchmark may look inside
    event.listen(engine, "before_cursor_execute", keep)
    await do()
    event.remove(engine, "before_cursor_execute", keep)
    explain = "EXPLAIN QUERY PLAN " if store._database.is_sqlite else "EXPLAIN "  # noqa: SLF001 - as above
    async with store._database.reading() as connection:  # noqa: SLF001 - as above
        for statement, parameters in explained:
            for row in (await connection.exec_driver_sql(explain + statement, parameters)).all():
                print("     ", row[-1])
            print()


async def measure(url: str, only: str, seconds: float, *, show_plans: bool) -> None:
    """Ask and print."""
    store = await Store.open(url)
    for guild in ("7", "8"):
        questions = Questions(store, guild, random.Random(5))
        asked = questions.of_commands() | questions.of_the_rest()
        print(f"asked in guild {guild}:")
        for name, do in asked.items():
            if only in name:
                await timed(name, do, seconds)
                if show_plans:
                    await plans(store, do)
    await store.aclose()


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", required=True, help="a database that store_million.py filled")
    parser.add_argument("--only", default="", help="questions with this in their name")
    parser.add_argument("--seconds", type=float, default=10, help="at most this long for each")
    parser.add_argument("--plans", action="store_true", help="print the query plans")
    asked = parser.parse_args()
    asyncio.run(measure(asked.url, asked.only, asked.seconds, show_plans=asked.plans))


if __name__ == "__main__":
    main()
