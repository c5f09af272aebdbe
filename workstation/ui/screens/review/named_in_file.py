"""Whom an open file names, where that is not the request's patient."""

from backend_client.models.requests import Patient
from workstation.studies.ecg import EcgRecord
from workstation.studies.imaging import ClipInfo, PdfInfo
from workstation.studies.long_ecg import LongEcg
from workstation.studies.report import ReportInfo
from workstation.studies.stack import StackInfo
from workstation.ui.screens.review.pane_model import StudyInfo
from workstation.ui.screens.review.patient_match import Match, match_patient

_NAMING = EcgRecord | LongEcg | ClipInfo | PdfInfo | ReportInfo | StackInfo


def other_named(info: StudyInfo | None, patient: Patient | None) -> str:
    """«Петров П. П., 03.04.1951»: name and birth date that differ from the patient's; "" where
    none does, or where the file names nobody. Of slices each series is looked at."""
    if patient is None or not isinstance(info, _NAMING):
        return ""
    people = info.series if isinstance(info, StackInfo) else (info,)
    for one in people:
        name, born = one.patient_name, one.patient_birth_date
        match = match_patient(name, born, patient.full_name, patient.birth_date)
        if match in (Match.DIFFERENT_NAME, Match.DIFFERENT_BIRTH_DATE):
            said = (name, f"{born:%d.%m.%Y}" if born is not None else "")
            return ", ".join(text for text in said if text)
    return ""
