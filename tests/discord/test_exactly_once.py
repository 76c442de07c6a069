"""The messenger against a Discord that keeps nonces and loses answers, over a real connection."""

from __future__ import annotations

import asyncio
import gc
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

import discord
import pytest
from aiohttp import web

from bot.discord.poster import DiscordMessenger
from bot.domain.errors import ChannelUnavailable, NotFound, PostUncertain

CHANNEL = "1000"


def answer(value: object, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    # discord.py reads JSON under exactly this type.
    return web.Response(
        body=json.dumps(value).encode(), status=status, headers={"Content-Type": "application/json", **(headers or {})}
    )


@dataclass
class StandIn:
    """Two routes of Discord, its nonces, and the ways in which an answer gets lost."""

    messages: dict[str, dict] = field(default_factory=dict)
    nonces: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    async def users(self, request: web.Request) -> web.Response:
        return answer({"id": "1", "username": "bot", "discriminator": "0", "avatar": None, "bot": True})

    async def post(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "429":
            headers = {"Via": "1.1 x", "Retry-After": "40", "X-RateLimit-Remaining": "0"}
            return answer({"message": "slow", "retry_after": 40.0, "global": False}, status=429, headers=headers)
        if fault == "drop before":
            request.transport.abort()
            return web.Response()
        earlier = self.nonces.get(body["nonce"]) if body.get("enforce_nonce") else None
        if earlier is not None and earlier not in self.messages:
            return answer({"code": 10008, "message": "Unknown Message"}, status=404)
        message_id = earlier or str(5000 + len(self.nonces))
        self.nonces[body["nonce"]] = message_id
        self.messages.setdefault(message_id, self.message(message_id, body))
        if fault == "drop after":
            request.transport.abort()
        if fault == "503 after":
            return answer({"code": 0, "message": "away"}, status=503)
        if fault == "hang after":
            await asyncio.sleep(0.5)
        if fault == "garbled":
            return web.Response(body=b'{"id": "5', headers={"Content-Type": "application/json"})
        if fault == "a page":
            return web.Response(text="<html>cached</html>", content_type="text/html")
        return answer(self.messages[message_id])

    async def history(self, request: web.Request) -> web.Response:
        return answer(list(self.messages.values()))

    def message(self, message_id: str, body: dict) -> dict:
        return {
            "id": message_id,
            "channel_id": CHANNEL,
            "author": {"id": "1", "username": "bot", "discriminator": "0", "avatar": None, "bot": True},
            "content": "",
            "timestamp": "2023-09-19T16:30:00+00:00",
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": body.get("embeds", []),
            "components": body.get("components", []),
            "pinned": False,
            "type": 0,
        }


@pytest.fixture
async def discord_at_hand(monkeypatch) -> AsyncIterator[StandIn]:
    stand_in = StandIn()
    app = web.Application()
    app.router.add_get("/users/@me", stand_in.users)
    app.router.add_get("/oauth2/applications/@me", stand_in.users)
    app.router.add_post(f"/channels/{CHANNEL}/messages", stand_in.post)
    app.router.add_get(f"/channels/{CHANNEL}/messages", stand_in.history)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    monkeypatch.setattr(discord.http.Route, "BASE", f"http://127.0.0.1:{port}")
    yield stand_in
    await runner.cleanup()


@pytest.fixture
async def client(discord_at_hand) -> AsyncIterator[discord.Client]:
    async with discord.Client(intents=discord.Intents.none(), max_ratelimit_timeout=30.0) as client:
        await client._async_setup_hook()
        client._connection.user = discord.ClientUser(
            state=client._connection, data={"id": "1", "username": "bot", "discriminator": "0", "avatar": None}
        )
        await client.http.static_login("token")
        yield client


@pytest.fixture
def messenger(client, samples) -> DiscordMessenger:
    return DiscordMessenger(client, samples.names)


@pytest.mark.parametrize("fault", ["drop after", "503 after", "garbled", "a page"])
async def test_a_lost_answer_is_uncertain_and_sending_again_makes_no_second_message(
    discord_at_hand, messenger, samples, fault
):
    discord_at_hand.faults.append(fault)

    with pytest.raises(PostUncertain):
        await messenger.post(samples.message())
    posted = await messenger.post(samples.message())

    assert list(discord_at_hand.messages) == [posted]


async def test_a_connection_dropped_before_anything_was_done_is_as_uncertain(discord_at_hand, messenger, samples):
    discord_at_hand.faults.append("drop before")

    with pytest.raises(PostUncertain):
        await messenger.post(samples.message())

    assert discord_at_hand.messages == {}


async def test_an_answer_that_takes_too_long_is_uncertain_and_the_call_is_left_to_end(discord_at_hand, client, samples):
    hasty = DiscordMessenger(client, samples.names, answer_within=timedelta(milliseconds=50))
    discord_at_hand.faults.append("hang after")

    with pytest.raises(PostUncertain):
        await hasty.post(samples.message())
    await asyncio.sleep(0.6)

    assert await DiscordMessenger(client, samples.names).post(samples.message()) in discord_at_hand.messages
    assert len(discord_at_hand.messages) == 1


async def test_the_error_of_a_call_that_nobody_waits_for_any_longer_is_heard(messenger):
    """The process ends, and the connection with it: that is no bug to be complained about."""
    complaints: list[dict[str, object]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))

    async def breaks_off() -> None:
        await asyncio.sleep(0.05)
        raise ConnectionResetError

    waiting = asyncio.create_task(messenger._answered(breaks_off()))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await asyncio.sleep(0.2)
    gc.collect()

    assert waiting.cancelled()
    assert complaints == []


async def test_a_long_rate_limit_is_a_wait_of_that_long(discord_at_hand, messenger, samples):
    discord_at_hand.faults.append("429")

    with pytest.raises(ChannelUnavailable) as caught:
        await messenger.post(samples.message())

    assert caught.value.retry_after == timedelta(seconds=40)
    assert discord_at_hand.messages == {}


async def test_no_connection_at_all_means_nothing_was_sent(discord_at_hand, messenger, samples, monkeypatch):
    monkeypatch.setattr(discord.http.Route, "BASE", "http://127.0.0.1:9")

    with pytest.raises(ChannelUnavailable):
        await messenger.post(samples.message())


async def test_a_message_deleted_by_people_is_not_made_again(discord_at_hand, messenger, samples):
    posted = await messenger.post(samples.message())
    del discord_at_hand.messages[posted]

    with pytest.raises(NotFound):
        await messenger.post(samples.message())


async def test_after_a_crash_the_message_is_found_in_the_channel(discord_at_hand, messenger, samples):
    discord_at_hand.faults.append("drop after")
    message = samples.message()
    with pytest.raises(PostUncertain):
        await messenger.post(message)

    found = await messenger.find(message.subscription, message.alert.id, since=samples.now)

    assert [found] == list(discord_at_hand.messages)
    elsewhere = replace(message.alert, id="other")
    assert await messenger.find(message.subscription, elsewhere.id, since=samples.now) is None
