"""GOST R 34.10-2012 with Streebog through an outside program, made and checked (SPB-21, SOK-8)."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from signing.certificates import KeyAlgorithm, facts_of, is_qualified
from signing.errors import (
    NoCertificate,
    ProviderAnswer,
    ProviderFailed,
    ProviderHangs,
    ProviderMissing,
    ProviderRefused,
    WrongPin,
)
from signing.gost import OPENSSL, GostCommands, Streebog
from signing.keys.external_cms import OPENSSL_GOST, CmsProvider, ExternalCmsSigner
from signing.pades import approve, certify
from signing.report import LaterChange, Problem, Verdict
from signing.verify import verify_pdf
from tests.signing.byte_ranges import covered_by_signatures
from tests.signing.clinic import STAMP, Clinic
from tests.signing.gost_clinic import INSTALL, SECRET, GostAuthority, GostPerson, has_gost

pytestmark = pytest.mark.skipif(not has_gost(), reason=INSTALL)
NO_GOST = replace(OPENSSL, digest_command=("no-such-program",))


@dataclass(frozen=True)
class Papers:
    """A GOST clinic of one strength and the paper that it signed."""

    authority: GostAuthority
    doctor: GostPerson
    certified: bytes
    approved: bytes


@pytest.fixture(scope="module", params=[256, 512], ids=lambda bits: f"{bits} bits")
def papers(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, clinic: Clinic
) -> Papers:
    return made(tmp_path_factory.mktemp("gost"), request.param, clinic)


@pytest.fixture(scope="module")
def weaker(tmp_path_factory: pytest.TempPathFactory, clinic: Clinic) -> Papers:
    return made(tmp_path_factory.mktemp("gost"), 256, clinic)


def made(folder: Path, bits: int, clinic: Clinic) -> Papers:
    authority = GostAuthority(folder, bits)
    doctor = authority.issue("Левашова Марина Олеговна", qualified=True)
    approver = authority.issue("Бережной Илья Петрович")
    certified = certify(clinic.prepared, doctor.signer(), STAMP)
    approved = approve(certified, approver.signer(), STAMP, [authority.root])
    return Papers(authority, doctor, certified, approved)


def test_two_gost_signatures_are_made_and_verified(papers: Papers) -> None:
    report = verify_pdf(papers.approved, [papers.authority.root], expect_signers=2)
    assert report.verdict is Verdict.VALID
    doctor, approver = report.signatures
    assert doctor.signer.name == "Левашова Марина Олеговна"
    assert doctor.signer.algorithm is approver.signer.algorithm is KeyAlgorithm.GOST
    assert doctor.certifies
    assert doctor.changed_after is LaterChange.SIGNATURES


def test_openssl_accepts_both_gost_signatures(papers: Papers, tmp_path: Path) -> None:
    """`openssl cms -verify -cades`, as anybody may run it on the covered bytes."""
    (tmp_path / "root.pem").write_bytes(papers.authority.root.public_bytes(Encoding.PEM))
    for covered in covered_by_signatures(papers.approved):
        (tmp_path / "cms.der").write_bytes(covered.cms)
        (tmp_path / "content").write_bytes(covered.content)
        command = "openssl cms -verify -engine gost -cades -binary -inform DER -in cms.der"
        command += " -content content -CAfile root.pem -purpose any -out out"
        subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)


def test_only_the_certificate_that_says_so_is_qualified(papers: Papers, clinic: Clinic) -> None:
    doctor, approver = verify_pdf(papers.approved, [papers.authority.root]).signatures
    assert doctor.signer.is_qualified
    assert doctor.signer.snils == "11223344595"
    assert not approver.signer.is_qualified
    assert not is_qualified(clinic.doctor.certificate)


def test_no_flipped_bit_of_a_gost_document_is_called_valid(weaker: Papers) -> None:
    roots = [weaker.authority.root]
    spans = covered_by_signatures(weaker.approved)[-1].spans
    for share in range(1, 5):
        damaged = bytearray(weaker.approved)
        damaged[spans[0][len(spans[0]) * share // 5]] ^= 4
        assert verify_pdf(bytes(damaged), roots, 2).verdict is not Verdict.VALID, share


def test_a_cms_of_another_gost_document_is_seen(weaker: Papers, clinic: Clinic) -> None:
    """The signature of one document put into another of the same shape."""
    other = certify(clinic.prepared, weaker.doctor.signer(), STAMP)
    mine, theirs = (covered_by_signatures(pdf)[0].cms.hex() for pdf in (weaker.certified, other))
    forged = weaker.certified.lower().replace(mine.encode(), theirs.encode())
    start = weaker.certified.lower().index(mine.encode())
    mixed = weaker.certified[:start] + forged[start : start + len(mine)]
    mixed += weaker.certified[start + len(mine) :]
    report = verify_pdf(mixed, [weaker.authority.root], 1)
    assert report.verdict is Verdict.INVALID
    assert Problem.ALTERED in report.all_problems


def test_strangers_roots_leave_a_gost_signature_open(weaker: Papers, clinic: Clinic) -> None:
    report = verify_pdf(weaker.approved, [clinic.authority.root], 2)
    assert report.verdict is Verdict.INDETERMINATE
    assert report.all_problems == (Problem.UNTRUSTED,)


def test_without_a_program_that_knows_gost_nothing_is_decided(weaker: Papers) -> None:
    report = verify_pdf(weaker.approved, [weaker.authority.root], 2, gost=NO_GOST)
    assert report.verdict is Verdict.INDETERMINATE
    assert report.all_problems == (Problem.GOST_UNCHECKED,)
    assert report.signatures[0].signer.name == "Левашова Марина Олеговна"
    damaged = bytearray(weaker.approved)
    damaged[damaged.index(b"/Title") + 12] ^= 1
    report = verify_pdf(bytes(damaged), [weaker.authority.root], 2, gost=NO_GOST)
    assert report.verdict is not Verdict.VALID


@pytest.mark.parametrize("command", [("false",), ("echo", "rubbish"), ("/no/such",)])
def test_a_program_that_does_not_know_gost_decides_nothing(
    weaker: Papers, command: tuple[str, ...]
) -> None:
    wrong = GostCommands(command, ("true",), OPENSSL.names)
    report = verify_pdf(weaker.approved, [weaker.authority.root], 2, gost=wrong)
    assert report.verdict is Verdict.INDETERMINATE


def test_streebog_of_its_own_example() -> None:
    """GOST R 34.11-2012, appendix A.1: M1."""
    message = b"012345678901234567890123456789012345678901234567890123456789012"
    digest = OPENSSL.digest(Streebog.BITS_256, message).hex()
    assert digest == "9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500"


def test_a_wrong_passphrase_and_a_missing_key_are_told(weaker: Papers, tmp_path: Path) -> None:
    person = weaker.doctor
    with pytest.raises(WrongPin):
        ExternalCmsSigner.open(OPENSSL_GOST, person.certificate, str(person.key), "wrong")
    with pytest.raises(NoCertificate):
        ExternalCmsSigner.open(OPENSSL_GOST, person.certificate, str(tmp_path / "none"), SECRET)
    with pytest.raises(NoCertificate):
        ExternalCmsSigner.open(OPENSSL_GOST, tmp_path / "none.pem", str(person.key), SECRET)


def signing_by(provider: CmsProvider, papers: Papers) -> Callable[[bytes], bytes]:
    signer = ExternalCmsSigner(provider, papers.doctor.signer().certificate, "key", SECRET)
    return lambda pdf: certify(pdf, signer, STAMP)


@pytest.mark.parametrize(
    ("command", "error"),
    [
        (("sleep", "60"), ProviderHangs),
        (("sh", "-c", "sleep 60 & sleep 60"), ProviderHangs),
        (("false",), ProviderRefused),
        (("/no/such/program",), ProviderMissing),
        ((), ProviderMissing),
        (("true",), ProviderAnswer),
        (("echo", "rubbish"), ProviderAnswer),
        (("cat",), ProviderAnswer),
        (("cat", "/dev/zero"), ProviderAnswer),
        (("cat", "{certificate}"), ProviderAnswer),
    ],
    ids=str,
)
def test_a_provider_that_fails_is_named_and_leaves_nothing(
    weaker: Papers,
    clinic: Clinic,
    command: tuple[str, ...],
    error: type[ProviderFailed],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    timeout = 0.3 if error is ProviderHangs else 20
    with pytest.raises(error):
        signing_by(CmsProvider("failing", command, timeout=timeout), weaker)(clinic.prepared)
    assert list(tmp_path.iterdir()) == []


def test_a_cms_of_another_document_or_certificate_is_refused(
    weaker: Papers, clinic: Clinic, tmp_path: Path
) -> None:
    answer = tmp_path / "answer.der"
    provider = CmsProvider("another", ("cat", str(answer)))
    signed = covered_by_signatures(weaker.certified)[0]
    answer.write_bytes(signed.cms)
    with pytest.raises(ProviderAnswer, match="another document"):
        signing_by(provider, weaker)(clinic.prepared)
    stranger = weaker.authority.issue("Чужая Анна Петровна").signer()
    answer.write_bytes(stranger.sign(b"content"))
    signer = ExternalCmsSigner(provider, weaker.doctor.signer().certificate, "key", SECRET)
    with pytest.raises(ProviderAnswer, match="another certificate"):
        signer.sign(b"content")
    answer.write_bytes(clinic.doctor.sign(b"content"))
    with pytest.raises(ProviderAnswer):
        signer.sign(b"content")
    answer.write_bytes(weaker.doctor.signer().sign(b"content"))
    assert signer.sign(b"content") == answer.read_bytes()
    answer.write_bytes(answer.read_bytes() + b"\0")
    with pytest.raises(ProviderAnswer):
        signer.sign(b"content")


def test_what_cannot_be_checked_is_not_used(weaker: Papers) -> None:
    person = weaker.doctor
    signer = ExternalCmsSigner.open(
        OPENSSL_GOST, person.certificate, str(person.key), SECRET, gost=NO_GOST
    )
    with pytest.raises(ProviderMissing):
        signer.sign(b"content")


def test_a_provider_by_files_works_too_and_its_files_are_gone(
    weaker: Papers, clinic: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    command = (*OPENSSL_GOST.sign, "-in", "{content}", "-out", "{answer}")
    provider = replace(OPENSSL_GOST, sign=command)
    person = weaker.doctor
    signer = ExternalCmsSigner.open(provider, person.certificate, str(person.key), SECRET)
    signed = certify(clinic.prepared, signer, STAMP)
    assert verify_pdf(signed, [weaker.authority.root], 1).verdict is Verdict.VALID
    assert list(tmp_path.iterdir()) == []


def test_the_passphrase_is_on_no_command_line(weaker: Papers, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    watching = ("sh", "-c", f"tr '\\0' ' ' < /proc/$PPID/cmdline > {seen}; env > {seen}.env", "-")
    provider = CmsProvider("watching", (*watching, "{key}", "{digest}"))
    signer = ExternalCmsSigner(provider, weaker.doctor.signer().certificate, "key", SECRET)
    with pytest.raises(ProviderAnswer):
        signer.sign(b"content")
    assert SECRET not in seen.read_text()
    assert SECRET in Path(f"{seen}.env").read_text()
    assert not any(SECRET in word for word in (*OPENSSL_GOST.sign, *OPENSSL_GOST.unlock))


def test_a_template_with_an_unknown_place_is_named(weaker: Papers) -> None:
    provider = CmsProvider("odd", ("openssl", "{password}"))
    assert "{password}" in provider.problem()
    with pytest.raises(ProviderMissing):
        ExternalCmsSigner.open(provider, weaker.doctor.certificate, "key", SECRET)


def test_the_outside_program_signs_with_rsa_and_ecdsa_as_well(clinic: Clinic) -> None:
    assert facts_of(clinic.doctor.certificate).algorithm is KeyAlgorithm.ECDSA
    provider = CmsProvider("none", ("true",))
    signer = ExternalCmsSigner(provider, clinic.doctor.certificate, "key")
    with pytest.raises(ProviderAnswer):
        signer.sign(b"content")
