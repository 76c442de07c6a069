"""What the console shows, as values of the domain."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(scope="session")
def samples(sampling) -> Any:
    return sampling.Samples(channel_id="console")
