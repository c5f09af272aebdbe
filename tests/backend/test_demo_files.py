"""The demonstration's files: whole, of the right patient, of the right size, always the same."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pydicom
import pypdfium2  # type: ignore[import-untyped]  # the package carries no types
import pytest
from PIL import Image

from backend.demo_data.requests import demo_requests
from backend.demo_data.shape import DemoFile, DemoRequest
from backend_client.models.documents import DocumentKind
from tests.backend.demo_view import FRIDAY

ROOT = Path(__file__).parents[2]
BROKEN = "Эхо, часть файла"
MAGIC = {"PDF": b"%PDF-", "JPEG": b"\xff\xd8\xff", "PNG": b"\x89PNG", "DICOM": b""}
Made = list[tuple[DemoRequest, DemoFile, bytes]]


@pytest.fixture(scope="module")
def made() -> Made:
    """Every file of every request: this takes some seconds."""
    return [
        (request, file, file.content())
        for request in demo_requests(FRIDAY)
        for file in request.files
    ]


def of_format(made: Made, name: str) -> Iterator[tuple[DemoRequest, DemoFile, bytes]]:
    found = [one for one in made if one[1].format == name]
    assert found
    yield from found


def whole_dicom(made: Made) -> Iterator[tuple[DemoRequest, DemoFile, pydicom.FileDataset]]:
    for request, file, content in of_format(made, "DICOM"):
        if file.title != BROKEN:
            yield request, file, pydicom.dcmread(BytesIO(content))


def test_files_are_small_enough(made: Made) -> None:
    sizes = [len(content) for _, _, content in made]
    assert max(sizes) < 4_000_000
    assert sum(sizes) < 60_000_000


def test_one_key_stands_for_one_content(made: Made) -> None:
    keys = {file.key: content for _, file, content in made}
    assert len(keys) == len(made)
    # A screenshot names nobody, so only such files may be the same for two patients.
    contents = [content for _, file, content in made if file.format != "PNG"]
    assert len(set(contents)) == len(contents)


def test_format_and_kind_are_what_the_bytes_are(made: Made) -> None:
    for _, file, content in made:
        assert content.startswith(MAGIC[file.format])
        assert (content[128:132] == b"DICM") == (file.format == "DICOM")
    kinds = {(file.format, file.kind) for _, file, _ in made}
    assert kinds == {
        ("DICOM", DocumentKind.ECG),
        ("DICOM", DocumentKind.CLIP),
        ("DICOM", DocumentKind.IMAGE),
        ("PDF", DocumentKind.PDF),
        ("JPEG", DocumentKind.PHOTO),
        ("PNG", DocumentKind.PHOTO),
    }


def test_dicom_files_name_the_patient_of_their_request(made: Made) -> None:
    for request, file, dataset in whole_dicom(made):
        patient = request.patient
        assert dataset.SpecificCharacterSet == "ISO_IR 192"
        assert str(dataset.PatientName).replace("^", " ") == patient.full_name
        assert dataset.PatientID == f"DEMO-{request.number}"
        assert dataset.PatientBirthDate == f"{patient.birth_date:%Y%m%d}"
        assert {"F": "female", "M": "male"}[dataset.PatientSex] == patient.sex
        assert dataset.StudyDate == f"{file.taken_on:%Y%m%d}"


def test_dicom_files_have_ids_of_their_own(made: Made) -> None:
    datasets = [dataset for _, _, dataset in whole_dicom(made)]
    ids = [dataset.SOPInstanceUID for dataset in datasets]
    assert len(set(ids)) == len(ids)
    for dataset in datasets:
        assert dataset.file_meta.MediaStorageSOPInstanceUID == dataset.SOPInstanceUID


def test_nothing_of_the_real_recordings_owner_is_left(made: Made) -> None:
    """The real ECG and the real clip come with their own hospital's words."""
    foreign = [b"Galliera", b"Anonymous", b"642341", b"13002689", b"RITMO", b"SONOPPS"]
    for _, _, content in of_format(made, "DICOM"):
        assert not [word for word in foreign if word in content]


def test_papers_open_and_tell_of_the_patient(made: Made) -> None:
    """The text can be searched: family name and diagnosis stand on the first page."""
    for request, file, content in of_format(made, "PDF"):
        document = pypdfium2.PdfDocument(content)
        pages = [page.get_textpage().get_text_bounded() for page in document]
        document.close()
        first = pages[0].replace("\r\n", " ")
        assert request.patient.full_name.split()[0] in first, file.title
        assert f"{request.patient.birth_date:%d.%m.%Y}" in first
        if "эпикриз" in first:
            assert len(pages) == 2


def test_photos_lie_on_their_side_and_say_so(made: Made) -> None:
    for _, _, content in of_format(made, "JPEG"):
        with Image.open(BytesIO(content)) as photo:
            photo.load()
            assert photo.getexif()[0x0112] == 6
            assert photo.width > photo.height


def test_screenshots_open(made: Made) -> None:
    for _, _, content in of_format(made, "PNG"):
        with Image.open(BytesIO(content)) as picture:
            picture.load()
            assert picture.size == (640, 480)


def test_the_cut_file_ends_before_what_it_announces(made: Made) -> None:
    """Its header is whole, so it is known whose it is; some of its frames are not there."""
    cut = [content for _, file, content in made if file.title == BROKEN]
    assert len(cut) == 1
    with pytest.warns(UserWarning, match="End of file reached"):
        pydicom.dcmread(BytesIO(cut[0]))
    header = pydicom.dcmread(BytesIO(cut[0]), stop_before_pixels=True)
    assert str(header.PatientName).startswith("Шубин^")
    assert cut[0].count(b"\xff\xd8\xff\xe0") < header.NumberOfFrames


def test_files_are_the_same_in_another_process(made: Made) -> None:
    """One of each recipe, made anew where hashes of strings differ."""
    wanted = {(file.format, file.kind, file.item_code): file.key for _, file, _ in made}
    keys = sorted(wanted.values())
    program = (
        "import hashlib, sys\n"
        "from tests.backend.demo_view import FRIDAY\n"
        "from backend.demo_data.requests import demo_requests\n"
        "for request in demo_requests(FRIDAY):\n"
        "    for file in request.files:\n"
        "        if file.key in sys.argv[1:]:\n"
        "            print(file.key, hashlib.sha256(file.content()).hexdigest())\n"
    )
    here = {file.key: hashlib.sha256(content).hexdigest() for _, file, content in made}
    done = subprocess.run(
        [sys.executable, "-c", program, *keys],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "17", "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    there = dict(line.split() for line in done.stdout.splitlines())
    assert there == {key: here[key] for key in keys}
