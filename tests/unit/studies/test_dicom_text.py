"""Names in their own letters; a guess is marked as one."""

import pytest
from pydicom.dataset import Dataset

from tests.unit.studies import dicom_factory as make
from tests.unit.studies.reading import read_clip
from workstation.studies.warnings import StudyWarning

NAME = "Иванова^Мария^Петровна"
READ = "Иванова Мария Петровна"


def named(raw: bytes, charset: str | None) -> tuple[str, bool]:
    """The name as shown, and whether it is marked as a guess."""

    def change(dataset: Dataset) -> None:
        dataset.SpecificCharacterSet = charset
        dataset.PatientName = "MARK" * 15
        del dataset.SeriesDescription

    file = make.clip_file(1, change)
    place = file.index(b"MARK" * 15)
    padded = raw.ljust(60)
    file = file[:place] + padded + file[place + 60 :]
    info = read_clip(file)
    return info.patient_name, StudyWarning.NAME_CHARSET_GUESSED in info.warnings


@pytest.mark.parametrize(
    ("encoding", "charset"), [("utf-8", "ISO_IR 192"), ("iso8859-5", "ISO_IR 144")]
)
def test_declared_letters_are_exact(encoding: str, charset: str) -> None:
    assert named(NAME.encode(encoding), charset) == (READ, False)


def test_declared_by_escape_sequences() -> None:
    raw = b"\x1b\x2d\x4c" + "Иванова".encode("iso8859-5")
    assert named(raw, "\\ISO 2022 IR 144") == ("Иванова", False)


@pytest.mark.parametrize("encoding", ["cp1251", "utf-8"])
def test_undeclared_letters_are_a_guess(encoding: str) -> None:
    assert named(NAME.encode(encoding), None) == (READ, True)


def test_wrongly_declared_as_western() -> None:
    assert named(NAME.encode("cp1251"), "ISO_IR 100") == (READ, True)


def test_western_names_stay_western() -> None:
    assert named("Müller^Anaïs".encode("latin-1"), "ISO_IR 100") == ("Müller Anaïs", False)


def test_wrong_bytes_for_the_declared_letters_are_a_guess() -> None:
    assert named(NAME.encode("cp1251"), "ISO_IR 192") == (READ, True)


def test_markup_and_control_characters() -> None:
    assert named(b"<b>Ivan</b>^\x07Petr", "ISO_IR 192") == ("<b>Ivan</b> Petr", False)


def test_first_of_several_writings() -> None:
    assert named("Yamada^Tarou=山田^太郎".encode(), "ISO_IR 192") == ("Yamada Tarou", False)


def test_unknown_charset_does_not_stop_anything() -> None:
    name, guessed = named(NAME.encode("cp1251"), "WINDOWS_1251")
    assert (name, guessed) == (READ, True)
