"""What a word can do in a sentence, as bits. Plain integers, for they are tested for every word of every item."""

from __future__ import annotations

from typing import Final

DETERMINER: Final = 1 << 0
POSSESSIVE: Final = 1 << 1  # its, their
POSSESSIVE_MARK: Final = 1 << 2  # 's
PREPOSITION: Final = 1 << 3
CONJUNCTION: Final = 1 << 4  # and, or
CONTRAST: Final = 1 << 5  # but
SUBORDINATOR: Final = 1 << 6  # after, as, while
CONDITIONAL: Final = 1 << 7  # if, unless
COMPLEMENTIZER: Final = 1 << 8  # that
RELATIVE: Final = 1 << 9  # who, which
PRONOUN: Final = 1 << 10  # he, it, they
FIRST_PERSON: Final = 1 << 11  # we, I
BE: Final = 1 << 12
HAVE: Final = 1 << 13
DO: Final = 1 << 14
FUTURE: Final = 1 << 15  # will
POSSIBLE: Final = 1 << 16  # may, could
OBLIGED: Final = 1 << 17  # must, should
NEGATOR: Final = 1 << 18
INFINITIVE_MARK: Final = 1 << 19  # to
ADVERB: Final = 1 << 20
TIME: Final = 1 << 21  # Tuesday, yesterday
MONTH: Final = 1 << 22
ROLE: Final = 1 << 23  # minister, ministry, forces: a noun that makes a name or a demonym an actor
CROWD: Final = 1 << 24  # protesters
FORMER: Final = 1 << 25  # former, ex
PLURAL: Final = 1 << 26  # a noun that takes a verb without -s
NEGATIVE: Final = 1 << 27  # no, nothing: negates the clause it begins
AMBIGUOUS: Final = 1 << 28  # a verb form that is a noun as well: attacks, calls
OBLIQUE: Final = 1 << 42  # a form of a role that is no subject
CLITIC: Final = 1 << 29  # a pronoun inside a group of verbs: se, lui
PAST_TIME: Final = 1 << 30  # ago, earlier, last: the act is older than the item
TITLE: Final = 1 << 31  # Mr, Rep: stands before a name and is no part of it
GROUP: Final = 1 << 32  # business group, analysts, campaigners: speaks, and is nobody on the list
RECIPROCAL: Final = 1 << 33  # each other
FORCE: Final = 1 << 34  # troops, jets: a role that nobody holds
RIGHTS_GROUP: Final = 1 << 35  # NGOs, rights groups
COURT: Final = 1 << 36  # court, judge: it rules, and does little else
THRONG: Final = 1 << 40  # hundreds, residents: a crowd only where it protests
OBJECT: Final = 1 << 39  # him, them: never a subject
HELD: Final = 1 << 37  # a role that "the" alone may take up again: the ministry, the president
GUEST: Final = 1 << 38  # embassy, envoy: the country it is in is not the one it is of
