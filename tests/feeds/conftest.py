"""A fault server and a feed source for a whole module: workers are started once."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from faultserver import NOW, FaultServer, fault_server, settings_for_tests

from bot.feeds.source import HttpFeedSource


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server() -> AsyncIterator[FaultServer]:
    async with fault_server() as faults:
        yield faults


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def source() -> AsyncIterator[HttpFeedSource]:
    async with HttpFeedSource(settings_for_tests(), lambda: NOW) as opened:
        yield opened
