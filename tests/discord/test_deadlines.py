"""Requests that would come too late, or that may have been done, are not made."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from bot.discord import deadlines


@pytest.fixture
async def server() -> AsyncIterator[list[str]]:
    """A server that remembers what it was asked; its address is the first thing in the list."""
    heard: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        heard.append(request.path)
        return web.Response(status=int(request.query.get("status", 200)))

    app = web.Application()
    app.add_routes([web.route("*", "/{path:.*}", answer)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    heard.append(f"http://127.0.0.1:{runner.addresses[0][1]}")
    yield heard
    await runner.cleanup()


async def test_a_request_in_time_is_made_and_a_late_one_is_not(server: list[str]) -> None:
    address = server.pop()
    async with aiohttp.ClientSession(trace_configs=[deadlines.watch()]) as session:
        with deadlines.within(60):
            await session.post(f"{address}/early")
        with deadlines.within(-1), pytest.raises(deadlines.NotMade):
            await session.post(f"{address}/late")
        await session.post(f"{address}/whenever")
    assert server == ["/early", "/whenever"]


async def test_the_deadline_holds_in_a_task_begun_under_it_however_late_it_tries_again(server: list[str]) -> None:
    address = server.pop()

    async def twice() -> None:
        await session.post(f"{address}/first")
        await woken.wait()
        await session.post(f"{address}/second")

    woken = asyncio.Event()
    async with aiohttp.ClientSession(trace_configs=[deadlines.watch()]) as session:
        with deadlines.within(0.2):
            task = asyncio.create_task(twice())
        await asyncio.sleep(0.3)
        woken.set()
        with pytest.raises(deadlines.NotMade):
            await task
    assert server == ["/first"]


@pytest.mark.parametrize(
    ("path", "status", "again"),
    [
        ("/channels/1/threads", 500, False),
        ("/channels/1/threads", 503, False),
        ("/channels/1/threads", 429, True),
        ("/channels/1/messages", 500, True),
    ],
)
async def test_what_takes_no_nonce_is_not_made_again_after_an_answer_that_leaves_it_in_doubt(
    server: list[str], path: str, status: int, again: bool
) -> None:
    """discord.py makes a request up to five times, and Discord has been known to answer 500 after it did the thing."""
    address = server.pop()
    async with aiohttp.ClientSession(trace_configs=[deadlines.watch()]) as session:
        with deadlines.within(60):
            await session.post(f"{address}{path}?status={status}")
            if again:
                await session.post(f"{address}{path}")
            else:
                with pytest.raises(deadlines.NotMade):
                    await session.post(f"{address}{path}")
        with deadlines.within(60):
            await session.post(f"{address}/channels/1/threads")
    assert server == [path, *([path] if again else []), "/channels/1/threads"]
