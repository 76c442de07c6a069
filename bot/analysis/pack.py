"""A language pack as the grammar uses it: which words do what, and which verbs mean which reaction.

Nothing here knows a word of any language. `bot.lexicons` reads the packs and builds these values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.analysis import slots
from bot.analysis.entries import Content, Example, Phrase, Word
from bot.analysis.flags import FORCE, ROLE
from bot.domain.reactions import ReactionType

Slot = slots


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """One language: its words, what requests ask for, telling phrases, and the switches of its grammar.

    `phrases` are found by their first word. `months` gives the number of a month. `role_prepositions` join a role to
    whose it is ("ministry of", "ministry in"); `agent_prepositions` name the doer of a passive;
    `partner_prepositions`, `victim_prepositions`, `recipient_prepositions` introduce those; `about_prepositions` name
    the subject of a concern.
    """

    code: str
    name: str
    words: Mapping[str, Word]
    adverb_endings: tuple[str, ...] = ()
    contents: tuple[Content, ...] = ()
    content_words: frozenset[str] = frozenset()
    rights_heads: frozenset[str] = frozenset()
    """Last words of "rights group" and its like."""
    reciprocal_starts: frozenset[str] = frozenset()
    """First words of "each other" and its like."""
    lasting: frozenset[str] = frozenset()
    """Words that stand for an actor named before, or for a crowd: without one or an actor, a sentence says nothing."""
    phrases: Mapping[str, tuple[Phrase, ...]] = field(default_factory=dict)
    abbreviations: frozenset[str] = frozenset()
    months: Mapping[str, int] = field(default_factory=dict)
    weekdays: Mapping[str, int] = field(default_factory=dict)
    """Names of days, as numbers from 0 for Monday."""
    role_prepositions: frozenset[str] = frozenset()
    possessor_prepositions: frozenset[str] = frozenset()
    agent_prepositions: frozenset[str] = frozenset()
    partner_prepositions: frozenset[str] = frozenset()
    victim_prepositions: frozenset[str] = frozenset()
    place_prepositions: frozenset[str] = frozenset()
    circumstance_prepositions: frozenset[str] = frozenset()
    """What follows them is not asked for: amid, despite."""
    author_prepositions: frozenset[str] = frozenset()
    """What stands between a paper and who wrote it: by, from."""
    contractions: frozenset[str] = frozenset()
    """Marks of possession that are "is" after a pronoun: 's."""
    personal: frozenset[str] = frozenset()
    """Pronouns that stand for a person: "he"."""
    papers: frozenset[str] = frozenset()
    """Nouns for what is written or voted, which speaks for whoever wrote or voted it: resolution."""
    recalls: frozenset[str] = frozenset()
    """Words by which an outlet tells what is known already: "ранее", "напомним"."""
    date_words: frozenset[str] = frozenset()
    """Words that a date may have behind its preposition: "at the beginning of August"."""
    dating_prepositions: frozenset[str] = frozenset()
    """What stands before the date by which a thing is known: "соглашение от 9 ноября"."""
    fire_prepositions: frozenset[str] = frozenset()
    custody: frozenset[str] = frozenset()
    """What stands before the fire that somebody is hit by: "came under fire from X", "subjected to fire by X"."""
    name_words: frozenset[str] = frozenset()
    """What stands before the name that a thing is given: "described it as a mistake"."""
    name_joints: frozenset[str] = frozenset()
    """What personal names have inside them, written small: "Mohammed bin Salman", "Ursula von der Leyen"."""
    needs: frozenset[str] = frozenset()
    """Verbs that say what must be where an infinitive follows: "the fighting needs to end"."""
    naming_prepositions: frozenset[str] = frozenset()
    """Behind these a year with a noun tells which thing is meant, and not when: "under the 2020 truce"."""
    outlets: frozenset[str] = frozenset()
    """Names and nouns of those who pass on what others say, and say nothing themselves: Reuters, newspaper."""
    relays: frozenset[str] = frozenset()
    """Verbs by which an outlet passes on what others say, if who stands behind them is nobody known: "rapporte"."""
    leanings: frozenset[str] = frozenset()
    """What tells with an adjective whom a thing is for or against: "anti-Armenian"."""
    opposing: frozenset[str] = frozenset()
    """Of these, what tells against whom."""
    absolute_prepositions: frozenset[str] = frozenset()
    """What opens a clause without a finite verb that tells what others do: "with X accusing Y"."""
    manner_prepositions: frozenset[str] = frozenset()
    """What tells with a gerund how the subject does something: "en accusant"."""
    indefinites: frozenset[str] = frozenset()
    """Articles of somebody new, who is nobody named before: "une députée"."""
    reminders: frozenset[str] = frozenset()
    """Verbs of saying whose words tell what is known already."""
    inner_clitics: frozenset[str] = frozenset()
    """Words that belong to the verb where a reflexive stands before them: "en" in "s'en prendre à"."""
    reflexives: frozenset[str] = frozenset()
    """Pronouns with which a verb of saying says nothing: "les combats se poursuivent"."""
    dated_things: frozenset[str] = frozenset()
    """Nouns for what is known by its date: the ceasefire of 2020."""
    cause_prepositions: frozenset[str] = frozenset()
    """What follows them has a date of its own: "thanked France for its vote in June"."""
    particles: frozenset[str] = frozenset()
    """Words that make another verb of one: "back away from" is not to back."""
    until_now: tuple[tuple[str, ...], ...] = ()
    """Words for a time that reaches up to the news: "the last months"."""
    adjectival: frozenset[str] = frozenset()
    """Words for people that are adjectives as well: "военные" in "военные действия"."""
    takes_up: tuple[tuple[str, ...], ...] = ()
    """What opens a sentence that only tells who said the one before it: "C'est ce qu'a dit X", "Об этом заявил X"."""
    each_of_two: tuple[tuple[str, ...], ...] = ()
    """What stands for both of two, one by one: each side."""
    distributives: frozenset[str] = frozenset()
    """Words that tell that two do each the same: each, both."""
    other_of_two: tuple[tuple[str, ...], ...] = ()
    """What two do to one another where each is spoken of: "each side blames the other"."""
    charges: frozenset[str] = frozenset()
    """Nouns that take up what somebody is accused of: "…, a charge X denies"."""
    leftovers: frozenset[str] = frozenset()
    """Words for what stays behind: "there will be no villagers left" refuses nothing."""
    efforts: frozenset[str] = frozenset()
    """Nouns whose infinitive tells what they are for: moves to end the war."""
    returned: frozenset[str] = frozenset()
    """Words for whoever is free again: "now back"."""
    becoming: frozenset[str] = frozenset()
    """Verbs like "be": become."""
    joiners: tuple[tuple[str, ...], ...] = ()
    """Phrases that join actors as "and" does: as well as."""
    reticence: frozenset[str] = frozenset()
    """Verbs by which somebody who declines says nothing, and refuses nobody anything: "declined to comment"."""
    halves: frozenset[str] = frozenset()
    """Words behind an adverb and a hyphen that describe a thing with it: "long-range"."""
    nations: frozenset[str] = frozenset()
    """Peoples whose name alone stands for who speaks for them: what they say is no crowd's."""
    firsts: frozenset[str] = frozenset()
    """Words for one of several who do the same: "was the first to condemn"."""
    remarks: frozenset[str] = frozenset()
    """Nouns by which an outlet takes up what it has told: ", a move that"."""
    since: frozenset[str] = frozenset()
    """Words that only tell from when on: "have fled since the attack by X"."""
    homelands: frozenset[str] = frozenset()
    """Nouns by which somebody calls what he speaks for: "his country"."""
    latter: tuple[tuple[str, ...], ...] = ()
    """Words for whoever was named last: "ce dernier"."""
    parties: frozenset[str] = frozenset()
    """Nouns for those who face each other, which a number sums up: "the two countries"."""
    infringements: frozenset[str] = frozenset()
    """Words behind which a value is not upheld but hurt: violation, threat."""
    accreditations: frozenset[str] = frozenset()
    """What stands between an envoy and the state he is sent to: "the ambassador to Peru"."""
    additives: frozenset[str] = frozenset()
    """Words by which one more deed of the same subject is told: also."""
    confirming: tuple[str, ...] = ()
    """What stands before whoever says what the clause before tells: ", as X noted"."""
    deals: frozenset[str] = frozenset()
    """Nouns for what two parties make together: accord, peace."""
    sides: frozenset[str] = frozenset()
    """Nouns for those who face each other: sides, parties."""
    pair_words: frozenset[str] = frozenset()
    """Words that may stand before such a noun: the, both, warring."""
    plural_pronouns: frozenset[str] = frozenset()
    """Pronouns that stand for several: "they"."""
    home: frozenset[str] = frozenset()
    """Words of politics at home: what is said beside them, aimed at nobody abroad, is no reaction."""
    benefit_prepositions: frozenset[str] = frozenset()
    """Before whom something is asked in favour of: "access for the Red Cross"."""
    neighbours: frozenset[str] = frozenset()
    """Nouns for the other of two who face each other, and for both as a third sees them: "its neighbours"."""
    foes: frozenset[str] = frozenset()
    """Nouns by which a side at war means the one it faces: "the enemy"."""
    topic_prepositions: frozenset[str] = frozenset()
    """What opens the matter that somebody speaks on: on, regarding."""
    polls: frozenset[str] = frozenset()
    """Nouns for what the authorities of a territory hold: elections, referendum."""
    decisions: frozenset[str] = frozenset()
    """Nouns for what somebody in particular has decided or said: decision, refusal."""
    occasion_prepositions: frozenset[str] = frozenset()
    """What opens a phrase that tells when, with all that belongs to it: "ahead of a meeting with X"."""
    suffered: frozenset[str] = frozenset()
    """Nouns for deeds of which "of" tells to whom they were done: "the shelling of X"."""
    conduct: frozenset[str] = frozenset()
    """Nouns for what somebody does, beside wrongs and decisions: actions, policy."""
    atrocities: frozenset[str] = frozenset()
    """Nouns for what is done to one side of a war by the other: assault, genocide."""
    governments: frozenset[str] = frozenset()
    """Words of what a crowd wants of those who govern it: government, resignation."""
    mutual_prepositions: frozenset[str] = frozenset()
    """Before those who share what is told of: "a road between X and Y"."""
    governed: frozenset[str] = frozenset()
    """Nouns for what the state answers for in which it is found: "rights in X", "arrests in X"."""
    legislators: frozenset[str] = frozenset()
    """Words of roles that ask their own government for what it is to do: lawmakers, parliament."""
    common_aims: frozenset[str] = frozenset()
    """Nouns for what is supported for nobody in particular: solution, talks."""
    umbrellas: frozenset[str] = frozenset()
    """Nouns for what something takes place under: "under the auspices of X"."""
    venued: frozenset[str] = frozenset()
    """Nouns for what is known by the capital where it was held or made: "the Washington summit"."""
    edges: frozenset[str] = frozenset()
    """Nouns for what lies beside somebody: border, doorstep."""
    group_words: frozenset[str] = frozenset()
    """Nouns that a rights group is taken up by: "the group"."""
    definites: frozenset[str] = frozenset()
    """Articles and the like by which somebody known is taken up: "the"."""
    epithets: frozenset[str] = frozenset()
    """Nouns that a person is taken up by whatever the office: "the diplomat", "the politician"."""
    mouthpieces: frozenset[str] = frozenset()
    attendants: frozenset[str] = frozenset()
    """Roles that speak for others and never for themselves: "the spokesman"."""
    court_words: frozenset[str] = frozenset()
    """Nouns that an international court is taken up by: "the court"."""
    habitual: frozenset[str] = frozenset()
    """Adverbs by which a clause tells what is always so, and no news: "qui a toujours soutenu X"."""
    hearsay: frozenset[str] = frozenset()
    """Auxiliaries that leave an act to whoever says it: "Selon X, Y aurait attaqué"."""
    hopes: frozenset[str] = frozenset()
    """What somebody says in these words that another does is wished, and no accusation: "hopes"."""
    purposes: frozenset[str] = frozenset()
    """Nouns for what somebody has in mind: "X's aim is to destroy"."""
    wanting: frozenset[str] = frozenset()
    """Verbs that refuse what follows where they are negated: "does not want to sign"."""
    nameless: frozenset[str] = frozenset()
    """Words for those who are nobody on the list and are blamed all the same: "the West"."""
    duties: frozenset[str] = frozenset()
    """Verbs whose passive tells what must be: "is obliged to"."""
    likenesses: frozenset[str] = frozenset()
    """Verbs that tell what a thing is, as "is" does: "constitutes", "amounts to"."""
    sequels: frozenset[str] = frozenset()
    """Nouns for what comes after something: "in the wake of", "in the aftermath of"."""
    ends: frozenset[str] = frozenset()
    """Nouns before an infinitive that tells what for: "in order to"."""
    sakes: frozenset[str] = frozenset()
    """Nouns for what a thing is asked for, and that is not asked itself: "for the sake of"."""
    servicemen: frozenset[str] = frozenset()
    """Whose death a ministry that is not said to be anybody's reports: "a soldier of X was killed, the ministry said"."""
    condition_words: frozenset[str] = frozenset()
    """Nouns for terms that an act is to wait for: "will open the border on these conditions"."""
    lacking_prepositions: frozenset[str] = frozenset()
    """Before what there is not: "without conditions"."""
    state_words: frozenset[str] = frozenset()
    """Words by which an outlet speaks for a state: "state news agency"."""
    disjunctions: frozenset[str] = frozenset()
    """What leads to what comes of not doing as one is told: "or face sanctions"."""
    penalties: frozenset[str] = frozenset()
    """Verbs for what comes of not doing as one is told: "or face sanctions"."""
    exceptives: frozenset[str] = frozenset()
    """What opens a clause of what another must do lest something is done to him: "unless X withdraws"."""
    calamities: frozenset[str] = frozenset()
    """Nouns for what nobody does to those whom it befalls: "or face famine"."""
    existentials: frozenset[str] = frozenset()
    """Words before "is" that only say that a thing is: "there was"."""
    prolonging: frozenset[str] = frozenset()
    """Verbs by which what is done already goes on: "will extend its ban"."""
    universal: frozenset[str] = frozenset()
    """Words by which leaders are those of nobody in particular: "world leaders"."""
    insurgents: frozenset[str] = frozenset()
    """Those who fight the state that they are called by: "Syrian rebels"."""
    rumours: frozenset[str] = frozenset()
    """Nouns that make what follows them a claim of somebody's: "reports that"."""
    bids: frozenset[str] = frozenset()
    """Nouns with an infinitive of what they are for, which is nobody's deed: "despite calls to"."""
    wars: frozenset[str] = frozenset()
    """Nouns for a war that is called by where it was fought, and of which a place in it is no place: "since the X war"."""
    fates: frozenset[str] = frozenset()
    """Verbs of what befalls their subject, and that nobody threatens to do: "will cease to exist"."""
    askings: frozenset[str] = frozenset()
    """Nouns that make what follows them a thing asked for, or hoped for: "its demand that"."""
    captives: frozenset[str] = frozenset()
    """Nouns for those whom the other side holds: prisoners."""
    terms: frozenset[str] = frozenset()
    """Words that begin what must happen before somebody acts: once, until."""
    arms: frozenset[str] = frozenset()
    """Nouns for what kills, which does what its owner does: fire, sniper."""
    outsiders: frozenset[str] = frozenset()
    """Nouns for those who look on, and are asked to act: community, partners."""
    ahead: frozenset[str] = frozenset()
    """Auxiliaries that tell the future from the past: "said it would"."""
    alleged: frozenset[str] = frozenset()
    """Adverbs that leave an act to others to believe: allegedly."""
    leaders: frozenset[str] = frozenset()
    """What anybody who governs may be called, whatever the office: leader."""
    heads: frozenset[str] = frozenset()
    """What anybody at the head of a body may be called, whatever the office: chief, head, top diplomat."""
    reasons: frozenset[str] = frozenset()
    """Conjunctions that tell why: because."""
    rebukes: frozenset[str] = frozenset()
    """What a state voices where a deed draws it, unlike its people: criticism."""
    installed: frozenset[str] = frozenset()
    """Participles behind a hyphen that tell by whom somebody was put in his place: Moscow-backed."""
    untrue: frozenset[str] = frozenset()
    """Adjectives that say that the clause behind them is not so: untrue."""
    wrongfully: frozenset[str] = frozenset()
    """Adverbs that make any deed a wrong: illegally."""
    abroad: frozenset[str] = frozenset()
    """Words of politics abroad: beside them an act may concern others that nobody names."""
    organs: frozenset[str] = frozenset()
    """Nouns for roles that no one person bears: ministry, parliament, television."""
    members: frozenset[str] = frozenset()
    """Nouns for one of those that make up an organisation, who is not the organisation: "EU state"."""
    separatists: frozenset[str] = frozenset()
    """Nouns for those who hold an enclave."""
    countering: frozenset[str] = frozenset()
    """Verbs for what is done against a wrong, in every form: resist, deterring."""
    mourning: frozenset[str] = frozenset()
    """What is expressed to those who have lost somebody, wherever that was: condolences."""
    peacekeepers: frozenset[str] = frozenset()
    """Soldiers who are never of the place that they are in."""
    feelings: frozenset[str] = frozenset()
    """What is expressed and can be nobody else's deed: condolences, regret."""
    breakaway: frozenset[str] = frozenset()
    """What a territory is called that acts by itself: breakaway, separatist."""
    missions: frozenset[str] = frozenset()
    gatherings: frozenset[str] = frozenset()
    """Nouns for what takes place between those who meet: talks."""
    """Nouns for those who are sent to look: monitors, mission."""
    question_words: frozenset[str] = frozenset()
    """First words of headlines that ask or explain: why, how."""
    blameless: frozenset[str] = frozenset()
    """Nouns for what is nobody's deed in particular: escalation, clashes."""
    spans: frozenset[str] = frozenset()
    """Units of time that are long for news: week, month."""
    pluperfect: frozenset[str] = frozenset()
    enclave_words: frozenset[str] = frozenset()
    """Nouns for a territory that a people's adjective qualifies: enclave."""
    principles: frozenset[str] = frozenset()
    """What makes a value one that many uphold, and no side of anybody: "the principles of sovereignty"."""
    whatever: frozenset[tuple[str, ...]] = frozenset()
    """What opens words about deeds that nobody may have done: "any attempt is unacceptable"."""
    venue_prepositions: frozenset[str] = frozenset()
    """Before a body or a meeting where somebody speaks: "X at the UN: …"."""
    risks: frozenset[str] = frozenset()
    """Nouns that make what follows them a danger, and no deed: "the risk of aggression"."""
    dreading: frozenset[str] = frozenset()
    """Verbs for a danger that is felt, and not only told of: fear."""
    agencies: Mapping[str, str] = field(default_factory=dict)
    """Agencies that hear those of their own state, and which that is: irna."""
    chambers: frozenset[str] = frozenset()
    """What a parliament is called, whichever of them it was called before: senate, chamber."""
    bare_auxiliaries: frozenset[str] = frozenset()
    """What a passive opens with that is wished, and not told: "insists that it be amended"."""
    speeches: frozenset[str] = frozenset()
    """Where words are said, besides papers and gatherings: interview, tweet."""
    memberships: frozenset[str] = frozenset()
    """What a state is called by the body that it belongs to: "the EU member"."""
    callings: Mapping[tuple[str, ...], frozenset[str]] = field(default_factory=dict)
    """What an enclave or a body is called that has been named, and which: breakaway region, alliance."""
    pronoun_sources: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    """Phrases that give what is said to somebody named before, with the pronoun in them: "по его словам"."""
    only_way: tuple[tuple[str, ...], ...] = ()
    """Phrases that make of what follows a demand: "the only way"."""
    sport: frozenset[str] = frozenset()
    """Words of sport and show, whose texts fight without armies."""
    recipient_prepositions: frozenset[str] = frozenset()
    source_phrases: tuple[tuple[str, ...], ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    """Words for how many: what "the two" sums up."""
    needs_complementizer: bool = False
    """What somebody says never follows the verb of saying without a word like "que"."""
    rubrics: bool = False
    """A country or body before a colon is what the headline is about; who speaks has a person's name or an office."""
    unsaid_that: str = ""
    """What may be left out before a clause about the noun before it: "a claim (that) Baku denied"."""
    adjectives_first: bool = True
    """Adjectives of nationality stand before the noun (and a bare one after it names nobody)."""
    wishes: frozenset[str] = frozenset()
    """Words that begin clauses of what is wished, and not told: "чтобы"."""
    variants: Mapping[str, str] = field(default_factory=dict)
    """Prepositions that are written otherwise before some words: "во" for "в"."""
    origins: frozenset[str] = frozenset()
    """Nouns that make of a place whoever acts from there: "со стороны", "с территории"."""
    impersonal: frozenset[str] = frozenset()
    """Verbs by which a paper speaks without a subject: "говорится в заявлении"."""
    title_case: bool = True
    """Headlines may capitalise every word; where none does, a capital tells a name in them too."""
    cased: bool = False
    """Nouns have cases: a genitive behind a noun owns it, an infinitive needs no mark, commas stand before clauses."""
    addressee_prepositions: frozenset[str] = frozenset()
    """Before whom something is asked of: "appeal to X to stop"."""
    plural_endings: tuple[str, ...] = ()
    """What nouns in the plural end in, where endings tell: "s"."""
    feminine_endings: tuple[str, ...] = ()
    """What participles end in that agree with a noun of that gender: "e"."""
    not_plural: tuple[str, ...] = ()
    """Endings of words that end as plurals do, and are none: "ss"."""
    amounts: Mapping[str, str] = field(default_factory=dict)
    """What is written right behind a number, and the word that it stands for: "m" in "15m" for "million"."""
    endings_tell: bool = False
    """Verb endings tell number and person, and no noun looks like them."""
    adverb_phrases: tuple[tuple[str, ...], ...] = ()
    """Several words that are one adverb: "à plusieurs reprises"."""
    negations: tuple[tuple[str, ...], ...] = ()
    """Several words that say "not": "no longer"."""
    condition_phrases: tuple[tuple[str, ...], ...] = ()
    """Several words that say "if": "provided that"."""
    quantity_phrases: tuple[tuple[str, ...], ...] = ()
    """Several words that are one determiner: "des milliers de"."""
    role_tails: tuple[tuple[str, ...], ...] = ()
    """What goes on after a role and belongs to it: "des affaires étrangères"."""
    inversion_links: frozenset[str] = frozenset()
    """What is spoken between a verb and such a pronoun: "t" in "a-t-il"."""
    inversions: frozenset[str] = frozenset()
    """Pronouns that stand behind their verb, joined to it by a hyphen: "a-t-il dit"."""
    subject_forms: frozenset[str] = frozenset()
    """Forms of roles that only a subject has: "министр", but not "министерства"."""
    subject_adjectives: tuple[str, ...] = ()
    """Endings of adjectives that may stand before such a form and belong to it."""
    agent_endings: tuple[str, ...] = ()
    """Endings of roles that do what a passive tells, without a preposition: "властями"."""
    agreement: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By the ending of a verb, the endings that a noun has which can be its subject."""
    indefinite_endings: tuple[str, ...] = ()
    """Endings of verbs in a plural that needs no subject: "В Баку опровергли"."""
    speaker_endings: tuple[str, ...] = ()
    """Endings of verbs that tell what who speaks does, without a pronoun: "призываем"."""
    active_with_be: frozenset[str] = frozenset()
    """Verbs whose perfect is made with "be": no passive."""
    outbursts: Mapping[str, ReactionType] = field(default_factory=dict)
    """Verbs that tell with a reflexive how a quotation was said, and what that makes of it: "s'est félicité X"."""
    says_infinitive: bool = False
    """Verbs of saying take an infinitive for what their subject does itself: "dit soutenir"."""
    relatives_tell: bool = False
    """A clause behind "qui" in the perfect is news of its antecedent: "X, qui a reçu Y, a plaidé"."""
    term_prepositions: frozenset[str] = frozenset()
    """What stands before the deed that another act waits for: "not before the signing"."""
    half_negators: frozenset[str] = frozenset()
    """Words that negate only together with another: "ne" in "craint qu'elle ne déclenche" negates nothing."""
    clitic_tails: Mapping[str, str] = field(default_factory=dict)
    """Pronouns at a verb for the preposition it wants, and what it leads to: "y" for "à" in "s'y oppose"."""
    provisos: tuple[tuple[str, ...], ...] = ()
    """Words behind which an act waits for another: "only after"."""
    alternatives: frozenset[str] = frozenset()
    """Subordinators of a clause that is the verb's object: whether."""
    awaited: frozenset[str] = frozenset()
    """Nouns for such a deed: signing, withdrawal."""
    view_prepositions: frozenset[str] = frozenset()
    """What begins a sentence with whose view it tells: "Pour Ankara, …"."""
    bearers: Mapping[str, str] = field(default_factory=dict)
    """Who bears a title where nobody with it is named, by its words: "the Secretary-General" is the UN's."""
    offices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What this language calls an office of the actors' files, which are in English: "foreign minister"."""
    short_titles: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    """What headlines write for a title, and the words it stands for, in each way they are written: "PM", "MFA"."""
    nominals: Mapping[str, ReactionType] = field(default_factory=dict)
    """Nouns by which headlines without a verb tell an act; `report` for a call, which tells by what it is for."""
    nominals_by: frozenset[str] = frozenset()
    """Those of which an owner is whom the act is done to: "condamnation de X"."""
    protest_prepositions: frozenset[str] = frozenset()
    """Before what a crowd gathers: "devant l'ambassade"."""
    request_nouns: frozenset[str] = frozenset()
    """Nouns that tell at whose wish a body meets: "à la demande de X"."""
    aside_words: Mapping[str, str] = field(default_factory=dict)
    """Subordinators of clauses that only say when: "recent" for after, "past" for since."""
    wrong: frozenset[str] = frozenset()
    """Nouns for wrongful acts: aggression, blockade, genocide."""
    examples: tuple[Example, ...] = ()

    def is_plural(self, norm: str) -> bool:
        """Return whether a noun is a plural by its ending: "prisoners", but not "congress"."""
        return norm.endswith(self.plural_endings) and not norm.endswith(self.not_plural)

    def is_organ(self, role: str) -> bool:
        """Return whether a role is a body, or many: "the Defence Ministry", not "the Defence Ministry's spokesman"."""
        words = role.casefold().split()
        if self.organs.isdisjoint(words):
            return False
        known = [self.words[word] for word in words if word in self.words and word not in self.organs]
        return not any(word.flags & ROLE and not word.flags & FORCE for word in known)
