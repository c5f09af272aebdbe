"""The format is found from the content, whatever the file is called and however it begins."""

import pytest

from tests.unit.studies.test_hostile_ecg import originals
from workstation.studies.readers.sniff import FileFormat, sniff

FORMATS = {
    "scp": FileFormat.SCP,
    "scp with its own table": FileFormat.SCP,
    "aecg": FileFormat.AECG,
    "muse": FileFormat.MUSE,
    "sierra": FileFormat.SIERRA,
    "edf": FileFormat.EDF,
    "wfdb": FileFormat.WFDB,
    "ishne": FileFormat.ISHNE,
    "mfer": FileFormat.MFER,
}


@pytest.mark.parametrize("kind", FORMATS)
def test_each_format_by_its_content(kind: str) -> None:
    assert sniff(memoryview(originals()[kind])) is FORMATS[kind]


@pytest.mark.parametrize(
    "before",
    [
        b"",
        b"\xef\xbb\xbf",
        b"\n\n<?xml version='1.0'?>\n",
        b"<!-- <RestingECG> --><!DOCTYPE a SYSTEM 'x'>",
        b"<?xml version='1.0'?><!DOCTYPE a [<!ELEMENT RestingECG ANY>]>" + b"<!-- long -->" * 200,
    ],
)
def test_the_root_element_counts_and_not_what_stands_before_it(before: bytes) -> None:
    assert sniff(memoryview(before + b'<h:AnnotatedECG xmlns:h="x"/>')) is FileFormat.AECG


def test_utf_16_roots() -> None:
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        assert sniff(memoryview("<restingecgdata>".encode(encoding))) is FileFormat.SIERRA


@pytest.mark.parametrize(
    "other",
    [
        b"<html><RestingECG/></html>",
        b"<?xml version='1.0'?><svg/>",
        b"RestingECG",
        b"Dear colleague,\nplease see the ECG.",
        bytes(200),
        b"\0" * 8 + b"\1" * 100,
        b"{}",
    ],
)
def test_other_files_are_none_of_these(other: bytes) -> None:
    """Nor any other format but texts and pages of the web."""
    assert sniff(memoryview(other)) in (None, FileFormat.TEXT, FileFormat.WEB_PAGE)
