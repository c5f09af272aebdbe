"""The list of sources under the findings: which file, where in it, who found it (OZ-12)."""

import io
from datetime import date

import pytest
from pikepdf.pdfa import validate_written

from backend_client.models.evidence import (
    EcgPlace,
    FramePlace,
    Origin,
    PicturePlace,
    Place,
    ReportPlace,
    TextPlace,
)
from tests.made_up_findings import QT, make_place
from tests.unit.documents.papers import make_content
from tests.unit.documents.reading import page_texts
from workstation.core.conclusion import CitedSource
from workstation.documents.conclusion_pdf import render_conclusion
from workstation.documents.place_words import filter_words, place_words


def a_source(number: int = 1, place: Place | None = None, **changes: object) -> CitedSource:
    values: dict[str, object] = {
        "number": number,
        "title": "ЭКГ 12.11",
        "taken_on": date(2026, 11, 12),
        "place": place or make_place(),
        "origin": Origin.BY_HAND,
        "sha256": "9f3c71d0" + "0" * 48 + "77ab4be2",
    }
    return CitedSource(**(values | changes))  # type: ignore[arg-type]  # fields by name


def test_each_number_in_the_text_has_its_line_under_the_findings() -> None:
    sources = (a_source(), a_source(2, origin=Origin.DEVICE, title="ЭКГ 02.10", taken_on=None))
    content = make_content(findings=f"{QT} [1]\nQTc 413 мс [2]", sources=sources)
    text = " ".join(page_texts(render_conclusion(content)))
    in_order = (
        "Данные исследований",
        f"{QT} [1]",
        "Источники",
        "[1] ЭКГ 12.11, 12.11.2026; отведение II, 3,52–3,92 с, фильтр: нет; "
        "измерено врачом вручную",
        "SHA-256 9f3c71d0…77ab4be2",
        "[2] ЭКГ 02.10; отведение II",
        "значение прибора",
        "Диагноз по МКБ-10",
    )
    places = [text.find(words) for words in in_order]
    assert -1 not in places, (in_order[places.index(-1)], text)
    assert places == sorted(places)


def test_a_paper_without_sources_has_no_such_list() -> None:
    assert "Источники" not in " ".join(page_texts(render_conclusion(make_content())))


@pytest.mark.parametrize("count", [1, 40, 200])
def test_with_sources_the_file_is_pdfa_too(count: int) -> None:
    sources = tuple(a_source(number) for number in range(1, count + 1))
    pdf = render_conclusion(make_content(sources=sources))
    assert f"[{count}] ЭКГ" in " ".join(page_texts(pdf))
    report = validate_written(io.BytesIO(pdf), "2b")
    assert report.passed, report.findings


def test_names_that_a_device_wrote_do_not_stand_in_the_papers_way() -> None:
    hostile = make_place(lead="心\x00<b>\u202e", recording="🙂\nритм")
    text = " ".join(page_texts(render_conclusion(make_content(sources=(a_source(place=hostile),)))))
    assert "отведение ??<b>?, 3,52–3,92 с, фильтр: нет, запись «??ритм»" in text


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (
            EcgPlace(start_s=0.0, stop_s=10.0, filter="0.05-40+50hz+baseline"),
            "все отведения, 0,00–10,00 с, фильтр: 0,05–40 Гц, сеть 50 Гц, изолиния",
        ),
        (
            make_place(median_beat=True, recording="Rest 2"),
            "отведение II, усреднённый комплекс, фильтр: нет, запись «Rest 2»",
        ),
        (make_place(5.0, 4.5), "отведение II, 4,50–5,00 с, фильтр: нет"),
        (
            PicturePlace(page=1, start=(10.4, 20.6), stop=(30.0, 40.0)),
            "страница 2, точки (10; 21) – (30; 40)",
        ),
        (FramePlace(frame=30), "кадр 31"),
        (FramePlace(frame=12, last=37), "кадры 13–38"),
        (TextPlace(page=1, start=(10.4, 20.6), stop=(30.0, 40.0)), "страница 2"),
        (ReportPlace(item=12), "отчёт прибора, запись 12"),
    ],
)
def test_where_it_lies_in_the_file(place: Place, words: str) -> None:
    assert place_words(place) == words


@pytest.mark.parametrize(
    ("place", "text", "words"),
    [
        (FramePlace(), "МЖП 14 мм", ""),
        (FramePlace(part="1.2.3", frame=0), "45 HU (Голова, срез 3 из 9)", "Голова, срез 3 из 9"),
        (FramePlace(part="1.2.3"), "Голова, срез 3 из 9", "Голова, срез 3 из 9"),
        (FramePlace(frame=4, last=9), "Отток", "кадры 5–10"),
    ],
)
def test_a_still_has_no_frames_and_a_slice_is_named_as_the_viewer_named_it(
    place: FramePlace, text: str, words: str
) -> None:
    assert place_words(place, is_film=False, text=text) == words
    printed = " ".join(
        page_texts(
            render_conclusion(
                make_content(
                    sources=(a_source(place=place, text=text, is_film=False, title="Снимок"),)
                )
            )
        )
    )
    assert "кадр 1" not in printed
    assert f"{words}; измерено" in printed if words else "12.11.2026; измерено" in printed


def test_a_filter_of_another_program_is_named_as_it_is() -> None:
    assert filter_words("wavelet+60hz") == "wavelet, сеть 60 Гц"
