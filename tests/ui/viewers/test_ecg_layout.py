"""Where leads stand on the paper: true millimetres, in every layout."""

import numpy as np
import pytest

from tests.ui.viewers.made_up import PEAK_S, make_ecg, make_lead, uncalibrated
from workstation.studies.ecg import STANDARD_LEADS, EcgLead, EcgRecord, RecordingKind
from workstation.ui.viewers.ecg.layout import (
    GAINS_MM_MV,
    SPEEDS_MM_S,
    EcgLayout,
    Page,
    lay_out,
    needed_size,
    place_leads,
)
from workstation.ui.viewers.ecg.painter import pulse
from workstation.ui.viewers.ecg.print_pages import Room, on_sheets
from workstation.ui.viewers.ecg.trace import polygons, strip_lines


def page_of(
    record: EcgRecord,
    layout: EcgLayout = EcgLayout.THREE_BY_FOUR,
    *,
    speed: float = 25.0,
    gain: float = 10.0,
    start_s: float = 0.0,
    height_mm: float = 0.0,
    simultaneous: bool = False,
) -> Page:
    return lay_out(
        record,
        place_leads(record),
        layout,
        speed=speed,
        gain=gain,
        start_s=start_s,
        height_mm=height_mm,
        simultaneous=simultaneous,
    )


def points_of(record: EcgRecord, page: Page, number: int, px_per_mm: float) -> np.ndarray:
    lines = strip_lines(page, page.strips[number], record.sampling_rate_hz, px_per_mm)
    return np.concatenate(lines)


@pytest.mark.parametrize("gain", GAINS_MM_MV)
@pytest.mark.parametrize("px_per_mm", [3.2, 3.7795, 7.1])
def test_one_millivolt_is_the_gain_in_millimetres(gain: float, px_per_mm: float) -> None:
    record = make_ecg()
    page = page_of(record, gain=gain)
    heights = points_of(record, page, 0, px_per_mm)[:, 1]
    assert heights.max() - heights.min() == pytest.approx(gain * px_per_mm)


@pytest.mark.parametrize("gain", GAINS_MM_MV)
def test_the_calibration_pulse_is_one_millivolt_high(gain: float) -> None:
    record = make_ecg()
    page = page_of(record, gain=gain)
    assert len(page.pulses_mm) == 4
    box = pulse(*page.pulses_mm[0], page.gain, 3.5).boundingRect()
    assert box.height() == pytest.approx(gain * 3.5)
    assert box.width() == pytest.approx(7 * 3.5)


@pytest.mark.parametrize("speed", SPEEDS_MM_S)
def test_one_second_is_the_speed_in_millimetres(speed: float) -> None:
    record = make_ecg()
    page = page_of(record, EcgLayout.TWELVE_BY_ONE, speed=speed)
    points = points_of(record, page, 0, 4.0)
    peaks = points[points[:, 1] == points[:, 1].min(), 0]
    assert np.diff(peaks) == pytest.approx(speed * 4.0)


@pytest.mark.parametrize("layout", list(EcgLayout))
def test_a_peak_stands_at_its_own_moment_in_every_layout(layout: EcgLayout) -> None:
    record = make_ecg()
    page = page_of(record, layout, height_mm=200)
    for number, strip in enumerate(page.strips):
        points = points_of(record, page, number, 4.0)
        second = np.ceil(strip.start_s - PEAK_S)
        expected = page.x_of(strip, second + PEAK_S) * 4.0
        highest = points[:, 1].min() if strip.ref.sign > 0 else points[:, 1].max()
        first = points[points[:, 1] == highest][0, 0]
        assert abs(first - expected) <= 1


@pytest.mark.parametrize("layout", list(EcgLayout))
def test_traces_of_one_column_never_touch(layout: EcgLayout) -> None:
    rng = np.random.default_rng(5)
    leads = [
        EcgLead(name, (rng.normal(0, 0.6, 5000)).astype(np.float32).clip(-2, 2))
        for name in STANDARD_LEADS
    ]
    record = make_ecg(leads)
    page = page_of(record, layout)
    for number, strip in enumerate(page.strips):
        points = points_of(record, page, number, 1.0)
        assert points[:, 1].min() >= strip.baseline_mm - strip.up_mm
        assert points[:, 1].max() <= strip.baseline_mm + strip.down_mm
    strips = [strip for strip in page.strips if not strip.is_clipped]
    for upper in strips:
        for lower in strips:
            overlap = upper.start_s < lower.start_s + lower.duration_s - 1e-6
            overlap &= lower.start_s < upper.start_s + upper.duration_s - 1e-6
            if overlap and upper.baseline_mm < lower.baseline_mm:
                bottom = upper.baseline_mm + upper.down_mm
                assert bottom <= lower.baseline_mm - lower.up_mm + 1e-6


def test_columns_follow_each_other_in_time_and_are_simultaneous_inside() -> None:
    page = page_of(make_ecg())
    by_name = {strip.ref.name: strip for strip in page.strips[:12]}
    assert [by_name[name].start_s for name in ("I", "aVR", "V1", "V4")] == [0, 2.5, 5, 7.5]
    assert {by_name[name].start_s for name in ("V1", "V2", "V3")} == {5.0}
    rhythm = page.strips[12]
    assert (rhythm.ref.name, rhythm.start_s, rhythm.duration_s) == ("II", 0, 10)
    assert page.x_of(rhythm, 5.0) == page.x_of(by_name["V1"], 5.0)


def test_cabrera_shows_minus_avr() -> None:
    record = make_ecg()
    page = page_of(record, EcgLayout.CABRERA)
    assert [strip.ref.label for strip in page.strips if strip.x_mm == 11.0] == [
        "aVL",
        "I",
        "−aVR",
        "II",
        "aVF",
        "III",
    ]
    number = next(n for n, strip in enumerate(page.strips) if strip.ref.sign < 0)
    points = points_of(record, page, number, 1.0)
    assert points[:, 1].max() == pytest.approx(page.strips[number].baseline_mm + 10)


FURTHER = (("V7",), ("X", "Y", "Z"), ("V3R", "V4R", "V7", "V8", "V9"), ("Resp", "ECG"))


@pytest.mark.parametrize("further", FURTHER)
@pytest.mark.parametrize("layout", [one for one in EcgLayout if one is not EcgLayout.RHYTHM])
@pytest.mark.parametrize("simultaneous", [False, True])
def test_no_lead_is_dropped(
    further: tuple[str, ...], layout: EcgLayout, simultaneous: bool
) -> None:
    """15 leads and more: each stands once beside its twelve, apart from rhythm strips."""
    record = make_ecg([make_lead(name) for name in (*STANDARD_LEADS, *further)])
    page = page_of(record, layout, simultaneous=simultaneous)
    short = [strip for strip in page.strips if strip.duration_s < 10]
    names = [strip.ref.name for strip in short or page.strips]
    assert sorted(names) == sorted((*STANDARD_LEADS, *further))
    assert all(strip.lead is not None for strip in page.strips)


def test_fifteen_leads_are_five_columns_of_two_seconds() -> None:
    record = make_ecg([make_lead(name) for name in (*STANDARD_LEADS, "V7", "V8", "V9")])
    page = page_of(record)
    assert [strip.ref.name for strip in page.strips[:5]] == ["I", "aVR", "V1", "V4", "V7"]
    assert {strip.duration_s for strip in page.strips[:15]} == {2.0}
    assert [strip.ref.name for strip in page.strips[14:]] == ["V9", "II"]


@pytest.mark.parametrize("layout", list(EcgLayout))
def test_every_row_has_its_calibration_pulse(layout: EcgLayout) -> None:
    page = page_of(make_ecg(), layout)
    assert [line for _, line in page.pulses_mm] == sorted({s.baseline_mm for s in page.strips})


def test_three_rhythms_are_v1_ii_and_v5() -> None:
    page = page_of(make_ecg(), EcgLayout.THREE_RHYTHMS)
    assert [(s.ref.name, s.duration_s) for s in page.strips[12:]] == [
        ("V1", 10.0),
        ("II", 10.0),
        ("V5", 10.0),
    ]


@pytest.mark.parametrize(
    ("layout", "seconds"), [(EcgLayout.THREE_BY_FOUR, 2.5), (EcgLayout.CABRERA, 5.0)]
)
def test_simultaneous_columns_show_the_same_seconds(layout: EcgLayout, seconds: float) -> None:
    record = make_ecg([make_lead(name, seconds=60) for name in STANDARD_LEADS])
    page = page_of(record, layout, simultaneous=True, start_s=13.0)
    columns = [strip for strip in page.strips if strip.duration_s < 10]
    assert len(columns) == 12
    assert {(strip.start_s, strip.duration_s) for strip in columns} == {(13.0, seconds)}
    assert (page.start_s, page.duration_s, page.simultaneous) == (13.0, seconds, True)
    assert page.width_mm == page_of(record, layout).width_mm
    for strip in page.strips[len(columns) :]:
        assert strip.start_s <= 13.0
        assert strip.start_s + strip.duration_s >= 13.0 + seconds


def test_the_last_seconds_can_be_seen_at_once() -> None:
    page = page_of(make_ecg(), simultaneous=True, start_s=99.0)
    assert (page.start_s, page.duration_s) == (7.5, 2.5)
    assert page.strips[-1].start_s == 0


def test_a_median_beat_is_never_cut_into_columns() -> None:
    leads = [make_lead(name, seconds=1.2) for name in STANDARD_LEADS]
    page = page_of(make_ecg(leads, kind=RecordingKind.MEDIAN_BEAT))
    assert len(page.strips) == 12
    assert {(strip.start_s, strip.duration_s) for strip in page.strips} == {(0.0, 1.2)}


@pytest.mark.parametrize("layout", [one for one in EcgLayout if one is not EcgLayout.RHYTHM])
def test_without_the_twelve_all_leads_are_rows(layout: EcgLayout) -> None:
    record = make_ecg([make_lead(name) for name in ("MLII", "V5", "Resp")])
    page = page_of(record, layout)
    assert [(s.ref.name, s.duration_s) for s in page.strips] == [
        ("MLII", 10.0),
        ("V5", 10.0),
        ("Resp", 10.0),
    ]


def test_a_level_that_the_filter_takes_out_moves_nothing() -> None:
    lead = make_lead("I")
    record = make_ecg([EcgLead("I", lead.samples + np.float32(12.4))])
    placement = place_leads(record, without_level=True)["I"]
    assert placement.offset == 0
    assert placement.high == pytest.approx(1, abs=1e-5)


def test_a_missing_lead_keeps_its_place_empty() -> None:
    leads = [make_lead(name) for name in STANDARD_LEADS if name != "V3"]
    record = make_ecg(leads)
    page = page_of(record)
    number, strip = next((n, s) for n, s in enumerate(page.strips) if s.ref.name == "V3")
    assert strip.lead is None
    assert strip_lines(page, strip, 500, 4.0) == []
    assert len(page.strips) == 13
    assert number == 10


def test_a_longer_record_is_shown_by_pages() -> None:
    record = make_ecg([make_lead(name, seconds=60) for name in STANDARD_LEADS])
    page = page_of(record, start_s=23.0)
    assert (page.start_s, page.duration_s) == (23.0, 10.0)
    assert page_of(record, start_s=99).start_s == 50.0
    assert page_of(record, speed=12.5).duration_s == 20.0
    rows = page_of(record, EcgLayout.RHYTHM).strips
    assert [strip.start_s for strip in rows] == [0, 10, 20, 30, 40, 50]


def test_a_page_fills_the_height_that_it_is_given() -> None:
    short, tall = page_of(make_ecg()), page_of(make_ecg(), height_mm=300)
    assert tall.height_mm == 300
    assert tall.strips[0].baseline_mm > short.strips[0].baseline_mm


def test_a_trace_beyond_its_row_is_cut_and_named() -> None:
    record = make_ecg([make_lead("I"), make_lead("II", peak=30.0)])
    page = page_of(record, EcgLayout.TWELVE_BY_ONE)
    assert [strip.is_clipped for strip in page.strips] == [False, True]
    assert page.height_mm < 120


def test_a_lead_far_from_zero_is_moved_to_its_row() -> None:
    lead = make_lead("I")
    record = make_ecg([EcgLead("I", lead.samples + np.float32(12.4))])
    placement = place_leads(record)["I"]
    assert placement.shifted
    assert placement.offset == pytest.approx(12.4)
    page = page_of(record, EcgLayout.TWELVE_BY_ONE)
    heights = points_of(record, page, 0, 1.0)[:, 1]
    assert heights.max() - heights.min() == pytest.approx(10, abs=0.001)


@pytest.mark.parametrize(
    ("far", "offset"), [(0.49, 0.0), (0.5, 0.0), (0.51, 2.0), (1.0, 2.0)], ids=str
)
@pytest.mark.parametrize("sign", [1, -1])
def test_a_lead_is_moved_where_its_median_is_far_from_zero(
    far: float, offset: float, sign: int
) -> None:
    """However high it goes for less than half of the time."""
    samples = np.zeros(1000, np.float32)
    samples[: round(far * 1000)] = 2.0 * sign
    record = make_ecg([EcgLead("I", samples)])
    assert place_leads(record)["I"].offset == offset * sign


@pytest.mark.parametrize("layout", EcgLayout)
@pytest.mark.parametrize("simultaneous", [False, True])
def test_the_needed_size_is_that_of_the_page(layout: EcgLayout, simultaneous: bool) -> None:
    record = make_ecg()
    page = page_of(record, layout, simultaneous=simultaneous)
    found = needed_size(
        record, place_leads(record), layout, speed=25.0, gain=10.0, simultaneous=simultaneous
    )
    assert found == (page.width_mm, page.height_mm)


def test_an_uncalibrated_lead_has_no_pulse_and_no_gain() -> None:
    record = make_ecg([uncalibrated(make_lead("I"))])
    low, high = (page_of(record, EcgLayout.TWELVE_BY_ONE, gain=gain) for gain in (5.0, 20.0))
    assert low.pulses_mm == high.pulses_mm == ()
    assert low.strips[0].mm_per_unit == high.strips[0].mm_per_unit


def test_a_flat_uncalibrated_lead_is_a_line() -> None:
    flat = EcgLead("I", np.full(5000, 7, np.float32))
    record = make_ecg([uncalibrated(flat)])
    page = page_of(record, EcgLayout.TWELVE_BY_ONE)
    heights = points_of(record, page, 0, 1.0)[:, 1]
    assert np.isfinite(heights).all()
    assert heights.max() == heights.min()


def test_no_peak_is_lost_where_samples_are_denser_than_pixels() -> None:
    rate = 8000.0
    samples = np.zeros(80_000, np.float32)
    peaks = np.array([1234, 20_001, 44_444, 79_999])
    samples[peaks] = [1.5, -0.7, 2.0, 1.0]
    record = make_ecg([EcgLead("I", samples)], sampling_rate_hz=rate)
    page = page_of(record, EcgLayout.TWELVE_BY_ONE)
    points = points_of(record, page, 0, 3.5)
    assert len(points) < 20_000
    for peak in peaks:
        x = page.x_of(page.strips[0], peak / rate) * 3.5
        y = (page.strips[0].baseline_mm - samples[peak] * 10) * 3.5
        assert np.abs(points - (x, y)).sum(axis=1).min() < 1e-3


def test_gaps_leave_the_line_open() -> None:
    lead = make_lead("I")
    holed = EcgLead("I", lead.samples, gaps=((1000, 1500), (4900, 5000)))
    record = make_ecg([holed])
    page = page_of(record, EcgLayout.TWELVE_BY_ONE)
    lines = strip_lines(page, page.strips[0], 500, 4.0)
    ends = [(line[0, 0], line[-1, 0]) for line in lines]
    expected = [(0, 999), (1500, 4899)]
    for (first, last), (start, stop) in zip(ends, expected, strict=True):
        assert first == pytest.approx(page.x_of(page.strips[0], start / 500) * 4)
        assert last == pytest.approx(page.x_of(page.strips[0], stop / 500) * 4)


def test_pieces_of_a_line_share_their_ends() -> None:
    line = np.column_stack((np.arange(1001.0), np.sin(np.arange(1001.0))))
    pieces = [piece.toList() for piece in polygons(line)]
    assert sum(len(piece) - 1 for piece in pieces) == 1000
    assert [piece[-1] for piece in pieces[:-1]] == [piece[0] for piece in pieces[1:]]
    assert pieces[-1][-1].x() == 1000


def test_a_single_sample_makes_no_line() -> None:
    record = make_ecg([EcgLead("I", np.ones(1, np.float32))])
    page = page_of(record, EcgLayout.TWELVE_BY_ONE)
    assert points_of(record, page, 0, 4.0).shape == (1, 2)


ODD = (
    (),
    (EcgLead("I", np.zeros(0, np.float32)),),
    (EcgLead("", np.zeros(3, np.float32)),),
    tuple(EcgLead(f"signal {n}", np.ones(10, np.float32)) for n in range(64)),
    (EcgLead("II", np.zeros(20, np.float32), gaps=((0, 20),)),),
)


@pytest.mark.parametrize("leads", ODD)
@pytest.mark.parametrize("layout", list(EcgLayout))
@pytest.mark.parametrize("kind", list(RecordingKind))
def test_odd_records_are_laid_out_and_fit_on_sheets(
    leads: tuple[EcgLead, ...], layout: EcgLayout, kind: RecordingKind
) -> None:
    record = make_ecg(leads, kind=kind)
    for simultaneous in (False, True):
        page = page_of(record, layout, simultaneous=simultaneous, start_s=5.0, gain=20.0)
        assert np.isfinite([page.width_mm, page.height_mm, page.start_s, page.duration_s]).all()
        sheets = on_sheets(page, Room(100.0, 100.0))
        assert sum(len(sheet.strips) for sheet in sheets) >= len(page.strips)
