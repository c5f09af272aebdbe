"""Names and words of a DICOM file in their own letters (PS3.5 6.1), a guess marked as one."""

from typing import Final

from pydicom.charset import python_encoding
from pydicom.datadict import tag_for_keyword
from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue

from workstation.studies.readers.dicom_values import value
from workstation.studies.readers.letters import LONGEST, Text, guessed, looks_cyrillic, plain

_WESTERN: Final = "ISO_IR 100"


def text(dataset: Dataset, keyword: str, longest: int = LONGEST) -> Text:
    """The words of an element, the first `longest` letters of them; empty where there are none.

    Literal, control characters left out.
    """
    raw = _raw(dataset, keyword)
    if raw is None or raw.isascii():
        return Text(plain(str(value(dataset, keyword) or ""), longest))
    declared = _declared(dataset)
    if declared:
        words = str(value(dataset, keyword) or "")
        if "\ufffd" not in words and not (declared == [_WESTERN] and looks_cyrillic(raw)):
            return Text(plain(words, longest))
    return Text(plain(guessed(raw), longest), guessed=True)


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
