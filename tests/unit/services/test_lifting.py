"""Signatures that were made without the services of trust, lifted later by themselves (OZ-22)."""

import asyncio
import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from backend_client.errors import BackendError, Conflict, Corrupted, Rejected, Unreachable
from backend_client.models.catalogue import SigningPolicy
from backend_client.models.common import ProblemCode, RequestId
from backend_client.models.conclusions import ConclusionForm, Edition, Liftable
from signing.fields import prepare_fields
from signing.levels import certify_with
from signing.policy import Policy
from signing.report import Level, Verdict
from signing.signed_file import Terms
from signing.verify import verify_pdf
from tests.factories import NOW, make_account
from tests.signing.clinic import STAMP
from tests.signing.pki import PkiServer
from tests.unit.documents.papers import make_content
from workstation.core.connection import ConnectionState, Link
from workstation.documents.conclusion_pdf import render_conclusion
from workstation.services.lift_process import Lifted, LiftProcess, lifted
from workstation.services.lifting import LiftingService, LiftState
from workstation.services.link import LinkState
from workstation.services.told_terms import ToldTerms

ONE, TWO = RequestId("request-one"), RequestId("request-two")
ONLINE = ConnectionState(Link.ONLINE, NOW)
OFFLINE = ConnectionState(Link.OFFLINE, NOW)


def digest(pdf: bytes) -> str:
    return hashlib.sha256(pdf).hexdigest()


@dataclass
class Shelf:
    """The server: files by request, each of which wants to be B-LTA."""

    files: dict[RequestId, bytes]
    refusal: BackendError | None = None
    broken: set[RequestId] = field(default_factory=set)
    orders: list[tuple[RequestId, str | None]] = field(default_factory=list)

    async def to_lift(self) -> list[Liftable]:
        """Those that do not end in LTA."""
        if isinstance(self.refusal, Unreachable):
            raise self.refusal
        return [
            Liftable(
                request_id=request_id,
                request_number="20-0001",
                edition=1,
                author_name="Левашова М. О.",
                signers=1,
                sha256=digest(pdf),
                size=len(pdf),
                signed_at=NOW,
                level=_level(pdf),
                wanted="B-LTA",
            )
            for request_id, pdf in self.files.items()
            if not pdf.endswith(b"+LTA")
        ]

    async def edition_pdf(self, request_id: RequestId, edition: Edition | Liftable) -> bytes:
        """As it is kept."""
        if request_id in self.broken:
            raise Corrupted("SHA-256 does not fit")
        return self.files[request_id]

    async def lift(self, lifted: Liftable, pdf: bytes, *, key: str | None = None) -> Edition:
        """Takes it, unless it is told to refuse."""
        self.orders.append((lifted.request_id, key))
        if self.refusal is not None:
            raise self.refusal
        assert lifted.sha256 == digest(self.files[lifted.request_id])
        self.files[lifted.request_id] = pdf
        return Edition(
            edition=1,
            form=ConclusionForm(),
            author_name="",
            signers=1,
            sha256=digest(pdf),
            size=len(pdf),
            signed_at=NOW,
            approved_at=None,
            approved_by="",
            delivered_at=None,
            correction="",
            level=_level(pdf),
        )


def _level(pdf: bytes) -> str:
    return "B-LTA" if pdf.endswith(b"+LTA") else "B-T" if pdf.endswith(b"+T") else "B-B"


@dataclass
class Hand:
    """The process that lifts: adds what it is told to, or says why it cannot."""

    adds: bytes = b"+LTA"
    why: tuple[str, ...] = ()
    refusal: str = ""
    worked: list[bytes] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    is_holding: asyncio.Event = field(default_factory=asyncio.Event)
    held: asyncio.Event | None = None

    async def lift(self, pdf: bytes, terms: Terms) -> Lifted:
        """As of every Lifter."""
        self.worked.append(pdf)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.is_holding.set()
        if self.held is not None:
            await self.held.wait()
        self.at_once -= 1
        done = pdf + self.adds
        return Lifted(done, _level(done), self.why, self.refusal)


class Roots:
    """Certificates of nobody's."""

    pin_hint = ""

    async def roots(self) -> list[x509.Certificate]:
        """None."""
        return []


@dataclass
class Scene:
    """The service, its clock that only the test moves on, and the server."""

    shelf: Shelf
    hand: Hand
    link: LinkState = field(default_factory=lambda: LinkState(ONLINE))
    policy: SigningPolicy | None = field(
        default_factory=lambda: SigningPolicy(time_services=["http://tsa.example/"])
    )
    waits: list[float] = field(default_factory=list)
    wakes: asyncio.Queue[None] = field(default_factory=asyncio.Queue)
    rests: asyncio.Queue[float] = field(default_factory=asyncio.Queue)

    def __post_init__(self) -> None:
        """A new service, as after a start of the program."""
        self.service = LiftingService(
            self.shelf,
            self.hand,
            Roots(),  # type: ignore[arg-type]  # of its words one is used
            make_account(),
            lambda: self.policy,
            lambda: NOW,
            self.link,
            self._sleep,
            lambda: 1.0,
        )

    async def _sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.rests.put_nowait(seconds)
        await self.wakes.get()

    async def until_it_rests(self) -> float:
        """Runs to its next wait; answers its length in seconds."""
        return await self.rests.get()


class Running:
    """The service while it runs."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    async def __aenter__(self) -> Scene:
        self._task = asyncio.create_task(self._scene.service.run())
        return self._scene

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task


async def test_everything_is_lifted_one_after_the_other() -> None:
    scene = Scene(Shelf({ONE: b"one", TWO: b"two"}), Hand())
    async with Running(scene):
        seconds = await scene.until_it_rests()
    assert scene.shelf.files == {ONE: b"one+LTA", TWO: b"two+LTA"}
    assert scene.hand.most_at_once == 1
    assert seconds == 900
    lifting = scene.service.of(ONE)
    assert lifting is not None
    assert (lifting.state, lifting.level) == (LiftState.LIFTED, "B-LTA")


async def test_while_the_time_service_is_silent_it_asks_less_and_less_often() -> None:
    scene = Scene(Shelf({ONE: b"one", TWO: b"two"}), Hand(b"", ("time_unreachable",)))
    async with Running(scene):
        for _ in range(8):
            await scene.until_it_rests()
            scene.wakes.put_nowait(None)
        await scene.until_it_rests()
        lifting = scene.service.of(ONE)
        scene.hand.adds, scene.hand.why = b"+LTA", ()
        scene.wakes.put_nowait(None)
        await scene.until_it_rests()
    assert scene.waits[:9] == [60, 120, 300, 900, 1800, 3600, 3600, 3600, 3600]
    assert set(scene.hand.worked[:9]) == {b"one"}  # the others would get no stamp either
    assert lifting is not None
    assert (lifting.state, lifting.level, lifting.why) == (
        LiftState.WAITS,
        "B-B",
        ("time_unreachable",),
    )
    assert scene.shelf.files == {ONE: b"one+LTA", TWO: b"two+LTA"}


async def test_what_was_reached_on_the_way_is_kept_at_once() -> None:
    """The time service answers, the service of revocations does not yet."""
    scene = Scene(Shelf({ONE: b"one"}), Hand(b"+T", ("revocation_unreachable",)))
    async with Running(scene):
        assert await scene.until_it_rests() == 60
        between = scene.service.of(ONE)
        scene.hand.adds, scene.hand.why = b"+LTA", ()
        scene.wakes.put_nowait(None)
        await scene.until_it_rests()
    assert between is not None
    assert (between.state, between.level) == (LiftState.WAITS, "B-T")
    assert scene.shelf.files == {ONE: b"one+T+LTA"}


async def test_order_without_an_answer_is_sent_again_with_the_same_file_and_key() -> None:
    scene = Scene(Shelf({ONE: b"one"}, refusal=None), Hand())
    scene.shelf.refusal = BusyServer()
    async with Running(scene):
        await scene.until_it_rests()
        scene.shelf.refusal = None
        scene.wakes.put_nowait(None)
        await scene.until_it_rests()
    assert len(scene.hand.worked) == 1  # one time stamp
    (first, key), (second, again) = scene.shelf.orders
    assert (first, key) == (second, again)
    assert scene.shelf.files == {ONE: b"one+LTA"}


class BusyServer(BackendError):
    """An answer that another try may change."""

    is_temporary = True


async def test_program_that_was_killed_begins_where_the_server_stands() -> None:
    """Nothing of it lies on this computer: a new start reads what is to be lifted."""
    shelf, held = Shelf({ONE: b"one", TWO: b"two"}), asyncio.Event()
    killed = Scene(shelf, Hand(held=held))
    async with Running(killed):
        await killed.hand.is_holding.wait()
    assert shelf.files == {ONE: b"one", TWO: b"two"}
    begun = Scene(shelf, Hand())
    async with Running(begun):
        await begun.until_it_rests()
    assert shelf.files == {ONE: b"one+LTA", TWO: b"two+LTA"}


async def test_file_that_is_not_good_stands_in_nobodys_way_and_is_not_tried_again() -> None:
    scene = Scene(Shelf({ONE: b"one"}), Hand(b"", refusal="Revoked"))
    async with Running(scene):
        await scene.until_it_rests()
        scene.shelf.files[TWO] = b"two"
        scene.hand.adds, scene.hand.refusal = b"+LTA", ""
        scene.wakes.put_nowait(None)
        await scene.until_it_rests()
    lifting = scene.service.of(ONE)
    assert lifting is not None
    assert lifting.state is LiftState.CANNOT
    assert scene.shelf.files == {ONE: b"one", TWO: b"two+LTA"}


@pytest.mark.parametrize(
    "refusal",
    [
        Conflict(ProblemCode.STALE_VERSION),
        Rejected(422, ProblemCode.BAD_SIGNATURE),
    ],
    ids=["lifted elsewhere", "refused"],
)
async def test_refused_order_is_not_given_again(refusal: BackendError) -> None:
    scene = Scene(Shelf({ONE: b"one"}, refusal=refusal), Hand())
    async with Running(scene):
        await scene.until_it_rests()
    assert len(scene.shelf.orders) == 1
    assert scene.shelf.files == {ONE: b"one"}


async def test_damaged_file_of_the_server_stops_no_other() -> None:
    scene = Scene(Shelf({ONE: b"one", TWO: b"two"}, broken={ONE}), Hand())
    async with Running(scene):
        await scene.until_it_rests()
    assert scene.shelf.files == {ONE: b"one", TWO: b"two+LTA"}


async def test_signature_and_connection_cut_the_wait_short() -> None:
    scene = Scene(Shelf({}), Hand())
    async with Running(scene):
        await scene.until_it_rests()
        scene.shelf.files[ONE] = b"one"
        scene.service.look()
        await scene.until_it_rests()
        scene.link.set(OFFLINE)
        scene.shelf.files[TWO] = b"two"
        scene.link.set(ONLINE)
        await scene.until_it_rests()
    assert scene.shelf.files == {ONE: b"one+LTA", TWO: b"two+LTA"}


async def test_without_a_time_service_the_server_is_not_asked() -> None:
    scene = Scene(Shelf({ONE: b"one"}), Hand(), policy=None)
    async with Running(scene):
        await scene.until_it_rests()
    assert scene.hand.worked == []
    assert scene.service.of(ONE) is None


@pytest.fixture(scope="module")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PkiServer]:
    with PkiServer(tmp_path_factory.mktemp("pki")) as server:
        yield server


@pytest.fixture(scope="module")
def offline(pki: PkiServer) -> bytes:
    """Signed while nothing answered."""
    paper = prepare_fields(render_conclusion(make_content()))
    return certify_with(paper, pki.signer(), STAMP, Terms(Policy(), [pki.root])).pdf


async def test_real_file_is_lifted_in_a_process_of_its_own(pki: PkiServer, offline: bytes) -> None:
    """Certomancer's OCSP and time stamps; the file's own bytes stay as they are."""
    done = await LiftProcess().lift(offline, Terms(pki.policy(), [pki.root], None, _now()))
    report = await asyncio.to_thread(verify_pdf, done.pdf, [pki.root], 1)
    assert (done.level, done.why, done.refusal) == ("B-LTA", (), "")
    assert done.pdf.startswith(offline)
    assert report.verdict is Verdict.VALID
    assert report.signatures[0].level is Level.B_LTA


async def test_process_that_is_killed_leaves_the_file_as_it_was(
    pki: PkiServer, offline: bytes
) -> None:
    done = await LiftProcess(seconds=-12 * 20.0).lift(
        offline, Terms(pki.policy(), [pki.root], None, _now())
    )
    assert (done.pdf, done.why) == (offline, ("process_ended",))


def test_file_that_was_altered_is_refused_by_name(pki: PkiServer, offline: bytes) -> None:
    altered = bytearray(offline)
    altered[len(altered) // 3] ^= 1
    order = ToldTerms({"time_services": [pki.tsa]}, [pki.root.public_bytes(Encoding.DER)], _now())
    assert lifted(order, bytes(altered)).refusal == "AlteredDocument"


def _now() -> datetime:
    return datetime.now(UTC)
