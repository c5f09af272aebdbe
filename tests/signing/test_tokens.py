"""Keys on tokens (PKCS#11), with SoftHSM2 as the token (SPB-21, OZ-12)."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.x509 import Certificate

from signing.certificates import KeyAlgorithm
from signing.errors import (
    NoCertificate,
    NoTokenLibrary,
    PinLocked,
    SigningError,
    TokenMissing,
    TriesLeft,
    WrongPin,
)
from signing.keys.pkcs11 import TokenLibrary, tries_of
from signing.pades import approve, certify
from signing.report import Verdict
from signing.signer import Signer
from signing.verify import verify_pdf
from signing.whole_file import write_whole
from tests.signing.clinic import STAMP, Clinic, make_person
from tests.signing.outside_validators import openssl, openssl_refusals
from tests.signing.soft_tokens import (
    APPROVERS,
    DOCTORS,
    EC_ID,
    INSTALL,
    LIBRARY,
    PIN,
    RSA_ID,
    SoftTokens,
    is_installed,
    soft_tokens,
)

pytestmark = pytest.mark.skipif(not is_installed(), reason=INSTALL)


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory, clinic: Clinic) -> Iterator[SoftTokens]:
    with soft_tokens(tmp_path_factory.mktemp("hsm"), clinic.authority, make_person()) as made:
        yield made


@pytest.fixture
def library(tokens: SoftTokens) -> Iterator[TokenLibrary]:
    library = TokenLibrary(LIBRARY)
    yield library
    library.close_all()


def serial(library: TokenLibrary, label: str) -> str:
    return next(token.serial for token in library.tokens() if token.label == label)


def test_every_token_and_every_certificate_on_it_is_listed_without_a_pin(
    library: TokenLibrary,
) -> None:
    assert [token.label for token in library.tokens()] == sorted([DOCTORS, APPROVERS])
    certificates = library.certificates(serial(library, DOCTORS))
    assert {one.key_id for one in certificates} == {RSA_ID, EC_ID}
    assert {one.facts.algorithm for one in certificates} == {KeyAlgorithm.RSA, KeyAlgorithm.ECDSA}
    for one in certificates:
        assert one.facts.name == "Левашова Марина Олеговна"
        assert one.facts.number
        assert one.facts.valid_from < one.facts.valid_to
    assert [one.label for one in library.certificates(serial(library, APPROVERS))] == ["Подпись"]


@pytest.mark.parametrize("key_id", [RSA_ID, EC_ID])
def test_a_key_on_a_token_signs_and_every_judge_accepts_it(
    library: TokenLibrary, clinic: Clinic, key_id: str, tmp_path: Path
) -> None:
    roots = [clinic.authority.root]
    doctor = library.open(serial(library, DOCTORS), key_id, PIN)
    approver = library.open(serial(library, APPROVERS), EC_ID, PIN)
    signed = approve(certify(clinic.prepared, doctor, STAMP), approver, STAMP, roots)
    assert verify_pdf(signed, roots, expect_signers=2).verdict is Verdict.VALID
    program = openssl()
    if program is not None:
        assert openssl_refusals(program, signed, roots, tmp_path) == ["", ""]


def test_the_pin_is_given_once_for_many_signatures_from_many_threads(
    library: TokenLibrary, clinic: Clinic
) -> None:
    signer = library.open(serial(library, DOCTORS), EC_ID, PIN)
    with ThreadPoolExecutor(4) as threads:
        jobs = [threads.submit(certify, clinic.prepared, signer, STAMP) for _ in range(6)]
        signed = [job.result() for job in jobs]
    verdicts = {verify_pdf(pdf, [clinic.authority.root], 1).verdict for pdf in signed}
    assert verdicts == {Verdict.VALID}
    assert library.is_open(serial(library, DOCTORS))


def test_a_wrong_pin_says_how_many_tries_are_left_and_is_not_tried_again(
    library: TokenLibrary,
) -> None:
    token = serial(library, DOCTORS)
    assert next(t for t in library.tokens() if t.serial == token).tries is TriesLeft.SEVERAL
    with pytest.raises(WrongPin) as refusal:
        library.open(token, EC_ID, "0000")
    assert refusal.value.tries is TriesLeft.FEW
    assert not library.is_open(token)
    library.open(token, EC_ID, PIN)
    assert next(t for t in library.tokens() if t.serial == token).tries is TriesLeft.SEVERAL


def test_an_open_session_does_not_excuse_a_wrong_pin(library: TokenLibrary) -> None:
    token = serial(library, DOCTORS)
    library.open(token, EC_ID, PIN)
    with pytest.raises(WrongPin):
        library.open(token, EC_ID, "0000")
    library.open(token, EC_ID, PIN)


def test_what_the_flags_of_a_token_mean() -> None:
    """PKCS#11 v2.40, 3.2: CKF_USER_PIN_COUNT_LOW, _FINAL_TRY, _LOCKED; the worst one counts."""
    assert tries_of(0x0000040D) is TriesLeft.SEVERAL
    assert tries_of(0x0001040D) is TriesLeft.FEW
    assert tries_of(0x0003040D) is TriesLeft.ONE
    assert tries_of(0x0007040D) is TriesLeft.NONE
    assert PinLocked().tries is TriesLeft.NONE


def test_a_session_that_was_closed_signs_nothing_and_a_new_one_does(
    library: TokenLibrary, clinic: Clinic
) -> None:
    token = serial(library, DOCTORS)
    signer = library.open(token, RSA_ID, PIN)
    library.close(token)
    with pytest.raises(TokenMissing):
        certify(clinic.prepared, signer, STAMP)
    again = library.open(token, RSA_ID, PIN)
    signed = certify(clinic.prepared, again, STAMP)
    assert verify_pdf(signed, [clinic.authority.root], 1).verdict is Verdict.VALID


def test_a_token_that_is_pulled_out_leaves_nothing_and_signs_when_it_is_back(
    library: TokenLibrary, clinic: Clinic, tokens: SoftTokens
) -> None:
    token = serial(library, DOCTORS)
    signer = library.open(token, EC_ID, PIN)
    tokens.pull_out()
    try:
        with pytest.raises(SigningError):
            certify(clinic.prepared, signer, STAMP)
    finally:
        tokens.plug_in()
    again = library.open(token, EC_ID, PIN)
    signed = certify(clinic.prepared, again, STAMP)
    assert verify_pdf(signed, [clinic.authority.root], 1).verdict is Verdict.VALID


@dataclass(frozen=True)
class PulledOutMidSign:
    """A token's key; the token goes away when the bytes are on their way to it."""

    inner: Signer
    tokens: SoftTokens

    @property
    def certificate(self) -> Certificate:
        return self.inner.certificate

    @property
    def cms_size(self) -> int:
        return self.inner.cms_size

    def sign(self, content: bytes) -> bytes:
        self.tokens.pull_out()
        return self.inner.sign(content)


@pytest.mark.parametrize("key_id", [RSA_ID, EC_ID])
def test_a_token_pulled_out_in_the_middle_leaves_no_file_and_the_retry_needs_no_restart(
    library: TokenLibrary, clinic: Clinic, tokens: SoftTokens, key_id: str, tmp_path: Path
) -> None:
    """Twice in a row, within the same process and the same library."""
    token, target = serial(library, DOCTORS), tmp_path / "signed.pdf"
    for _ in range(2):
        signer = PulledOutMidSign(library.open(token, key_id, PIN), tokens)
        try:
            with pytest.raises(SigningError):
                write_whole(target, certify(clinic.prepared, signer, STAMP))
            assert not library.is_open(token)
        finally:
            tokens.plug_in()
        assert list(tmp_path.iterdir()) == []
    write_whole(target, certify(clinic.prepared, library.open(token, key_id, PIN), STAMP))
    assert verify_pdf(target.read_bytes(), [clinic.authority.root], 1).verdict is Verdict.VALID


def test_what_is_not_there_is_named(library: TokenLibrary, tmp_path: Path) -> None:
    with pytest.raises(TokenMissing):
        library.open("no such serial", EC_ID, PIN)
    with pytest.raises(TokenMissing):
        library.certificates("no such serial")
    with pytest.raises(NoCertificate):
        library.open(serial(library, DOCTORS), "ff", PIN)
    other = tmp_path / "other.so"
    other.write_bytes(b"no library")
    for path in (tmp_path / "none.so", other):
        with pytest.raises(NoTokenLibrary):
            TokenLibrary(path)
