"""Words on the pages of a PDF: found as a person means them, with their places as shown."""

import io
import re
import zlib

import pikepdf
import pytest
from pydicom.uid import EncapsulatedPDFStorage
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]  # no types
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # no types

from tests.shared_data import needs_shared_data, shared_file
from tests.unit.studies import dicom_factory as make
from tests.unit.studies.reading import drawn
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.page_text import PageText, fitting_width
from workstation.studies.readers.opening import open_file
from workstation.studies.readers.pdf import PdfFile
from workstation.studies.readers.typefaces import REGULAR, widths_of
from workstation.studies.readers.words_in_text import spans
from workstation.studies.warnings import StudyWarning


def opened(data: bytes) -> PdfFile:
    found = open_file(memoryview(data))
    assert isinstance(found, PdfFile)
    return found


def pdf(*lines: str, turned: int = 0, scan: bool = False) -> bytes:
    """A page with lines of 20 points, the first 100 points from the top; or with a square."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    assert widths_of(REGULAR)
    canvas.setFont(REGULAR, 20)
    for number, line in enumerate(lines):
        canvas.drawString(72, A4[1] - 100 - 30 * number, line)
    if scan:
        canvas.rect(100, 100, 200, 200, fill=1)
    canvas.showPage()
    canvas.save()
    return _turned(file.getvalue(), turned) if turned else file.getvalue()


def _turned(data: bytes, degrees: int) -> bytes:
    document = pikepdf.open(io.BytesIO(data))
    document.pages[0].Rotate = degrees
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@needs_shared_data
def test_the_sample_is_searched() -> None:
    """DRC-13: doc/discharge_ru.pdf must hit page 1 at «преэклампсия»."""
    found = opened(shared_file("doc/discharge_ru.pdf"))
    assert found.info.page_count == 2
    assert len(found.find(0, "преэклампсия").hits) == 1


@needs_shared_data
def test_the_sample_within_a_dicom_file() -> None:
    """doc/encapsulated_pdf.dcm: 20,576 bytes, text "Doctor Sample", the DICOM file's patient."""
    found = opened(shared_file("doc/encapsulated_pdf.dcm"))
    assert found.text(0).text.startswith("Doctor Sample")
    assert (found.info.format, found.info.patient_name) == ("DICOM PDF", "CARDIO")
    assert found.size == 20_576


def encapsulated(document: bytes, kind: str = "application/pdf", **more: object) -> bytes:
    """A document within a DICOM file."""
    padded = document + b"\0" * (len(document) % 2)
    return make.written(
        make.element(
            SOPClassUID=EncapsulatedPDFStorage,
            SOPInstanceUID="1.2.3.7",
            SpecificCharacterSet="ISO_IR 192",
            Modality="DOC",
            PatientName="Образцова^Анна^Ивановна",
            PatientBirthDate="19900201",
            ContentDate="20260101",
            DocumentTitle="Выписка",
            MIMETypeOfEncapsulatedDocument=kind,
            EncapsulatedDocument=padded,
            **more,
        )
    )


def test_a_pdf_within_a_dicom_file_has_its_patient() -> None:
    document = pdf("Диагноз")
    found = opened(encapsulated(document, EncapsulatedDocumentLength=len(document)))
    assert found.size == len(document)
    assert found.info.patient_name == "Образцова Анна Ивановна"
    assert str(found.info.patient_birth_date) == "1990-02-01"
    assert found.info.title == "Выписка"


def test_another_document_within_a_dicom_file_is_named() -> None:
    with pytest.raises(UnreadableFile) as raised:
        opened(encapsulated(b"<ClinicalDocument/>", "text/XML"))
    assert raised.value.reason is Unreadable.UNSUPPORTED_SYNTAX
    assert raised.value.detail == "text/XML"


def test_a_hit_stands_where_it_is_seen() -> None:
    ((box,),) = opened(pdf("АД 120", "Диагноз: преэклампсия")).find(0, "преэклампсия").hits
    left, top, right, bottom = box
    assert 72 + 80 < left < 72 + 110
    assert 110 < top < 122
    assert 128 < bottom < 138
    assert right - left == pytest.approx(118, abs=20)


@pytest.mark.parametrize(
    ("turned", "low", "high"),
    [(90, (735, 70), (760, 150)), (180, (440, 735), (525, 765)), (270, (80, 440), (110, 530))],
)
def test_a_hit_on_a_turned_page(
    turned: int, low: tuple[float, float], high: tuple[float, float]
) -> None:
    """/Rotate of the page: places are those of the page as it is shown."""
    ((box,),) = opened(pdf("Диагноз", turned=turned)).find(0, "диагноз").hits
    assert low[0] < box[0] < box[2] < high[0]
    assert low[1] < box[1] < box[3] < high[1]


@pytest.mark.parametrize("words", ["ТЯЖЁЛАЯ", "тяжелая", "тяжёлая  преэклампсия", "клампс"])
def test_case_accents_and_blanks_do_not_count(words: str) -> None:
    assert len(opened(pdf("Тяжёлая преэклампсия")).find(0, words).hits) == 1


def test_words_over_the_end_of_a_line() -> None:
    (hit,) = opened(pdf("тяжёлая", "преэклампсия")).find(0, "тяжёлая преэклампсия").hits
    assert len(hit) == 2


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("преэк-\r\nлампсия", "преэклампсия", [range(0, 15)]),
        ("ab ab", "ab", [range(0, 2), range(3, 5)]),
        ("aaaa", "aa", [range(0, 2), range(2, 4)]),
        ("ﬁbrin", "fibrin", [range(0, 5)]),
        ("text", "   ", []),
        ("text", "", []),
    ],
)
def test_spans(text: str, words: str, found: list[range]) -> None:
    assert spans(text, words, 10) == found


def test_a_scan_has_no_text() -> None:
    hits = opened(pdf(scan=True)).find(0, "преэклампсия")
    assert not hits.has_text
    assert hits.hits == ()


def test_a_selection_runs_through_the_lines() -> None:
    text = opened(pdf("АД 120", "ЧСС 92")).text(0)
    first, last = text.boxes[0], text.boxes[text.text.index("9")]
    found = text.within((first[0], first[1]), (last[2], last[3]))
    assert text.text[found.start : found.stop].split() == ["АД", "120", "ЧСС", "9"]


def test_a_selection_on_a_scan_is_empty() -> None:
    assert PageText("", ()).within((0, 0), (9, 9)) == range(0)


@pytest.mark.parametrize("action", ["JavaScript", "Launch", "SubmitForm"])
def test_orders_in_a_pdf_are_said_and_not_carried_out(action: str) -> None:
    document = pikepdf.open(io.BytesIO(pdf("Диагноз")))
    order = pikepdf.Dictionary(S=pikepdf.Name(f"/{action}"), JS="app.alert(1)", F="calc.exe")
    document.Root.OpenAction = document.make_indirect(order)
    file = io.BytesIO()
    document.save(file, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    found = opened(file.getvalue())
    assert StudyWarning.ACTIVE_CONTENT in found.info.warnings
    assert found.find(0, "диагноз").has_text


def test_packed_pictures_are_no_orders() -> None:
    """A few letters of an order stand in any large scan by chance."""
    noise = pdf("Диагноз") + b"\n%" + b"/JS /AA /3D /S " * 1000
    assert opened(noise).info.warnings == ()


def test_files_in_a_pdf_are_said() -> None:
    document = pikepdf.open(io.BytesIO(pdf("Диагноз")))
    document.attachments["virus.exe"] = b"MZ"
    file = io.BytesIO()
    document.save(file)
    assert StudyWarning.FILES_INSIDE in opened(file.getvalue()).info.warnings


def test_a_claim_of_a_million_pages_shows_those_that_are_there() -> None:
    claimed = re.sub(rb"/Count 1\b", b"/Count 1000000", pdf("Диагноз"))
    found = opened(claimed)
    assert 1 <= found.info.page_count <= 2000
    assert found.find(0, "диагноз").has_text
    assert StudyWarning.PAGES_HIDDEN in found.info.warnings


@pytest.mark.parametrize("box", ["[0 0 100000 100000]", "[0 0 10000 1]", "[0 0 14000 1]"])
def test_absurd_pages_are_not_drawn_and_the_others_are(box: str) -> None:
    document = pikepdf.open(io.BytesIO(pdf("Диагноз")))
    document.pages.append(document.pages[0])
    document.pages[1].MediaBox = pikepdf.Object.parse(box.encode())
    file = io.BytesIO()
    document.save(file)
    found = opened(file.getvalue())
    assert found.info.page_sizes_pt[1] == (595.0, 842.0)
    assert drawn(file.getvalue()).min() < 100
    with pytest.raises(UnreadableFile) as raised:
        drawn(file.getvalue(), index=1)
    assert raised.value.reason is Unreadable.TOO_LARGE


def test_a_page_is_never_larger_than_may_be_drawn() -> None:
    assert fitting_width(2480, 1.414) == 2480
    assert fitting_width(2480, 60.0) ** 2 * 60 <= 64_000_000


def test_a_stream_that_unfolds_without_end_does_not_hang_the_reader() -> None:
    bomb = zlib.compress(b"0 0 m " * 2_000_000, 9)
    page = pdf("Диагноз")
    document = pikepdf.open(io.BytesIO(page))
    stream = pikepdf.Stream(document, bomb)
    stream.Filter = pikepdf.Name.FlateDecode
    document.pages[0].Contents = document.make_indirect(stream)
    file = io.BytesIO()
    document.save(file)
    assert opened(file.getvalue()).info.page_count == 1
