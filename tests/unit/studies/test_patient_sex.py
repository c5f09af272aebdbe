"""The patient's sex as files of every format state it; another or an unknown one is not said."""

import io
import struct

import pydicom
import pytest

from tests.shared_data import needs_shared_data, shared_file
from tests.unit.studies import dicom_factory as make
from tests.unit.studies import report_factory, slices
from tests.unit.studies.ecg_files import binary, scp, xml
from tests.unit.studies.reading import read_clip, read_ecg
from workstation.studies.opened import SliceSource
from workstation.studies.patient_sex import PatientSex, sex_by_number, sex_by_word
from workstation.studies.readers.opening import open_file
from workstation.studies.report import ReportInfo

MAN, WOMAN = PatientSex.MALE, PatientSex.FEMALE
DICOM = [("F", WOMAN), ("M", MAN), ("O", None), ("", None), ("WEIBLICH", None)]


def stated(data: bytes, sex: str) -> bytes:
    """The DICOM file with that Patient's Sex."""
    dataset = pydicom.dcmread(io.BytesIO(data))
    dataset.PatientSex = sex
    buffer = io.BytesIO()
    dataset.save_as(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("words", "sex"),
    [
        (("F", "female", "FEMALE", " f "), WOMAN),
        (("M", "Male", "MALE"), MAN),
        (("", "O", "other", "UN", "X", "unknown", "1", "Ж"), None),
    ],
)
def test_words_of_devices(words: tuple[str, ...], sex: PatientSex | None) -> None:
    assert {sex_by_word(word) for word in words} == {sex}


def test_numbers_of_devices() -> None:
    assert [sex_by_number(n) for n in (0, 1, 2, 9, -1, 255)] == [None, MAN, WOMAN, None, None, None]


@pytest.mark.parametrize(("word", "sex"), DICOM)
def test_dicom_of_every_kind_says_it(word: str, sex: PatientSex | None) -> None:
    """PS3.3, C.7.1.1: (0010,0040) is M, F or O."""
    assert read_clip(stated(make.clip_file(2), word)).patient_sex is sex
    assert read_ecg(stated(make.ecg_file(), word)).patient_sex is sex
    report = open_file(memoryview(stated(report_factory.echo_report(), word)))
    assert isinstance(report, ReportInfo)
    assert report.patient_sex is sex
    stack = open_file(memoryview(stated(slices.ct_file(1), word)))
    assert isinstance(stack, SliceSource)
    assert stack.info.series[0].patient_sex is sex


@pytest.mark.parametrize(("word", "sex"), [("M", MAN), ("F", WOMAN), ("UN", None)])
def test_aecg(word: str, sex: PatientSex | None) -> None:
    data = xml.aecg(xml.aecg_sequences(make.heart_counts(100, 12)))
    code = f'<administrativeGenderCode code="{word}"/>'.encode()
    assert read_ecg(data).patient_sex is None
    assert read_ecg(data.replace(b"<birthTime", code + b"<birthTime")).patient_sex is sex


@pytest.mark.parametrize(("word", "sex"), [("MALE", MAN), ("FEMALE", WOMAN), ("UNKNOWN", None)])
def test_muse_and_sierra(word: str, sex: PatientSex | None) -> None:
    muse = xml.muse(xml.muse_wave(make.heart_counts(100, 8)))
    gender = f"<Gender>{word}</Gender>".encode()
    assert read_ecg(muse).patient_sex is None
    assert read_ecg(muse.replace(b"<DateofBirth>", gender + b"<DateofBirth>")).patient_sex is sex
    sierra = xml.sierra(make.heart_counts(100, 12))
    told = f"<generalpatientdata><sex>{word.title()}</sex>".encode()
    assert read_ecg(sierra.replace(b"<generalpatientdata>", told)).patient_sex is sex


@pytest.mark.parametrize(("number", "sex"), [(0, None), (1, MAN), (2, WOMAN), (9, None)])
def test_scp_mfer_and_ishne(number: int, sex: PatientSex | None) -> None:
    who = scp.patient()[:-3] + struct.pack("<BHB", 8, 1, number) + b"\xff\0\0"
    body = scp.data(make.heart_counts(500, 12))
    record = scp.record({1: who, 3: scp.leads(make.TWELVE, 500), 6: body})
    assert read_ecg(record).patient_sex is sex
    told = binary.tag(0x84, bytes([number]))
    mfer = binary.mfer(make.heart_counts(100, 2), (1, 2), more=told)
    assert read_ecg(mfer).patient_sex is sex
    ishne = binary.ishne(make.heart_counts(600, 3), ("X", "V1", "V2"))
    assert read_ecg(ishne).patient_sex is WOMAN, "the factory's patient is a woman"


@pytest.mark.parametrize(("word", "sex"), [(b"F", WOMAN), (b"M", MAN), (b"X", None)])
def test_edf_plus(word: bytes, sex: PatientSex | None) -> None:
    records = binary.edf_records(make.heart_counts(1000))
    patient = b"123 " + word + b" 02-MAY-1951 Anna"
    signals = [binary.edf_signal(f"EKG {name}") for name in make.TWELVE]
    noted = [[*one, binary.edf_note(n)] for n, one in enumerate(records)]
    notes = binary.edf_signal("EDF Annotations", 30)
    data = binary.edf([*signals, notes], noted, kind="EDF+C", patient=patient)
    assert read_ecg(data).patient_sex is sex


@needs_shared_data
@pytest.mark.parametrize(
    ("name", "sex"),
    [
        ("ecg/dicom_12lead_clark_500hz.dcm", MAN),
        ("ecg/dicom_12lead_mortara_1000hz.dcm", WOMAN),
        ("ecg/aecg_clark.xml", MAN),
        ("ecg/scp_clark.scp", MAN),
        ("ecg/muse_sinus.xml", MAN),
    ],
)
def test_real_files(name: str, sex: PatientSex) -> None:
    assert read_ecg(shared_file(name)).patient_sex is sex


@needs_shared_data
def test_a_fetus_has_its_mother_s_or_none() -> None:
    """Devices leave it out or write O: nobody is asked about them."""
    for name in ("us/fetal_voluson_cine_87f.dcm", "us/fetal_cisterna_magna_still.dcm"):
        assert read_clip(shared_file(name)).patient_sex is None
