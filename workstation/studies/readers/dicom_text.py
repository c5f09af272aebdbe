"""Names and words of a DICOM file in their own letters (PS3.5 6.1), a guess marked as one."""

import unicodedata
from dataclasses import dataclass
from typing import Final

from pydicom.charset import python_encoding
from pydicom.datadict import tag_for_keyword
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue

from workstation.studies.readers.dicom_values import value

_LONGEST: Final = 1000
_WESTERN: Final = "ISO_IR 100"
_GUESSES: Final = ("utf-8", "cp1251", "latin-1")


@dataclass(frozen=True, slots=True)
class Text:
    """Words, and whether their letters had to be guessed."""

    words: str
    guessed: bool = False


def text(dataset: Dataset, keyword: str) -> Text:
    """The words of an element; empty where there are none. Literal, control characters left out."""
    raw = _raw(dataset, keyword)
    if raw is None or raw.isascii():
        return Text(_clean(str(value(dataset, keyword) or "")))
    declared = _declared(dataset)
    if declared:
        words = str(value(dataset, keyword) or "")
        if "\ufffd" not in words and not (declared == [_WESTERN] and _looks_cyrillic(raw)):
            return Text(_clean(words))
    return Text(_clean(_guess(raw)), guessed=True)


def person(dataset: Dataset, keyword: str) -> Text:
    """A person's name as one reads it: "Иванова Мария Петровна" (PS3.5 6.2.1.1)."""
    found = text(dataset, keyword)
    groups = [group for group in found.words.split("=") if group.strip("^ ")]
    parts = groups[0].split("^") if groups else []
    return Text(" ".join(part.strip() for part in parts if part.strip()), found.guessed)


def _raw(dataset: Dataset, keyword: str) -> bytes | None:
    tag = tag_for_keyword(keyword)
    element: object = dataset.get_item(tag) if tag is not None and tag in dataset else None
    return element.value if isinstance(element, RawDataElement) else None


def _declared(dataset: Dataset) -> list[str]:
    """The character sets of PS3.3 C.12.1.1.2 that the file names."""
    found = value(dataset, "SpecificCharacterSet")
    several = found if isinstance(found, MultiValue) else [found or ""]
    return [str(one) for one in several if str(one) in python_encoding and str(one)]


def _looks_cyrillic(raw: bytes) -> bool:
    """A name said to be Western, with not one plain letter: a Russian device's wrong label."""
    letters = [byte for byte in raw if chr(byte).isalpha()]
    return len(letters) >= 4 and all(byte >= 0xC0 for byte in letters)


def _guess(raw: bytes) -> str:
    for encoding in _GUESSES:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""


def _clean(words: str) -> str:
    plain = (
        letter if letter == "\n" or not unicodedata.category(letter).startswith("C") else " "
        for letter in words[:_LONGEST]
    )
    return "".join(plain).strip()
