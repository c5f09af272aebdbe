"""What the window opens as an ECG, the server has announced as one: it hangs in the ECG's pane."""

import pytest

from backend.uploads.content import HEAD, type_of
from backend_client.models.documents import DocumentKind
from tests.unit.studies.test_hostile_ecg import originals
from tests.unit.studies.test_sniff_ecg import FORMATS
from workstation.studies.readers.sniff import sniff


@pytest.mark.parametrize("kind", FORMATS)
def test_each_format_is_announced_under_its_name(kind: str) -> None:
    content = originals()[kind]
    found, opened_as = type_of(content[:HEAD]), sniff(memoryview(content))
    assert opened_as is not None
    assert (found.kind, found.format) == (DocumentKind.ECG, opened_as.value)


@pytest.mark.parametrize(
    "before",
    [
        b"\xef\xbb\xbf",
        b"\n\n<?xml version='1.0' encoding='windows-1251'?>\n<!-- \xcf\xee -->",
        b"<!-- <RestingECG> --><!DOCTYPE a SYSTEM 'x'>",
        b"<?xml version='1.0'?>" + b"<!-- long -->" * 500,
    ],
)
def test_the_root_element_counts_and_not_what_stands_before_it(before: bytes) -> None:
    assert type_of(before + b'<h:AnnotatedECG xmlns:h="x"/>').format == "HL7 aECG"


def test_utf_16_roots() -> None:
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        assert type_of("<restingecgdata>".encode(encoding)).format == "Philips Sierra XML"


@pytest.mark.parametrize(
    "other",
    [
        b"<html><RestingECG/></html>",
        b'<!DOCTYPE a [<!ENTITY a "aaaa">]><RestingECG/>',
        b"<?xml version='1.0' encoding='nonsense'?><RestingECG/>",
        b"PK\x03\x04" + bytes(22) + b"\x08\0\0\0word.xml",
        b"Dear colleague,\nplease see the ECG.",
        bytes(200),
    ],
)
def test_other_files_are_none(other: bytes) -> None:
    assert type_of(other).kind is DocumentKind.UNKNOWN
