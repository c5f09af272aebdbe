"""Commands that are called in the test's own process have a forked decoder."""

from collections.abc import Iterator

import pytest

from tests.forked import forked


@pytest.fixture(autouse=True)
def forked_decoders() -> Iterator[None]:
    """The same work without the second that a spawned one imports for; the journeys run the
    program itself."""
    with forked():
        yield
