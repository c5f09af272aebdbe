"""Made-up documents with letters, and made-up reports. No decoder."""

import asyncio
from datetime import date, datetime

from tests.ui.viewers.made_up import MadeUpStudy, make_pdf
from workstation.studies.errors import StudyError
from workstation.studies.imaging import PdfInfo
from workstation.studies.page_text import Box, PageHits, PageText
from workstation.studies.readers.words_in_text import spans
from workstation.studies.report import NO_CODE, Coded, LineKind, Modifier, ReportInfo, ReportLine

LETTER = 10.0
"""Every letter is so many points wide and twice as high; lines are 30 points apart."""
TOP, LEFT = 100.0, 50.0


class MadeUpDocument(MadeUpStudy):
    """Pages with lines of letters. Searches come when `let_find` says so, or at once."""

    def __init__(self, pages: list[str], *, finds_at_once: bool = True) -> None:
        self.document: PdfInfo = make_pdf(len(pages))
        super().__init__(self.document)
        self.pages = pages
        self.searched: list[int] = []
        self.find_errors: dict[int, StudyError] = {}
        self._may_find = asyncio.Event()
        if finds_at_once:
            self._may_find.set()

    def let_find(self) -> None:
        """Lets searches come to their end."""
        self._may_find.set()

    async def find(self, index: int, words: str) -> PageHits:
        """Where words stand."""
        await asyncio.sleep(0)
        await self._may_find.wait()
        self.searched.append(index)
        if index in self.find_errors:
            raise self.find_errors[index]
        text = self.pages[index]
        boxes = boxes_of(text)
        hits = tuple((_around([boxes[n] for n in span]),) for span in spans(text, words, 100))
        return PageHits(hits, has_text=bool(text))

    async def text(self, index: int) -> PageText:
        """The letters of a page."""
        await asyncio.sleep(0)
        return PageText(self.pages[index], tuple(boxes_of(self.pages[index])))


def boxes_of(text: str) -> list[Box]:
    """Where each letter stands."""
    boxes: list[Box] = []
    for number, line in enumerate(text.split("\n")):
        top = TOP + 30 * number
        for place in range(len(line)):
            left = LEFT + LETTER * place
            boxes.append((left, top, left + LETTER, top + 2 * LETTER))
        boxes.append((0.0, 0.0, 0.0, 0.0))
    return boxes[: len(text)]


def _around(boxes: list[Box]) -> Box:
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def coded(value: str, meaning: str, scheme: str = "LN") -> Coded:
    """A coded word."""
    return Coded(value, scheme, meaning)


FINDINGS = coded("121070", "Findings", "DCM")
SITE = Modifier(coded("363698007", "Finding Site", "SCT"), coded("34202007", "Aortic", "SCT"))
LVIDD = coded("29436-3", "Left Ventricle Internal End Diastolic Dimension")
PEAK = coded("20355-4", "Peak Velocity")


def make_line(item: int, depth: int, name: Coded, words: str = "", **more: object) -> ReportLine:
    """A line; a number in cm unless said otherwise."""
    values: dict[str, object] = {
        "item": item,
        "depth": depth,
        "kind": LineKind.NUMBER if words else LineKind.GROUP,
        "name": name,
        "words": words,
        "code": NO_CODE,
        "unit": coded("cm", "cm", "UCUM") if words else NO_CODE,
        "modifiers": (),
    }
    return ReportLine(**(values | more))  # type: ignore[arg-type]  # fields by name


def make_report(*lines: ReportLine, **changes: object) -> ReportInfo:
    """A report of an echo: the left ventricle's dimension, the velocity over the aortic valve."""
    usual = (
        make_line(1, 0, FINDINGS),
        make_line(2, 1, LVIDD, "4.8"),
        make_line(3, 0, FINDINGS, modifiers=(SITE,)),
        make_line(5, 1, PEAK, "420", unit=coded("cm/s", "cm/s", "UCUM")),
    )
    values: dict[str, object] = {
        "name": coded("125200", "Adult Echocardiography Procedure Report", "DCM"),
        "template": "5200",
        "lines": lines or usual,
        "patient_name": "Иванова Анна Петровна",
        "patient_birth_date": date(1984, 3, 9),
        "taken_on": date(2026, 11, 11),
        "taken_at": datetime(2026, 11, 11, 10, 24),
        "device": "Образец 1",
        "title": "",
        "is_complete": True,
        "is_verified": False,
        "warnings": (),
    }
    return ReportInfo(**(values | changes))  # type: ignore[arg-type]  # fields by name
