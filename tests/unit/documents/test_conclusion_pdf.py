"""The consultative conclusion as the patient gets it (OZ-12, OZ-22, SPB-1, SOK-1, DRC-14)."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pytest
from pikepdf.pdfa import validate_written

from backend_client.models.requests import Sex
from tests.unit.documents.papers import make_content, make_snapshot
from tests.unit.documents.reading import page_pixels, page_texts
from workstation.core.conclusion import ConclusionContent, DiagnosisLine
from workstation.documents.conclusion_pdf import render_conclusion
from workstation.documents.errors import DocumentTooLong, UnprintableText
from workstation.documents.page_frame import APPROVER_BOX, DOCTOR_BOX, StampBox

LONG = 50_000


def text_of(content: ConclusionContent) -> str:
    return " ".join(page_texts(render_conclusion(content)))


def test_all_that_the_doctor_wrote_is_there_in_its_order() -> None:
    text = text_of(make_content())
    in_order = (
        "Центр сердечно-сосудистой хирургии",
        "№ 20-4817 / 1",
        "Консультативное заключение",
        "Верещагин Павел Никитич",
        "14.03.1965 (61 год), пол мужской",
        "АК-2026-118",
        "23.11.2026, 11:30–11:59 МСК",
        "дистанционно, видеосвязь; по направлению лечащего врача",
        "Одышка на втором этаже",
        "Шум в сердце известен с 2019 года",
        "ЭхоКГ, парастернальная позиция",
        "SHA-256 9f3c71d0",
        "градиент 74 / 44 мм рт. ст.",
        "I35.0",
        "Аортальный (клапанный) стеноз",
        "Показано вмешательство",
        "Очная консультация в течение 2 недель.",
        "323-ФЗ",
        "Левашова Марина Олеговна, врач-кардиолог",
        "Страница 1 из 1",
    )
    places = [text.find(words) for words in in_order]
    assert -1 not in places, in_order[places.index(-1)]
    assert places[:17] == sorted(places[:17])


def test_a_child_is_printed_with_age_in_months_and_representative() -> None:
    patient = make_snapshot(
        full_name="Орлова Вера Ильинична",
        birth_date=datetime(2026, 2, 1, tzinfo=UTC).date(),
        sex=Sex.FEMALE,
        representative="Орлова Дарья Сергеевна",
        relation="мать",
    )
    text = text_of(make_content(patient=patient))
    assert "01.02.2026 (9 месяцев), пол женский" in text
    assert "Орлова Дарья Сергеевна (мать)" in text


def test_what_was_not_written_is_said_to_be_missing() -> None:
    empty = make_content(
        complaints="", history="", findings="", recommendations="", studies=(), diagnoses=()
    )
    text = text_of(empty)
    assert text.count("не указано") == 5
    assert "не представлены" in text


def test_files_that_nobody_opened_are_not_said_to_be_missing() -> None:
    unseen = make_content(studies=(), unopened=("Выписка",), unopened_reason="старше года")
    words = " ".join(page_texts(render_conclusion(unseen)))
    assert "Изученные исследования и документы нет Врачом не открывались: «Выписка»" in words
    none = " ".join(page_texts(render_conclusion(make_content(studies=()))))
    assert "Изученные исследования и документы не представлены" in none


def test_the_approvers_place_is_named_only_where_there_is_an_approval() -> None:
    assert "Утверждено" in text_of(make_content())
    assert "Утверждено" not in text_of(make_content(needs_approval=False))


def test_the_same_content_gives_the_same_bytes_from_any_thread() -> None:
    first = render_conclusion(make_content())
    with ThreadPoolExecutor(4) as threads:
        others = list(threads.map(render_conclusion, [make_content()] * 6))
    assert set(others) == {first}
    assert render_conclusion(make_content(complaints="Нет.")) != first


@pytest.mark.parametrize(
    "content",
    [
        make_content(),
        make_content(findings="слово " * 3000),
        make_content(studies=(), diagnoses=(), complaints="", needs_approval=False),
    ],
    ids=["usual", "long", "empty"],
)
def test_the_file_is_pdfa(content: ConclusionContent) -> None:
    report = validate_written(io.BytesIO(render_conclusion(content)), "2b")
    assert report.passed, report.findings


def test_the_files_description_names_no_patient() -> None:
    content = make_content()
    with pikepdf.open(io.BytesIO(render_conclusion(content))) as pdf:
        described = " ".join(str(value) for value in pdf.docinfo.values())
        packet = bytes(pdf.Root.Metadata.read_bytes()).decode()
        assert all("/Trans" not in page for page in pdf.pages)
    assert "20-4817" in described
    assert "D:20261123090411" in described
    for place in (described, packet):
        assert content.patient.full_name.split()[0] not in place


@pytest.mark.parametrize(
    "written",
    [
        "<b>не жирный</b> <br/> &amp; &lt; {x} %s %(a)s",
        r"путь \\сервер\папка (скобки) )( <</Type>>",
        "5 < 7 > 3, «кавычки», ½, ±10 %, № 4, 37,5 °C, 10²",
    ],
)
def test_text_is_printed_as_it_is(written: str) -> None:
    assert written in text_of(make_content(findings=written))


@pytest.mark.parametrize(
    ("written", "foreign"),
    [
        ("улыбка 🙂", "🙂"),
        ("שלום", "ש"),
        ("سلام", "س"),
        ("нуль\x00", "\x00"),
        ("звонок\x07", "\x07"),
        ("наоборот \u202eтекст", "\u202e"),
        ("心", "心"),
        ("половина \ud800", "\ud800"),
    ],
)
def test_what_cannot_be_printed_is_refused_with_its_field(written: str, foreign: str) -> None:
    with pytest.raises(UnprintableText) as refusal:
        render_conclusion(make_content(recommendations=written))
    assert refusal.value.field == "recommendations"
    assert refusal.value.characters[0] == foreign
    assert "улыбка" not in str(refusal.value)


def test_the_field_is_named_where_it_lies_deeper() -> None:
    with pytest.raises(UnprintableText) as refusal:
        render_conclusion(make_content(patient=make_snapshot(full_name="Иванов 🙂")))
    assert refusal.value.field == "patient.full_name"
    with pytest.raises(UnprintableText) as refusal:
        render_conclusion(make_content(diagnoses=(DiagnosisLine("I10", "🙂"),)))
    assert refusal.value.field == "diagnoses.text"


@pytest.mark.parametrize("field", ["complaints", "findings", "decision", "centre_name", "number"])
def test_fifty_thousand_characters_stand(field: str) -> None:
    pages = page_texts(render_conclusion(make_content(**{field: "ж" * LONG})))
    printed = sum(page.count("ж") for page in pages)
    assert f"Страница {len(pages)} из {len(pages)}" in pages[-1]
    assert printed >= LONG or field == "number"  # the number's full text is in the file's title


def test_a_patients_name_of_any_length_stands() -> None:
    patient = make_snapshot(full_name="Ж" * LONG, place="место " * 2000)
    pages = page_texts(render_conclusion(make_content(patient=patient)))
    assert sum(page.count("Ж") for page in pages) >= LONG


def test_more_pages_than_anybody_reads_are_refused() -> None:
    with pytest.raises(DocumentTooLong) as refusal:
        render_conclusion(make_content(findings="а\n" * LONG))
    assert refusal.value.most_pages == 200


@pytest.mark.parametrize("lines", [0, 9, 18, 19, 20, 21, 22, 30, 31, 60, 100])
def test_the_last_page_has_room_for_two_stamps_and_something_to_sign(lines: int) -> None:
    pdf = render_conclusion(make_content(findings="строка\n" * lines, history="да"))
    pages = page_texts(pdf)
    for box in (DOCTOR_BOX, APPROVER_BOX):
        assert _is_blank(pdf, len(pages) - 1, box)
    assert "Врач-консультант" in pages[-1]
    assert "Решение Очная консультация" in pages[-1]


def test_every_page_says_whose_it_is() -> None:
    pages = page_texts(render_conclusion(make_content(findings="слово " * 3000)))
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert "Верещагин Павел Никитич" in page
        assert f"Страница {number} из {len(pages)}" in page


def test_a_heading_never_stands_alone_at_the_end_of_a_page() -> None:
    headings = ("Анамнез", "Данные исследований", "Диагноз по МКБ-10", "Рекомендации", "Решение")
    for lines in range(25, 45):
        content = replace(make_content(), complaints="строка\n" * lines, studies=())
        for page in page_texts(render_conclusion(content)):
            body, foot, _ = page.partition("№ 20-4817 / 1 · Составлено")
            assert foot
            assert not body.rstrip().endswith(headings), lines


def _is_blank(pdf: bytes, page: int, box: StampBox) -> bool:
    right, top = box.left + box.width, box.bottom + box.height
    low, _ = page_pixels(pdf, page, (box.left, box.bottom, right, top)).getextrema()
    return low == 255
