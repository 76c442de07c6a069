"""Actor files: who can act, and every form they are written in, as an analyst keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from bot.analysis.mentions import Alias, MentionKind, Namesake, Office, Person
from bot.lexicons.reading import Table

FORM_KINDS = tuple(kind.value for kind in MentionKind if kind not in {MentionKind.PERSON, MentionKind.LOOKALIKE})
LANGUAGES = frozenset({"any", "en", "fr", "ru", "de", "hy", "tr", "az", "es", "it", "pl", "ka", "fa", "uk", "ar"})
CASES = "ngdaip"
_FILE_KEYS = ("group", "person", "namesake", "forms", "events", "first_names", "titles", "owning", "particles")
_COLLECTIVE = ("OTHER", "NGO")


@dataclass(slots=True, kw_only=True)
class ActorEntries:
    """What all actor files together say; a later file extends an earlier one, or replaces an entry of it.

    Built once while loading, hence mutable.
    """

    names: dict[str, str] = field(default_factory=dict)
    # Language → code → what readers of it call the actor.
    shown: dict[str, dict[str, str]] = field(default_factory=dict)
    aliases: dict[str, list[Alias]] = field(default_factory=dict)
    groups: dict[str, list[Alias]] = field(default_factory=dict)
    persons: dict[str, PersonEntry] = field(default_factory=dict)
    lookalikes: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    first_names: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    owning: list[str] = field(default_factory=list)
    particles: list[str] = field(default_factory=list)
    namesakes: list[NamesakeEntry] = field(default_factory=list)

    def add(self, file: Table) -> None:
        """Take in one file; raises LexiconInvalid, which names the entry, for what cannot be meant."""
        for key in file.values:
            if key not in _FILE_KEYS:
                self._add_actor(key, file.table(key))
        for group in file.tables("group"):
            self._add_group(group)
        for person in file.tables("person"):
            entry = _person(person)
            self.persons[entry.person.name] = entry
        self.namesakes.extend(_namesake(table) for table in file.tables("namesake"))
        self.lookalikes.extend(file.texts("forms"))
        self.events.extend(file.texts("events"))
        self.first_names.extend(file.texts("first_names"))
        self.titles.extend(file.texts("titles"))
        self.owning.extend(file.texts("owning"))
        self.particles.extend(file.texts("particles"))

    def _add_actor(self, code: str, table: Table) -> None:
        if not (code.isupper() and code.isalnum()):
            raise table.invalid("an actor's code is written in capitals, such as FRA or OSCE")
        table.only("name", "replace", *sorted(LANGUAGES))
        name = table.text("name", self.names.get(code))
        if table.flag("replace"):
            self.aliases[code] = []
        self.names[code] = name
        aliases = self.aliases.setdefault(code, [])
        for language in table.values:
            if language in LANGUAGES:
                forms = table.table(language)
                forms.only("shown", *FORM_KINDS)
                tag = "" if language == "any" else language
                self._show(code, language, forms)
                for kind in FORM_KINDS:
                    aliases.extend(_aliases(forms, kind, code=code, kind=MentionKind(kind), name=name, language=tag))

    def _show(self, code: str, language: str, forms: Table) -> None:
        """Note what the actor is called in a language: as `shown` says, else by its first name."""
        first = next((form for form, *_ in _forms(forms, "name")), None)
        shown = forms.text("shown") if "shown" in forms.values else first
        if shown is not None and language != "any":
            self.shown.setdefault(language, {}).setdefault(code, shown)

    def _add_group(self, table: Table) -> None:
        table.only("code", "name", "forms", *sorted(LANGUAGES))
        code = table.text("code")
        if code not in _COLLECTIVE:
            raise table.invalid(
                f"the code of a group is one of {', '.join(_COLLECTIVE)}; states have a table of their own"
            )
        name = table.text("name")
        forms = list(_aliases(table, "forms", code=code, kind=MentionKind.NAME, name=name, language=""))
        for language in sorted(LANGUAGES):
            tag = "" if language == "any" else language
            forms.extend(_aliases(table, language, code=code, kind=MentionKind.NAME, name=name, language=tag))
        if not forms:
            raise table.invalid('a group needs at least one form; write forms = ["…"]')
        self.groups[name] = forms

    def all_aliases(self) -> Iterator[Alias]:
        """Return every form, in the order in which they win over each other."""
        yield from (
            Alias(form=form, code="", kind=MentionKind.LOOKALIKE, name=form) for form in dict.fromkeys(self.lookalikes)
        )
        for aliases in self.aliases.values():
            yield from aliases
        for aliases in self.groups.values():
            yield from aliases
        for index, entry in enumerate(self.persons.values()):
            yield from entry.aliases(index)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEntry:
    """A person with the forms of the name, each with the language and the cases it belongs to."""

    person: Person
    forms: tuple[Alias, ...]

    def aliases(self, index: int) -> Iterator[Alias]:
        """Return the forms, pointing to the person by its place among all."""
        for form in self.forms:
            yield Alias(
                form=form.form,
                code=form.code,
                kind=form.kind,
                name=form.name,
                language=form.language,
                cases=form.cases,
                person=index,
                is_full_name=form.is_full_name,
                nominative=form.nominative,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesakeEntry:
    """A namesake rule with the examples that prove it."""

    namesake: Namesake
    fires: tuple[str, ...]
    not_fires: tuple[str, ...]


def _aliases(table: Table, key: str, *, code: str, kind: MentionKind, name: str, language: str) -> Iterator[Alias]:
    for form, cases, _ in _forms(table, key):
        yield Alias(form=form, code=code, kind=kind, name=name, language=language, cases=cases)


def _forms(table: Table, key: str) -> Iterator[tuple[str, str, str]]:
    """Return forms with their cases and nominatives: a text has none known, a list of six has one each."""
    for value in table.items(key):
        if isinstance(value, str) and value.strip():
            yield value, "", ""
        elif isinstance(value, list) and len(value) == len(CASES) and all(isinstance(form, str) for form in value):
            by_form: dict[str, str] = {}
            for case, form in zip(CASES, value, strict=True):
                by_form[form] = by_form.get(form, "") + case
            for form, cases in by_form.items():
                yield form, cases, "" if "n" in cases else value[0]
        else:
            raise table.invalid(
                f"“{key}” holds {value!r}; a form is a text, or a list of six texts: nominative, genitive, dative, "
                "accusative, instrumental, prepositional"
            )


def _person(table: Table) -> PersonEntry:
    keys = [f"{language}_{part}" for language in sorted(LANGUAGES) for part in ("forms", "surnames")]
    table.only("name", "forms", "surnames", "offices", *keys)
    name = table.text("name")
    forms = [(name, "", "", "", True)]
    for part, is_full in (("forms", True), ("surnames", False)):
        forms.extend((form, cases, base, "", is_full) for form, cases, base in _forms(table, part))
        for language in sorted(LANGUAGES - {"any"}):
            found = _forms(table, f"{language}_{part}")
            forms.extend((form, cases, base, language, is_full) for form, cases, base in found)
    person = Person(name=name, offices=_offices(table))
    return PersonEntry(
        person=person,
        forms=tuple(
            Alias(
                form=form,
                code="OTHER",
                kind=MentionKind.PERSON,
                name=name,
                language=language,
                cases=cases,
                is_full_name=is_full,
                nominative=base,
            )
            for form, cases, base, language, is_full in forms
        ),
    )


def _offices(table: Table) -> tuple[Office, ...]:
    offices = []
    for row in table.tables("offices"):
        row.only("actor", "role", "since", "until")
        since, until = row.day("since"), row.day("until")
        if since is None:
            raise row.invalid("an office begins some day; write since = 2018-05-08")
        if until is not None and until < since:
            raise row.invalid(f"the office ends on {until}, before it begins on {since}")
        offices.append(Office(actor=row.text("actor"), role=row.text("role"), since=since, until=until))
    for earlier, later in pairwise(offices):
        if later.since < earlier.since:
            raise table.invalid(f"offices stand in order of time; move “{later.role}” up")
    return tuple(offices)


def _namesake(table: Table) -> NamesakeEntry:
    table.only("code", "forms", "signs", "unless", "fires", "not_fires")
    namesake = Namesake(
        code=table.text("code"),
        forms=_folded(table.texts("forms")),
        signs=_folded(table.texts("signs")),
        unless=_folded(table.texts("unless")),
    )
    fires, not_fires = table.texts("fires"), table.texts("not_fires")
    if not (namesake.forms and namesake.signs and fires and not_fires):
        raise table.invalid("needs forms, signs, and examples in fires and not_fires")
    return NamesakeEntry(namesake=namesake, fires=fires, not_fires=not_fires)


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word.casefold() for word in words)
