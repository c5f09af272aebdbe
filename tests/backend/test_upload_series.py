"""Of which series an upload is a slice, by its first bytes; hostile ones are of none."""

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import (
    UID,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    generate_uid,
)

from backend.uploads.content import HEAD, type_of
from backend.uploads.dicom_header import SeriesOfFile, series_of

STORAGE = "1.2.840.10008.5.1.4.1.1."
CT, MR, PET, NM = (STORAGE + part for part in ("2", "4", "128", "20"))
SERIES = "1.2.643.5.1.100.7"


def slice_file(
    sop_class: str = CT,
    syntax: UID = ExplicitVRLittleEndian,
    *,
    modality: str = "CT",
    series: str | None = SERIES,
    frames: int | None = None,
    before: bytes = b"",
) -> bytes:
    """A file's beginning; `before`: so much of a private element stands before its series."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = UID(sop_class)
    meta.MediaStorageSOPInstanceUID = generate_uid()
    meta.TransferSyntaxUID = syntax
    dataset = FileDataset("", {}, file_meta=meta, preamble=b"\0" * 128)
    dataset.Modality = modality
    inner = Dataset()
    inner.SeriesInstanceUID = "1.2.3.999"  # of another file: only the first level counts
    dataset.ReferencedStudySequence = Sequence([inner])
    dataset["ReferencedStudySequence"].is_undefined_length = True
    if before:
        dataset.add_new(0x00091001, "OB", before)
    if series is not None:
        dataset.SeriesInstanceUID = series
    if frames is not None:
        dataset.NumberOfFrames = frames
    dataset.Rows = dataset.Columns = 4
    written = io.BytesIO()
    dataset.save_as(written, enforce_file_format=True)
    return written.getvalue()


@pytest.mark.parametrize(
    ("sop_class", "modality"), [(CT, "CT"), (MR, "MR"), (PET, "PT"), (CT + ".9", "")]
)
@pytest.mark.parametrize(
    "syntax", [ExplicitVRLittleEndian, ImplicitVRLittleEndian, JPEG2000Lossless]
)
def test_a_slice_names_its_series_and_modality(sop_class: str, modality: str, syntax: UID) -> None:
    found = type_of(slice_file(sop_class, syntax, modality=modality)[:HEAD]).series
    is_slice = sop_class in (CT, MR, PET)
    assert found == SeriesOfFile(SERIES if is_slice else None, modality or None)


@pytest.mark.parametrize(
    ("sop_class", "modality", "frames", "is_slice"),
    [
        (STORAGE + "2.1", "CT", 40, False),  # enhanced CT
        (STORAGE + "6.1", "US", None, False),
        (STORAGE + "9.1.1", "ECG", None, False),
        (STORAGE + "88.33", "SR", None, False),
        (STORAGE + "104.1", "DOC", None, False),
        (CT, "CT", 1, True),
        (CT, "CT", 2, False),
        (NM, "NM", 60, False),
        (NM, "NM", 1, True),
        (NM, "NM", None, False),
    ],
)
def test_what_is_no_single_slice_stands_alone(
    sop_class: str, modality: str, frames: int | None, is_slice: bool
) -> None:
    found = type_of(slice_file(sop_class, modality=modality, frames=frames)[:HEAD]).series
    assert found == SeriesOfFile(SERIES if is_slice else None, modality)


def test_what_is_not_plain_is_unknown() -> None:
    deflated = slice_file(syntax=DeflatedExplicitVRLittleEndian)
    big = slice_file().replace(ExplicitVRLittleEndian.encode(), ExplicitVRBigEndian.encode())
    assert type_of(deflated[:HEAD]).series == SeriesOfFile()
    assert type_of(big[:HEAD]).series == SeriesOfFile()


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize(
    "series", ["1" * 65, "1.2." + "3" * 70, "1.2.x", "../../1.2", "1..2", "1.2\\3.4", ".", "1.", ""]
)
def test_a_series_that_is_no_uid_is_none(series: str) -> None:
    file = slice_file(series="1.2.3")
    wanted = struct.pack("<HH2sH", 0x20, 0xE, b"UI", 6) + b"1.2.3\0"
    value = series.encode() + b"\0" * (len(series) % 2)
    hostile = file.replace(wanted, wanted[:6] + struct.pack("<H", len(value)) + value)
    assert hostile != file
    assert type_of(hostile[:HEAD]).series.series_uid is None


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("modality", ["ct", "<b>", "CT\x1b[0m", "Q" * 17, "КТ"])
def test_a_modality_that_is_no_code_is_none(modality: str) -> None:
    file = slice_file()
    wanted = struct.pack("<HH2sH", 0x8, 0x60, b"CS", 2) + b"CT"
    value = modality.encode() + b" " * (len(modality.encode()) % 2)
    hostile = file.replace(wanted, wanted[:6] + struct.pack("<H", len(value)) + value)
    assert hostile != file
    assert type_of(hostile[:HEAD]).series == SeriesOfFile(SERIES, None)


def test_what_lies_behind_the_looked_at_bytes_is_unknown() -> None:
    file = slice_file(before=b"\0" * HEAD)
    assert type_of(file[:HEAD]).series == SeriesOfFile(None, "CT")


def test_a_makers_own_elements_may_be_long_before_the_series() -> None:
    file = slice_file(before=b"\0" * 200_000)
    assert type_of(file[:HEAD]).series == SeriesOfFile(SERIES, "CT")


def test_a_file_cut_off_anywhere_is_answered() -> None:
    file = slice_file()
    for end in range(128, len(file)):
        type_of(file[:end])


def test_sequences_within_sequences_come_to_an_end() -> None:
    """A sequence of undefined length opened over and over."""
    head = slice_file()
    start = head.index(struct.pack("<HH2s", 0x8, 0x60, b"CS"))
    nested = struct.pack("<HH2sHL", 0x8, 0x1110, b"SQ", 0, 0xFFFFFFFF)
    item = struct.pack("<HHL", 0xFFFE, 0xE000, 0xFFFFFFFF)
    assert series_of(head[:start] + (nested + item) * 900, CT) == SeriesOfFile()


@given(st.binary(max_size=400))
def test_any_bytes_are_answered(content: bytes) -> None:
    series_of(slice_file()[:300] + content, CT)
    series_of(content, CT)
