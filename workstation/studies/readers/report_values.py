"""Values of a structured report's content items (PS3.3 C.17.3.2, C.18), literal and bounded."""

import math
import re
from dataclasses import dataclass
from typing import Final

from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset
from pydicom.tag import Tag
from pydicom.uid import UID

from workstation.studies.readers.dicom_text import person, text
from workstation.studies.readers.dicom_values import (
    clock_time,
    day,
    first_item,
    items,
    moment,
    value,
)
from workstation.studies.readers.letters import Text, plain
from workstation.studies.report import NO_CODE, Coded, LineKind

_KINDS: Final = {
    "CONTAINER": LineKind.GROUP,
    "NUM": LineKind.NUMBER,
    "TEXT": LineKind.TEXT,
    "CODE": LineKind.CODE,
    "DATE": LineKind.DATE,
    "TIME": LineKind.TIME,
    "DATETIME": LineKind.MOMENT,
    "PNAME": LineKind.PERSON,
    "UIDREF": LineKind.UID,
    "IMAGE": LineKind.PICTURE,
    "WAVEFORM": LineKind.PICTURE,
    "COMPOSITE": LineKind.PICTURE,
}
_DECIMAL: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")
_LONGEST_TEXT: Final = 50_000
"""Letters: a whole report may stand in one item."""
_MODIFIES: Final = ("HAS CONCEPT MOD", "HAS ACQ CONTEXT")
_CODES: Final = ("CodeValue", "LongCodeValue", "URNCodeValue")


_TAGS: Final = {
    keyword: Tag(keyword)
    for keyword in (
        *("ValueType", "RelationshipType", "CodeMeaning", "CodingSchemeDesignator"),
        *("NumericValue", *_CODES),
    )
}


@dataclass(frozen=True, slots=True)
class CodedText:
    """A coded word, and whether its letters were guessed."""

    coded: Coded
    guessed: bool = False


_NO_TEXT: Final = Text("")
_NOTHING: Final = CodedText(NO_CODE)


def hand_down_letters(parent: Dataset, child: Dataset) -> None:
    """The character set of a data set holds for its items, unless they name one (PS3.5 6.1.2.5)."""
    declared = parent.get("SpecificCharacterSet")
    if declared and "SpecificCharacterSet" not in child:
        child.SpecificCharacterSet = declared


def kind_of(item: Dataset) -> LineKind:
    """By its Value Type; what has none refers to another item (PS3.3 C.17.3.2.5)."""
    return _KINDS.get(_brief(item, "ValueType"), LineKind.PLACE)


def modifies(item: Dataset) -> bool:
    """Coded and short words that only make the item above more exact (PS3.3 C.17.3.2.4)."""
    relation = _brief(item, "RelationshipType")
    return relation in _MODIFIES and kind_of(item) in (LineKind.CODE, LineKind.TEXT)


def coded(item: Dataset, keyword: str) -> CodedText:
    """The first item of a code sequence (PS3.3 8.8); empty where there is none."""
    found = first_item(item, keyword)
    hand_down_letters(item, found)
    return _coded(found)


def _coded(item: Dataset) -> CodedText:
    codes = (_brief(item, keyword) for keyword in _CODES)
    quick = _plain_ascii(item, "CodeMeaning")
    meaning = text(item, "CodeMeaning") if quick is None else Text(plain(quick))
    scheme = plain(_brief(item, "CodingSchemeDesignator"))[:64]
    found = Coded(plain(next(filter(None, codes), ""))[:128], scheme, meaning.words)
    return CodedText(found, meaning.guessed)


def spoken(item: Dataset, kind: LineKind) -> tuple[Text, CodedText, Coded]:
    """Its value in words, the code of it, and the unit."""
    if kind is LineKind.NUMBER:
        return _number(item)
    if kind is LineKind.CODE:
        return _NO_TEXT, coded(item, "ConceptCodeSequence"), NO_CODE
    return _words(item, kind), _NOTHING, NO_CODE


def number_of(words: str) -> float | None:
    """The number that those digits write; None where they write none, or no finite one."""
    found = float(words) if _DECIMAL.fullmatch(words) else math.nan
    return found if math.isfinite(found) else None


def _brief(item: Dataset, keyword: str) -> str:
    """A code string or a number; "" where there is none."""
    quick = _plain_ascii(item, keyword)
    return str(value(item, keyword) or "").strip() if quick is None else quick


def _plain_ascii(item: Dataset, keyword: str) -> str | None:
    """Letters of the oldest kind as they lie in the file; None for all others.

    pydicom needs ten times as long, and a report has thousands.
    """
    raw: object = item.get_item(_TAGS[keyword]) if _TAGS[keyword] in item else None
    if raw is None:
        return ""
    found = raw.value if isinstance(raw, RawDataElement) else None
    if not isinstance(found, bytes) or not found.isascii() or b"\x1b" in found:
        return None
    return found.decode("ascii").strip(" \0")


def _number(item: Dataset) -> tuple[Text, CodedText, Coded]:
    """Measured Value Sequence, or the reason why there is none (PS3.3 C.18.1)."""
    measured = first_item(item, "MeasuredValueSequence")
    digits = _plain_ascii(measured, "NumericValue")
    if digits is None:
        stated = value(measured, "NumericValue")
        digits = "" if stated is None else str(stated).strip()
    unit = coded(measured, "MeasurementUnitsCodeSequence").coded
    if number_of(digits) is None:
        return _NO_TEXT, coded(item, "NumericValueQualifierCodeSequence"), NO_CODE
    return Text(digits), _NOTHING, unit


def _words(item: Dataset, kind: LineKind) -> Text:
    match kind:
        case LineKind.TEXT:
            return text(item, "TextValue", _LONGEST_TEXT)
        case LineKind.PERSON:
            return person(item, "PersonName")
        case LineKind.DATE:
            found = day(item, "Date")
            return Text(found.isoformat()) if found else _NO_TEXT
        case LineKind.TIME:
            clock = clock_time(item, "Time")
            return Text(clock.strftime("%H:%M:%S")) if clock else _NO_TEXT
        case LineKind.MOMENT:
            return _moment(item)
        case LineKind.UID:
            return Text(plain(str(value(item, "UID") or ""))[:128])
        case LineKind.PICTURE:
            return _reference(item)
        case _:
            return _NO_TEXT


def _moment(item: Dataset) -> Text:
    whole, at = moment(item, "")
    if at is not None:
        return Text(at.isoformat(" ", "seconds"))
    return Text(whole.isoformat()) if whole else _NO_TEXT


def _reference(item: Dataset) -> Text:
    """Class and frames of the object referred to (PS3.3 C.18.3, C.18.4)."""
    named = first_item(item, "ReferencedSOPSequence")
    kind = value(named, "ReferencedSOPClassUID")
    frames = value(named, "ReferencedFrameNumber")
    parts = [kind.name[:80] if isinstance(kind, UID) and kind.name != kind else ""]
    parts.append(f"#{plain(str(frames))[:40]}" if frames is not None else "")
    count = len(items(item, "ReferencedSOPSequence"))
    return Text(" ".join(part for part in parts if part) or ("1" if count else ""))
