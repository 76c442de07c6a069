"""Reading a lexicon file: typed access to TOML whose every complaint names the file, the entry and the remedy."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bot.domain.errors import LexiconInvalid


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of a lexicon file. `where` says which, in words for whoever wrote it."""

    where: str
    values: Mapping[str, object]

    def invalid(self, what: str) -> LexiconInvalid:
        """Return the error to raise about this table."""
        return LexiconInvalid(f"{self.where}: {what}")

    def only(self, *keys: str) -> None:
        """Raise LexiconInvalid where the table has a key that means nothing: most often a slip of the pen."""
        for key in self.values:
            if key not in keys:
                raise self.invalid(f"“{key}” is not known here; use one of {', '.join(keys)}")

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text that must be there unless there is a default."""
        value = self.values.get(key, default)
        if not isinstance(value, str) or not value.strip():
            raise self.invalid(f'“{key}” must be a text; write {key} = "…"')
        return value

    def flag(self, key: str) -> bool:
        """Return a yes or no, no where it is missing."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.invalid(f"“{key}” must be true or false")
        return value

    def number(self, key: str, default: int) -> int:
        """Return a whole number."""
        value = self.values.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.invalid(f"“{key}” must be a whole number")
        return value

    def day(self, key: str) -> date | None:
        """Return a day, or None where it is missing."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, datetime) or not isinstance(value, date):
            raise self.invalid(f"“{key}” must be a day without quotation marks; write {key} = 2018-05-08")
        return value

    def items(self, key: str) -> Sequence[object]:
        """Return a list of whatever it holds, empty where it is missing."""
        value = self.values.get(key, [])
        if not isinstance(value, list):
            raise self.invalid(f'“{key}” must be a list; write {key} = ["…", "…"]')
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty where it is missing."""
        texts = []
        for value in self.items(key):
            if not isinstance(value, str) or not value.strip():
                raise self.invalid(f"“{key}” holds {value!r}, which is no text; put it in quotation marks")
            texts.append(value)
        return tuple(texts)

    def table(self, key: str) -> Table:
        """Return the table under this key, empty where it is missing."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.invalid(f"“{key}” must be a table")
        return Table(where=f"{self.where} {key}", values=value)

    def tables(self, key: str) -> Iterator[Table]:
        """Return the tables of a list of tables, each called by its name, or else by its place."""
        for number, value in enumerate(self.items(key), start=1):
            if not isinstance(value, dict):
                raise self.invalid(f"“{key}” must hold tables; begin each with [[{key}]]")
            called = next((value[name] for name in ("id", "name", "code") if isinstance(value.get(name), str)), number)
            yield Table(where=f"{self.where} {key} “{called}”", values=value)


def read_toml(path: Path) -> Table:
    """Return the file as a table; raises LexiconInvalid when it cannot be read or is not TOML."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LexiconInvalid(
            f"{path}: cannot be read ({error.strerror}); check that it exists and its rights"
        ) from error
    except UnicodeDecodeError as error:
        raise LexiconInvalid(f"{path}: is not UTF-8; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise LexiconInvalid(f"{path}: is not TOML: {error}; correct it there") from error
    return Table(where=f"{path.parent.name}/{path.name}:", values=values)
