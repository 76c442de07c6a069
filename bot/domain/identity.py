"""Identity comes from content: stable ids that mean the same before storage, after it, and on another machine."""

from __future__ import annotations

import base64
import hashlib

# 15 bytes are 24 base32 letters: they fit Discord's nonce (25 characters) and collide once in 2^60 things.
ID_BYTES = 15
_SEPARATOR = b"\x1f"


def content_id(*parts: str) -> str:
    """Return 24 lower-case base32 letters that depend on the parts and on nothing else."""
    digest = hashlib.blake2b(
        _SEPARATOR.join(part.encode("utf-8", "surrogatepass") for part in parts), digest_size=ID_BYTES
    )
    return base64.b32encode(digest.digest()).decode("ascii").lower()
