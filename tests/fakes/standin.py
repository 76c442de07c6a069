"""A stand-in for Discord over HTTP: enough REST and gateway for the bot's own process to log in, post and be lied to.

It keeps what is posted, remembers nonces, and goes wrong as it is told: `faults` holds what goes wrong with the next
posts, one after another.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from itertools import count
from typing import Any

from aiohttp import WSMsgType, web

# Milliseconds; what Discord counts its ids from.
EPOCH = 1_420_070_400_000
APPLICATION = "77"
GUILD = "88"


class Fault(StrEnum):
    """What goes wrong with a post; `AFTER` ones have made the message all the same."""

    DROP_BEFORE = "dropped before"
    DROP_AFTER = "dropped after"
    LIMITED = "429"
    BUSY_BEFORE = "503 before"
    BUSY_AFTER = "503 after"
    BROKEN_BEFORE = "500 before"
    BROKEN_AFTER = "500 after"
    SLOW = "slow"
    GARBLED = "garbled"


MADE_ALL_THE_SAME = {Fault.DROP_AFTER, Fault.BUSY_AFTER, Fault.BROKEN_AFTER, Fault.GARBLED}


@dataclass
class StandIn:
    """One guild's channels. Times are real: a nonce is remembered for `memory` seconds."""

    memory: float = 300.0
    faults: deque[Fault] = field(default_factory=deque)
    slowness: float = 1.0
    # Seconds that a 429 asks for.
    patience: float = 0.4
    channels: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    commands: list[dict[str, Any]] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    # Whether the token is refused.
    refuses: bool = False
    deduplicated: int = 0
    # Every post as it came in: (channel, nonce), whatever became of it.
    asked: list[tuple[str, str]] = field(default_factory=list)
    # Whom each message may ping, in the order of the messages; and how often commands were written.
    allowed_mentions: list[object] = field(default_factory=list)
    command_writes: int = 0
    identified: int = 0
    port: int = 0
    _sockets: set[web.WebSocketResponse] = field(default_factory=set)
    _nonces: dict[str, tuple[float, dict[str, Any]]] = field(default_factory=dict)
    _numbers: Any = field(default_factory=count)

    @property
    def environment(self) -> dict[str, str]:
        """Return what `redirected.py` needs to know."""
        return {"STAND_IN": f"127.0.0.1:{self.port}"}

    def markers(self, channel: str) -> list[str]:
        """Return the nonces of a channel's messages, oldest first."""
        return [message["nonce"] for message in self.channels.get(channel, [])]

    async def close_gateways(self, code: int = 4000) -> None:
        """Close every gateway connection."""
        for socket in list(self._sockets):
            await socket.close(code=code)

    async def _post(self, request: web.Request) -> web.StreamResponse:
        channel = request.match_info["channel"]
        payload = await request.json()
        self.asked.append((channel, payload.get("nonce", "")))
        fault = self.faults.popleft() if self.faults else None
        if fault is Fault.SLOW:
            await asyncio.sleep(self.slowness)
        elif fault is not None and fault not in MADE_ALL_THE_SAME:
            return self._fail(request, fault)
        message = self._made(channel, payload)
        return self._fail(request, fault) if fault in MADE_ALL_THE_SAME else _json(message)

    def _fail(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        match fault:
            case Fault.DROP_BEFORE | Fault.DROP_AFTER:
                assert request.transport is not None
                request.transport.abort()
                return web.Response()
            case Fault.LIMITED:
                body = {"message": "You are being rate limited.", "retry_after": self.patience, "global": False}
                return _json(body, status=429, headers={"Via": "1.1 proxy", "Retry-After": "1"})
            case Fault.GARBLED:
                return web.Response(body=b'{"id": "1", "chan', headers=_JSON)
            case _:
                return _json({"message": "trouble"}, status=int(fault.value[:3]))

    def _made(self, channel: str, payload: dict[str, Any]) -> dict[str, Any]:
        now = datetime.now(UTC)
        nonce = payload.get("nonce")
        if nonce and payload.get("enforce_nonce") and nonce in self._nonces:
            at, message = self._nonces[nonce]
            if now.timestamp() - at < self.memory:
                self.deduplicated += 1
                return message
        message = {
            "id": str(((int(now.timestamp() * 1000) - EPOCH) << 22) + next(self._numbers)),
            "channel_id": channel,
            "author": _USER,
            "content": payload.get("content") or "",
            "embeds": payload.get("embeds") or [],
            "components": payload.get("components") or [],
            "nonce": nonce,
            "timestamp": now.isoformat(),
            "edited_timestamp": None,
            "type": 0,
            **{name: [] for name in ("attachments", "mentions", "mention_roles", "mention_channels")},
            **dict.fromkeys(("tts", "pinned", "mention_everyone"), False),
        }
        self.channels.setdefault(channel, []).append(message)
        self.allowed_mentions.append(payload.get("allowed_mentions"))
        if nonce:
            self._nonces[nonce] = (now.timestamp(), message)
        return message

    async def _history(self, request: web.Request) -> web.Response:
        there = self.channels.get(request.match_info["channel"], [])
        after = int(request.query.get("after", 0))
        before = int(request.query.get("before", 1 << 63))
        found = [message for message in there if after < int(message["id"]) < before]
        limit = int(request.query.get("limit", 50))
        # With `after` Discord gives the oldest that follow, else the newest; in both cases newest first.
        chosen = found[:limit] if "after" in request.query else found[-limit:]
        return _json(chosen[::-1])

    async def _edit(self, request: web.Request) -> web.Response:
        payload = await request.json()
        for message in self.channels.get(request.match_info["channel"], []):
            if message["id"] == request.match_info["message"]:
                message.update(payload)
                return _json(message)
        return _json({"code": 10008, "message": "Unknown Message"}, status=404)

    async def _me(self, request: web.Request) -> web.Response:
        self.tokens.add(request.headers.get("Authorization", ""))
        if self.refuses:
            return _json({"message": "401: Unauthorized", "code": 0}, status=401)
        return _json(_USER)

    async def _application(self, _: web.Request) -> web.Response:
        return _json(_APPLICATION)

    async def _commands(self, request: web.Request) -> web.Response:
        if request.method == "PUT":
            self.command_writes += 1
            numbered = enumerate(await request.json(), start=1)
            self.commands = [
                {**each, "id": str(number), "application_id": APPLICATION, "version": "1", "type": each.get("type", 1)}
                for number, each in numbered
            ]
        return _json(self.commands)

    async def _gateway_address(self, _: web.Request) -> web.Response:
        limits = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        return _json({"url": f"ws://127.0.0.1:{self.port}/gateway", "shards": 1, "session_start_limit": limits})

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._sockets.add(socket)
        numbers = count(1)

        async def say(op: int, data: Any, name: str | None = None) -> None:
            number = next(numbers) if name else None
            # Whoever was killed meanwhile hears nothing.
            with suppress(ConnectionError):
                await socket.send_str(json.dumps({"op": op, "d": data, "t": name, "s": number}))

        await say(10, {"heartbeat_interval": 30_000})
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    await self._heard(json.loads(frame.data), say)
        finally:
            self._sockets.discard(socket)
        return socket

    async def _heard(self, frame: dict[str, Any], say: Any) -> None:
        match frame["op"]:
            case 1:
                await say(11, None)
            case 2:
                self.identified += 1
                ready = {
                    "v": 10,
                    "user": _USER,
                    "guilds": [],
                    "session_id": "s",
                    "resume_gateway_url": f"ws://127.0.0.1:{self.port}/gateway",
                    "application": {"id": APPLICATION, "flags": 0},
                }
                await say(0, ready, "READY")
            case 6:
                await say(0, {}, "RESUMED")

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[StandIn]:
        """Answer on a port of loopback for as long as this lasts."""
        app = web.Application()
        api = "/api/v10"
        app.add_routes(
            [
                web.get(f"{api}/users/@me", self._me),
                web.get(f"{api}/oauth2/applications/@me", self._application),
                web.route("*", f"{api}/applications/{APPLICATION}/commands", self._commands),
                web.get(f"{api}/gateway/bot", self._gateway_address),
                web.post(f"{api}/channels/{{channel}}/messages", self._post),
                web.get(f"{api}/channels/{{channel}}/messages", self._history),
                web.patch(f"{api}/channels/{{channel}}/messages/{{message}}", self._edit),
                web.get("/gateway", self._gateway),
            ]
        )
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", self.port)
            await site.start()
            self.port = int(runner.addresses[0][1])
            yield self
        finally:
            await runner.cleanup()


# Just this: discord.py reads no JSON where a charset stands behind it.
_JSON = {"Content-Type": "application/json"}


def _json(body: object, *, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(body=json.dumps(body).encode(), status=status, headers=_JSON | (headers or {}))


_USER = {"id": APPLICATION, "username": "communique", "discriminator": "0", "avatar": None, "bot": True}
_APPLICATION = {
    "id": APPLICATION,
    "name": "communique",
    "icon": None,
    "description": "",
    "bot_public": True,
    "bot_require_code_grant": False,
    "verify_key": "0",
    "owner": {**_USER, "id": "99", "bot": False},
    "flags": 0,
    "team": None,
}
