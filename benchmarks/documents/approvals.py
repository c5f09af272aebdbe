"""500 approvals in a row, each file verified in its process and countersigned: flat memory.

Floor: the window's memory after the first hundred.
"""

import asyncio
import os
import sys
import tempfile
from pathlib import Path

import msgspec

from backend_client.models.conclusions import ConclusionState
from benchmarks.figures import Figure, at_most_above, report, stated
from benchmarks.memory import resident_mb
from tests.unit.services.conclusion_house import make_house

COUNT, FIRST = 500, 100
MARGIN_MB = 8.0


def figures(count: int = COUNT) -> list[Figure]:
    """All of them."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measured(Path(folder), count))


async def _measured(folder: Path, count: int) -> list[Figure]:
    house = make_house(folder)
    first = await house.signed()
    pdf, known = house.server.pdf_on_disk, house.server.known
    assert known is not None
    after_first, begun = 0.0, asyncio.get_running_loop().time()
    for number in range(count):
        house.server.pdf_on_disk = pdf
        house.server.known = msgspec.structs.replace(
            known, state=ConclusionState.SIGNED, version=known.version + 2 * number
        )
        approval = msgspec.structs.replace(first.approval, version=house.server.known.version)
        signed = await house.admin.read(approval)
        await house.admin.approve(signed, house.pin)
        house.server.taken.clear()
        if number + 1 == min(FIRST, count // 2):
            after_first = resident_mb(os.getpid())
    took = (asyncio.get_running_loop().time() - begun) / count
    await house.admin.close()
    return [
        at_most_above("memory", resident_mb(os.getpid()), after_first, MARGIN_MB, "MB"),
        stated("each: read, verified, signed", took * 1000, 1, "ms"),
    ]


if __name__ == "__main__":
    sys.exit(report(figures()))
