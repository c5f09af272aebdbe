"""Files that were changed after signing: none is called valid."""

import io
import random

import pytest
from pyhanko.pdf_utils.generic import DictionaryObject, StreamObject, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from signing.pdf_objects import array, dictionary, name
from signing.report import Problem, SignatureReport, Verdict
from signing.verify import verify_pdf
from tests.signing.byte_ranges import covered_by_signatures
from tests.signing.clinic import Clinic, make_clinic

FLIPS = 40
"""A thousand are in benchmarks/signing/flips.py."""
DIGITS = 15


def verified(pdf: bytes, clinic: Clinic, signers: int | None = 2) -> SignatureReport:
    return verify_pdf(pdf, [clinic.authority.root], signers)


def test_no_flipped_bit_of_covered_bytes_goes_unseen(clinic: Clinic) -> None:
    chance = random.Random(20_4817)
    first, second = covered_by_signatures(clinic.approved)[-1].spans
    places = [*first, *second]
    for _ in range(FLIPS):
        place, bit = chance.choice(places), chance.randrange(8)
        damaged = bytearray(clinic.approved)
        damaged[place] ^= 1 << bit
        assert verified(bytes(damaged), clinic).verdict is not Verdict.VALID, (place, bit)


def test_no_changed_digit_of_a_signature_changes_what_it_says(clinic: Clinic) -> None:
    """A CMS has a few bytes that nobody signs: version numbers, a list of digests (RFC 5652, 5.1).

    Whoever changes those changes nothing of who signed what, and when.
    """
    chance = random.Random(4817)
    original = verified(clinic.approved, clinic)
    for covered in covered_by_signatures(clinic.approved):
        start = clinic.approved.index(covered.cms.hex().upper().encode())
        for _ in range(DIGITS):
            place = start + chance.randrange(2 * len(covered.cms))
            damaged = bytearray(clinic.approved)
            damaged[place] = ord("1" if damaged[place] == ord("0") else "0")
            report = verified(bytes(damaged), clinic)
            if report.verdict is Verdict.VALID:
                assert report.signatures == original.signatures, place


def test_a_cut_off_approval_is_missed(clinic: Clinic) -> None:
    assert verified(clinic.certified, clinic, signers=1).verdict is Verdict.VALID
    report = verified(clinic.certified, clinic, signers=2)
    assert report.verdict is Verdict.INVALID
    assert report.problems == (Problem.WRONG_SIGNER_COUNT,)


def test_a_file_without_signatures_is_not_valid(clinic: Clinic) -> None:
    for pdf in (clinic.previewed, clinic.prepared):
        assert verified(pdf, clinic, signers=None).problems == (Problem.NOT_SIGNED,)


@pytest.mark.parametrize("data", [b"", b"no pdf", b"%PDF-1.7\n%%EOF\n"])
def test_what_cannot_be_read_is_not_valid(clinic: Clinic, data: bytes) -> None:
    report = verified(data, clinic, signers=None)
    assert report.verdict is Verdict.INVALID
    assert report.problems == (Problem.UNREADABLE,)


def test_a_truncated_file_is_not_valid(clinic: Clinic) -> None:
    for share in (0.3, 0.6, 0.9, 0.999):
        cut = clinic.approved[: int(len(clinic.approved) * share)]
        assert verified(cut, clinic).verdict is not Verdict.VALID, share


def test_anything_behind_the_last_signature_is_seen(clinic: Clinic) -> None:
    report = verified(clinic.approved + b"\n% a remark\n", clinic)
    assert Problem.NOT_COVERED in report.problems
    assert report.verdict is Verdict.INVALID


@pytest.mark.parametrize("state", ["certified", "approved"])
def test_a_page_drawn_over_later_is_seen(clinic: Clinic, state: str) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(getattr(clinic, state)))
    black = writer.add_object(StreamObject(stream_data=b"0 0 600 600 re f"))
    writer.add_stream_to_page(0, black)  # type: ignore[no-untyped-call]  # no types
    report = verified(_written(writer), clinic, signers=None)
    assert report.verdict is Verdict.INVALID
    assert Problem.CHANGED_AFTER in report.all_problems


def test_a_stamp_swapped_later_is_seen(clinic: Clinic) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(clinic.approved))
    drawing = writer.root["/AcroForm"]["/Fields"][0]["/AP"].raw_get("/N")
    kept = {key: value for key, value in drawing.get_object().items() if key != "/Filter"}
    other = StreamObject(kept, stream_data=b"1 0 0 rg 0 0 100 100 re f")
    writer.objects[(drawing.generation, drawing.idnum)] = other
    assert verified(_written(writer), clinic).verdict is not Verdict.VALID


def test_a_text_field_added_later_is_seen(clinic: Clinic) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(clinic.certified))
    form = writer.root["/AcroForm"]
    form["/Fields"].append(writer.add_object(_text_field()))
    writer.update_container(form["/Fields"])
    report = verified(_written(writer), clinic, signers=1)
    assert report.verdict is Verdict.INVALID
    assert Problem.OPEN_FORM_FIELDS in report.problems


def test_strangers_roots_leave_the_question_open(clinic: Clinic) -> None:
    other = make_clinic()
    report = verify_pdf(clinic.approved, [other.authority.root], 2)
    assert report.verdict is Verdict.INDETERMINATE
    assert report.all_problems == (Problem.UNTRUSTED,)


def _text_field() -> DictionaryObject:
    return dictionary(
        {
            "FT": name("Tx"),
            "T": pdf_string("Dose"),
            "V": pdf_string("200"),
            "Subtype": name("Widget"),
            "Rect": array([]),
        }
    )


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]  # no types
    return out.getvalue()
