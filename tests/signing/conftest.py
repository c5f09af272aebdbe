"""One clinic and one PKI for all tests: keys take time, and a paper's bytes do not change."""

from collections.abc import Iterator

import pytest

from tests.signing.clinic import Clinic, make_clinic
from tests.signing.pki import PkiServer


@pytest.fixture(scope="session")
def clinic() -> Clinic:
    return make_clinic()


@pytest.fixture(scope="session")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PkiServer]:
    """OCSP, revocation lists and time stamps over HTTP."""
    with PkiServer(tmp_path_factory.mktemp("pki")) as server:
        yield server
