"""Documents: looking for words through 200 pages, setting a DOCX, reading a full report of an echo.

Floors of the same run: PDFium's bare text of the same pages; opening the PDF that came of the DOCX;
pydicom's own reading of the same report, every value converted.
"""

import io
import statistics
import sys
from collections.abc import Callable
from functools import partial
from time import process_time

import pydicom
import pypdfium2  # type: ignore[import-untyped]  # the package carries no types
from pydicom.dataset import Dataset

from benchmarks.figures import Figure, at_most, report, stated
from tests.unit.studies import docx_factory, report_factory
from workstation.studies.limits import DecoderLimits
from workstation.studies.readers.opening import open_file
from workstation.studies.readers.pdf import PdfFile
from workstation.studies.readers.typeset import typeset
from workstation.studies.readers.word_document import read_flow

RUNS = 5
PAGES = 200
MEASUREMENTS = 400
WORDS = "преэклампсия"
LINE = "Диагноз: тяжёлая преэклампсия; АД 160/110 мм рт. ст., белок в моче 3,2 г/л. " * 3


def median_ms(work: Callable[[], object]) -> float:
    """CPU time of several runs: the decoder process's limit is one of CPU time, too."""
    times = []
    for _ in range(RUNS):
        start = process_time()
        work()
        times.append(1000 * (process_time() - start))
    return statistics.median(times)


def long_text() -> bytes:
    """A plain text of so many pages."""
    return ("\f".join([(LINE + "\n") * 20] * PAGES)).encode()


def search() -> Figure:
    """All pages, one after another, as the decoder process is asked."""
    document = open_file(memoryview(long_text()))
    assert isinstance(document, PdfFile)
    pages = range(document.info.page_count)
    value = median_ms(lambda: [document.find(page, WORDS) for page in pages])
    bare = pypdfium2.PdfDocument(typeset(read_flow(memoryview(docx()))).pdf)
    floor = median_ms(lambda: [page.get_textpage().get_text_range() for page in bare])
    each = len(bare) / len(pages)
    return stated(f"{len(pages)} pages: every place of a word", value, floor / each, "ms")


def docx() -> bytes:
    """A summary of some 60 pages."""
    body = "".join(docx_factory.paragraph(LINE) for _ in range(1200))
    return docx_factory.docx(body)


def setting() -> Figure:
    """From the file's bytes to pages that can be drawn."""
    data = memoryview(docx())
    pdf = memoryview(typeset(read_flow(data)).pdf)
    value = median_ms(lambda: open_file(data))
    return at_most("DOCX to pages", value, 1500, "ms", floor=median_ms(lambda: PdfFile(pdf)))


def longest_docx() -> bytes:
    """More rows than are set: the pages end at the bound on letters."""
    row = tuple("Показатель гемоглобин 120 г/л" for _ in range(5))
    return docx_factory.docx(docx_factory.table(*(row for _ in range(3000))))


def dearest() -> list[Figure]:
    """The dearest documents: beyond the decoder's CPU time they could not be opened at all."""
    most, line = DecoderLimits().cpu_s * 1000, memoryview(("щ" * 5_000_000).encode())
    docx = memoryview(longest_docx())
    pdf = memoryview(typeset(read_flow(docx)).pdf)
    floor = median_ms(lambda: PdfFile(pdf))
    return [
        at_most(name, median_ms(partial(open_file, data)), most, "ms", floor=floor)
        for name, data in (("longest DOCX to pages", docx), ("longest line to pages", line))
    ]


def full_report() -> bytes:
    """So many measurements with two modifiers each."""
    numbers = (
        report_factory.number(
            report_factory.LVIDD,
            "4.8",
            "cm",
            report_factory.modifier(report_factory.DERIVATION, report_factory.MEAN),
            report_factory.modifier(report_factory.SITE, report_factory.LEFT_VENTRICLE),
        )
        for _ in range(MEASUREMENTS)
    )
    return report_factory.report(
        report_factory.ECHO, report_factory.group(report_factory.FINDINGS, *numbers)
    )


def reading() -> Figure:
    """A report with all of its lines."""
    data = full_report()
    value = median_ms(lambda: open_file(memoryview(data)))
    floor = median_ms(lambda: _converted(pydicom.dcmread(io.BytesIO(data))))
    return at_most(f"report of {MEASUREMENTS} measurements", value, 1000, "ms", floor=floor)


def _converted(dataset: Dataset) -> int:
    return sum(1 for _ in dataset.iterall())


def figures() -> list[Figure]:
    """All of them."""
    return [search(), setting(), *dearest(), reading()]


if __name__ == "__main__":
    sys.exit(report(figures()))
