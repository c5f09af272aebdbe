"""Whose request it is, as viewers and prints say it: not whom the file names."""

from backend_client.models.requests import Patient
from workstation.ui.viewers.ecg.printed import PrintedPatient


def printed(patient: Patient | None) -> PrintedPatient:
    """For prints of an ECG; empty while no case is there."""
    if patient is None:
        return PrintedPatient()
    return PrintedPatient(patient.full_name, patient.birth_date.strftime("%d.%m.%Y"))


def whose(patient: Patient | None) -> str:
    """In a line; "" where that is not known."""
    if patient is None:
        return ""
    return f"{patient.full_name}, {patient.birth_date.strftime('%d.%m.%Y')}"
