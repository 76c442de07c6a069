"""What the tables of a language pack may be called, and how their entries are read and checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, NoReturn, TypeVar

from bot.analysis import flags as grammar
from bot.analysis.entries import Example
from bot.analysis.pack import Slot
from bot.analysis.text import APOSTROPHES, normal, tokenize
from bot.domain.errors import LexiconInvalid

FLAGS: Final = {
    "determiners": grammar.DETERMINER,
    "negative": grammar.NEGATIVE,
    "possessives": grammar.POSSESSIVE,
    "possessive_marks": grammar.POSSESSIVE_MARK,
    "prepositions": grammar.PREPOSITION,
    "conjunctions": grammar.CONJUNCTION,
    "contrast": grammar.CONTRAST,
    "subordinators": grammar.SUBORDINATOR,
    "conditionals": grammar.CONDITIONAL,
    "complementizers": grammar.COMPLEMENTIZER,
    "relatives": grammar.RELATIVE,
    "pronouns": grammar.PRONOUN,
    "object_pronouns": grammar.PRONOUN | grammar.OBJECT,
    "first_person": grammar.FIRST_PERSON,
    "clitics": grammar.CLITIC,
    "be": grammar.BE,
    "have": grammar.HAVE,
    "do": grammar.DO,
    "future": grammar.FUTURE,
    "possible": grammar.POSSIBLE,
    "obliged": grammar.OBLIGED,
    "negators": grammar.NEGATOR,
    "infinitive_marks": grammar.INFINITIVE_MARK,
    "adverbs": grammar.ADVERB,
    "time": grammar.TIME,
    "past_time": grammar.PAST_TIME,
    "titles": grammar.TITLE,
    "former": grammar.FORMER,
    "roles": grammar.ROLE,
    "oblique_roles": grammar.ROLE | grammar.OBLIQUE,
    "crowds": grammar.CROWD,
    "throngs": grammar.CROWD | grammar.THRONG,
    "groups": grammar.GROUP,
    "rights_groups": grammar.RIGHTS_GROUP,
    "forces": grammar.FORCE | grammar.ROLE,
    "courts": grammar.COURT | grammar.ROLE,
    "held_roles": grammar.HELD | grammar.ROLE,
    "guests": grammar.GUEST | grammar.ROLE,
    "plural": grammar.PLURAL,
    "ambiguous": grammar.AMBIGUOUS,
    "reciprocals": grammar.RECIPROCAL,
}
LASTING: Final = grammar.PRONOUN | grammar.ROLE | grammar.CROWD | grammar.RIGHTS_GROUP
SLOTS: Final = {
    "finite": Slot.FINITE,
    "infinitive": Slot.INFINITIVE,
    "participle": Slot.PARTICIPLE,
    "gerund": Slot.GERUND,
    "plural": Slot.PLURAL,
    "past": Slot.PAST,
    "conditional": Slot.CONDITIONAL,
}
GRAMMAR_SETS: Final = (
    "role_prepositions",
    "possessor_prepositions",
    "agent_prepositions",
    "partner_prepositions",
    "victim_prepositions",
    "place_prepositions",
    "adjectival",
    "recipient_prepositions",
    "circumstance_prepositions",
    "contractions",
    "author_prepositions",
    "home",
    "papers",
    "dated_things",
    "cause_prepositions",
    "particles",
    "outlets",
    "relays",
    "recalls",
    "date_words",
    "dating_prepositions",
    "naming_prepositions",
    "needs",
    "name_words",
    "name_joints",
    "fire_prepositions",
    "custody",
    "inner_clitics",
    "inversion_links",
    "reflexives",
    "reminders",
    "indefinites",
    "absolute_prepositions",
    "leanings",
    "opposing",
    "manner_prepositions",
    "parties",
    "abroad",
    "members",
    "organs",
    "personal",
    "plural_pronouns",
    "deals",
    "sides",
    "pair_words",
    "distributives",
    "homelands",
    "since",
    "remarks",
    "firsts",
    "nations",
    "halves",
    "reticence",
    "becoming",
    "returned",
    "efforts",
    "leftovers",
    "charges",
    "pluperfect",
    "spans",
    "blameless",
    "infringements",
    "additives",
    "accreditations",
    "missions",
    "gatherings",
    "question_words",
    "benefit_prepositions",
    "edges",
    "decisions",
    "neighbours",
    "foes",
    "polls",
    "topic_prepositions",
    "umbrellas",
    "common_aims",
    "legislators",
    "conduct",
    "suffered",
    "governed",
    "atrocities",
    "governments",
    "mutual_prepositions",
    "occasion_prepositions",
    "venued",
    "group_words",
    "epithets",
    "mouthpieces",
    "attendants",
    "court_words",
    "definites",
    "habitual",
    "hearsay",
    "hopes",
    "purposes",
    "nameless",
    "wanting",
    "duties",
    "likenesses",
    "ends",
    "sakes",
    "sequels",
    "servicemen",
    "condition_words",
    "lacking_prepositions",
    "state_words",
    "ahead",
    "terms",
    "term_prepositions",
    "request_nouns",
    "alternatives",
    "half_negators",
    "nominals_by",
    "protest_prepositions",
    "awaited",
    "view_prepositions",
    "rumours",
    "insurgents",
    "universal",
    "prolonging",
    "existentials",
    "bids",
    "wars",
    "fates",
    "calamities",
    "exceptives",
    "penalties",
    "disjunctions",
    "askings",
    "captives",
    "outsiders",
    "arms",
    "alleged",
    "wrongfully",
    "untrue",
    "installed",
    "rebukes",
    "reasons",
    "leaders",
    "heads",
    "separatists",
    "breakaway",
    "feelings",
    "mourning",
    "peacekeepers",
    "countering",
    "enclave_words",
    "dreading",
    "speeches",
    "bare_auxiliaries",
    "chambers",
    "risks",
    "venue_prepositions",
    "principles",
    "memberships",
    "sport",
    "abbreviations",
    "subject_forms",
    "origins",
    "wishes",
    "impersonal",
)
_VERB_KEYS: Final = frozenset(
    {
        "id",
        "type",
        "frame",
        "effect",
        "verbs",
        "object",
        "without",
        "wide",
        "prepositions",
        "summoners",
        "target",
        "subject",
        "tier",
        "needs_object",
        "needs_target",
        "needs_content",
        "needs_infinitive",
        "hostile",
        "reciprocal",
        "consequence",
        "others",
        "several",
        "alone",
        "passive",
        "only_promised",
        "peaceful",
        "negative",
        "only",
        "fires",
        "silent",
    }
)
KEYS: Final = {
    "verb": _VERB_KEYS,
    "predicate": frozenset(
        {
            "id",
            "type",
            "hostile",
            "negative",
            "frame",
            "effect",
            "words",
            "object",
            "without",
            "wide",
            "target",
            "prepositions",
            "tier",
            "fires",
            "silent",
        }
    ),
    "content": frozenset({"id", "type", "any", "also", "without", "fires", "silent"}),
    "phrase": frozenset({"id", "type", "words", "target", "tier", "needs_target", "fires", "silent"}),
}
TABLES: Final = frozenset({"language", "words", "grammar", "inflection", "irregular", "sets", "wrong", *KEYS})

Table = Mapping[str, object]
_T = TypeVar("_T")


class TableReader:
    """Reads the tables of one pack; every error names the file and the entry."""

    def __init__(self, document: Mapping[str, object], source: str) -> None:
        self._document = document
        self._source = source
        self._entry = ""
        self._ids: set[str] = set()
        self._sets: dict[str, frozenset[str]] = {}
        self._examples: list[Example] = []

    def _entries(self, kind: str) -> Iterable[Table]:
        rows = self._document.get(kind, [])
        if not isinstance(rows, list):
            self._fail(f"[[{kind}]] is a list of tables")
        for number, row in enumerate(rows, start=1):
            name = row.get("id")
            self._entry = f"[[{kind}]] {name or f'number {number}'}"
            if not name or not isinstance(name, str):
                self._fail("has no id")
            if name in self._ids:
                self._fail("has an id that another entry has")
            self._ids.add(name)
            unknown = set(row) - KEYS[kind]
            if unknown:
                self._fail(f"unknown key {min(unknown)!r}; known are {', '.join(sorted(KEYS[kind]))}")
            self._read_examples(row, name)
            yield row

    def _read_examples(self, row: Table, name: str) -> None:
        for line in self._strings(row.get("fires", []), "fires"):
            text, arrow, expected = line.partition(" => ")
            if not arrow:
                self._fail(f'an example of `fires` reads "sentence => ACTOR type TARGET,TARGET", not {line!r}')
            self._examples.append(Example(entry=name, text=text.strip(), fires=True, expected=expected.strip()))
        for line in self._strings(row.get("silent", []), "silent"):
            self._examples.append(Example(entry=name, text=line, fires=False))

    def _choice(self, entry: Table, key: str, kind: Callable[[str], _T], default: _T) -> _T:
        value = entry.get(key)
        if value is None:
            return default
        try:
            return kind(str(value))
        except ValueError:
            self._fail(f"{key} = {value!r} is not known")

    def _norms(self, words: object, key: str) -> frozenset[str]:
        found: set[str] = set()
        for word in self._strings(words, key):
            if word.startswith("@"):
                if word[1:] not in self._sets:
                    self._fail(f"{key} names the set {word!r}, which [sets] does not have")
                found |= self._sets[word[1:]]
            else:
                # By itself, a hyphen would be read as a dash.
                parts = (word,) if word == "-" else split_words(word)
                if len(parts) != 1:
                    self._fail(f"{key} wants single words, not {word!r}")
                found.add(parts[0])
        return frozenset(found)

    def _strings(self, value: object, key: str) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            self._fail(f"{key} wants a list of words")
        # All forms of one word may stand together: "война|войны|войне".
        return [form for item in value for form in item.split("|")]

    def _table(self, table: Mapping[str, object], key: str) -> Mapping[str, object]:
        value = table.get(key, {})
        if not isinstance(value, dict):
            self._fail(f"{key} wants a table")
        return value

    def _text(self, table: Mapping[str, object], key: str) -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value:
            self._fail(f"[language] wants {key}")
        return str(value)

    def _fail(self, problem: str) -> NoReturn:
        raise LexiconInvalid(f"{self._source}: {self._entry or 'the file'}: {problem}")


def split_words(words: str) -> tuple[str, ...]:
    """Return the norms of an entry's words; what is written with an apostrophe before or after it stands for itself."""
    if words.isalpha():
        return (normal(words),)
    found: list[str] = []
    for word in words.split():
        if word.isalpha() or (len(word) > 1 and (word[0] in APOSTROPHES or word[-1] in APOSTROPHES)):
            found.append(normal(word))
        else:
            found += [token.norm for token in tokenize(word)]
    return tuple(found)
