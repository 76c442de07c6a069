"""What can go wrong, classed by what the caller does next.

    CommuniqueError
    ├── Wait                    passing trouble: the same call may work later
    │   ├── FeedUnavailable     a server that is slow, away, or asks us to come back
    │   ├── StoreUnavailable    a database that is locked, away, or out of disk
    │   └── ChannelUnavailable  Discord said 429 or 5xx before anything was posted
    ├── Uncertain               it may or may not have happened: look before doing it again
    │   └── PostUncertain       a send whose answer was lost
    ├── Disable                 this one thing fails until somebody acts; the rest goes on
    │   ├── FeedRefused         no feed there, gone, forbidden, or an address we do not visit
    │   └── ChannelRefused      unknown channel, missing access or permission
    ├── NotFound                what was named does not exist
    ├── Invalid                 what was given cannot be used; the text says what is allowed
    └── Stop                    the process cannot go on
        ├── ConfigurationInvalid
        ├── LexiconInvalid
        ├── SchemaTooNew        the database was written by a later release
        ├── StoreCorrupt        the database is damaged: a backup has to be put in its place
        └── TokenRefused        Discord does not accept the token

Every text says what is wrong, where, and what to do. Adapters translate their vendor's errors to these, once; a bug is
none of these and propagates.
"""

from __future__ import annotations

from datetime import timedelta


class CommuniqueError(Exception):
    """An expected failure."""


class Wait(CommuniqueError):
    """Passing trouble; `retry_after` is how long we were asked to wait, if we were."""

    def __init__(self, message: str, *, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class FeedUnavailable(Wait):
    """A feed's server is slow, away, or asks us to come back."""


class StoreUnavailable(Wait):
    """The database is locked, away, or out of disk."""


class ChannelUnavailable(Wait):
    """Discord refused for now, before anything was posted."""


class Uncertain(CommuniqueError):
    """It may or may not have happened."""


class PostUncertain(Uncertain):
    """A message was sent and the answer was lost."""


class Disable(CommuniqueError):
    """This one thing fails until somebody acts."""


class FeedRefused(Disable):
    """The address holds no feed, is gone, forbids us, or is one we do not visit.

    `gone` is true for an explicit 410: the feed is retired rather than tried again.
    """

    def __init__(self, message: str, *, gone: bool = False) -> None:
        super().__init__(message)
        self.gone = gone


class ChannelRefused(Disable):
    """Discord will not take messages for this channel from us."""


class NotFound(CommuniqueError):
    """What was named does not exist."""


class Invalid(CommuniqueError):
    """What was given cannot be used."""


class Stop(CommuniqueError):
    """The process cannot go on."""


class ConfigurationInvalid(Stop):
    """A setting is unknown, malformed or out of range."""


class LexiconInvalid(Stop):
    """A lexicon pack breaks its own rules; names file and entry."""


class SchemaTooNew(Stop):
    """The database was written by a later release."""


class StoreCorrupt(Stop):
    """The database is damaged, or the file is no database."""


class TokenRefused(Stop):
    """Discord does not accept the token."""
