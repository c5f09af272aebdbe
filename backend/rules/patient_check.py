"""What a test of the patient's devices must be to be kept, and how a request keeps the last one."""

from datetime import timedelta

import msgspec

from backend_client.models.patient_check import (
    CheckCause,
    CheckPart,
    NewPatientCheck,
    PatientCheck,
)

AT_LEAST_BETWEEN = timedelta(seconds=3)
"""Between two tests of one request: every one is told to the whole clinic."""


def fault_of(given: NewPatientCheck) -> str | None:
    """What is wrong with it; None: nothing."""
    parts = [finding.part for finding in given.findings]
    if CheckPart.UNKNOWN in parts or len(set(parts)) < len(parts):
        return "findings: each names another part of the test"
    if any(finding.cause is CheckCause.UNKNOWN for finding in given.findings):
        return "findings: a cause is not known"
    return None


def kept_words(check: PatientCheck) -> str:
    """As a request keeps it."""
    return msgspec.json.encode(check).decode()


def kept_check(words: str) -> PatientCheck | None:
    """What a request keeps, read again; None: no test was made."""
    return msgspec.json.decode(words, type=PatientCheck) if words else None
