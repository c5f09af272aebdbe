"""`kill -9` of the program while it lifts a signature: nothing half-done, the next start lifts."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import aclosing, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from backend_client.client import BackendClient
from backend_client.models.common import RequestId
from signing.fields import prepare_fields
from signing.levels import certify_with
from signing.policy import Policy
from signing.report import Level, Verdict
from signing.signed_file import Terms
from signing.verify import verify_pdf
from tests.journeys.colleague import demo_password
from tests.journeys.day_plan import ME, Task, planned_day
from tests.journeys.day_rows import load_morning
from tests.journeys.day_steps import case_of
from tests.journeys.own_pki import lay_down_rules, own_rules, trust
from tests.journeys.signed_cases import FORM
from tests.signing.clinic import STAMP
from tests.signing.pki import DOCTOR_EC, Fault, PkiServer
from tests.unit.documents.papers import make_content
from workstation.documents.conclusion_pdf import render_conclusion
from workstation.embedded_backend import EmbeddedBackend

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S, LOOK_S = 120.0, 0.1
CASE = next(one for one in planned_day() if one.task is Task.SIGN)
pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]


@dataclass(frozen=True)
class Clinic:
    """A server, its centre's services of trust, and a doctor's client."""

    folder: Path
    pki: PkiServer
    backend: EmbeddedBackend
    doctor: BackendClient

    @contextmanager
    def workstation(self) -> Iterator[subprocess.Popen[bytes]]:
        """The real program, at which the doctor is signed in; killed at the end, if it still is."""
        for name in ("desk", "temporary"):
            (self.folder / name).mkdir(exist_ok=True)
        words = ["--demo", "--server", self.doctor.address, "--sign-in", ME]
        words += ["--trust-roots", str(self.backend.trust_roots)]
        words += ["--data-folder", str(self.folder / "desk")]
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "TMPDIR": str(self.folder / "temporary"),
        }
        with subprocess.Popen(
            [sys.executable, "-m", "workstation", *words],
            cwd=ROOT,
            env=environment,
            stderr=subprocess.DEVNULL,
        ) as process:
            try:
                yield process
            finally:
                process.kill()

    def kept_here(self) -> list[Path]:
        """Files of the doctor's computer in which a document lies readable."""
        files = [one for name in ("desk", "temporary") for one in (self.folder / name).rglob("*")]
        return [one for one in files if one.is_file() and b"%PDF" in one.read_bytes()]

    def kept_there(self) -> dict[Path, bytes]:
        """The server's store."""
        store = self.folder / "backend" / "files"
        return {one: one.read_bytes() for one in store.rglob("*") if one.is_file()}


@asynccontextmanager
async def clinic_of(folder: Path, pki: PkiServer) -> AsyncIterator[Clinic]:
    backend = EmbeddedBackend(folder / "backend", demo=True)
    backend.start()
    trust(backend.trust_roots, "pki", pki.root)
    try:
        address = await asyncio.to_thread(backend.address)
        async with aclosing(BackendClient(address)) as doctor:
            await doctor.account.sign_in(ME, await demo_password(address))
            yield Clinic(folder, pki, backend, doctor)
    finally:
        await asyncio.to_thread(backend.stop)


@pytest.fixture
def pki(tmp_path: Path) -> Iterator[PkiServer]:
    """In whose centre one request is in writing."""
    backend, keys = tmp_path / "backend", tmp_path / "pki"
    keys.mkdir()
    with PkiServer(keys) as server:
        lay_down_rules(backend / "catalogues", **own_rules(server))
        load_morning(backend, [CASE], backend / "catalogues")
        yield server


async def signed_offline(clinic: Clinic, case: RequestId) -> bytes:
    """Written, and signed while no service of trust answered."""
    saved = await clinic.doctor.conclusions.save(case, 0, FORM)
    pdf = await asyncio.to_thread(certified, clinic.pki)
    signed = await clinic.doctor.conclusions.sign(case, saved.version, pdf)
    assert signed.level == "B-B"
    return pdf


def certified(pki: PkiServer) -> bytes:
    """By the doctor, at B-B."""
    paper = prepare_fields(render_conclusion(make_content()))
    return certify_with(paper, pki.signer(DOCTOR_EC), STAMP, Terms(Policy(), [pki.root])).pdf


async def test_a_program_killed_while_it_lifts_leaves_nothing_and_the_next_one_lifts(
    tmp_path: Path, pki: PkiServer
) -> None:
    """OZ-22: the time service hangs, the program is killed, and is started once it answers."""
    case = RequestId(case_of(CASE))
    async with clinic_of(tmp_path, pki) as clinic:
        offline = await signed_offline(clinic, case)
        before = clinic.kept_there()
        with pki.failing(tsa=Fault.HANGS) as services, clinic.workstation() as program:
            hangs = await asyncio.to_thread(services.hanging.wait, PATIENCE_S)
            assert hangs, "the time service was not asked"
            helpers = children_of(program.pid)
            program.send_signal(signal.SIGKILL)
            program.wait()
        assert clinic.kept_there() == before
        assert clinic.kept_here() == []
        (waiting,) = await clinic.doctor.conclusions.to_lift()
        assert (waiting.request_id, waiting.level, waiting.wanted) == (case, "B-B", "B-LTA")
        await until(lambda: gone(helpers), "a process of the killed program stays")
        with clinic.workstation():
            await until(lambda: is_lifted(clinic, case), "the next start does not lift")
        conclusion = await clinic.doctor.conclusions.read(case)
        pdf = await clinic.doctor.conclusions.pdf(conclusion)
        assert await clinic.doctor.conclusions.to_lift() == []
    assert pdf.startswith(offline)
    report = await asyncio.to_thread(verify_pdf, pdf, [pki.root], 1)
    assert report.verdict is Verdict.VALID
    assert report.signatures[0].level is Level.B_LTA


async def is_lifted(clinic: Clinic, case: RequestId) -> bool:
    return (await clinic.doctor.conclusions.read(case)).level == "B-LTA"


async def gone(processes: set[int]) -> bool:
    """All but what is only waited for."""
    return not any(_state(pid) not in ("", "Z") for pid in processes)


async def until(holds: Callable[[], Awaitable[bool]], what: str) -> None:
    try:
        async with asyncio.timeout(PATIENCE_S):
            while True:
                if await holds():
                    return
                await asyncio.sleep(LOOK_S)
    except TimeoutError:
        raise AssertionError(what) from None


def children_of(pid: int) -> set[int]:
    """Its processes, and theirs."""
    parents = {int(one.name): _parent(one) for one in Path("/proc").glob("[0-9]*")}
    found, newest = set[int](), {pid}
    while newest:
        newest = {child for child, parent in parents.items() if parent in newest} - found
        found |= newest
    return found


def _parent(folder: Path) -> int:
    fields = _stat(folder)
    return int(fields[1]) if fields else 0


def _state(pid: int) -> str:
    fields = _stat(Path("/proc") / str(pid))
    return fields[0] if fields else ""


def _stat(folder: Path) -> list[str]:
    """State, parent and the rest (proc(5)); nothing of a process that is gone."""
    try:
        return (folder / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
