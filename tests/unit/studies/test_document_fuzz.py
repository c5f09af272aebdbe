"""Mutated documents and reports: a sound answer or a refusal, in few steps, no made-up number."""

import math
import random
from contextlib import suppress

import numpy as np
import pytest

from tests.steps import steps_of
from tests.unit.studies import docx_factory, report_factory
from tests.unit.studies.test_picture_and_pdf import pdf
from workstation.studies.errors import UnreadableFile
from workstation.studies.imaging import PdfInfo
from workstation.studies.opened import Searchable
from workstation.studies.readers.opening import open_file
from workstation.studies.readers.pdf import PdfFile
from workstation.studies.report import LineKind, ReportInfo

PER_SEED = 12
MOST_STEPS = 300_000
"""The slowest sound specimen takes a quarter of it."""
REFUSALS = (UnreadableFile, ValueError, NotImplementedError, RecursionError)
"""And whatever else a library raises: the decoder process turns it into a refusal."""
SPECIMENS = {
    "docx": docx_factory.docx(docx_factory.paragraph("Диагноз: преэклампсия") * 20),
    "text": ("Выписной эпикриз. АД 160/110.\n" * 40).encode("cp1251"),
    "pdf": pdf(),
    "echo": report_factory.echo_report(),
    "fetus": report_factory.fetal_report(),
}


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, cut out, put in, or made as large as can be."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        place, kind = chance.randrange(len(changed)), chance.random()
        if kind < 0.6:
            changed[place] = chance.randrange(256)
        elif kind < 0.8:
            del changed[place : place + chance.randint(1, 40)]
        elif kind < 0.9:
            changed[place:place] = chance.randbytes(chance.randint(1, 20))
        else:
            changed[place : place + 4] = b"\xff" * 4
        changed = changed or bytearray(b"x")
    return bytes(changed)


def look_at(data: bytes) -> None:
    """As the viewers do; fails for what no file may bring about."""
    opened = open_file(memoryview(data))
    if isinstance(opened, ReportInfo):
        numbers = [one for one in opened.lines if one.kind is LineKind.NUMBER and one.words]
        assert all(math.isfinite(float(one.words)) for one in numbers)
    if isinstance(opened, PdfFile):
        assert isinstance(opened, Searchable)
        assert isinstance(opened.info, PdfInfo)
        assert all(side > 0 for size in opened.info.page_sizes_pt for side in size)
        opened.render(0, np.zeros((280, 200, 4), np.uint8))
        opened.find(0, "преэклампсия")


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", SPECIMENS)
def test_mutated_files(name: str, seed: int) -> None:
    """A fault of ours is no refusal; how long the slowest takes is the benchmarks' to say."""
    chance = random.Random(f"{name} {seed}")
    for _ in range(PER_SEED):
        assert steps_of(lambda: look_or_refuse(mutated(SPECIMENS[name], chance))) < MOST_STEPS


def look_or_refuse(data: bytes) -> None:
    with suppress(*REFUSALS):
        look_at(data)
