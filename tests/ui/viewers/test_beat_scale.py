"""How large the averaged beat is: true millimetres, speed and gain as fits."""

import pytest
from PySide6.QtCore import QPointF, QTranslator
from PySide6.QtWidgets import QApplication

from tests.ui.viewers.beat_desk import NO_FILTER, record_of, studied
from workstation.studies.measure.ecg.beat_study import NoBeat
from workstation.studies.measure.ecg.filters import Band, Mains, TraceFilter
from workstation.studies.measure.ecg.proposals import Landmark
from workstation.studies.measure.ecg.qtc import corrected_qt
from workstation.ui.viewers.ecg.beat.model import BeatModel
from workstation.ui.viewers.ecg.beat.rows import BeatRows
from workstation.ui.viewers.ecg.beat.scale import BeatScale, BeatSize, fit
from workstation.ui.viewers.ecg.beat.traces import lead_at, lead_traces, size_of
from workstation.ui.viewers.ecg.beat.words import BeatWords
from workstation.ui.viewers.ecg.measurements import EcgMeasurements

PX = 4.0
SPARED = (22.0, 20.0)
USUAL = BeatSize(530, 192, 500.0, -1.0, 1.5, is_calibrated=True)


def scale_of(wide: float, high: float, size: BeatSize = USUAL) -> BeatScale:
    return fit(size, wide, high, PX, SPARED)


def test_a_millimetre_is_as_long_in_time_as_in_amplitude() -> None:
    scale = scale_of(500, 300)
    second = scale.x(500) - scale.x(0)
    assert second == pytest.approx(scale.speed * scale.px_per_mm)
    assert scale.gain is not None
    assert scale.y(0) - scale.y(1) == pytest.approx(scale.gain * scale.px_per_mm)


@pytest.mark.parametrize("wide", [200, 330, 385, 500, 850, 1300])
@pytest.mark.parametrize("high", [150, 260, 500])
def test_the_beat_fits_and_lies_on_thick_lines(wide: int, high: int) -> None:
    scale = scale_of(wide, high)
    square = 5 * scale.px_per_mm
    assert square == int(square)
    assert (scale.x(192) - 0.5) / square == pytest.approx(round((scale.x(192) - 0.5) / square))
    assert (scale.zero - 0.5) / square == pytest.approx(round((scale.zero - 0.5) / square))
    assert scale.x(0) >= 0
    assert scale.x(529) <= wide
    assert 0.75 - 0.06 <= scale.zoom <= 2
    if high > 150:
        assert scale.y(1.5) >= 0
        assert scale.y(-1) <= high


def test_a_narrow_room_takes_half_the_speed_before_a_small_millimetre() -> None:
    assert scale_of(500, 300).speed == 100
    assert scale_of(250, 300).speed == 50


def test_high_leads_take_less_gain() -> None:
    high = BeatSize(530, 192, 500.0, -4.0, 5.0, is_calibrated=True)
    small, usual = scale_of(400, 260, high).gain, scale_of(400, 260).gain
    assert small is not None
    assert usual is not None
    assert small < usual


def test_without_calibration_there_is_no_gain() -> None:
    raw = BeatSize(530, 192, 500.0, -4000.0, 5000.0, is_calibrated=False)
    scale = scale_of(400, 260, raw)
    assert scale.gain is None
    assert scale.y(5000) >= 0
    flat = BeatSize(530, 192, 500.0, 0.0, 0.0, is_calibrated=False)
    assert scale_of(400, 260, flat).y(3) == scale_of(400, 260, flat).zero


def test_a_place_is_the_nearest_sample() -> None:
    scale = scale_of(850, 400)
    assert [scale.sample(scale.x(at) + 0.4) for at in (0, 100, 529)] == [0, 100, 529]


def test_the_lead_under_the_mouse_is_found() -> None:
    study = studied("normal", NO_FILTER)
    size = size_of(study)
    assert size is not None
    traces = lead_traces(study, scale_of(600, 300, size))
    x, y = traces[9].points[size.r_at]
    assert lead_at(traces, QPointF(x, y)) == traces[9].name
    assert lead_at(traces, QPointF(5, 5)) is None


def test_words_of_the_beat_in_russian(qapp: QApplication, russian: QTranslator) -> None:
    words, model = BeatWords(), BeatModel(EcgMeasurements())
    chosen = TraceFilter(Band.MONITOR, Mains.HZ_50)
    assert words.scale(100, 20, 0.86, chosen).startswith(
        "100\u00a0мм/с, 20\u00a0мм/мВ, 86\u00a0%, фильтр: 0,05–40"
    )
    assert words.legend() == "предложено"
    assert words.landmark(Landmark.T_END) == "Конец T"
    assert words.why_not(NoBeat.TOO_FEW)[1] == "Измерьте циркулем на самой записи (K)"
    bazett, *others = corrected_qt(400, 500)
    assert words.trust(bazett).text == "завышает: ЧСС от 100"
    assert {words.trust(one).text for one in others} == {"только для 60–100"}
    assert BeatRows(words).device_line(record_of("normal")) == "Прибор: «Sinus rhythm»"
    assert "подтвердить врач" in words.formulas()
    assert BeatRows(words).values(model) == []
