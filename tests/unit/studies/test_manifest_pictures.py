"""Every picture among the sample files: its size, frames, packing and patient, by the manifest."""

import json

import numpy as np
import pytest

from tests.shared_data import SHARED_DATA, needs_shared_data, shared_file
from workstation.studies.readers.dicom_file import read_dicom
from workstation.studies.readers.dicom_image import DicomPicture
from workstation.studies.readers.dicom_text import person
from workstation.studies.readers.stored_frames import StoredFrames

Row = dict[str, str]
"""As the manifest writes it: all values are words."""


def rows(folder: str) -> list[Row]:
    """Those of a folder that hold pictures."""
    listed = json.loads((SHARED_DATA / "manifest.json").read_text("utf-8"))
    return [row for row in listed if row["file"].startswith(folder) and row.get("Rows")]


def readable(name: str) -> str:
    """A name of the manifest as one reads it."""
    return " ".join(part for part in name.split("^") if part)


@needs_shared_data
@pytest.mark.parametrize(
    ("folder", "count"), [("us/", 11), ("ct/", 35), ("mr/", 18), ("charset/", 4), ("doc/sc_", 1)]
)
def test_size_frames_packing_and_patient(folder: str, count: int) -> None:
    """OZ-6: the last frame of each is decoded to numbers of the size that the manifest says."""
    found = rows(folder)
    assert len(found) == count
    for row in found:
        file = read_dicom(memoryview(shared_file(row["file"])))
        frames = StoredFrames(file)
        assert frames.frame_count == int(row.get("NumberOfFrames") or 1), row["file"]
        assert file.syntax == row["TransferSyntax"]
        last = frames.stored(frames.frame_count - 1)
        assert last.shape[:2] == (int(row["Rows"]), int(row["Columns"]))
        assert last.dtype == frames.storage.kind
        assert person(file.dataset, "PatientName").words == readable(row.get("PatientName", ""))
        assert not file.cut_off


@needs_shared_data
def test_ultrasound_frames_can_be_drawn() -> None:
    """The first, the middle and the last of each clip; none of them is empty."""
    for row in rows("us/"):
        picture = DicomPicture(read_dicom(memoryview(shared_file(row["file"]))))
        into = np.zeros((picture.info.height, picture.info.width, 4), np.uint8)
        count = picture.info.frame_count
        for index in {0, count // 2, count - 1}:
            picture.render(index, into)
            assert into[..., :3].max() > 100, row["file"]
