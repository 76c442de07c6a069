"""What the network raises, said for an admin: translated here, once."""

from __future__ import annotations

import errno
import ssl

import aiohttp

from bot.domain.errors import FeedRefused, FeedUnavailable
from bot.domain.urls import host_of, without_credentials
from bot.feeds.guard import REMEDY, AddressRefused
from bot.feeds.settings import FeedSettings

_LATER = "we try again later"


def in_words(error: BaseException, url: str, settings: FeedSettings) -> FeedUnavailable | FeedRefused:
    """Return the error that says what went wrong at this address: refused where waiting cannot help."""
    where, host = without_credentials(url), host_of(url)
    refusal = refused_address(error)
    if refusal is not None:
        return FeedRefused(f"{where} is not visited: {refusal}")
    match error:
        case aiohttp.ClientConnectorDNSError():
            return FeedUnavailable(f"there is no host named {host} as far as the name servers know; check the address")
        case aiohttp.ClientConnectorCertificateError() | ssl.CertificateError():
            reason = (
                getattr(getattr(error, "certificate_error", error), "verify_message", "") or "it cannot be verified"
            )
            return FeedUnavailable(f"{host} shows a certificate that we do not trust: {reason}")
        case aiohttp.ClientConnectorSSLError() | ssl.SSLError():
            return FeedUnavailable(f"{host} does not speak TLS that we understand; {_LATER}")
        case aiohttp.ConnectionTimeoutError():
            return FeedUnavailable(
                f"{host} did not take our connection within {_seconds(settings.connect_timeout.total_seconds())}; {_LATER}"
            )
        case TimeoutError():
            return FeedUnavailable(
                f"{where} was not done within {_seconds(settings.total_timeout.total_seconds())}; {_LATER}"
            )
        case aiohttp.InvalidURL() | ValueError() if not isinstance(error, aiohttp.ClientConnectionError):
            return FeedRefused(f"{where} is not an address that can be visited: {_reason(error)}")
        case aiohttp.ClientResponseError():
            return FeedUnavailable(f"{host} does not speak HTTP that we understand: {_reason(error)}; {_LATER}")
        case aiohttp.ServerDisconnectedError() | ConnectionResetError():
            return FeedUnavailable(f"{host} closed the connection without an answer; {_LATER}")
        case aiohttp.ClientPayloadError():
            return FeedUnavailable(f"{host} broke off before anything of {where} came; {_LATER}")
        case OSError(errno=errno.ECONNREFUSED):
            return FeedUnavailable(f"nothing listens at {host}: the connection was refused; {_LATER}")
        case _:
            return FeedUnavailable(f"{where} cannot be reached: {_reason(error)}; {_LATER}")


def is_garbled(error: BaseException) -> bool:
    """Return whether the trouble is an answer that is not HTTP."""
    return isinstance(error.__cause__, aiohttp.ClientResponseError)


def refused_address(error: BaseException) -> str | None:
    """Return the policy's objection inside an error, however it was wrapped on its way."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        # Several addresses of one name are joined into one plain OSError; where one was tried, that is the trouble.
        joined = isinstance(current, OSError) and REMEDY in str(current) and "Connect call failed" not in str(current)
        if isinstance(current, AddressRefused) or joined:
            return _reason(current).removeprefix("Multiple exceptions: ")
        current = getattr(current, "os_error", None) or current.__cause__ or current.__context__
    return None


def _reason(error: BaseException) -> str:
    text = getattr(error, "message", "") or getattr(error, "strerror", "") or str(error)
    # aiohttp quotes what it could not read, on further lines or behind a colon.
    return str(text).strip().partition("\n")[0].partition(": b'")[0].rstrip(" :")[:160] or type(error).__name__


def _seconds(seconds: float) -> str:
    return f"{seconds:g} s"
