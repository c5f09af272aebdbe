"""Mutated documents and reports: a sound answer or a refusal, in time, no made-up number."""

import math
import random
from time import process_time

import numpy as np
import pytest

from tests.unit.studies import docx_factory, report_factory
from tests.unit.studies.test_picture_and_pdf import pdf
from workstation.studies.errors import UnreadableFile
from workstation.studies.imaging import PdfInfo
from workstation.studies.limits import DecoderLimits
from workstation.studies.opened import Searchable
from workstation.studies.readers.opening import open_file
from workstation.studies.readers.pdf import PdfFile
from workstation.studies.report import LineKind, ReportInfo

PER_SEED = 12
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
    """Whatever else a library raises, the decoder process turns into a refusal."""
    chance = random.Random(f"{name} {seed}")
    for _ in range(PER_SEED):
        data = mutated(SPECIMENS[name], chance)
        start = process_time()
        try:
            look_at(data)
        except AssertionError:
            raise
        except (UnreadableFile, ValueError, NotImplementedError, RecursionError):
            pass
        assert process_time() - start < DecoderLimits().cpu_s
