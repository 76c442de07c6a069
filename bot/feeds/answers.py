"""What an answer's status means for a feed: taken, unchanged, or an error that says what to do."""

from __future__ import annotations

from datetime import datetime, timedelta
from http import HTTPStatus

from bot.domain.errors import FeedRefused, FeedUnavailable
from bot.domain.urls import host_of, without_credentials
from bot.feeds.fetch import Visited
from bot.feeds.headers import retry_after
from bot.feeds.recognise import Kind, kind_of, wall_of

# Statuses that say "not now" although they begin with 4.
_LATER = frozenset({408, 421, 423, 425, 429})
_CLOUDFLARE = range(520, 531)
_SAID = {
    400: "does not understand our request",
    401: "wants a user name and password; put them into the address (https://name:password@…) if you have them",
    402: "wants to be paid",
    403: "forbids us; ask its owners to let our User-Agent in, or use another feed of theirs",
    404: "is not found; look for the feed's new address on its home page",
    406: "has nothing in a form that we read",
    407: "lies behind a proxy that wants a password",
    429: "it asks us to come less often",
    451: "is withheld for legal reasons",
    999: "forbids robots",
}


def check(visited: Visited, *, now: datetime, asked_for: str = "feed") -> None:
    """Raise what an error status means; return for an answer with a body and for 304.

    Raises FeedUnavailable, with the wait that the server asked for, and FeedRefused.
    """
    status, where = visited.status, without_credentials(visited.url)
    if status == HTTPStatus.NOT_MODIFIED or status in {200, 203, 206, 226}:
        return
    wall = wall_of(visited.headers, visited.body) if status >= HTTPStatus.BAD_REQUEST else None
    if wall and status not in {404, 410}:
        raise FeedRefused(
            f"{where} answered {status} from a bot wall ({wall}); its owners can let our User-Agent in, we go around none"
        )
    if status == HTTPStatus.GONE:
        by_itself = not visited.redirected or visited.moved_to is not None
        raise FeedRefused(f"{where} answered 410: the {asked_for} is gone for good", gone=by_itself)
    wait = retry_after(visited.headers, now)
    if status in _LATER or (status >= HTTPStatus.INTERNAL_SERVER_ERROR and status != 999):  # noqa: PLR2004 - LinkedIn's own
        raise FeedUnavailable(f"{where} answered {status}: {_said(status)}{_until(wait)}", retry_after=wait)
    if status in {HTTPStatus.NO_CONTENT, HTTPStatus.RESET_CONTENT} or status < HTTPStatus.OK:
        raise FeedUnavailable(f"{where} answered {status} with nothing in it; we try again later")
    raise FeedRefused(f"{where} answered {status}: it {_said(status)}")


def not_a_feed(visited: Visited, found: str) -> FeedRefused | FeedUnavailable:
    """Return the error for a good answer that holds no feed: a wall, a page, another kind of file, or nothing."""
    where, status = without_credentials(visited.url), visited.status
    kind = kind_of(visited.body)
    if kind is Kind.EMPTY and visited.whole:
        return FeedUnavailable(f"{where} answered {status} with an empty body; we try again later")
    wall = wall_of(visited.headers, visited.body)
    if wall:
        return FeedRefused(
            f"{where} answered {status} with a bot wall ({wall}) instead of a feed; its owners can let our User-Agent in"
        )
    match kind:
        case Kind.PAGE:
            advice = "`feeds add` the page instead and it will look for its feeds"
        case Kind.OPML:
            advice = "`feeds import` it instead, and each feed in it is added"
        case _:
            advice = f"check the address, or `feeds add` {host_of(visited.url)}'s home page"
    # Before a connection broke, it may well have been a feed.
    if not visited.whole:
        return FeedUnavailable(f"{where} broke off before its first item was complete; we try again later")
    what = "something that is not a feed" if kind is Kind.UNKNOWN else found or f"{kind}, not a feed"
    return FeedRefused(f"{where} answered {status} with {what}; {advice}")


def _said(status: int) -> str:
    if status in _SAID:
        return _SAID[status]
    if status in _CLOUDFLARE:
        return "Cloudflare cannot reach the server behind it; we try again later"
    try:
        phrase = HTTPStatus(status).phrase.lower()
    except ValueError:
        phrase = "a status of its own"
    return (
        f"{phrase}; we try again later"
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _LATER
        else f"says {phrase}"
    )


def _until(wait: timedelta | None) -> str:
    """Return when the server wants us back, in words."""
    if not wait:
        return ""
    seconds = wait.total_seconds()
    for size, unit in ((86400, "days"), (3600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f", in {seconds / size:.0f} {unit}"
    return f", in {seconds:.0f} s"
