"""The starter list: public feeds that cover the region, curated in defaults.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files

from bot.domain.feeds import FeedKind
from bot.feeds.listing import ListedFeed


class Checked(StrEnum):
    """How sure we are of an address: `feeds test --all` tells."""

    SURE = "sure"
    LIKELY = "likely"


@dataclass(frozen=True, slots=True, kw_only=True)
class DefaultFeed(ListedFeed):
    """One feed of the starter list, with the country or body that it speaks from."""

    country: str
    checked: Checked


def default_feeds() -> tuple[DefaultFeed, ...]:
    """Return the starter list in its own order. A mistake in it is a bug, and raises as one."""
    listed = tomllib.loads(files("bot.feeds").joinpath("defaults.toml").read_text(encoding="utf-8"))
    return tuple(
        DefaultFeed(
            url=feed["url"],
            title=feed["title"],
            homepage=feed["homepage"],
            language=feed["language"],
            kind=FeedKind(feed["kind"]),
            country=feed["country"],
            checked=Checked(feed["checked"]),
        )
        for feed in listed["feed"]
    )
