"""One clinic for all tests: keys take time, and a paper's bytes do not change."""

import pytest

from tests.signing.clinic import Clinic, make_clinic


@pytest.fixture(scope="session")
def clinic() -> Clinic:
    return make_clinic()
