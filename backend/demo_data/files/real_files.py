"""A real 12-lead ECG and a real ultrasound clip (they come with pydicom), under a made-up name."""

from datetime import date

from pydicom import dcmread
from pydicom.data import get_testdata_file
from pydicom.dataset import Dataset, FileDataset

from backend.demo_data.files.dicom_header import (
    describe_patient,
    describe_study,
    taken_at,
    to_bytes,
    uid,
)
from backend.demo_data.files.subject import Subject

ECG, CLIP = "waveform_ecg.dcm", "examples_ybr_color.dcm"
STATEMENTS = {"RITMO SINUSALE": "Синусовый ритм", "ECG NORMALE": "Вариант нормы"}
KEPT_PATIENT_GROUP = {"PatientName", "PatientID", "PatientBirthDate", "PatientSex"}
FOREIGN = (
    "OtherPatientIDs",
    "AdmissionID",
    "CurrentPatientLocation",
    "RequestingPhysician",
    "ReasonForStudy",
    "OperatorsName",
    "PerformedProcedureStepID",
    "PerformedProcedureStepStartDate",
    "PerformedProcedureStepStartTime",
    "InstanceCreationDate",
    "InstanceCreationTime",
)
"""What the recording's own hospital wrote."""


def make_real_ecg(subject: Subject, day: date) -> bytes:
    """The recording of a Mortara device, 1000 Hz, with the device's own measurements."""
    dataset = _read(ECG)
    _rename(dataset, subject, day, "ЭКГ", "real-ecg")
    for note in dataset.WaveformAnnotationSequence:
        if "UnformattedTextValue" in note:
            text = note.UnformattedTextValue
            note.UnformattedTextValue = STATEMENTS.get(text, text)
    return to_bytes(dataset)


def make_real_clip(subject: Subject, day: date, description: str) -> bytes:
    """The clip of a portable SonoSite device: 30 frames, JPEG baseline."""
    dataset = _read(CLIP)
    _rename(dataset, subject, day, description, "real-clip")
    return to_bytes(dataset)


def _read(name: str) -> FileDataset:
    path = get_testdata_file(name, download=False)
    if not isinstance(path, str):
        raise FileNotFoundError(f"pydicom has been installed without {name}")
    return dcmread(path)


def _rename(dataset: FileDataset, subject: Subject, day: date, description: str, key: str) -> None:
    dataset.remove_private_tags()
    for name in FOREIGN:
        if name in dataset:
            delattr(dataset, name)
    _forget_patient(dataset)
    describe_patient(dataset, subject)
    describe_study(dataset, subject, taken_at(day, key), description, key)
    instance = uid(subject.number, key, f"{day}")
    dataset.SOPInstanceUID = instance
    dataset.file_meta.MediaStorageSOPInstanceUID = instance


def _forget_patient(dataset: Dataset) -> None:
    """Empties the patient group of all but what is written anew."""
    for element in dataset.group_dataset(0x0010):
        if element.keyword not in KEPT_PATIENT_GROUP:
            del dataset[element.tag]
