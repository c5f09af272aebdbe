"""Attacks on signed files that other programs fell for: none is called valid (SOK-8, SPB-21)."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.generic import (
    IndirectObject,
    NullObject,
    NumberObject,
    PdfObject,
    pdf_name,
    pdf_string,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from signing.errors import AlteredDocument, SigningError
from signing.fields import prepare_fields
from signing.keys.pkcs12 import Pkcs12Signer
from signing.pades import approve, certify
from signing.pdf_objects import name
from signing.report import Edit, LaterChange, Problem, SignatureReport, Verdict
from signing.stamp import Stamp
from signing.verify import verify_pdf
from signing.words import report_lines
from tests.signing import attacks
from tests.signing.clinic import PASSPHRASE, STAMP, Clinic


def verified(pdf: bytes, clinic: Clinic, signers: int | None = None) -> SignatureReport:
    return verify_pdf(pdf, [clinic.authority.root], signers)


def assert_seen(pdf: bytes, clinic: Clinic) -> SignatureReport:
    report = verified(pdf, clinic)
    assert report.verdict is Verdict.INVALID
    return report


def contents(pdf: bytes) -> IndirectObject:
    """The reference of the first page's drawing."""
    found: list[IndirectObject] = []

    def look(writer: IncrementalPdfFileWriter) -> None:
        drawing = attacks.first_page(writer)[1].raw_get("/Contents")
        found.append(drawing if isinstance(drawing, IndirectObject) else drawing.raw_get(0))

    attacks.updated(pdf, look)
    return found[0]


def test_a_replaced_page_is_seen(clinic: Clinic) -> None:
    swapped = attacks.replaced(
        clinic.approved, contents(clinic.approved), attacks.stream(attacks.OVER)
    )
    report = assert_seen(swapped, clinic)
    assert report.signatures[0].changed_after is LaterChange.FORBIDDEN
    assert any("not allowed" in line for line in report_lines(report))
    assert "   - changed: what is shown on page 1" in report_lines(report)


def test_a_page_added_taken_away_or_cropped_is_seen(clinic: Clinic) -> None:
    def add(writer: IncrementalPdfFileWriter) -> None:
        pages = writer.root["/Pages"]
        pages["/Kids"].append(pages["/Kids"].raw_get(0))
        pages[pdf_name("/Count")] = NumberObject(pages["/Count"] + 1)  # type: ignore[no-untyped-call]
        writer.update_container(pages)

    def take(writer: IncrementalPdfFileWriter) -> None:
        pages = writer.root["/Pages"]
        del pages["/Kids"][0]
        writer.update_container(pages)

    def crop(writer: IncrementalPdfFileWriter) -> None:
        reference, page = attacks.first_page(writer)
        page[pdf_name("/Rotate")] = name("90")
        writer.mark_update(reference)

    for change in (add, take, crop):
        assert_seen(attacks.updated(clinic.approved, change), clinic)


def test_what_was_changed_after_signing_is_said_page_by_page(clinic: Clinic) -> None:
    def edits(pdf: bytes) -> list[tuple[Edit, tuple[int, ...]]]:
        return [(one.kind, one.pages) for one in verified(pdf, clinic).signatures[0].edits]

    def run(writer: IncrementalPdfFileWriter) -> None:
        writer.root["/OpenAction"] = pdf_string("app.alert(1)")
        writer.update_root()  # type: ignore[no-untyped-call]

    def turn(writer: IncrementalPdfFileWriter) -> None:
        reference, page = attacks.first_page(writer)
        page[pdf_name("/Rotate")] = name("90")
        writer.mark_update(reference)

    signed = clinic.approved
    assert edits(signed) == []
    assert edits(attacks.updated(signed, turn)) == [(Edit.PAGE_DRAWN, (1,))]
    assert edits(attacks.with_text_field(signed)) == [(Edit.PAGE_MARKED, (1,))]
    assert edits(attacks.updated(signed, run)) == [(Edit.ELSEWHERE, ())]


def test_another_catalogue_and_scripts_are_seen(clinic: Clinic) -> None:
    def run(writer: IncrementalPdfFileWriter) -> None:
        writer.root["/OpenAction"] = pdf_string("app.alert(1)")
        writer.update_root()  # type: ignore[no-untyped-call]

    def layers(writer: IncrementalPdfFileWriter) -> None:
        writer.root["/OCProperties"] = writer.add_object(attacks.stream(b""))
        writer.update_root()  # type: ignore[no-untyped-call]

    for change in (run, layers):
        assert_seen(attacks.updated(clinic.approved, change), clinic)


@pytest.mark.parametrize("instead", [attacks.stream(b""), NullObject()], ids=["empty", "null"])
def test_shadow_hide_is_seen(clinic: Clinic, instead: PdfObject) -> None:
    """What was signed lay under a cover; later the cover goes."""
    signed = certify(attacks.with_overlay(clinic.prepared), clinic.doctor, STAMP)
    assert verified(signed, clinic, 1).verdict is Verdict.VALID
    assert_seen(attacks.replaced(signed, attacks.overlay_of(signed), instead), clinic)


def test_shadow_replace_is_seen(clinic: Clinic) -> None:
    """Only something harmless is changed later: a font, or what a field shows."""
    fonts: list[IndirectObject] = []

    def look(writer: IncrementalPdfFileWriter) -> None:
        known = attacks.first_page(writer)[1]["/Resources"]["/Font"]
        fonts.append(known.raw_get(next(iter(known))))

    attacks.updated(clinic.certified, look)
    assert_seen(attacks.replaced(clinic.certified, fonts[0], attacks.stream(b"other")), clinic)


def test_shadow_hide_and_replace_is_seen(clinic: Clinic) -> None:
    """Two objects of one number lay in the signed file; later the table leads to the other."""
    number = contents(clinic.prepared).idnum
    prepared, start = attacks.hidden_page_contents(clinic.prepared, number)
    signed = certify(prepared, clinic.doctor, STAMP)
    assert verified(signed, clinic, 1).verdict is Verdict.VALID
    shown = attacks.pointed_elsewhere(signed, number, signed.index(start))
    assert verified(shown, clinic, 1).verdict is Verdict.INVALID


def test_a_text_field_filled_in_later_is_not_valid(clinic: Clinic) -> None:
    signed = certify(attacks.with_text_field(clinic.prepared), clinic.doctor, STAMP)
    report = verified(signed, clinic, 1)
    assert report.verdict is not Verdict.VALID
    assert Problem.OPEN_FORM_FIELDS in report.problems

    def fill(writer: IncrementalPdfFileWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][-1]
        field[pdf_name("/V")] = pdf_string("500")
        writer.update_container(field)

    report = verified(attacks.updated(signed, fill), clinic, 1)
    assert report.verdict is not Verdict.VALID
    assert Problem.OPEN_FORM_FIELDS in report.problems


@pytest.mark.parametrize(
    "value",
    [
        None,
        NullObject(),
        pdf_string("0 1 2 3"),
        attacks.integers(),
        attacks.integers(0, 0, 0, 0),
        attacks.integers(0, 100, 50, 100),
        attacks.integers(0, -1, 100, 10),
        attacks.integers(0, 10, 20, 1 << 40),
        attacks.integers(0, 10, 20),
        attacks.integers(0, 10, 20, 10, 40, 10),
    ],
    ids=[
        *("missing", "null", "text", "empty", "zeros", "overlapping"),
        *("negative", "endless", "three", "six"),
    ],
)
def test_another_byte_range_is_not_valid(clinic: Clinic, value: PdfObject | None) -> None:
    for number in (0, 1):
        assert_seen(attacks.with_byte_range(clinic.approved, number, value), clinic)


def test_duplicate_byte_ranges_are_not_valid(clinic: Clinic) -> None:
    for pdf in (clinic.certified, clinic.approved):
        assert_seen(attacks.with_second_copy(pdf), clinic)


def test_two_byte_ranges_in_one_signature_are_not_valid(clinic: Clinic) -> None:
    """The second one is written over the padding that follows the first."""
    start = clinic.certified.rindex(b"/ByteRange")
    end = clinic.certified.index(b"]", start) + 1
    doubled = clinic.certified[start:end] + clinic.certified[start:end]
    assert_seen(clinic.certified[:start] + doubled + clinic.certified[end:], clinic)


@pytest.mark.parametrize("contents_now", [b"00" * 64, b"", b"30", b"3080" + b"00" * 60])
def test_an_emptied_signature_is_not_valid(clinic: Clinic, contents_now: bytes) -> None:
    """Universal signature forgery: the room of the signature holds nothing of use."""
    start = clinic.certified.rindex(b"/Contents <") + len(b"/Contents <")
    end = clinic.certified.index(b">", start)
    emptied = contents_now.ljust(end - start, b"0")
    assert_seen(clinic.certified[:start] + emptied + clinic.certified[end:], clinic)


def test_what_was_forged_and_then_countersigned_is_not_valid(clinic: Clinic) -> None:
    damaged = bytearray(clinic.certified)
    damaged[damaged.index(b"/Title") + 12] ^= 1
    with pytest.raises(AlteredDocument):
        approve(bytes(damaged), clinic.approver, STAMP, [clinic.authority.root])
    report = verified(attacks.countersigned(bytes(damaged), clinic.approver), clinic, 2)
    assert report.verdict is Verdict.INVALID
    doctor, approver = report.signatures
    assert Problem.ALTERED in doctor.problems
    assert approver.verdict is Verdict.VALID, "the approver's own covers what was forged"


def test_a_later_revision_that_is_cut_off_is_missed(clinic: Clinic) -> None:
    cut = clinic.approved[: len(clinic.certified)]
    assert verified(cut, clinic, 1).verdict is Verdict.VALID
    assert verified(cut, clinic, 2).problems == (Problem.WRONG_SIGNER_COUNT,)


def person_named(clinic: Clinic, **names: str) -> Pkcs12Signer:
    """With names that no authority would write; issued by a root of its own."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name(
        [
            x509.NameAttribute(getattr(NameOID, oid), value, _validate=False)
            for oid, value in names.items()
        ]
    )
    now = datetime.now(UTC)
    usage = x509.KeyUsage(True, True, False, False, False, True, False, False, False)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    locked = BestAvailableEncryption(PASSPHRASE.encode())
    file = pkcs12.serialize_key_and_certificates(b"k", key, certificate, None, locked)
    return Pkcs12Signer.open(file, PASSPHRASE)


TEXTS = {
    "50,000": "Я" * 50_000,
    "control": "А\x00Б\x07В\x1b[2J\r\nГ",
    "right to left": "\u202eавонавИ\u202c",
    "emoji": "😀" * 300,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_any_post_stands_in_a_stamp(clinic: Clinic, text: str) -> None:
    signed = certify(clinic.prepared, clinic.doctor, Stamp(text, STAMP.zone, STAMP.zone_name))
    assert verified(signed, clinic, 1).verdict is Verdict.VALID


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_any_name_in_a_certificate_is_told_safely(clinic: Clinic, text: str) -> None:
    """The library that builds chains does not take emoji in names: then the file is unreadable."""
    signer = person_named(clinic, SURNAME="Я" * 3 + text, GIVEN_NAME=text, ORGANIZATION_NAME=text)
    root = signer.certificate if len(text) < 1000 else clinic.authority.root
    report = verify_pdf(certify(clinic.prepared, signer, STAMP), [root], 1)
    assert report.verdict is Verdict.VALID or report.problems == (Problem.UNREADABLE,)
    for line in report_lines(report):
        assert line.isprintable()
        assert len(line) < 1000


def test_a_signed_file_with_hostile_words_is_told_calmly(clinic: Clinic) -> None:
    def write(writer: IncrementalPdfFileWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        field[pdf_name("/TU")] = pdf_string("\u202e" + "x" * 50_000)
        writer.update_container(field)

    prepared = attacks.updated(clinic.prepared, write)
    signed = certify(prepared, clinic.doctor, STAMP)
    assert verified(signed, clinic, 1).verdict is Verdict.VALID


def test_a_refused_pdf_names_its_reason(clinic: Clinic) -> None:
    with pytest.raises(SigningError):
        prepare_fields(b"%PDF-1.7\n" + b"\x00" * 50_000)
