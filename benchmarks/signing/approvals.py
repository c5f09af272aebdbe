"""500 approvals in a row: whether memory stays flat, in the window's process and in the one that
verifies.

Each is what an approver's two keys do: the file is fetched, verified in the process, countersigned
and handed in. The server is made up and keeps nothing. Compared is the most memory in the last two
hundred with the most in the first two hundred: from one collection of Python's garbage to the next
it goes up and down by some 7 MB.
"""

import asyncio
import gc
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from backend_client.models.accounts import Account
from backend_client.models.common import RequestId
from backend_client.models.conclusions import Approval, Conclusion, ConclusionState
from benchmarks.figures import Figure, at_most_times, report, stated
from benchmarks.memory import resident_mb
from tests.unit.services.conclusion_house import ADMIN, House, MadeUpServer, make_house
from workstation.services.approvals import ApprovalService
from workstation.services.certificates import Certificates
from workstation.services.verifying import VerifyProcess

PART, MANY, LOOK_EVERY = 200, 500, 10
MOST: Final = 1.05
"""Of the most that the first part took: what the allocator leaves in pieces. One kept file for each
approval would be 1.2."""


class Endless(MadeUpServer):
    """Any number of conclusions with the same file; what is handed in is let go."""

    async def approve(
        self, request_id: RequestId, version: int, pdf: bytes, *, key: str | None = None
    ) -> Conclusion:
        """Looks only at where it goes on."""
        assert self.known is not None
        assert pdf.startswith(self.pdf_on_disk)
        return replace(self.known, request_id=request_id, state=ConclusionState.DELIVERED)


def figures() -> list[Figure]:
    """Of both processes."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measured(Path(folder)))


async def _measured(folder: Path) -> list[Figure]:
    house = make_house(folder, server=Endless())
    first = (await house.signed()).approval
    await house.admin.close()
    verifier = VerifyProcess()
    desk = _desk(house, house.certificates, ADMIN, verifier)
    try:
        await desk.certificate()
        begun, seen = time.perf_counter(), list[tuple[float, float]]()
        for number in range(0, MANY, LOOK_EVERY):
            await _approved(desk, house, first, number, number + LOOK_EVERY)
            seen.append(_memory(verifier))
        each = (time.perf_counter() - begun) * 1000 / MANY
    finally:
        await desk.close()
    names = ("the window's process", "the process that verifies")
    part = PART // LOOK_EVERY
    before = map(max, zip(*seen[:part], strict=True))
    after = map(max, zip(*seen[-part:], strict=True))
    return [
        *(
            at_most_times(f"memory of {name}, {MANY} approvals", late, early, MOST, "MB")
            for name, late, early in zip(names, after, before, strict=True)
        ),
        stated("one approval", each, each, "ms"),
    ]


def _desk(
    house: House, certificates: Certificates, account: Account, verifier: VerifyProcess
) -> ApprovalService:
    from tests.unit.services.conclusion_house import _now

    return ApprovalService(
        house.server, house.opener, certificates, account, _now, verifier=verifier
    )


async def _approved(
    desk: ApprovalService, house: House, first: Approval, start: int, end: int
) -> None:
    for number in range(start, end):
        approval = replace(first, request_id=RequestId(f"request-{number}"))
        await desk.approve(await desk.read(approval), house.pin)


def _memory(verifier: VerifyProcess) -> tuple[float, float]:
    """Resident MB of this process and of the one that verifies (Linux)."""
    gc.collect()
    assert verifier.pid is not None
    return resident_mb(os.getpid()), resident_mb(verifier.pid)


if __name__ == "__main__":
    sys.exit(report(figures()))
