"""What the DICOM files of the demonstration have in common: whose they are, from where."""

from datetime import date, datetime
from io import BytesIO

from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.uid import UID, generate_uid

from backend.demo_data.files.subject import Subject
from backend_client.models.requests import Sex

ROOT = "1.2.826.0.1.3680043.10.1561."
"""Prefix of our made-up UIDs."""
UTF8 = "ISO_IR 192"
SEXES = {Sex.FEMALE: "F", Sex.MALE: "M"}


def uid(*parts: str) -> UID:
    """The same UID for the same words."""
    return generate_uid(prefix=ROOT, entropy_srcs=list(parts))


def dicom_name(full_name: str) -> str:
    """Family name^given names^patronymic, DICOM PS3.5 6.2.1.1."""
    return "^".join(full_name.split(maxsplit=2))


def new_dataset(sop_class: UID, syntax: UID, instance: UID) -> FileDataset:
    """An empty file of that class and transfer syntax."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = sop_class
    meta.MediaStorageSOPInstanceUID = instance
    meta.TransferSyntaxUID = syntax
    meta.ImplementationClassUID = UID(ROOT + "1")
    meta.ImplementationVersionName = "DEMO_1"
    dataset = FileDataset("", {}, file_meta=meta, preamble=b"\0" * 128)
    dataset.SOPClassUID = sop_class
    dataset.SOPInstanceUID = instance
    return dataset


def describe_patient(dataset: Dataset, subject: Subject) -> None:
    """Writes whose file it is, in UTF-8."""
    dataset.SpecificCharacterSet = UTF8
    dataset.PatientName = dicom_name(subject.full_name)
    dataset.PatientID = f"DEMO-{subject.number}"
    dataset.PatientBirthDate = f"{subject.birth_date:%Y%m%d}"
    dataset.PatientSex = SEXES.get(subject.sex, "O")


def describe_study(
    dataset: Dataset, subject: Subject, taken: datetime, description: str, key: str
) -> None:
    """Writes when and where the examination was made; one study a person, kind and day."""
    day, time = f"{taken:%Y%m%d}", f"{taken:%H%M%S}"
    dataset.StudyDate = dataset.SeriesDate = dataset.ContentDate = day
    dataset.StudyTime = dataset.SeriesTime = dataset.ContentTime = time
    dataset.AcquisitionDateTime = day + time
    dataset.AccessionNumber = ""
    dataset.InstitutionName = f"Областная больница, {subject.place}"
    dataset.ReferringPhysicianName = dicom_name(subject.doctor)
    dataset.StudyDescription = description
    dataset.StudyID = f"{taken:%m%d}"
    dataset.StudyInstanceUID = uid(subject.number, dataset.Modality, day)
    dataset.SeriesInstanceUID = uid(subject.number, dataset.Modality, day, "series")
    dataset.SeriesNumber = 1
    dataset.InstanceNumber = int(key[-1]) if key[-1].isdigit() else 1


def taken_at(day: date, key: str) -> datetime:
    """A moment of the working day, by the device's clock; later for later files."""
    minutes = sum(key.encode()) % 47
    return datetime(day.year, day.month, day.day, 9, 10 + minutes, (7 * minutes) % 60)


def to_bytes(dataset: FileDataset) -> bytes:
    """The file's bytes."""
    out = BytesIO()
    dataset.save_as(out, enforce_file_format=True)
    return out.getvalue()
