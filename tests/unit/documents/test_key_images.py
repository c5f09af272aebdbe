"""Key images, QR code and all further sections on the paper: PDF/A stays (issue 8, Evidence)."""

import io
import math
from dataclasses import replace
from itertools import pairwise

import pikepdf
import pytest

from tests.unit.documents.papers import make_content, make_snapshot
from tests.unit.documents.reading import page_pixels, page_texts
from tests.unit.documents.test_sources_on_paper import a_source
from workstation.core.conclusion import KeyPicture, KeyStrip
from workstation.documents.conclusion_pdf import render_conclusion
from workstation.documents.conclusion_rows import conclusion_rows
from workstation.documents.errors import NotArchivable, UnprintableText
from workstation.documents.pdfa import checked_pdfa
from workstation.studies.readers.pdf import PdfFile

PICTURE = KeyPicture(
    number=1,
    width=64,
    height=48,
    channels=1,
    pixels=bytes(range(64)) * 48,
    caption="[1] ЭхоКГ, 11.11.2026, кадр 31",
    mm_per_pixel=0.5,
    points=((10, 10), (40, 30)),
)
STRIP = KeyStrip(
    number=2,
    lead="II",
    millivolts=(*(math.sin(n / 20) for n in range(1500)), math.nan, 0.1, 0.2),
    rate_hz=500,
    from_s=2.0,
    marks_s=(3.0, 3.4),
    caption="[2] ЭКГ, отведение II; 25 мм/с, 10 мм/мВ",
)


def test_pictures_stand_there_with_scale_and_source_and_the_file_is_pdf_a() -> None:
    colour = replace(PICTURE, number=3, channels=3, pixels=bytes(64 * 48 * 3), points=())
    content = make_content(
        key_images=(PICTURE, STRIP, colour), verify_url="https://clinic.example/verify/7k2m-9fxp"
    )
    pdf = checked_pdfa(render_conclusion(content))
    text = " ".join(page_texts(pdf))
    for said in ("[1] ЭхоКГ, 11.11.2026, кадр 31", "10 мм", "25 мм/с, 10 мм/мВ", "II"):
        assert said in text
    assert "https://clinic.example/verify/7k2m-9fxp" in text
    last = len(page_texts(pdf)) - 1
    tones = page_pixels(pdf, last, (494, 173, 538, 217)).tobytes()
    assert min(tones) < 80 < 200 < max(tones)
    assert render_conclusion(content) == render_conclusion(content)


def test_every_section_that_was_written_is_printed_in_its_order() -> None:
    content = make_content(
        question="Показано ли?",
        answer="Показано.",
        further_tests="КТ аорты",
        follow_up="Кардиолог",
        urgent="Боль в груди",
        basis="Очный приём 12.11.2026",
        limits="Осмотра не было",
        participants=("врач Левашова",),
        unopened=("Выписка\N{WATERMELON}",),
        unopened_reason="Старше года",
        replaces="№ 20-4817 / 1 от 23.11.2026: описка",
    )
    text = " ".join(page_texts(checked_pdfa(render_conclusion(content))))
    order = [
        *("Взамен заключения №", "врач Левашова", "Показано ли?", "«Выписка?». Причина: Старше"),
        *("Показано.", "КТ аорты", "Кардиолог", "Боль в груди", "Очный приём", "Осмотра не"),
    ]
    places = [text.find(words) for words in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)


def test_a_picture_and_its_line_lead_to_one_another() -> None:
    """In any reader by a link annotation; our decoder tells its number and place."""
    sources = (a_source(1), a_source(2), a_source(7))
    pdf = checked_pdfa(
        render_conclusion(make_content(sources=sources, key_images=(PICTURE, STRIP)))
    )
    file = PdfFile(memoryview(pdf))
    links = [one for page in range(file.info.page_count) for one in file.text(page).links]
    assert sorted(one.number for one in links) == [1, 1, 2, 2, 7]
    lines = [one for one in links if one.box[2] - one.box[0] > 400]
    assert [one.number for one in lines] == [1, 2, 7]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        leading = [
            one for page in opened.pages for one in page.get("/Annots", []) if "/Dest" in one
        ]
    assert len(leading) == 4


def test_a_wide_strip_has_a_row_of_its_own_at_true_millimetres() -> None:
    wide = replace(STRIP, number=1, is_wide=True, mm_per_s=12.5, mm_per_mv=5.0)
    alone = render_conclusion(make_content(key_images=(wide,)))
    (link,) = PdfFile(memoryview(alone)).text(0).links
    assert (link.box[2] - link.box[0]) / 72 * 25.4 == pytest.approx(169.7, abs=0.5)
    narrow = render_conclusion(make_content(key_images=(STRIP, wide, PICTURE)))
    pages = PdfFile(memoryview(narrow))
    boxes = [one.box for page in range(pages.info.page_count) for one in pages.text(page).links]
    assert [round(box[0]) for box in boxes] == [57, 57, 57]


def test_no_words_of_a_line_stand_over_one_another() -> None:
    written = {
        name: f"{name} " * 30 for name in ("question", "answer", "urgent", "basis", "limits")
    }
    snapshot = make_snapshot(
        representative="Ж" * 90, relation="мать", place="Тверь", record_number="1"
    )
    content = make_content(
        **written,
        patient=snapshot,
        participants=("врач Левашова",),
        asked_by="Больница",
        sources=(a_source(),),
        unopened=("Выписка",),
        key_images=(PICTURE, STRIP),
    )
    for row in conclusion_rows(content):
        runs = sorted(row.runs, key=lambda one: one.left)
        for one, after in pairwise(runs):
            assert one.left + one.face.width(one.text) <= after.left, one.text


@pytest.mark.parametrize("text", ["🙂", "\N{ARABIC LETTER ALEF}", "\x07", "\N{RIGHT-TO-LEFT MARK}"])
def test_what_cannot_be_printed_names_its_field(text: str) -> None:
    """The other half, 50,000 characters, is in test_conclusion_pdf."""
    with pytest.raises(UnprintableText) as refused:
        render_conclusion(make_content(urgent=text))
    assert refused.value.field == "urgent"


def test_file_that_is_no_pdf_a_is_not_shown() -> None:
    with pytest.raises(NotArchivable):
        checked_pdfa(b"%PDF-1.7 nothing")
