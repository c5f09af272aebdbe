"""The reader of verification reads the same objects as pyHanko's own, in every revision."""

import io

import pytest
from pyhanko.pdf_utils.generic import Reference
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader

from signing.levels import approve_with, certify_with
from signing.quick_reader import QuickReader
from signing.signed_file import Terms
from tests.signing import attacks
from tests.signing.clinic import STAMP, Clinic
from tests.signing.pki import APPROVER, PkiServer

HEX = b"30" * 400


def objects(reader: PdfFileReader) -> dict[tuple[int, int], str]:
    """Every object of every revision as it is written; an error by its kind."""
    found = {}
    for revision in range(reader.xrefs.total_revisions):
        for ref in reader.xrefs.explicit_refs_in_revision(revision):
            found[revision, ref.idnum] = _written(reader, ref, revision)
    return found


def _written(reader: PdfFileReader, ref: Reference, revision: int) -> str:
    try:
        one = reader.get_object(ref, revision)  # type: ignore[no-untyped-call]  # no types
        out = io.BytesIO()
        one.write_to_stream(out, None)
    except Exception as error:  # noqa: BLE001  # the same one is wanted, whatever it is
        return type(error).__name__
    return f"{type(one).__name__} {out.getvalue()!r}"


def same(pdf: bytes) -> dict[tuple[int, int], str]:
    theirs = objects(PdfFileReader(io.BytesIO(pdf)))
    assert objects(QuickReader(pdf)) == theirs
    return theirs


def test_a_file_with_two_signatures_at_the_highest_level_reads_the_same(
    clinic: Clinic, pki: PkiServer
) -> None:
    terms = Terms(pki.policy(), [pki.root])
    first = certify_with(clinic.prepared, pki.signer(), STAMP, terms)
    both = approve_with(first.pdf, pki.signer(APPROVER), STAMP, terms)
    found = same(both.pdf)
    assert sum("/ByteRange" in one for one in found.values()) == 4


def test_an_object_of_two_revisions_is_two_objects(clinic: Clinic) -> None:
    reference, _ = attacks.signature_of(clinic.approved, 0)
    pdf = attacks.replaced(clinic.approved, reference, attacks.integers(1, 2))
    found = same(pdf)
    assert len({one for (_, number), one in found.items() if number == reference.idnum}) == 2
    reader = QuickReader(pdf)
    ref = Reference(reference.idnum, reference.generation, reader)
    last = reader.xrefs.total_revisions - 1
    old = reader.get_object(ref, last - 1)  # type: ignore[no-untyped-call]  # no types
    assert old is reader.get_object(ref, last - 1)  # type: ignore[no-untyped-call]
    assert old is not reader.get_object(ref)  # type: ignore[no-untyped-call]


DECOYS = {
    "contents": b"<</Contents <" + HEX + b"> /Type /Sig>>",
    "in a string": b"<</A (/Contents <" + HEX + b">) /Contents <00>>>",
    "in a string before": b"<</A (/Contents <" + HEX + b">) /Contents <" + HEX[:600] + b">>>",
    "in a comment": b"<</A 1 %/Contents <" + HEX + b">\n /Contents <00>>>",
    "deeper": b"<</A <</Contents <" + HEX + b">>> /Contents <00>>>",
    "deeper alone": b"<</A <</Contents <" + HEX + b">>>>>",
    "twice": b"<</Contents <" + HEX + b"> /Contents <" + HEX + b">>>",
    "odd": b"<</Contents <" + HEX + b"3>>>",
    "in an array": b"[/Contents <" + HEX + b">]",
    "of a longer name": b"<</Contents#20 <" + HEX + b"> /Contents <00>>>",
    "of another name": b"<</A/Contents <" + HEX + b">>>",
    "not closed": b"<</Contents <" + HEX + b"> /B 1",
    "with a stream": b"<</Contents <" + HEX + b"> /Length 2>>\nstream\nab\nendstream",
    "rubbish before": b"1 <</Contents <" + HEX + b">>>",
    "text": b"<</Contents <FEFF" + b"0041" * 300 + b">>>",
}


@pytest.mark.parametrize("written", DECOYS.values(), ids=DECOYS.keys())
def test_what_only_looks_like_a_signature_reads_the_same(written: bytes) -> None:
    pdf, places = b"%PDF-1.7\n", []
    for number, body in enumerate((b"<</Type /Catalog>>", written), start=1):
        places.append(len(pdf))
        pdf += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    tail = f"trailer\n<</Size 3 /Root 1 0 R>>\nstartxref\n{len(pdf)}\n%%EOF\n".encode()
    pdf += b"xref\n0 3\n0000000000 65535 f \n" + table + tail
    same(pdf)


def test_another_number_than_the_tables_is_refused(clinic: Clinic) -> None:
    reference, _ = attacks.signature_of(clinic.certified, 0)
    head = f"{reference.idnum} 0 obj".encode()
    wrong = clinic.certified.replace(
        b"\n" + head, b"\n" + b"9" * len(str(reference.idnum)) + b" 0 obj"
    )
    reader = QuickReader(wrong)
    with pytest.raises(PdfReadError):
        reader.get_object(Reference(reference.idnum, 0, reader))  # type: ignore[no-untyped-call]
