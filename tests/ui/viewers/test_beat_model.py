"""The averaged beat's model: who says where a bound is, and what the list of measurements gets."""

import threading
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from backend_client.models.evidence import Origin
from tests.ui.viewers.beat_desk import (
    NO_FILTER,
    BeatDesk,
    SlowStudy,
    beat_desk,
    record_of,
    studied,
)
from tests.ui.waiting import until
from workstation.studies.ecg import EcgRecord
from workstation.studies.measure.ecg.beat_bounds import Standing
from workstation.studies.measure.ecg.beat_study import BeatStudy
from workstation.studies.measure.ecg.filters import Band, TraceFilter
from workstation.studies.measure.ecg.proposals import Landmark
from workstation.ui.task_scope import TaskScope
from workstation.ui.viewers.ecg.beat.model import BeatModel
from workstation.ui.viewers.ecg.measurements import EcgMeasurements

pytestmark = pytest.mark.usefixtures("qapp")
MONITOR = TraceFilter(Band.MONITOR)
ALL_LINES = [
    *("rr", "pr", "qrs", "qt"),
    *("qtc bazett", "qtc fridericia", "qtc framingham", "qtc hodges", "axis area"),
]


def proposed(desk: BeatDesk) -> set[str]:
    lines = zip(desk.labels, desk.measurements.lines, strict=True)
    return {label for label, line in lines if line.is_proposed}


async def test_what_is_proposed_stands_in_the_list_as_proposed(qapp: QApplication) -> None:
    async with beat_desk() as desk:
        assert desk.labels == ALL_LINES
        assert proposed(desk) == set(ALL_LINES)
        assert desk.measurements.chosen is None
        place = desk.line("qt").measured.place
        assert place.median_beat
        assert (place.recording, place.filter, place.lead) == ("normal", "none", "")
        assert place.start_s == (desk.model.bounds.sample(Landmark.QRS_ONSET) or 0) / 500


async def test_a_study_that_fails_is_said_and_ends_nothing(qapp: QApplication) -> None:
    """Arithmetic on a hostile file: the trace stays, and nothing is awaited for ever."""

    def broken(record: EcgRecord, chosen: TraceFilter) -> BeatStudy:
        raise ZeroDivisionError

    errors: list[BaseException] = []
    tasks, model = TaskScope(errors.append), BeatModel(EcgMeasurements(), study=broken)
    told: list[bool] = []
    model.open()
    model.changed.connect(lambda: told.append(model.is_working))
    model.follow(record_of("normal"), NO_FILTER, tasks)
    await until(lambda: model.has_failed)
    assert told[-1:] == [False]
    assert model.study is None
    model.follow(None, NO_FILTER)
    assert not model.has_failed
    await tasks.close()
    assert errors == []


async def test_enter_confirms_bound_by_bound_and_rr_at_last(qapp: QApplication) -> None:
    async with beat_desk() as desk:
        model = desk.model
        for landmark in Landmark:
            assert model.chosen is landmark
            model.confirm()
        assert proposed(desk) == {"rr", *(label for label in ALL_LINES if "qtc" in label)}
        assert model.chosen is None
        assert model.awaits_rr
        model.confirm()
        assert proposed(desk) == set()
        assert not model.has_proposals
        assert {line.measured.origin for line in desk.measurements.lines} == {Origin.CONFIRMED}


async def test_all_is_confirmed_at_once(qapp: QApplication) -> None:
    async with beat_desk() as desk:
        desk.model.confirm_all()
        assert proposed(desk) == set()
        assert desk.labels == ALL_LINES


async def test_a_bound_that_is_moved_is_the_doctors(qapp: QApplication) -> None:
    async with beat_desk() as desk:
        model = desk.model
        before = model.bounds.sample(Landmark.T_END) or 0
        model.choose(Landmark.T_END)
        model.step(1)
        model.step_ms(10)
        assert model.bounds.sample(Landmark.T_END) == before + 6
        assert model.bounds.held[Landmark.T_END].standing is Standing.BY_HAND
        assert desk.line("qt").is_proposed
        model.choose(Landmark.QRS_ONSET)
        model.step(-1)
        line = desk.line("qt")
        assert not line.is_proposed
        assert line.measured.origin is Origin.BY_HAND
        assert line.measured.value == pytest.approx(studied_qt() + 14)
        assert desk.line("qtc bazett").is_proposed


def studied_qt() -> float:
    proposal = studied("normal").proposal
    return ((proposal.t_end or 0) - (proposal.qrs_onset or 0)) * 2.0


async def test_a_bound_never_passes_its_neighbour(qapp: QApplication) -> None:
    async with beat_desk() as desk:
        model = desk.model
        model.place(Landmark.QRS_ONSET, 10_000)
        offset = model.bounds.sample(Landmark.QRS_OFFSET) or 0
        assert model.bounds.sample(Landmark.QRS_ONSET) == offset - 1
        model.place(Landmark.P_ONSET, -5)
        assert model.bounds.sample(Landmark.P_ONSET) == 0


async def test_where_nothing_is_proposed_the_doctor_sets_the_bounds(qapp: QApplication) -> None:
    async with beat_desk("left_bundle") as desk:
        model = desk.model
        assert desk.labels == ["rr"]
        model.choose(Landmark.QRS_ONSET)
        assert model.cursor is not None
        model.step(3)
        assert model.bounds.held == {}
        at = model.cursor
        model.confirm()
        assert model.bounds.sample(Landmark.QRS_ONSET) == at
        model.choose(Landmark.QRS_OFFSET)
        model.confirm()
        assert desk.line("qrs").measured.origin is Origin.BY_HAND
        assert not desk.line("qrs").is_proposed


async def test_a_bound_goes_back_to_what_was_proposed_and_then_away(qapp: QApplication) -> None:
    async with beat_desk() as desk:
        model = desk.model
        model.place(Landmark.T_END, 400)
        model.remove()
        assert model.bounds.is_proposed(Landmark.T_END)
        model.remove()
        assert model.bounds.sample(Landmark.T_END) is None
        assert "qt" not in desk.labels
        assert model.cursor is not None
        model.remove()


async def test_the_list_hears_of_a_drag_when_the_mouse_lets_go(qapp: QApplication) -> None:
    async with beat_desk() as desk:
        told: list[int] = []
        desk.measurements.changed.connect(lambda: told.append(1))
        for sample in range(370, 380):
            desk.model.drag(Landmark.T_END, sample)
        assert told == []
        assert desk.model.bounds.sample(Landmark.T_END) == 379
        desk.model.drop()
        assert told
        assert desk.line("qt").measured.place.stop_s == 379 / 500


async def test_a_line_confirmed_in_the_list_confirms_its_bounds(qapp: QApplication) -> None:
    async with beat_desk() as desk:
        desk.measurements.confirm(desk.line("qtc hodges").id)
        assert not desk.line("qt").is_proposed
        assert desk.line("pr").is_proposed
        assert desk.model.settled.is_rr_confirmed
        assert desk.line("qrs").is_proposed


async def test_a_line_taken_out_of_the_list_stays_away(qapp: QApplication) -> None:
    async with beat_desk() as desk:
        desk.measurements.remove(desk.line("qtc bazett").id)
        desk.model.confirm_all()
        desk.model.choose(Landmark.T_END)
        desk.model.step(1)
        assert "qtc bazett" not in desk.labels
        assert "qtc hodges" in desk.labels


async def test_st_of_a_lead_is_listed_when_the_doctor_says_so(qapp: QApplication) -> None:
    async with beat_desk() as desk:
        model = desk.model
        assert model.lead == "II"
        model.step_lead(-1)
        model.toggle_st()
        assert desk.labels[-3:] == ["st J", "st J+60", "st J+80"]
        assert desk.line("st J+60").measured.place.lead == "I"
        assert desk.line("st J+60").is_proposed
        model.toggle_st()
        assert desk.labels == ALL_LINES


async def test_what_is_not_confirmed_goes_with_the_panel(qapp: QApplication) -> None:
    async with beat_desk() as desk:
        model = desk.model
        model.choose(Landmark.QRS_ONSET)
        model.confirm()
        model.choose(Landmark.T_END)
        model.confirm()
        model.close()
        assert desk.labels == ["qt"]
        model.open()
        await until(lambda: not model.is_working)
        assert desk.labels == ["qt", *(label for label in ALL_LINES if label != "qt")]
        assert not model.bounds.is_proposed(Landmark.T_END)
        assert model.bounds.is_proposed(Landmark.P_ONSET)


async def test_another_filter_is_another_beat(qapp: QApplication) -> None:
    async with beat_desk() as desk:
        desk.model.confirm_all()
        await desk.show("normal", MONITOR)
        assert not desk.line("qt").is_proposed
        assert desk.line("qt", "0.05-40").is_proposed
        assert len(desk.labels) == 2 * len(ALL_LINES)
        await desk.show("normal", NO_FILTER)
        assert desk.labels == ALL_LINES
        assert not desk.model.has_proposals


async def test_what_was_settled_comes_back_with_the_file(qapp: QApplication) -> None:
    async with beat_desk() as desk:
        model, measurements = desk.model, desk.measurements
        model.place(Landmark.QRS_ONSET, 165)
        model.place(Landmark.T_END, 390)
        model.confirm_all()
        model.step_lead(1)
        model.toggle_st()
        kept = measurements.kept
        measurements.clear()
        model.follow(None, NO_FILTER)
        assert measurements.lines == ()
        model.follow(record_of("normal"), NO_FILTER, desk.tasks)
        measurements.restore(kept)
        await until(lambda: not model.is_working)
        assert model.bounds.held[Landmark.T_END].sample == 390
        assert model.bounds.held[Landmark.T_END].standing is Standing.BY_HAND
        assert model.bounds.held[Landmark.P_ONSET].standing is Standing.CONFIRMED
        assert model.settled.st_leads == {"III"}
        assert measurements.lines == kept.lines


async def test_proposals_of_an_open_panel_do_not_come_back_without_it(qapp: QApplication) -> None:
    async with beat_desk() as desk:
        kept = desk.measurements.kept
        desk.measurements.clear()
        desk.model.follow(None, NO_FILTER)
        desk.model.close()
        desk.measurements.restore(kept)
        assert desk.measurements.lines == ()


async def test_the_study_runs_beside_the_window_and_a_late_one_is_dropped(
    qapp: QApplication,
) -> None:
    """The window's loop is never held, and a beat never stands beside another record."""
    errors: list[BaseException] = []
    tasks, study = TaskScope(errors.append), SlowStudy()
    model = BeatModel(EcgMeasurements(), study=study)
    model.follow(record_of("normal"), NO_FILTER, tasks)
    assert study.asked == []
    model.open()
    await until(lambda: study.asked == [record_of("normal")])
    assert model.is_working
    assert threading.get_ident() not in study.threads
    model.follow(record_of("left_bundle"), NO_FILTER, tasks)
    await until(lambda: len(study.asked) == 2)
    study.let()
    await until(lambda: not model.is_working)
    assert model.study is studied("left_bundle", NO_FILTER)
    await tasks.close()
    assert errors == []


async def test_nothing_is_studied_while_the_panel_is_closed(qapp: QApplication) -> None:
    tasks, study = TaskScope(lambda _: None), SlowStudy()
    model = BeatModel(EcgMeasurements(), study=study)
    model.follow(record_of("normal"), NO_FILTER, tasks)
    model.follow(record_of("normal"), MONITOR, tasks)
    assert tasks.is_idle
    assert study.asked == []
    for act in (model.confirm, model.confirm_all, model.remove, model.toggle_st, model.drop):
        act()
    model.step(1)
    model.step_lead(1)
    model.place(Landmark.T_END, 5)
    assert model.bounds.held == {}
    await tasks.close()


async def test_each_part_of_a_long_recording_has_lines_of_its_own(qapp: QApplication) -> None:
    async with beat_desk() as desk:
        model = desk.model
        model.confirm_all()
        later = replace(record_of("normal"))
        model.follow(later, NO_FILTER, desk.tasks, 3600.0)
        await until(lambda: not model.is_working)
        assert model.has_proposals
        assert desk.labels == ALL_LINES * 2
        last = desk.measurements.lines[len(ALL_LINES)].measured.place
        assert (last.start_s > 3600, last.beats_from_s) == (True, 3600)
        model.confirm_all()
        model.follow(record_of("normal"), NO_FILTER, desk.tasks)
        await until(lambda: not model.is_working)
        assert desk.labels == ALL_LINES * 2
        assert not model.has_proposals
