"""Whether the person named inside a file is the request's patient. No Qt.

Devices write names in capitals, with initials, in any order, with or without ё, or in Latin
letters. Such spellings are the same person; everything else is asked about.
"""

import re
import unicodedata
from datetime import date
from enum import Enum

from backend_client.models.requests import Sex
from workstation.studies.patient_sex import PatientSex

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = dict(
    zip(
        "абвгдезиклмнопрстуфхыэ",
        "abvgdeziklmnoprstufhye",
        strict=True,
    )
) | {
    "ж": "zh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ь": "",
    "ю": "yu",
    "я": "ya",
}
_SOUNDS = (
    ("shch", "s"),
    ("sch", "s"),
    ("sh", "s"),
    ("zh", "z"),
    ("kh", "h"),
    ("ch", "c"),
    ("ts", "c"),
    ("tz", "c"),
    ("ph", "f"),
    ("x", "ks"),
    ("w", "v"),
    ("q", "k"),
)
_VOWELS = re.compile("[aeiouyj]")


class Match(Enum):
    """What a file says of whose it is."""

    SAME = "same"
    DIFFERENT_NAME = "different_name"
    DIFFERENT_BIRTH_DATE = "different_birth_date"
    DIFFERENT_SEX = "different_sex"
    """The name may fit: «Иванова А. П.» in a file of a man's."""
    NOT_SAID = "not_said"
    """The file names nobody."""


def match_patient(
    file_name: str,
    file_birth_date: date | None,
    full_name: str,
    birth_date: date,
    *,
    file_sex: PatientSex | None = None,
    sex: Sex = Sex.UNKNOWN,
) -> Match:
    """Compares a file's name, birth date and sex with the patient's (family name first). A sex that
    either side does not say (another, or unknown, among it) is no difference."""
    if file_birth_date is not None and file_birth_date != birth_date:
        return Match.DIFFERENT_BIRTH_DATE
    found = _words(file_name)
    if found and not _same_name(list(found), full_name):
        return Match.DIFFERENT_NAME
    if file_sex is not None and sex is not Sex.UNKNOWN and file_sex.value != sex.value:
        return Match.DIFFERENT_SEX
    return Match.SAME if found else Match.NOT_SAID


def _same_name(found: list[str], full_name: str) -> bool:
    family, *rest = full_name.split() or [""]
    families, others = _words(family), _words(" ".join(rest))
    initials = [word[:1] for word in others]
    if _is_latin(found) != _is_latin(families + others):
        initials = [_latin(word)[:1] for word in others]
        found, families, others = map(_skeletons, (found, families, others))
    for word in families:
        if word not in found:
            return False
        found.remove(word)
    return _all_belong(found, list(zip(others, initials, strict=True)))


def _all_belong(found: list[str], others: list[tuple[str, str]]) -> bool:
    """Whether every word left in the file is one of the person's, or its first letter."""
    if found == ["".join(initial for _, initial in others)]:
        return True
    left = list(others)
    for word in sorted(found, key=len, reverse=True):
        known = next((other for other in left if _stands_for(word, *other)), None)
        if known is None:
            return False
        left.remove(known)
    return True


def _stands_for(word: str, other: str, initial: str) -> bool:
    return word == other or (len(word) == 1 and word in (initial, other[:1]))


def _words(name: str) -> list[str]:
    parts = unicodedata.normalize("NFKD", name.casefold())
    # Without marks: ё is е, й is и, Š is s; alike on both sides.
    return _WORD.findall("".join(letter for letter in parts if not unicodedata.combining(letter)))


def _is_latin(words: list[str]) -> bool:
    return all(word.isascii() for word in words)


def _latin(word: str) -> str:
    return "".join(_LATIN.get(letter, letter) for letter in word)


def _skeletons(words: list[str]) -> list[str]:
    return [_skeleton(word) for word in words]


def _skeleton(word: str) -> str:
    """First sound, the consonants after it, and the ending -a: the same from either alphabet."""
    latin = _latin(word)
    for spelled, sound in _SOUNDS:
        latin = latin.replace(spelled, sound)
    if len(latin) <= 1:
        return latin
    first = _vowel(latin[:2]) if _VOWELS.match(latin) else latin[0]
    # Иванов and Иванова are two people.
    return first + _VOWELS.sub("", latin[1:]) + ("a" if latin.endswith("a") else "")


def _vowel(start: str) -> str:
    """Юлия is Yulia, Iuliia or Julia; Елена is Elena or Yelena."""
    return start[1] if start[0] in "yij" and start[1:] in ("a", "e", "o", "u") else start[0]
