"""Where keys and trusted roots come from: a folder, or the demonstration's own authority."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from signing.errors import NoCertificate
from tests.factories import NOW, make_account
from workstation.services.certificates import DemoCertificates, KeptCertificates
from workstation.services.signing_keys import FileKey

DOCTOR = make_account()


def demo(folder: Path) -> DemoCertificates:
    return DemoCertificates(folder, lambda: datetime.now(UTC))


async def key_bytes(certificates: DemoCertificates) -> bytes:
    """The file that was made for the doctor."""
    key = await certificates.key(DOCTOR)
    assert isinstance(key, FileKey)
    return key.data


async def test_demo_key_opens_by_the_shown_pin_and_names_its_owner(tmp_path: Path) -> None:
    certificates = demo(tmp_path)
    key = await certificates.key(DOCTOR)
    signer = key.open(certificates.pin_hint)
    assert signer.certificate == await certificates.certificate(DOCTOR)
    assert await certificates.key(DOCTOR) is key
    subject = signer.certificate.subject.rfc4514_string()
    for words in (DOCTOR.full_name, DOCTOR.centre_name, DOCTOR.post):
        assert words in subject


async def test_roots_of_earlier_runs_stay_trusted(tmp_path: Path) -> None:
    await demo(tmp_path).key(DOCTOR)
    now = demo(tmp_path)
    issuer = (await now.certificate(DOCTOR)).issuer
    roots = await now.roots()
    assert len(roots) == 2
    assert {root.subject for root in roots} == {issuer}


async def test_demo_writes_its_root_and_nothing_else(tmp_path: Path) -> None:
    certificates = demo(tmp_path / "trust-roots")
    await certificates.key(DOCTOR)
    (written,) = _files_in(tmp_path)
    assert written.suffix == ".pem"
    assert b"PRIVATE" not in written.read_bytes()


async def test_demo_without_a_folder_to_write_to_has_no_key(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NoCertificate):
        await demo(tmp_path / "file").key(DOCTOR)


async def test_kept_files_are_the_accounts(tmp_path: Path) -> None:
    made = demo(tmp_path / "trust-roots")
    certificate = await made.certificate(DOCTOR)
    (tmp_path / "levashova.p12").write_bytes(await key_bytes(made))
    (tmp_path / "levashova.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    kept = KeptCertificates(tmp_path)
    assert await kept.key(DOCTOR) == await made.key(DOCTOR)
    assert await kept.certificate(DOCTOR) == certificate
    assert await kept.roots() == await made.roots()
    assert kept.pin_hint == ""


async def test_nothing_kept_is_no_certificate(tmp_path: Path) -> None:
    kept = KeptCertificates(tmp_path / "none")
    with pytest.raises(NoCertificate):
        await kept.key(DOCTOR)
    with pytest.raises(NoCertificate):
        await kept.certificate(DOCTOR)
    assert await kept.roots() == []


@pytest.mark.parametrize("login", ["../levashova", "a/b", "", ".", "..", "a\\b", "c:d", "a\0b"])
async def test_login_that_is_no_file_name_leads_nowhere(tmp_path: Path, login: str) -> None:
    (tmp_path / "levashova.p12").write_bytes(b"key")
    with pytest.raises(NoCertificate):
        await KeptCertificates(tmp_path / "inside").key(make_account(login=login))


async def test_damaged_root_adds_no_trust_and_is_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    certificates = demo(tmp_path)
    await certificates.key(DOCTOR)
    (tmp_path / "broken.pem").write_text("nothing")
    assert len(await certificates.roots()) == 1
    assert "broken.pem" in caplog.text


async def test_certificate_file_that_holds_none(tmp_path: Path) -> None:
    (tmp_path / "levashova.pem").write_text("nothing")
    with pytest.raises(NoCertificate):
        await KeptCertificates(tmp_path).certificate(DOCTOR)


async def test_demo_certificate_is_valid_from_the_servers_moment(tmp_path: Path) -> None:
    certificate = await DemoCertificates(tmp_path, lambda: NOW).certificate(DOCTOR)
    assert certificate.not_valid_before_utc <= NOW <= certificate.not_valid_after_utc


def _files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
