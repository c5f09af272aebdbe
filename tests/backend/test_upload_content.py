"""What an upload is, by its content: its name and what the sender says are not asked."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import UID, ExplicitVRLittleEndian, generate_uid

from backend.uploads.content import HEAD, type_of
from backend_client.models.documents import DocumentKind
from tests.unit.studies.docx_factory import docx, paragraph, zipped

ECG = "1.2.840.10008.5.1.4.1.1.9.1.1"
ULTRASOUND_CLIP = "1.2.840.10008.5.1.4.1.1.3.1"
ULTRASOUND_STILL = "1.2.840.10008.5.1.4.1.1.6.1"
ENCAPSULATED_PDF = "1.2.840.10008.5.1.4.1.1.104.1"
COMPREHENSIVE_REPORT = "1.2.840.10008.5.1.4.1.1.88.33"


def dicom(sop_class: str) -> bytes:
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = UID(sop_class)
    meta.MediaStorageSOPInstanceUID = generate_uid()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset = FileDataset("", {}, file_meta=meta, preamble=b"\0" * 128)
    dataset.PatientName = "Test"
    written = io.BytesIO()
    dataset.save_as(written, enforce_file_format=True)
    return written.getvalue()


def picture(name: str) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (4, 4)).save(written, name)
    return written.getvalue()


@pytest.mark.parametrize(
    ("sop_class", "kind"),
    [
        (ECG, DocumentKind.ECG),
        (ULTRASOUND_CLIP, DocumentKind.CLIP),
        (ULTRASOUND_STILL, DocumentKind.IMAGE),
        (ENCAPSULATED_PDF, DocumentKind.PDF),
        (COMPREHENSIVE_REPORT, DocumentKind.PDF),
    ],
)
def test_dicom_is_known_by_its_storage_class(sop_class: str, kind: DocumentKind) -> None:
    found = type_of(dicom(sop_class)[:HEAD])
    assert (found.kind, found.format) == (kind, "DICOM")


def test_a_docx_is_a_document_and_another_zip_is_not() -> None:
    found = type_of(docx(paragraph("Диагноз"))[:HEAD])
    assert (found.kind, found.format) == (DocumentKind.PDF, "DOCX")
    assert type_of(zipped({"a.txt": b"x"})[:HEAD]).kind is not DocumentKind.PDF


@pytest.mark.parametrize("name", ["JPEG", "PNG", "TIFF", "BMP", "AVIF"])
def test_photo_is_known(name: str) -> None:
    found = type_of(picture(name))
    assert (found.kind, found.format) == (DocumentKind.PHOTO, name)


@pytest.mark.parametrize(
    ("head", "kind", "format_"),
    [
        (b"\0\0\0\x14ftypisom\0\0\0\0mp42", DocumentKind.CLIP, "MP4"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", DocumentKind.CLIP, "MOV"),
        (b"\0\0\0\x08wide\0\0\0\0mdat", DocumentKind.CLIP, "MOV"),
        (b"RIFF\0\0\0\0AVI LIST", DocumentKind.CLIP, "AVI"),
        (b"\0\0\0\x14ftypmif1\0\0\0\0heic", DocumentKind.PHOTO, "HEIC"),
        (b"RIFF\0\0\0\0WAVEfmt ", DocumentKind.UNKNOWN, "файл"),
    ],
)
def test_videos_and_photos_of_phones(head: bytes, kind: DocumentKind, format_: str) -> None:
    """HEIC, too: the doctor is told to ask for a JPEG, so it is said what it is."""
    found = type_of(head)
    assert (found.kind, found.format) == (kind, format_)


@pytest.mark.parametrize("before", [b"", b"\n" * 500])
def test_pdf_is_known_by_its_head(before: bytes) -> None:
    assert type_of(before + b"%PDF-1.7\n").kind is DocumentKind.PDF


@pytest.mark.parametrize(
    "content", [b"", b"<html><script>", b"<svg onload=x>", b"MZ\x90\0", b"PK\3\4", b"GIF89a"]
)
def test_what_a_browser_might_run_is_nothing_that_is_opened(content: bytes) -> None:
    assert type_of(content).kind is DocumentKind.UNKNOWN


@given(st.binary(max_size=HEAD))
def test_any_bytes_are_something(content: bytes) -> None:
    assert type_of(content).format
    assert type_of(b"\0" * 128 + b"DICM" + content).format == "DICOM"
