"""Time zones as people write them: “Europe/Paris”, “paris”, “Yerevan”, “UTC+4”."""

from __future__ import annotations

import difflib
import re
import zoneinfo
from functools import cache

from bot.discord.words import Words
from bot.domain.errors import Invalid

# Cities that have no zone of their own name, and other ways to write those that have.
_KNOWN_AS = {
    "stepanakert": "Asia/Yerevan",
    "khankendi": "Asia/Baku",
    "erevan": "Asia/Yerevan",
    "ереван": "Asia/Yerevan",
    "баку": "Asia/Baku",
    "тбилиси": "Asia/Tbilisi",
    "москва": "Europe/Moscow",
    "киев": "Europe/Kyiv",
    "париж": "Europe/Paris",
    "лондон": "Europe/London",
    "moscou": "Europe/Moscow",
    "londres": "Europe/London",
    "bruxelles": "Europe/Brussels",
    "genève": "Europe/Zurich",
    "geneva": "Europe/Zurich",
    "washington": "America/New_York",
    "ankara": "Europe/Istanbul",
    "gmt": "UTC",
    "z": "UTC",
}
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])\s*(\d{1,2})(?::?00)?", re.IGNORECASE)
_FARTHEST = 14
_NEAREST_SHOWN = 3


def read_zone(text: str, words: Words) -> str:
    """Return the IANA name of the zone that is meant, UTC for nothing. Raises Invalid, with the nearest."""
    wanted = "_".join(text.split()).casefold()
    if not wanted:
        return "UTC"
    named = _by_name()
    if found := named.get(wanted) or _KNOWN_AS.get(wanted):
        return found
    if (offset := _OFFSET.fullmatch(text.strip())) and int(offset[2]) <= _FARTHEST:
        # POSIX counts westwards: what is written UTC+4 everywhere else is Etc/GMT-4 there.
        sign = "-" if offset[1] == "+" else "+"
        return f"Etc/GMT{sign}{int(offset[2])}" if int(offset[2]) else "UTC"
    near = difflib.get_close_matches(wanted, named, n=_NEAREST_SHOWN, cutoff=0.6)
    shown = ", ".join(dict.fromkeys(named[each] for each in near)) or "Europe/Paris, Asia/Yerevan, UTC"
    raise Invalid(words("“{text}” is no time zone; write one such as {zones}", text=text[:40], zones=shown))


@cache
def _by_name() -> dict[str, str]:
    """Return the zones by their whole names and, where no other has it, by their cities'."""
    zones = sorted(zone for zone in zoneinfo.available_timezones() if not zone.startswith(("posix/", "right/")))
    whole = {zone.casefold(): zone for zone in zones}
    cities: dict[str, str] = {}
    # Of two zones with one city the one that comes first stands: America/… before its older spellings.
    for zone in (zone for zone in zones if "/" in zone and not zone.startswith(("Etc/", "US/", "SystemV/"))):
        cities.setdefault(zone.rpartition("/")[2].casefold(), zone)
    return cities | whole
