"""Structured reports as lines: groups, values, units, modifiers, and what hostile ones do."""

import struct

import pytest
from pydicom.dataset import Dataset

from tests.shared_data import needs_shared_data, shared_file
from tests.unit.studies import report_factory as make
from tests.unit.studies.dicom_factory import code
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.readers.opening import open_file
from workstation.studies.report import LineKind, ReportInfo, ReportLine
from workstation.studies.warnings import StudyWarning


def read(data: bytes) -> ReportInfo:
    found = open_file(memoryview(data))
    assert isinstance(found, ReportInfo)
    return found


def values(info: ReportInfo) -> dict[str, tuple[str, str]]:
    """Digits and unit by the code of the name."""
    return {
        line.name.value: (line.words, line.unit.value)
        for line in info.lines
        if line.kind is LineKind.NUMBER
    }


@needs_shared_data
def test_echo_sample() -> None:
    """DRC-13: the truths of doc/sr_echo_tid5200.dcm."""
    info = read(shared_file("doc/sr_echo_tid5200.dcm"))
    assert (info.name.value, info.template) == ("125200", "5200")
    assert info.patient_name == "Сидорова Анна Ивановна"
    assert values(info) == {
        "29436-3": ("4.8", "cm"),
        "29438-9": ("3.1", "cm"),
        "18154-5": ("0.9", "cm"),
        "18152-9": ("0.9", "cm"),
        "18043-0": ("62", "%"),
        "11726-7": ("420", "cm/s"),
    }
    assert (info.is_complete, info.is_verified, info.warnings) == (True, False, ())


@needs_shared_data
def test_fetal_sample() -> None:
    """The truths of doc/sr_obgyn_tid5000.dcm: 80, 290, 280 and 60 mm, in nested groups."""
    info = read(shared_file("doc/sr_obgyn_tid5000.dcm"))
    assert values(info) == {
        "11820-8": ("8.0", "cm"),
        "11984-2": ("29.0", "cm"),
        "11979-2": ("28.0", "cm"),
        "11963-6": ("6.0", "cm"),
    }
    assert {line.depth for line in info.lines if line.kind is LineKind.NUMBER} == {2}
    assert info.patient_name == "Петрова Ольга Сергеевна"


@needs_shared_data
def test_comprehensive_sample() -> None:
    """doc/sr_comprehensive.dcm: text, codes, dates, references, modifiers."""
    info = read(shared_file("doc/sr_comprehensive.dcm"))
    by_item = {line.item: line for line in info.lines}
    assert by_item[13].words == "Sample Text\nA\nB\nC"
    assert [one.value.meaning for one in by_item[3].modifiers] == ["Sample Code 1", "Sample Code 2"]
    assert (by_item[6].words, by_item[6].unit.value) == ("3", "cm")
    assert by_item[19].words == "2000-12-06"
    assert by_item[21].words == "2000-12-06 12:00:00"
    assert by_item[22].kind is LineKind.PICTURE
    assert info.is_verified


@needs_shared_data
def test_basic_text_sample() -> None:
    """doc/sr_basic_text.dcm."""
    info = read(shared_file("doc/sr_basic_text.dcm"))
    assert info.name.meaning == "Document Title"
    assert [line.words for line in info.lines if line.kind is LineKind.TEXT] == ["Enter text"] * 2
    assert info.is_complete is False


def test_a_measurement_with_its_site_and_derivation() -> None:
    info = read(make.echo_report())
    findings, dimension, fraction = info.lines
    assert (findings.kind, findings.depth) == (LineKind.GROUP, 0)
    assert [one.value.value for one in findings.modifiers] == ["87878005"]
    assert (dimension.words, dimension.unit.value, dimension.depth) == ("4.8", "cm", 1)
    assert [one.value.meaning for one in dimension.modifiers] == ["Mean"]
    assert (fraction.words, fraction.unit.value) == ("62", "%")
    assert info.patient_name == "Образцова Анна Ивановна"
    assert info.device == "Образец"


def test_items_are_counted_with_those_that_are_not_lines() -> None:
    """A source of the conclusion names the item: its number does not follow what is shown."""
    assert [line.item for line in read(make.echo_report()).lines] == [1, 3, 5]


def test_nested_groups() -> None:
    info = read(make.fetal_report())
    assert [(line.depth, line.words) for line in info.lines] == [
        (0, ""),
        (1, ""),
        (2, "8.0"),
        (1, ""),
        (2, "8.1"),
    ]


def only_line(item: Dataset) -> ReportLine:
    return read(make.report(make.ECHO, item)).lines[0]


def test_a_value_that_is_missing_is_no_zero() -> None:
    """PS3.3 C.18.1: an empty Measured Value Sequence, with the reason."""
    failed = make.item("NUM", make.EF)
    failed.NumericValueQualifierCodeSequence = code("114006", "Measurement failure", "DCM")
    line = only_line(failed)
    assert (line.words, line.code.meaning) == ("", "Measurement failure")
    assert line.has_value


@pytest.mark.parametrize("digits", ["", "nan", "inf", "1e999", "4,8", "abc"])
def test_what_is_no_finite_number_is_no_value(digits: str) -> None:
    found = make.number(make.EF, "1", "%")
    raw = found.MeasuredValueSequence[0]
    raw.add_new(0x0040A30A, "UT", digits)
    assert not only_line(found).has_value


def test_a_measured_zero_is_a_value() -> None:
    assert only_line(make.number(make.EF, "0", "%")).words == "0"


@pytest.mark.parametrize("charset", ["ISO_IR 144", "ISO_IR 192"])
def test_letters_of_items_are_those_of_the_file(charset: str) -> None:
    """PS3.5 6.1.2.5."""
    item = make.item("TEXT", make.COMMENT, TextValue="Без особенностей")
    info = read(make.report(make.ECHO, item, SpecificCharacterSet=charset))
    assert info.lines[0].words == "Без особенностей"
    assert StudyWarning.NAME_CHARSET_GUESSED not in info.warnings


def test_a_long_text_is_whole() -> None:
    words = "Описание. " * 900
    item = make.item("TEXT", make.COMMENT, TextValue=words)
    assert only_line(item).words == words.strip()


def test_an_empty_report_says_so() -> None:
    info = read(make.report(make.ECHO, make.group(make.FINDINGS)))
    assert info.is_empty
    assert StudyWarning.REPORT_EMPTY in info.warnings
    assert read(make.report(make.ECHO)).is_empty


def test_more_lines_than_any_device_writes_are_cut() -> None:
    items = [make.item("TEXT", make.COMMENT, TextValue="x") for _ in range(5_010)]
    info = read(make.report(make.ECHO, *items))
    assert len(info.lines) == 5_000
    assert StudyWarning.REPORT_CUT in info.warnings


def deep(levels: int, *, endless: bool) -> bytes:
    """A report with a group in a group in a group; with lengths, or with ends."""
    head = make.report(make.ECHO, make.group(make.FINDINGS))
    body = b""
    kind = struct.pack("<HH2sH", 0x0040, 0xA040, b"CS", 10) + b"CONTAINER "
    tag = struct.pack("<HH2sH", 0x0040, 0xA730, b"SQ", 0)
    if endless:
        opened = tag + b"\xff" * 4 + struct.pack("<HHL", 0xFFFE, 0xE000, 0xFFFFFFFF) + kind
        closed = struct.pack("<HHL", 0xFFFE, 0xE00D, 0) + struct.pack("<HHL", 0xFFFE, 0xE0DD, 0)
        body = opened * levels + closed * levels
    else:
        for _ in range(levels):
            inner = kind + body
            body = tag + struct.pack("<L", len(inner) + 8)
            body += struct.pack("<HHL", 0xFFFE, 0xE000, len(inner)) + inner
    return head[: head.rindex(tag[:4])] + body


@pytest.mark.parametrize("endless", [True, False])
def test_content_that_is_nested_ten_thousand_times(endless: bool) -> None:
    try:
        info = read(deep(10_000 if endless else 2000, endless=endless))
    except (UnreadableFile, RecursionError):
        return  # the decoder process says that the file is damaged
    assert StudyWarning.REPORT_CUT in info.warnings
    assert len(info.lines) <= 41


def test_a_report_that_is_cut_off_before_its_content() -> None:
    whole = make.report(make.ECHO, make.group(make.FINDINGS))
    with pytest.raises(UnreadableFile) as raised:
        read(whole[: whole.index(b"Adult") - 60])
    assert raised.value.reason in (Unreadable.TRUNCATED, Unreadable.NO_PICTURE)
