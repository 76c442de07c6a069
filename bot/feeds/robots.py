"""robots.txt (RFC 9309): which pages of a site we may read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

# RFC 9309 §2.5: at least this much is read.
MAX_BYTES = 512 * 1024
OUR_NAME = "communique"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One line: paths that match are allowed or not; the longer pattern wins."""

    allow: bool
    pattern: str

    def matches(self, path: str) -> bool:
        """Return whether a path falls under this rule; `*` stands for anything, a final `$` for the end."""
        pieces = self.pattern.removesuffix("$").split("*")
        if not path.startswith(pieces[0]):
            return False
        position = len(pieces[0])
        for piece in pieces[1:]:
            found = path.find(piece, position)
            if found < 0:
                return False
            position = found + len(piece)
        return (
            not self.pattern.endswith("$") or position == len(path) or (len(pieces) > 1 and path.endswith(pieces[-1]))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """The rules that a site has for us."""

    rules: tuple[Rule, ...] = ()

    def allows(self, url: str) -> bool:
        """Return whether we may read this address. Of equally long rules, the one that allows wins."""
        parts = urlsplit(url)
        path = _escaped(parts.path or "/") + (f"?{_escaped(parts.query)}" if parts.query else "")
        if path == "/robots.txt":
            return True
        matching = [rule for rule in self.rules if rule.matches(path)]
        decisive = max(matching, key=lambda rule: (len(rule.pattern), rule.allow), default=None)
        return decisive is None or decisive.allow


EVERYTHING = Robots()
NOTHING = Robots(rules=(Rule(allow=False, pattern="/"),))


def read_robots(text: str, *, name: str = OUR_NAME) -> Robots:
    """Return the rules of the groups that name us, or else those for everybody."""
    groups = _groups(text)
    ours = [rule for names, rules in groups if name in names for rule in rules]
    if any(name in names for names, _ in groups):
        return Robots(rules=tuple(ours))
    return Robots(rules=tuple(rule for names, rules in groups if "*" in names for rule in rules))


def _groups(text: str) -> Sequence[tuple[set[str], list[Rule]]]:
    """Return each group's product names, lower case, and its rules."""
    groups: list[tuple[set[str], list[Rule]]] = []
    names_open = False
    for line in text[:MAX_BYTES].lstrip("\ufeff").splitlines():
        key, separator, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not separator:
            continue
        if key == "user-agent":
            if not names_open:
                groups.append((set(), []))
            # "communique/0.1" and "Communique bot" name the same product.
            groups[-1][0].add("*" if value == "*" else (re.match(r"[a-z_-]*", value.lower()) or [""])[0])
            names_open = True
        elif key in {"allow", "disallow"}:
            names_open = False
            if groups and value:
                groups[-1][1].append(Rule(allow=key == "allow", pattern=_escaped(value)))
    return groups


def _escaped(path: str) -> str:
    return quote(path, safe="/%?=&*$:;,@!'()+~#[]-._")
