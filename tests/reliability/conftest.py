"""A bot in a process of its own, with feeds and a Discord on loopback that both do as they are told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from realbot import Bot, Feeds
from standin import StandIn


@pytest.fixture
async def feeds() -> AsyncIterator[Feeds]:
    """Feeds on loopback, empty so far."""
    async with Feeds().serving() as published:
        yield published


@pytest.fixture
async def discord() -> AsyncIterator[StandIn]:
    """A Discord of our own on loopback."""
    async with StandIn().serving() as standin:
        yield standin


@pytest.fixture
async def bot(tmp_path: Path, store_url: str, discord: StandIn) -> AsyncIterator[Bot]:
    """A bot over SQLite, then over PostgreSQL."""
    made = Bot(folder=tmp_path, url=store_url, discord=discord)
    yield made
    await made.bury()
