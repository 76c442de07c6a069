"""The messenger whose channel is the terminal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from rich.console import Console

from bot.console.alerts import print_lines, show_alert, show_digest, show_further_reports
from bot.console.inert import plain
from bot.domain.actors import ActorNames
from bot.domain.alerts import AlertMessage
from bot.domain.digests import Edition
from bot.domain.notices import FeedNotice
from bot.domain.presentation import further_outlets
from bot.domain.subscriptions import Subscription


class ConsoleMessenger:
    """Prints alerts and digests.

    A line once printed can be neither looked for nor changed. Printing is synchronous, so a post is never uncertain while
    the process lives; a crash between printing and recording prints the alert once more after the restart. The id of a
    message is the id of what it tells.
    """

    def __init__(self, console: Console, clock: Callable[[], datetime], names: ActorNames | None = None) -> None:
        self._console = console
        self._clock = clock
        self._names = names or ActorNames()

    async def post(self, message: AlertMessage) -> str:
        """Print the alert."""
        show_alert(self._console, message, self._names, self._clock())
        return message.alert.id

    async def post_digest(self, edition: Edition) -> str:
        """Print the digest."""
        show_digest(self._console, edition, self._names, self._clock())
        return edition.digest.id

    async def edit(self, message: AlertMessage) -> None:
        """Print in one line by whom an earlier alert is told too, or that its outlet takes it back."""
        if further_outlets(message) or message.item.withdrawn:
            show_further_reports(self._console, message)

    async def find(self, subscription: Subscription, marker: str, *, since: datetime) -> str | None:  # noqa: ARG002 - the port's signature; nothing printed can be looked for
        """Return None: what was printed cannot be looked for."""
        return None

    async def tell_admins(self, subscription: Subscription, reason: str) -> None:
        """Print why a subscription was paused."""
        print_lines(self._console, [f"Subscription {subscription.id} is paused: {plain(reason)}"])

    async def tell_of_feed(self, notice: FeedNotice) -> None:
        """Print that a feed has been failing, or that it is back."""
        feed = notice.feed
        name = f"The feed {plain(feed.name)} ({plain(feed.url)})"
        if notice.is_recovery:
            print_lines(self._console, [f"{name} works again."])
            return
        since = f" since {feed.failing_since:%Y-%m-%d %H:%M} UTC" if feed.failing_since else ""
        print_lines(self._console, [f"{name} has been failing{since}: {plain(feed.last_error or 'no reason given')}"])
