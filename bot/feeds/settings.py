"""What an operator may set about how feeds are visited; `app` builds it from the configuration."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSettings:
    """Manners and limits of every visit. Sizes are bytes.

    Addresses in `allow_networks` are visited although they are not public, on any port and without spacing.
    `body_bytes` counts what travels, `decompressed_bytes` what it unfolds to. A document gets `quick_parse` at first; one
    that needs longer gets `parse_deadline` in a lane of its own, where it delays no other feed.
    """

    user_agent: str = "communique/0.1 (feed reader)"
    allow_networks: tuple[IPv4Network | IPv6Network, ...] = ()
    ports: frozenset[int] = frozenset({80, 443, 8000, 8080, 8443, 8008, 8888})

    body_bytes: int = 8 * MIB
    decompressed_bytes: int = 16 * MIB
    page_bytes: int = 4 * MIB
    redirects: int = 8
    items: int = 1000

    connect_timeout: timedelta = timedelta(seconds=10)
    headers_timeout: timedelta = timedelta(seconds=20)
    total_timeout: timedelta = timedelta(seconds=40)

    concurrency: int = 128
    per_host: int = 2
    host_spacing: timedelta = timedelta(seconds=1)

    parse_workers: int = max(1, os.cpu_count() or 1)
    quick_parse: timedelta = timedelta(seconds=3)
    parse_deadline: timedelta = timedelta(seconds=12)
    parse_memory: int = 512 * MIB
    tasks_per_worker: int = 5000

    pages_kept: int = 200
    robots_kept_for: timedelta = timedelta(hours=12)
