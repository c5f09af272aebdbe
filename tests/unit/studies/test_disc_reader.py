"""A patient's disc by its files' own headers: exams, series, what is opened and what is not."""

import zipfile

import pytest
from pydicom.dataset import Dataset

from tests.shared_data import SHARED_DATA, needs_shared_data
from tests.unit.studies import disc_factory as make
from tests.unit.studies.dicom_factory import written
from tests.unit.studies.slices import ct_file, enhanced, packed
from workstation.studies.disc import DiscInfo, DiscKind, LeftOutReason
from workstation.studies.ecg import EcgRecord
from workstation.studies.readers.opening import open_file
from workstation.studies.warnings import StudyWarning


def disc(files: make.Files, method: int = zipfile.ZIP_DEFLATED) -> DiscInfo:
    """The archive of these files as it is opened."""
    found = open_file(memoryview(make.zipped(files, method)))
    assert isinstance(found, DiscInfo)
    return found


def reasons(info: DiscInfo) -> dict[str, LeftOutReason]:
    return {one.path: one.reason for one in info.left_out}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_two_series_a_clip_and_a_report_among_a_viewers_files(method: int) -> None:
    info = disc(make.disc_files(), method)
    assert [(item.kind, item.pictures) for item in info.items] == [
        (DiscKind.STACK, 5),
        (DiscKind.STACK, 4),
        (DiscKind.CLIP, 5),
        (DiscKind.REPORT, 1),
    ]
    assert [one.title for one in info.series] == ["Голова 5 мм", "Тонкие срезы", "ЭхоКГ", ""]
    assert [one.modality for one in info.series] == ["CT", "CT", "US", "SR"]
    assert info.people == (("Образцов Пётр", info.patient_birth_date),)
    assert len(info.exams) == 1
    assert info.left_out_count == len(make.junk())


def test_slices_are_in_the_order_of_their_numbers() -> None:
    info = disc(make.head_slices(9))
    uids = [info.files[one].uid for one in info.items[0].files]
    assert uids == [f"1.2.3.{number}" for number in range(1, 10)]


def test_what_is_junk_is_named_and_never_more_than_looked_at() -> None:
    found = reasons(disc(make.disc_files()))
    assert found["JPEG/0001.jpg"] is LeftOutReason.PREVIEW
    assert found["README.TXT"] is LeftOutReason.NOT_MEDICAL
    assert found["VIEWER/manual.txt"] is LeftOutReason.NOT_MEDICAL
    assert found["INDEX.HTM"] is LeftOutReason.NOT_MEDICAL


def test_a_slice_that_calls_itself_a_program_is_no_junk_and_the_other_way_round() -> None:
    """Content decides: a name only demotes a text or a picture."""
    info = disc({"setup.exe": ct_file(1), "IM2": b"MZ" + bytes(300)})
    assert info.files[0].path == "setup.exe"
    assert reasons(info) == {"IM2": LeftOutReason.NOT_MEDICAL}


def test_documents_ecgs_photos_and_what_is_no_picture() -> None:
    files = {
        "DICOM/PDF": make.pdf_inside(),
        "DICOM/ECG": make.ecg_inside(),
        "DICOM/PR": make.presentation_state(),
        "Заключение.pdf": make.PDF,
        "Выписка.txt": ("Пациент находился на лечении. " * 9).encode("cp1251"),
        "старое.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    }
    info = disc(files)
    kinds = {info.files[item.files[0]].path: item.kind for item in info.items}
    assert kinds == {
        "DICOM/PDF": DiscKind.DOCUMENT,
        "DICOM/ECG": DiscKind.ECG,
        "Заключение.pdf": DiscKind.DOCUMENT,
        "Выписка.txt": DiscKind.DOCUMENT,
    }
    assert reasons(info) == {
        "DICOM/PR": LeftOutReason.NO_PICTURE,
        "старое.doc": LeftOutReason.ADVISED,
    }
    assert [exam.uid for exam in info.exams] == [make.STUDY, ""]


def test_the_latest_exam_first() -> None:
    def older(dataset: Dataset) -> None:
        make.whose(dataset, series="1.9", series_number=1, study="1.8")
        dataset.StudyDate = "20240101"

    info = disc({"A": ct_file(1, older)} | make.head_slices(2))
    assert [exam.uid for exam in info.exams] == [make.STUDY, "1.8"]


def test_two_people_under_one_series_are_two_series() -> None:
    info = disc(make.head_slices(4) | make.head_slices_of("Иванов^Иван"))
    assert {one.patient_name for one in info.series} == {"Образцов Пётр", "Иванов Иван"}
    assert sorted(item.pictures for item in info.items) == [3, 4]
    assert len(info.people) == 2


def test_a_file_of_many_frames_is_an_item_by_itself() -> None:
    dataset = enhanced([0.0, 5.0, 10.0])
    make.whose(dataset, series="1.7", series_number=1, uid="1.7.1")
    info = disc({"E": written(dataset)} | make.packed_slices())
    assert [(item.kind, item.pictures, len(item.files)) for item in info.items] == [
        (DiscKind.STACK, 3, 1),
        (DiscKind.STACK, 4, 4),
    ]


def test_long_private_elements_before_what_is_looked_for() -> None:
    def private(dataset: Dataset) -> None:
        make.whose(dataset, series="1.6", series_number=6, title="Длинная")
        dataset.add_new(0x00090010, "LO", "MAKER")
        dataset.add_new(0x00091001, "OB", bytes(range(256)) * 400)

    info = disc({"A": ct_file(1, private), "B": packed(2, private)})
    assert [(one.title, one.number) for one in info.series] == [("Длинная", 6)]
    assert info.items[0].pictures == 2


def test_files_that_the_discs_own_list_names_and_that_are_missing() -> None:
    files = make.disc_files(with_junk=False)
    there = {path: "1.2" for path in files}
    named = there | {"DICOM/GONE/IM1": "1.9.1", "DICOM/MOVED/IM2": "1.2.3.1"}
    info = disc(files | {"DICOMDIR": make.directory(named)})
    assert info.missing == ("DICOM/GONE/IM1",)  # the other one is there, under another name
    assert info.missing_count == 1
    assert info.left_out_count == 0


def test_a_list_in_a_folder_names_files_from_there() -> None:
    files = {f"CD1/{path}": data for path, data in make.head_slices(2).items()}
    named = {path.removeprefix("CD1/"): "1.2" for path in files}
    info = disc(files | {"CD1/DICOMDIR": make.directory(named)})
    assert info.missing_count == 0


def test_previews_are_photos_where_nothing_else_is() -> None:
    info = disc({"JPEG/0001.jpg": make.junk()["JPEG/0001.jpg"]})
    assert [item.kind for item in info.items] == [DiscKind.PHOTO]


def test_find_by_instance_or_path() -> None:
    info = disc(make.disc_files() | {"a/b.pdf": make.PDF})
    assert info.find("1.2.4.3") == 1
    assert info.find("1.2.5.1") == 2
    assert info.find("a/b.pdf") == 4
    assert info.find("9.9.9") is None
    assert info.find("") is None
    assert info.part_of(2) == "1.2.5.1"
    assert info.part_of(4) == "a/b.pdf"


def test_a_wfdb_record_is_one_still_and_with_dicom_beside_it_a_disc() -> None:
    samples = bytes(range(200)) * 40
    header = b"rec 2 250 2000\nrec.dat 16 200 16 0 0 0 0 I\nrec.dat 16 200 16 0 0 0 0 II\n"
    record = {"rec.hea": header, "rec.dat": samples}
    assert isinstance(open_file(memoryview(make.zipped(record))), EcgRecord)
    assert disc(record | make.head_slices(2)).items[0].kind is DiscKind.STACK


def test_letters_that_are_not_declared_are_a_guess() -> None:
    def undeclared(dataset: Dataset) -> None:
        make.whose(dataset, series="1.2.3", series_number=1)

    data = ct_file(1, undeclared)
    cyrillic = "Образцов^Пётр".encode()
    assert cyrillic in data
    guessed = data.replace(b"ISO_IR 192", b"          ")
    info = disc({"A": guessed})
    assert StudyWarning.NAME_CHARSET_GUESSED in info.warnings


@needs_shared_data
def test_the_real_ct_series_as_a_disc() -> None:
    """MANIFEST, ct: 28 slices without suffix, here in an archive as a region sends it."""
    slices = [path for path in (SHARED_DATA / "ct/ts").rglob("*") if path.is_file()]
    info = disc({f"DICOM/{number}": path.read_bytes() for number, path in enumerate(slices)})
    assert [item.kind for item in info.items] == [DiscKind.STACK] * len(info.items)
    assert sum(item.pictures for item in info.items) == len(slices)
