"""A field that a device left out, zeroed or got wrong, in every format: unknown is said to be so.

Looked at is what the doctor sees: header, lead names, pulses, calipers, strip for the conclusion,
the panel of facts; and what `inspect --json` prints.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import msgspec
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.unit.studies.ecg_files import binary, faulty
from tests.unit.studies.ecg_files.twins import COUNTS, mfer
from tests.unit.studies.reading import read_ecg
from workstation.commands.described import described
from workstation.commands.inspect import as_text
from workstation.studies.ecg import EcgRecord, SampleUnit
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.measure.ecg.measured import Measured
from workstation.ui.error_text import user_message
from workstation.ui.screens.review.facts_panel import FactsPanel, Section
from workstation.ui.theme import Theme
from workstation.ui.viewers.ecg.layout import EcgLayout, Strip
from workstation.ui.viewers.ecg.paper import ScreenCalibration
from workstation.ui.viewers.ecg.sheet_tool import SheetSight
from workstation.ui.viewers.ecg.view import EcgChoices, EcgView
from workstation.ui.viewers.file_facts import FileFacts
from workstation.ui.widgets.labels import TextBlock

_MILLIVOLT = re.compile(r"\bm(m/m)?V\b")
_NO_NUMBER = re.compile(r"(?i)\b(nan|inf|infinity)\b")


@pytest.fixture
def view(qtbot: QtBot, viewer_theme: Theme) -> Iterator[EcgView]:
    """Twelve rows, the calipers in hand."""
    view = EcgView(viewer_theme, ScreenCalibration(4.0, calibrated=True))
    qtbot.addWidget(view)
    view.resize(1366, 768)
    view.choose(EcgChoices(layout=EcgLayout.TWELVE_BY_ONE))
    view.show()
    yield view
    view.hide()


def shown(view: EcgView, data: bytes) -> EcgRecord:
    record = read_ecg(data)
    view.show_record(record)
    view.choose(EcgChoices(layout=EcgLayout.TWELVE_BY_ONE))
    view.sheet.viewport().grab()
    return record


def sight_of(view: EcgView) -> SheetSight:
    sight = view.sheet.sight
    assert sight is not None
    return sight


def strips(view: EcgView) -> list[Strip]:
    """Of the leads that the file holds."""
    return [strip for strip in sight_of(view).page.strips if strip.lead is not None]


def height_in(view: EcgView, strip: Strip) -> tuple[Measured, str]:
    """An amplitude caliper drawn in the strip: its line of the list, and the words beside it."""
    view.key_actions()["caliper.amplitude"]()
    sight, tool = sight_of(view), view.measuring.tool
    start, stop = (sight.point(strip, strip.start_s + second, 0.0) for second in (0.1, 0.4))
    tool.press(sight, start, Qt.KeyboardModifier.NoModifier)
    tool.move(sight, QPointF(stop), pressed=True)
    tool.release(sight, QPointF(stop))
    return view.measurements.lines[-1].measured, tool.drawn(sight)[-1].text


def words_on(view: EcgView) -> list[str]:
    """Everything that is written on the paper, in its header and over a place of it."""
    names = [f"{strip.ref.label} {view.words.note(strip)}" for strip in strips(view)]
    finding = view.finding()
    return [*view.header.texts(), *names, "" if finding is None else finding.text]


def facts_of(record: EcgRecord) -> list[str]:
    """Everything that the panel beside the file says of it."""
    sheet = FileFacts().sheet(record)
    facts = [f"{fact.label}: {fact.value}" for fact in (*sheet.facts, *sheet.device)]
    return [*facts, *sheet.statements, *sheet.warnings]


def inspected(record: EcgRecord) -> dict[str, object]:
    """The one line of `inspect --json`, read strictly, and its long form for people."""
    answer = described(record)
    no_numbers = [one for one in (as_text(answer),) if _NO_NUMBER.search(one)]
    assert not no_numbers
    line = json.loads(msgspec.json.encode(answer), parse_constant=pytest.fail)
    assert isinstance(line, dict)
    return line


def leads_said(answer: dict[str, object]) -> dict[str, str]:
    """Unit of each lead in the answer."""
    recordings = answer["recordings"]
    assert isinstance(recordings, list)
    return {lead["name"]: lead["unit"] for lead in recordings[0]["leads"]}


def codes_said(answer: dict[str, object]) -> set[str]:
    """The answer's warnings."""
    warnings = answer["warnings"]
    assert isinstance(warnings, list)
    return {one["code"] for one in warnings}


@pytest.mark.parametrize("kind", faulty.without_scale())
def test_without_a_scale_nothing_is_millivolts(view: EcgView, kind: str) -> None:
    record = shown(view, faulty.without_scale()[kind])
    said = [*words_on(view), *facts_of(record)]
    assert "no calibration" in view.header.texts()
    assert all(view.words.note(strip) == "no calibration" for strip in strips(view))
    assert not sight_of(view).page.pulses_mm, "a pulse of no height"
    assert not [one for one in view.header.texts() if _MILLIVOLT.search(one)]
    assert not [one for one in words_on(view) if _MILLIVOLT.search(one)]
    assert not [one for one in said if _NO_NUMBER.search(one)]
    assert "No calibration in some leads: their height is not in mV" in said
    line, written = height_in(view, strips(view)[1])
    assert line.unit == ""
    assert written.endswith(", no calibration")
    answer = inspected(record)
    assert set(leads_said(answer).values()) == {"uncalibrated"}
    assert "no_calibration" in codes_said(answer)


@pytest.mark.parametrize("kind", faulty.one_without_scale())
def test_one_lead_without_a_scale_is_named(view: EcgView, kind: str) -> None:
    """The others keep theirs; nothing is computed of it."""
    data, name = faulty.one_without_scale()[kind]
    record = shown(view, data)
    notes = {strip.ref.name: view.words.note(strip) for strip in strips(view)}
    assert {lead for lead, note in notes.items() if note == "no calibration"} == {name}
    by_name = {strip.ref.name: strip for strip in strips(view)}
    line, written = height_in(view, by_name[name])
    assert (line.unit, written.endswith(", no calibration")) == ("", True)
    line, written = height_in(view, by_name["II"])
    assert (line.unit, written.endswith("\u00a0mV")) == ("mV", True)
    answer = inspected(record)
    assert {lead for lead, unit in leads_said(answer).items() if unit != "mV"} == {name}
    assert "no_calibration" in codes_said(answer)


@pytest.mark.parametrize("kind", faulty.without_rate())
def test_without_a_time_scale_there_is_no_trace(kind: str) -> None:
    """Words instead: what is wrong, and that the file be asked for again."""
    with pytest.raises(UnreadableFile) as raised:
        read_ecg(faulty.without_rate()[kind])
    assert raised.value.reason is Unreadable.NO_TIME_SCALE
    message = user_message(raised.value)
    assert message.title == "The ECG does not say its sampling rate"
    assert message.detail == "Ask for the file again; the others can be read."


@pytest.mark.parametrize("kind", faulty.unknown_leads())
def test_unknown_leads_keep_the_name_of_the_device(view: EcgView, kind: str) -> None:
    """None of them stands in the place of a standard lead, and no axis is made of them."""
    record = shown(view, faulty.unknown_leads()[kind])
    names = [strip.ref.label for strip in strips(view)]
    assert all(name.lower().startswith(("<b>", "? ")) for name in names)
    assert "all leads" in view.header.texts()
    assert "Some leads have names of the device's own" in facts_of(record)
    assert all(strip.ref.name == strip.ref.label for strip in strips(view))
    answer = inspected(record)
    assert "lead_name_unknown" in codes_said(answer)
    assert list(leads_said(answer)) == [lead.name for lead in record.leads]


@pytest.mark.parametrize("kind", faulty.longer_than_the_file())
def test_samples_that_are_not_there_are_not_shown(view: EcgView, kind: str) -> None:
    """What is there is shown as it is; nothing is drawn where nothing was stored."""
    record = shown(view, faulty.longer_than_the_file()[kind])
    assert record.sample_count == len(COUNTS)
    assert "The record is shorter than the file announces; what is there is shown" in facts_of(
        record
    )
    assert "samples_missing" in codes_said(inspected(record))


def test_a_block_that_is_longer_than_the_file_is_cut_off() -> None:
    """MFER stores lead after lead: where the first should be longer the others are nowhere."""
    many = faulty.BEYOND * len(COUNTS)
    with pytest.raises(UnreadableFile) as raised:
        read_ecg(mfer(more=binary.tag(0x04, many.to_bytes(4, "little"))))
    assert raised.value.reason is Unreadable.TRUNCATED


@pytest.mark.parametrize("kind", faulty.absurd_device_values())
def test_what_the_device_did_not_measure_is_not_shown(kind: str) -> None:
    """0, 29999 and 65535 are how devices say nothing."""
    record = read_ecg(faulty.absurd_device_values()[kind])
    device = FileFacts().sheet(record).device
    assert [fact for fact in device if not fact.label.endswith("axis")] == []
    assert {fact.value for fact in device} <= {"0°", "−1°"}
    assert not [one for one in facts_of(record) if _NO_NUMBER.search(one)]
    inspected(record)


@pytest.mark.parametrize("kind", faulty.named_with_markup())
def test_markup_in_a_name_is_literal(qtbot: QtBot, viewer_theme: Theme, kind: str) -> None:
    """As letters in the panel, in the answer and in a tooltip."""
    record = read_ecg(faulty.named_with_markup()[kind])
    assert any(faulty.MARKUP in one for one in facts_of(record))
    panel = FactsPanel(viewer_theme)
    qtbot.addWidget(panel)
    panel.show_sections([Section("ECG", FileFacts().sheet(record))])
    spoken = [block.text() for block in panel.findChildren(TextBlock)]
    spoken += [widget.accessibleName() for widget in panel.findChildren(QWidget)]
    assert any(faulty.MARKUP in one for one in spoken)
    tips = [widget.toolTip() for widget in panel.findChildren(QWidget)]
    assert not [tip for tip in tips if faulty.MARKUP in tip]
    answer = msgspec.json.encode(described(record)).decode()
    assert faulty.MARKUP in answer


def test_markup_in_a_lead_name_is_literal_over_the_header(view: EcgView) -> None:
    """The header's tooltip says all its fields, and a file names its leads and recordings."""
    record = shown(view, faulty.unknown_leads()["edf"])
    loud = replace(record.leads[0], samples=record.leads[0].samples * 100)
    view.show_record(replace(record, leads=(loud, *record.leads[1:])))
    assert any("<b>0" in text for text in view.header.texts())
    assert SampleUnit.MILLIVOLT is loud.unit
    assert "<b>" not in view.header.tip_at(QPointF(1, 1))
    assert "&lt;b&gt;0" in view.header.tip_at(QPointF(1, 1))
