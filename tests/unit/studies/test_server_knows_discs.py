"""The server announces a patient's disc by the first bytes of its ZIP; nothing else is one."""

import zipfile

import pytest

from backend.uploads.content import HEAD, type_of
from backend_client.models.documents import DocumentKind
from tests.unit.studies import disc_factory as make
from tests.unit.studies.slices import ct_file


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize(
    "files",
    [
        {"DICOM/PA0/IM1": b"x" * 300},
        {"DICOMDIR": b"x"},
        {"a/1.dcm": b"x"},
        {"IM00001": ct_file(1)},
        {"autorun.inf": b"[autorun]", "00001": ct_file(1)},
    ],
)
def test_a_disc(files: make.Files, method: int) -> None:
    said = type_of(make.zipped(files, method)[:HEAD])
    assert (said.kind, said.format) == (DocumentKind.IMAGE, "ZIP, диск")


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        ({"word/document.xml": b"<w/>"}, DocumentKind.PDF),
        ({"rec.hea": b"rec 1 250 10", "rec.dat": b"x"}, DocumentKind.ECG),
        ({"table.xlsx": b"x" * 300}, DocumentKind.UNKNOWN),
    ],
)
def test_other_archives_are_announced_as_before(files: make.Files, kind: DocumentKind) -> None:
    assert type_of(make.zipped(files)[:HEAD]).kind is kind
