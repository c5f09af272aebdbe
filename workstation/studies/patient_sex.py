"""The sex of the patient as a file states it; what is not said for certain is not said at all."""

from enum import Enum


class PatientSex(Enum):
    """Administrative sex."""

    FEMALE = "female"
    MALE = "male"


_WORDS = {
    "f": PatientSex.FEMALE,
    "female": PatientSex.FEMALE,
    "m": PatientSex.MALE,
    "male": PatientSex.MALE,
}


def sex_by_word(word: str) -> PatientSex | None:
    """Of a letter or a word in any case: DICOM's M, F and O (PS3.3, C.7.1.1: (0010,0040)), HL7's M,
    F and UN (AdministrativeGender), EDF+'s M, F and X (2.1.3.3), devices' «Male» and «FEMALE».
    Everything else, "other" and "unknown" among it, is None."""
    return _WORDS.get(word.strip().casefold())


def sex_by_number(number: int) -> PatientSex | None:
    """1 male, 2 female, as ISO 5218 has it and with it SCP-ECG (EN 1064, 5.4.3.1, tag 8), ISHNE and
    MFER; 0 (not known), 9 (not specified) and all others are None."""
    return {1: PatientSex.MALE, 2: PatientSex.FEMALE}.get(number)
