"""Whom an open file names, where that is not the request's patient."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from backend_client.models.documents import Document
from backend_client.models.requests import Patient
from workstation.studies.disc import DiscInfo
from workstation.studies.ecg import EcgRecord
from workstation.studies.imaging import ClipInfo, PdfInfo
from workstation.studies.long_ecg import LongEcg
from workstation.studies.patient_sex import PatientSex
from workstation.studies.report import ReportInfo
from workstation.studies.stack import StackInfo
from workstation.ui.screens.review.pane_model import PaneModel, StudyInfo
from workstation.ui.screens.review.patient_match import Match, match_patient

_NAMING = EcgRecord | LongEcg | ClipInfo | PdfInfo | ReportInfo | StackInfo | DiscInfo


def other_named(info: StudyInfo | None, patient: Patient | None) -> str:
    """«Петров П. П., 03.04.1951»: name, birth date and sex that differ from the patient's; "" where
    none does, or where the file names nobody. Of slices each series is looked at."""
    if patient is None or not isinstance(info, _NAMING):
        return ""
    people = info.series if isinstance(info, StackInfo | DiscInfo) else (info,)
    named = (
        named_other(one.patient_name, one.patient_birth_date, patient, one.patient_sex)
        for one in people
    )
    return next((text for text in named if text), "")


def others_parts(pane: PaneModel, patient: Patient | None) -> dict[Document, str]:
    """The documents of an open file that name somebody else, with whom; of a series only those
    whose slices do, in its order."""
    info, document, series = pane.info, pane.document, pane.series
    if patient is None or document is None or info is None:
        return {}
    if series is None or not isinstance(info, StackInfo):
        said = other_named(info, patient)
        if pane.disc is not None:  # of another's file on it the whole disc is asked about
            said = said or other_named(pane.disc.info, patient)
        return {document: said} if said else {}
    found: dict[Document, str] = {}
    for one in info.series:
        said = named_other(one.patient_name, one.patient_birth_date, patient, one.patient_sex)
        for slice_ in info.slices[one.first : one.first + one.count] if said else ():
            found[series.parts[slice_.part]] = said
    return found


def named_other(
    name: str, born: date | None, patient: Patient | None, sex: PatientSex | None = None
) -> str:
    """Name, birth date and a sex that differs from the patient's; "" where nothing does."""
    if patient is None:
        return ""
    match = match_patient(
        name, born, patient.full_name, patient.birth_date, file_sex=sex, sex=patient.sex
    )
    if match in (Match.SAME, Match.NOT_SAID):
        return ""
    day = f"{born:%d.%m.%Y}" if born is not None else ""
    other_sex = _sex_words(sex) if sex is not None and sex.value != patient.sex.value else ""
    return ", ".join(text for text in (name, day, other_sex) if text)


def own_named(patient: Patient) -> str:
    """The request's patient in the same words: «Иванова А. П., 09.03.1984, пол женский»."""
    sex = next((_sex_words(one) for one in PatientSex if one.value == patient.sex.value), "")
    words = (patient.full_name, f"{patient.birth_date:%d.%m.%Y}", sex)
    return ", ".join(text for text in words if text)


def _sex_words(sex: PatientSex) -> str:
    translate = QCoreApplication.translate
    if sex is PatientSex.MALE:
        return translate("NamedInFile", "sex: male")
    return translate("NamedInFile", "sex: female")
