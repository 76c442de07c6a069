"""Language packs: read from TOML, checked entry by entry, and built into what the grammar uses.

A pack is one file, named for its language: `en.toml`. Its tables:

    [language]      code, name
    [words]         lists of words by what they do; the keys are those of `FLAGS`, and some lists of their own
    [grammar]       prepositions by what they introduce, phrases that name a source, abbreviations, months
    [[inflection]]  how a form of a verb is made of its lemma: slots, and rules of [ending, replacement]
    [irregular]     verbs that the rules get wrong, their forms in the order of [[inflection]]
    [sets]          named lists of words, used as "@name" in `object`, `without`, `any`, `also`
    [[verb]]        id, verbs, frame and what the frame needs
    [[predicate]]   adjectives that say what their subject feels or is ready for
    [[content]]     what a request asks for
    [[phrase]]      words that make a statement a reaction
    [wrong]         nouns for wrongful acts

Every [[verb]], [[predicate]], [[content]] and [[phrase]] may carry examples: `fires`, "sentence => ACTOR type
TARGET,TARGET", and `silent`, sentences on which the entry must stay silent.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from bot.analysis import flags as grammar
from bot.analysis.entries import Content, Form, Phrase, Rule, Word
from bot.analysis.frames import Effect, Frame, Subject, TargetFrom
from bot.analysis.pack import Pack, Slot
from bot.domain.errors import LexiconInvalid
from bot.domain.reactions import ReactionType, Tier
from bot.lexicons.extending import extended
from bot.lexicons.pack_tables import FLAGS, GRAMMAR_SETS, LASTING, SLOTS, TABLES, Table, TableReader, split_words


def read_pack(path: Path, *, onto: Path | None = None) -> Pack:
    """Return the pack in a file, laid over that of `onto`; raises LexiconInvalid naming file and entry."""
    document = _document(path)
    if onto is not None:
        document = extended(_document(onto), document)
    return _Reader(document, path.name).pack()


def parse_pack(text: str, *, source: str) -> Pack:
    """Return the pack that the TOML text describes; `source` names it in errors."""
    return _Reader(_parsed(text, source), source).pack()


def _document(path: Path) -> dict[str, object]:
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconInvalid(f"{path.name}: cannot be read: {error}") from error
    return _parsed(text, path.name)


def _parsed(text: str, source: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconInvalid(f"{source}: no valid TOML: {error}") from error


class _Reader(TableReader):
    """Builds one pack."""

    def __init__(self, document: Mapping[str, object], source: str) -> None:
        super().__init__(document, source)
        self._flags: dict[str, int] = {}
        self._forms: dict[str, dict[tuple[str, tuple[str, ...]], Form]] = {}

    def pack(self) -> Pack:
        unknown = set(self._document) - TABLES
        if unknown:
            self._fail(f"unknown table {min(unknown)!r}; known are {', '.join(sorted(TABLES))}")
        language = self._table(self._document, "language")
        self._read_words()
        self._sets = {name: self._norms(words, name) for name, words in self._table(self._document, "sets").items()}
        inflect = self._inflector()
        for entry in self._entries("verb"):
            self._read_verb(entry, inflect)
        for entry in self._entries("predicate"):
            self._read_predicate(entry)
        contents = tuple(self._content(entry, inflect) for entry in self._entries("content"))
        phrases: dict[str, list[Phrase]] = {}
        for entry in self._entries("phrase"):
            for phrase in self._phrases(entry):
                phrases.setdefault(phrase.words[0], []).append(phrase)
        grammar_table = self._table(self._document, "grammar")
        self._entry = "[grammar]"
        sets = {name: self._norms(grammar_table.get(name, []), name) for name in GRAMMAR_SETS}
        return Pack(
            code=self._text(language, "code"),
            name=self._text(language, "name"),
            words=self._words(),
            adverb_endings=tuple(
                self._strings(self._table(self._document, "words").get("adverb_endings", []), "adverb_endings")
            ),
            contents=contents,
            rights_heads=frozenset(
                n.split()[-1] for n, f in self._flags.items() if f & grammar.RIGHTS_GROUP and " " in n
            ),
            reciprocal_starts=frozenset(
                n.split()[0] for n, f in self._flags.items() if f & grammar.RECIPROCAL and " " in n
            ),
            lasting=frozenset(norm for norm, flags in self._flags.items() if flags & LASTING)
            | sets["papers"]
            | sets["epithets"],
            content_words=frozenset().union(*(content.any for content in contents)),
            phrases={first: tuple(sorted(found, key=lambda p: -len(p.words))) for first, found in phrases.items()},
            months={name: int(str(number)) for name, number in self._table(grammar_table, "months").items()},
            weekdays={name: int(str(number)) for name, number in self._table(grammar_table, "weekdays").items()},
            source_phrases=tuple(
                split_words(p) for p in self._strings(grammar_table.get("source_phrases", []), "source_phrases")
            ),
            numbers={word: int(str(count)) for word, count in self._table(grammar_table, "numbers").items()},
            needs_complementizer=bool(grammar_table.get("needs_complementizer", False)),
            rubrics=bool(grammar_table.get("rubrics", False)),
            pronoun_sources={
                split_words(phrase): str(pronoun)
                for phrase, pronoun in self._table(grammar_table, "pronoun_sources").items()
            },
            outbursts={
                verb: self._choice(self._table(grammar_table, "outbursts"), verb, ReactionType, ReactionType.REPORT)
                for verb in self._table(grammar_table, "outbursts")
            },
            nominals={
                noun: self._choice(self._table(grammar_table, "nominals"), noun, ReactionType, ReactionType.REPORT)
                for noun in self._table(grammar_table, "nominals")
            },
            bearers={title: str(code) for title, code in self._table(grammar_table, "bearers").items()},
            short_titles={
                short: tuple(split_words(full) for full in self._strings(titles, f"short_titles.{short}"))
                for short, titles in self._table(grammar_table, "short_titles").items()
            },
            offices={
                office: tuple(self._strings(names, f"offices.{office}"))
                for office, names in self._table(grammar_table, "offices").items()
            },
            clitic_tails={word: str(tail) for word, tail in self._table(grammar_table, "clitic_tails").items()},
            says_infinitive=bool(grammar_table.get("says_infinitive", False)),
            relatives_tell=bool(grammar_table.get("relatives_tell", False)),
            aside_words={word: str(kind) for word, kind in self._table(grammar_table, "aside_words").items()},
            whatever=frozenset(split_words(p) for p in self._strings(grammar_table.get("whatever", []), "whatever")),
            agencies={agency: str(code) for agency, code in self._table(grammar_table, "agencies").items()},
            callings={
                split_words(calling): frozenset(self._strings(codes, f"callings.{calling}"))
                for calling, codes in self._table(grammar_table, "callings").items()
            },
            only_way=tuple(split_words(p) for p in self._strings(grammar_table.get("only_way", []), "only_way")),
            until_now=tuple(split_words(p) for p in self._strings(grammar_table.get("until_now", []), "until_now")),
            provisos=tuple(split_words(p) for p in self._strings(grammar_table.get("provisos", []), "provisos")),
            takes_up=tuple(split_words(p) for p in self._strings(grammar_table.get("takes_up", []), "takes_up")),
            each_of_two=tuple(
                split_words(p) for p in self._strings(grammar_table.get("each_of_two", []), "each_of_two")
            ),
            other_of_two=tuple(
                split_words(p) for p in self._strings(grammar_table.get("other_of_two", []), "other_of_two")
            ),
            joiners=tuple(split_words(p) for p in self._strings(grammar_table.get("joiners", []), "joiners")),
            latter=tuple(split_words(p) for p in self._strings(grammar_table.get("latter", []), "latter")),
            confirming=tuple(self._strings(grammar_table.get("confirming", []), "confirming")),
            unsaid_that=str(grammar_table.get("unsaid_that", "")),
            adjectives_first=bool(grammar_table.get("adjectives_first", True)),
            variants={word: str(usual) for word, usual in self._table(grammar_table, "variants").items()},
            title_case=bool(grammar_table.get("title_case", True)),
            cased=bool(grammar_table.get("cased", False)),
            addressee_prepositions=self._norms(
                grammar_table.get("addressee_prepositions", []), "addressee_prepositions"
            ),
            plural_endings=tuple(self._strings(grammar_table.get("plural_endings", []), "plural_endings")),
            feminine_endings=tuple(self._strings(grammar_table.get("feminine_endings", []), "feminine_endings")),
            not_plural=tuple(self._strings(grammar_table.get("not_plural", []), "not_plural")),
            amounts={mark: str(word) for mark, word in self._table(grammar_table, "amounts").items()},
            endings_tell=bool(grammar_table.get("endings_tell", False)),
            adverb_phrases=tuple(
                split_words(p) for p in self._strings(grammar_table.get("adverb_phrases", []), "adverb_phrases")
            ),
            negations=tuple(split_words(p) for p in self._strings(grammar_table.get("negations", []), "negations")),
            condition_phrases=tuple(
                split_words(p) for p in self._strings(grammar_table.get("condition_phrases", []), "condition_phrases")
            ),
            quantity_phrases=tuple(
                split_words(p) for p in self._strings(grammar_table.get("quantity_phrases", []), "quantity_phrases")
            ),
            role_tails=tuple(split_words(p) for p in self._strings(grammar_table.get("role_tails", []), "role_tails")),
            inversions=self._norms(grammar_table.get("inversions", []), "inversions"),
            subject_adjectives=tuple(self._strings(grammar_table.get("subject_adjectives", []), "subject_adjectives")),
            agent_endings=tuple(self._strings(grammar_table.get("agent_endings", []), "agent_endings")),
            agreement={
                ending: tuple(self._strings(nouns, "agreement"))
                for ending, nouns in self._table(grammar_table, "agreement").items()
            },
            indefinite_endings=tuple(self._strings(grammar_table.get("indefinite_endings", []), "indefinite_endings")),
            speaker_endings=tuple(self._strings(grammar_table.get("speaker_endings", []), "speaker_endings")),
            active_with_be=self._norms(grammar_table.get("active_with_be", []), "active_with_be"),
            wrong=self._norms(self._table(self._document, "wrong").get("words", []), "wrong"),
            examples=tuple(self._examples),
            **sets,
        )

    # --- words ---

    def _read_words(self) -> None:
        self._entry = "[words]"
        table = self._table(self._document, "words")
        extra = {"adverb_endings", "not_adverbs"}
        for name, words in table.items():
            if name in extra:
                continue
            if name not in FLAGS:
                self._fail(f"unknown list {name!r}; known are {', '.join(sorted(set(FLAGS) | extra))}")
            for word in self._strings(words, name):
                parts = split_words(word)
                self._flags[" ".join(parts)] = self._flags.get(" ".join(parts), 0) | FLAGS[name]
        for word in self._strings(table.get("not_adverbs", []), "not_adverbs"):
            self._flags.setdefault(word, 0)

    def _words(self) -> dict[str, Word]:
        months = self._table(self._table(self._document, "grammar"), "months")
        for month in months:
            self._flags[month] = self._flags.get(month, 0) | grammar.MONTH
        words = {}
        for norm in {*self._flags, *self._forms}:
            forms = tuple(self._forms.get(norm, {}).values())
            if len(forms) > 1:
                forms = tuple(sorted(forms, key=lambda form: -len(form.tail)))
            words[norm] = Word(self._flags.get(norm, 0), forms)
        return words

    # --- verbs ---

    def _inflector(self) -> Callable[[str], list[tuple[str, int]]]:
        self._entry = "[[inflection]]"
        forms: list[tuple[int, list[tuple[str, str]]]] = []
        inflections = self._document.get("inflection", [])
        for table in inflections if isinstance(inflections, list) else []:
            slots = 0
            for slot in self._strings(table.get("slots", []), "slots"):
                if slot not in SLOTS:
                    self._fail(f"unknown slot {slot!r}; known are {', '.join(SLOTS)}")
                slots |= SLOTS[slot]
            forms.append((slots, [(ending, replacement) for ending, replacement in table.get("rules", [])]))
        doubled = set(self._strings(self._table(self._document, "grammar").get("doubled", []), "doubled"))
        irregular = {lemma: str(row).split() for lemma, row in self._table(self._document, "irregular").items()}
        for lemma, row in irregular.items():
            if len(row) > len(forms):
                self._entry = f"[irregular] {lemma}"
                self._fail(f"has {len(row)} forms, and [[inflection]] stands {len(forms)} times")

        def inflect(lemma: str) -> list[tuple[str, int]]:
            row = irregular.get(lemma)
            found = []
            for number, (slots, rules) in enumerate(forms):
                if row is not None:
                    found += [
                        (form, slots) for form in (row[number] if number < len(row) else "-").split("/") if form != "-"
                    ]
                    continue
                stems = [lemma]
                if lemma in doubled and slots & (Slot.PAST | Slot.PARTICIPLE | Slot.GERUND):
                    stems.append(lemma + lemma[-1])
                for stem in stems:
                    fitting = next((rule for rule in rules if stem.endswith(rule[0])), None)
                    if fitting is not None:
                        ending, replacement = fitting
                        found.append((stem[: len(stem) - len(ending)] + replacement, slots))
            return found

        # One verb is listed with many words behind it.
        known: dict[str, list[tuple[str, int]]] = {}

        def inflect_once(lemma: str) -> list[tuple[str, int]]:
            if lemma not in known:
                known[lemma] = inflect(lemma)
            return known[lemma]

        return inflect_once

    def _read_verb(self, entry: Table, inflect: Callable[[str], list[tuple[str, int]]]) -> None:
        verbs = self._strings(entry.get("verbs", []), "verbs")
        if not verbs:
            self._fail("has no verbs")
        needs_content = (
            set(self._strings(v, "needs_content")) if isinstance(v := entry.get("needs_content"), list) else set()
        )
        only = self._only(entry)
        usual: dict[bool, Rule] = {}
        for verb in verbs:
            words = split_words(verb)
            wants = verb in needs_content or entry.get("needs_content") is True
            if wants not in usual:
                usual[wants] = self._rule(entry, None, needs_content=wants)
            rule = usual[wants] if verb not in only else self._rule(entry, only[verb], needs_content=wants)
            forms = inflect(words[0])
            if not forms:
                self._fail(f"{verb!r} has no form: no rule makes one, and [irregular] has no row for {words[0]!r}")
            lemma, tail, rules = " ".join(words), words[1:], (rule,)
            for norm, slots in forms:
                self._add_form(norm, Form(lemma, slots, tail, rules))

    def _only(self, entry: Table) -> dict[str, list[str]]:
        only = {}
        for line in self._strings(entry.get("only", []), "only"):
            verb, colon, objects = line.partition(":")
            if not colon:
                self._fail(f"'only' wants \"verb:object,object\", not {line!r}")
            only[verb.strip()] = [word.strip() for word in objects.split(",") if word.strip()]
        return only

    def _add_form(self, norm: str, form: Form) -> None:
        if not norm.isalpha():
            norm, *behind = split_words(norm)
            form = form._replace(tail=(*behind, *form.tail))
        known = self._forms.setdefault(norm, {})
        key = (form.lemma, form.tail)
        earlier = known.get(key)
        if earlier is None:
            known[key] = form
            return
        rules, ids = earlier.rules, [rule.id for rule in earlier.rules]
        if added := tuple([rule for rule in form.rules if rule.id not in ids]):
            # What wants an object of its own is asked before what takes any.
            rules = tuple(
                sorted(rules + added, key=lambda rule: (rule.only_promised and not rule.object, not rule.object))
            )
        known[key] = Form(form.lemma, earlier.slots | form.slots, form.tail, rules)

    def _rule(self, entry: Table, only: list[str] | None, *, needs_content: bool) -> Rule:
        frame = self._choice(entry, "frame", Frame, Frame.ACT)
        kind = entry.get("type")
        objects = self._norms(entry.get("object", []), "object")
        flags = {
            key: bool(entry.get(key, False))
            for key in (
                "wide",
                "needs_object",
                "needs_target",
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
            )
        }
        if only:
            objects, flags["needs_object"] = self._norms(only, "only"), True
        elif only is not None:
            flags["needs_target"] = True
        return Rule(
            id=str(entry["id"]),
            frame=frame,
            type=None if kind is None else self._choice(entry, "type", ReactionType, ReactionType.REPORT),
            effect=self._choice(entry, "effect", Effect, Effect.NONE),
            object=objects,
            without=self._norms(entry.get("without", []), "without"),
            prepositions=self._norms(entry.get("prepositions", []), "prepositions"),
            summoners=self._norms(entry.get("summoners", []), "summoners"),
            target=self._choice(entry, "target", TargetFrom, TargetFrom.OBJECT),
            subject=self._choice(entry, "subject", Subject, Subject.ANY),
            tier=self._choice(entry, "tier", Tier, Tier.ALERT),
            needs_content=needs_content,
            **flags,
        )

    def _read_predicate(self, entry: Table) -> None:
        rule = Rule(
            id=str(entry["id"]),
            frame=self._choice(entry, "frame", Frame, Frame.ACT),
            hostile=bool(entry.get("hostile", False)),
            type=None if entry.get("type") is None else self._choice(entry, "type", ReactionType, ReactionType.REPORT),
            negative=bool(entry.get("negative", False)),
            effect=self._choice(entry, "effect", Effect, Effect.NONE),
            object=self._norms(entry.get("object", []), "object"),
            without=self._norms(entry.get("without", []), "without"),
            wide=bool(entry.get("wide", False)),
            target=self._choice(entry, "target", TargetFrom, TargetFrom.ANY),
            prepositions=self._norms(entry.get("prepositions", []), "prepositions"),
            tier=self._choice(entry, "tier", Tier, Tier.ALERT),
        )
        for words in map(split_words, self._strings(entry.get("words", []), "words")):
            self._add_form(words[0], Form(" ".join(words), Slot.PREDICATE, words[1:], (rule,)))

    # --- contents and phrases ---

    def _content(self, entry: Table, inflect: Callable[[str], list[tuple[str, int]]]) -> Content:
        asked = self._norms(entry.get("any", []), "any")
        # "demands that X withdraws": of the verbs among them, the form behind "that" as well.
        verbs = [word for word in asked if any(lemma == word for lemma, _ in self._forms.get(word, ()))]
        forms = {form for verb in verbs for form, slots in inflect(verb) if slots == Slot.FINITE}
        return Content(
            id=str(entry["id"]),
            type=self._choice(entry, "type", ReactionType, ReactionType.REPORT),
            any=asked | forms,
            also=self._norms(entry.get("also", []), "also"),
            without=self._norms(entry.get("without", []), "without"),
        )

    def _phrases(self, entry: Table) -> Iterable[Phrase]:
        for words in self._strings(entry.get("words", []), "words"):
            yield Phrase(
                id=str(entry["id"]),
                type=self._choice(entry, "type", ReactionType, ReactionType.REPORT),
                words=split_words(words),
                target=self._choice(entry, "target", TargetFrom, TargetFrom.ANY),
                tier=self._choice(entry, "tier", Tier, Tier.ALERT),
                needs_target=bool(entry.get("needs_target", False)),
            )
