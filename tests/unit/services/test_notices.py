"""What is worth telling, once, gathered, and quiet during a call (OZ-16, SPB-15)."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import msgspec
import pytest

from backend_client.errors import Unreachable
from backend_client.models.common import RequestId
from backend_client.models.request_actions import AskDocuments
from backend_client.models.requests import Action, ItemState, RequestRow, RequestStatus
from tests.factories import NOW, changed_row, make_item, make_owner, make_row
from tests.fakes import FakeRequestService
from tests.unit.services.house import running, until
from tests.unit.services.scripted_server import ManualSleep
from workstation.core.connection import ConnectionState, Link
from workstation.core.live_call import CallPhase, LiveCall
from workstation.core.subscription import Event
from workstation.core.triage_order import HeldOrder, TriageOrder
from workstation.services.case_news import Notice, NoticeKind
from workstation.services.link import LinkState
from workstation.services.notices import NoticeService

K, S = NoticeKind, RequestStatus
ME = make_owner("Левашова М. О.")
OTHER = msgspec.structs.replace(make_owner("Орлов П. И."), is_me=False)


class Calls:
    """A call that is on when the test says so."""

    def __init__(self) -> None:
        self.live: LiveCall | None = None
        self.changed: Event[LiveCall] = Event()

    def become(self, phase: CallPhase) -> None:
        """The call stands there now."""
        self.live = LiveCall(RequestId("talked-to"), phase)
        self.changed.emit(self.live)


class Scene:
    """The service among fakes, with a clock that the test sets."""

    def __init__(self, rows: Iterable[RequestRow]) -> None:
        self.now: datetime = NOW
        self.requests = FakeRequestService(rows, page_size=2)
        self.calls, self.sleep = Calls(), ManualSleep()
        self.link = LinkState(ConnectionState(Link.ONLINE, NOW))
        self.notices = NoticeService(
            self.requests, self.calls, self.link, lambda: self.now, self.sleep
        )
        self.told: list[tuple[Notice, ...]] = []
        self.notices.told.subscribe(self.told.append)

    async def settles(self) -> None:
        """The service has done what there was to do, and sleeps or waits."""
        marker = len(self.sleep.asked)
        self.requests.upsert(changed_row(WATCHED, version=2 + marker))
        await self.sleep.asked_for(marker + 1)

    async def passes(self, length: timedelta = timedelta(seconds=1)) -> None:
        """So much time passes."""
        marker = len(self.sleep.asked)
        self.now += length
        self.sleep.pass_time()
        await self.sleep.asked_for(marker + 1)

    def change(self, row: RequestRow, **changes: object) -> RequestRow:
        """The server tells that the request is another now."""
        known = self.requests.rows.get(row.id, row)
        changed = changed_row(known, version=known.version + 1, **changes)
        self.requests.upsert(changed)
        return changed

    def waiting(self, row: RequestRow) -> tuple[NoticeKind, ...]:
        """What waits of that case."""
        found = [one.kinds for one in self.notices.unread if one.request_id == row.id]
        return found[0] if found else ()

    def said(self) -> list[list[tuple[NoticeKind, ...]]]:
        """What was told, each time."""
        return [[one.kinds for one in notices] for notices in self.told]


WATCHED = make_row(owner=ME, due_at=NOW + timedelta(days=300), soon_at=None)
"""A case of the doctor whose far term makes the service sleep, so that a test can wait for that."""


def mine(**changes: object) -> RequestRow:
    """A case of the doctor, without a term."""
    defaults: dict[str, object] = {
        "owner": ME,
        "status": S.CLAIMED,
        "due_at": None,
        "soon_at": None,
    }
    return make_row(**(defaults | changes))


@asynccontextmanager
async def noticing(*rows: RequestRow) -> AsyncIterator[Scene]:
    scene = Scene([WATCHED, *rows])
    async with running(scene.notices.run()):
        await scene.sleep.asked_for(1)
        yield scene


async def test_a_patients_message_in_a_case_of_mine_is_told_once() -> None:
    """OZ-16, SPB-15: several messages of one case are one notice, which counts them."""
    row = mine()
    async with noticing(row) as scene:
        scene.change(row, unread_messages=1)
        scene.change(row, unread_messages=2)
        await scene.passes()
        scene.change(row, unread_messages=3)
        await scene.settles()
        await scene.passes()
        assert scene.said() == [[(K.MESSAGE,)]]
        assert [one.row.unread_messages for one in scene.notices.unread] == [3]
        await scene.passes(timedelta(minutes=3))
        scene.change(row, unread_messages=4)
        await scene.settles()
        await scene.passes()
        assert len(scene.told) == 2, "the patient writes again, later"
        scene.change(row, unread_messages=0)
        scene.change(row, unread_messages=1)
        await scene.settles()
        await scene.passes()
        assert len(scene.told) == 3, "what was written before is read"


async def test_a_message_that_was_read_anywhere_waits_no_longer() -> None:
    row = mine()
    async with noticing(row) as scene:
        scene.change(row, unread_messages=1)
        scene.change(row, unread_messages=0)
        await scene.settles()
        await scene.passes()
        assert scene.notices.unread == ()
        assert scene.told == []


async def test_other_doctors_cases_are_not_told() -> None:
    rows = make_row(owner=OTHER, status=S.SCHEDULED), make_row(status=S.READY)
    async with noticing(*rows) as scene:
        for row in rows:
            scene.change(row, unread_messages=1, status=S.WAITING)
        await scene.settles()
        await scene.passes()
        assert scene.notices.unread == ()


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        (S.SLOT_PROPOSED, S.SCHEDULED, (K.SLOT_ACCEPTED,)),
        (S.SLOT_PROPOSED, S.CLAIMED, (K.SLOT_REFUSED,)),
        (S.SCHEDULED, S.WAITING, (K.PATIENT_CAME,)),
        (S.SLOT_PROPOSED, S.WAITING, (K.PATIENT_CAME, K.SLOT_ACCEPTED)),
        (S.SIGNED, S.RETURNED, (K.RETURNED,)),
        (S.SCHEDULED, S.CANCELLED, (K.CANCELLED,)),
        (S.SCHEDULED, S.CANCELLED_LATE, (K.CANCELLED,)),
    ],
)
async def test_what_others_do_with_a_case_of_mine(
    before: RequestStatus, after: RequestStatus, kinds: tuple[NoticeKind, ...]
) -> None:
    """OZ-10, SPB-11: the appointment, the lobby, the clinic's answer."""
    row = mine(status=before)
    async with noticing(row) as scene:
        scene.change(row, status=after)
        assert scene.waiting(row) == kinds
        await scene.settles()
        await scene.passes()
        assert scene.said() == [[kinds]]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (S.CLAIMED, S.SLOT_PROPOSED),
        (S.SCHEDULED, S.IN_CALL),
        (S.IN_CALL, S.DRAFTING),
        (S.DRAFTING, S.SIGNED),
        (S.CLAIMED, S.DECLINED),
    ],
)
async def test_what_i_do_myself_is_not_told(before: RequestStatus, after: RequestStatus) -> None:
    row = mine(status=before)
    async with noticing(row) as scene:
        scene.change(row, status=after)
        assert scene.notices.unread == ()


async def test_a_patient_who_has_left_again_is_not_there() -> None:
    """SPB-11: a page that is opened anew does not ring a second time."""
    row = mine(status=S.SCHEDULED)
    async with noticing(row) as scene:
        scene.change(row, status=S.WAITING)
        await scene.settles()
        await scene.passes()
        scene.change(row, status=S.SCHEDULED)
        assert scene.notices.unread == ()
        scene.change(row, status=S.WAITING)
        assert scene.waiting(row) == (K.PATIENT_CAME,)
        await scene.settles()
        await scene.passes()
        assert len(scene.told) == 1


async def test_a_threat_to_life_on_any_request_is_told_at_once() -> None:
    free, others, own = make_row(), make_row(owner=OTHER), mine()
    async with noticing(free, others, own) as scene:
        scene.change(free, life_threat=True)
        scene.change(others, life_threat=True)
        scene.change(own, life_threat=True)
        assert scene.said() == [[(K.LIFE_THREAT,)], [(K.LIFE_THREAT,)]]
        assert scene.waiting(own) == (), "my own mark"
        new = make_row(life_threat=True)
        scene.requests.upsert(new)
        assert scene.waiting(new) == (K.LIFE_THREAT,), "it has come so"
        scene.change(others, life_threat=False)
        assert scene.waiting(others) == (), "the mark was taken back"


async def test_a_threat_of_before_the_start_is_not_told() -> None:
    row = make_row(life_threat=True)
    async with noticing() as scene:
        pass
    scene = Scene([row, WATCHED])
    async with running(scene.notices.run()):
        await scene.sleep.asked_for(1)
        scene.change(row, owner=OTHER)
        await scene.settles()
        assert scene.told == []


async def test_a_threat_in_a_request_that_has_ended_is_none() -> None:
    async with noticing() as scene:
        scene.requests.upsert(make_row(life_threat=True, status=S.CLOSED))
        assert scene.notices.unread == ()


async def test_documents_that_i_asked_for_have_arrived() -> None:
    """OZ-20: the request is nobody's while it waits, and still it is told to who has asked."""
    row = mine()
    async with noticing(row) as scene:
        scene.notices.hear_orders((asking(row),))
        scene.change(row, status=S.AWAITING_DOCUMENTS, owner=None)
        scene.notices.hear_orders(())
        assert scene.notices.asked == {row.id}
        scene.change(row, status=S.READY)
        assert scene.waiting(row) == (K.DOCUMENTS,)
        assert scene.notices.asked == frozenset()
        scene.change(row, owner=OTHER, status=S.CLAIMED)
        assert scene.waiting(row) == (), "a colleague was quicker"


async def test_asking_that_was_taken_back_is_not_waited_for() -> None:
    row = mine()
    async with noticing(row) as scene:
        scene.notices.hear_orders((asking(row),))
        scene.notices.hear_orders(())
        assert scene.notices.asked == frozenset()
        scene.change(row, status=S.READY, owner=None)
        assert scene.notices.unread == ()


async def test_documents_asked_for_before_a_restart() -> None:
    here, still = make_row(), make_row(status=S.AWAITING_DOCUMENTS)
    scene = Scene([WATCHED, here, still])
    scene.notices.remember_asked([here.id, still.id, RequestId("gone")])
    async with running(scene.notices.run()):
        await scene.sleep.asked_for(1)
        assert scene.waiting(here) == (K.DOCUMENTS,)
        assert scene.notices.asked == {still.id}
        scene.change(still, status=S.READY)
        assert scene.waiting(still) == (K.DOCUMENTS,)


async def test_what_was_missing_in_a_case_in_hand_has_arrived() -> None:
    row = mine(checklist=[make_item("ecg", ItemState.MISSING)], missing_documents=["ecg"])
    async with noticing(row) as scene:
        scene.change(row, checklist=[make_item("ecg")], missing_documents=[])
        assert scene.waiting(row) == (K.DOCUMENTS,)


async def test_marked_as_not_applicable_by_me_is_no_arrival() -> None:
    row = mine(checklist=[make_item("ecg", ItemState.MISSING)], missing_documents=["ecg"])
    async with noticing(row) as scene:
        scene.change(row, checklist=[make_item("ecg", ItemState.NOT_APPLICABLE)])
        assert scene.notices.unread == ()


async def test_a_term_becomes_amber_then_breached_by_time_alone() -> None:
    """OZ-9, OZ-21: nobody has to change anything for that."""
    soon, due = NOW + timedelta(hours=1), NOW + timedelta(hours=3)
    row = mine(soon_at=soon, due_at=due)
    async with noticing(row) as scene:
        await scene.settles()
        assert scene.sleep.asked[-1] == 3600
        await scene.passes(timedelta(hours=1))
        assert scene.waiting(row) == (K.TERM_SOON,)
        await scene.passes()
        await scene.passes(timedelta(hours=2))
        assert scene.waiting(row) == (K.TERM_BREACHED,), "it is not soon any more"
        await scene.passes()
        assert scene.said() == [[(K.TERM_SOON,)], [(K.TERM_BREACHED,)]]
        scene.change(row, due_at=None, soon_at=None)
        assert scene.notices.unread == (), "the clock has stopped"


async def test_a_term_that_was_amber_when_i_took_the_case_is_known() -> None:
    row = make_row(soon_at=NOW - timedelta(hours=1), due_at=NOW + timedelta(hours=3))
    async with noticing(row) as scene:
        scene.change(row, owner=ME, status=S.CLAIMED)
        await scene.settles()
        assert scene.notices.unread == ()


async def test_ten_minutes_before_the_doctor_is_told_that_nobody_is_there() -> None:
    """SPB-11: and only then; who has come and goes again is another matter."""
    at = NOW + timedelta(minutes=30)
    row, here = (mine(status=S.SCHEDULED, appointment_at=at) for _ in range(2))
    async with noticing(row, here) as scene:
        scene.change(here, status=S.WAITING)
        await scene.settles()
        assert scene.sleep.asked[-1] == 1
        await scene.passes()
        assert scene.sleep.asked[-1] == 20 * 60 - 1
        await scene.passes(timedelta(minutes=20))
        assert scene.waiting(row) == (K.NOBODY_THERE,)
        assert scene.waiting(here) == (K.PATIENT_CAME,)
        scene.change(here, status=S.SCHEDULED)
        scene.change(row, status=S.WAITING)
        await scene.settles()
        assert scene.waiting(here) == ()
        assert scene.waiting(row) == (K.PATIENT_CAME,)


async def test_after_a_start_within_those_minutes_it_is_told_as_well() -> None:
    """SPB-11: a start of the program must not cost the doctor that word; what has begun is old."""
    soon, over = NOW + timedelta(minutes=4), NOW - timedelta(minutes=4)
    row, begun = (mine(status=S.SCHEDULED, appointment_at=at) for at in (soon, over))
    async with noticing(row, begun) as scene:
        assert scene.waiting(row) == (K.NOBODY_THERE,)
        assert scene.waiting(begun) == ()
        scene.change(row, status=S.WAITING)
        await scene.settles()
        assert scene.waiting(row) == (K.PATIENT_CAME,)


async def test_what_is_before_the_eyes_is_not_told() -> None:
    """The chat and the lobby are seen on the call's screen alone."""
    row = mine(status=S.SLOT_PROPOSED)
    async with noticing(row) as scene:
        scene.notices.look_at(row.id)
        scene.change(row, status=S.SCHEDULED, unread_messages=1)
        assert scene.waiting(row) == (K.MESSAGE,)
        scene.notices.look_at(row.id, is_call=True)
        assert scene.waiting(row) == ()
        scene.change(row, status=S.WAITING, unread_messages=2)
        assert scene.waiting(row) == ()
        scene.notices.look_at(None)
        scene.change(row, unread_messages=3)
        assert scene.waiting(row) == (K.MESSAGE,), "the window is not looked at"


async def test_coming_to_a_case_reads_what_is_seen_there() -> None:
    row = mine(status=S.SLOT_PROPOSED)
    async with noticing(row) as scene:
        scene.change(row, status=S.SCHEDULED, unread_messages=1)
        scene.notices.look_at(row.id)
        assert scene.waiting(row) == (K.MESSAGE,)
        scene.notices.read(row.id)
        assert scene.notices.unread == ()


async def test_during_a_call_all_but_a_threat_waits_until_its_end() -> None:
    first, second, threat = mine(), mine(status=S.SCHEDULED), make_row()
    async with noticing(first, second, threat) as scene:
        scene.calls.become(CallPhase.RINGING)
        scene.change(first, unread_messages=1)
        scene.change(second, status=S.WAITING)
        await scene.settles()
        await scene.passes(timedelta(seconds=30))
        assert scene.told == []
        assert len(scene.notices.unread) == 2, "the counts go on"
        scene.change(threat, life_threat=True)
        assert scene.said() == [[(K.LIFE_THREAT,)]]
        scene.calls.become(CallPhase.TALKING)
        await scene.settles()
        assert len(scene.told) == 1
        scene.calls.become(CallPhase.OVER)
        await until(lambda: len(scene.told) == 2)
        assert {one.request_id for one in scene.told[1]} == {first.id, second.id}


async def test_what_was_read_during_the_call_is_not_told_after_it() -> None:
    row = mine()
    async with noticing(row) as scene:
        scene.calls.become(CallPhase.TALKING)
        scene.change(row, unread_messages=1)
        scene.notices.read(row.id)
        scene.calls.become(CallPhase.OVER)
        await scene.settles()
        await scene.passes()
        assert scene.told == []


async def test_after_a_lost_connection_one_summary_comes() -> None:
    rows = [mine(status=S.SCHEDULED) for _ in range(3)]
    async with noticing(*rows) as scene:
        scene.link.set(ConnectionState(Link.OFFLINE, NOW))
        for row in rows[:2]:
            scene.requests.rows[row.id] = changed_row(row, version=9, unread_messages=2)
        cancelled = changed_row(rows[2], version=9, status=S.CANCELLED, groups=[], owner=None)
        scene.requests.rows[rows[2].id] = cancelled
        scene.link.set(ConnectionState(Link.ONLINE, NOW))
        scene.requests.reload_needed.emit(None)
        await until(lambda: len(scene.notices.unread) == 3)
        await scene.settles()
        await scene.passes(timedelta(seconds=4))
        assert scene.told == []
        await scene.passes(timedelta(seconds=1))
        kinds = {one.request_id: one.kinds for one in scene.told[0]}
        assert kinds == {
            rows[0].id: (K.MESSAGE,),
            rows[1].id: (K.MESSAGE,),
            rows[2].id: (K.CANCELLED,),
        }
        assert len(scene.told) == 1


async def test_after_a_start_it_is_said_what_has_waited() -> None:
    rows = [
        mine(unread_messages=2),
        mine(status=S.WAITING),
        mine(status=S.RETURNED),
        mine(),
        make_row(owner=OTHER, unread_messages=1),
    ]
    async with noticing(*rows) as scene:
        await scene.passes()
        kinds = {one.request_id: one.kinds for one in scene.told[0]}
        assert kinds == {
            rows[0].id: (K.MESSAGE,),
            rows[1].id: (K.PATIENT_CAME,),
            rows[2].id: (K.RETURNED,),
        }


async def test_a_request_out_of_sight_leaves_no_notice() -> None:
    row = mine()
    async with noticing(row) as scene:
        scene.change(row, unread_messages=1)
        scene.requests.remove(row.id)
        assert scene.notices.unread == ()


async def test_the_newest_stands_first_and_a_threat_before_it() -> None:
    first, second, threat = mine(), mine(), make_row()
    async with noticing(first, second, threat) as scene:
        scene.change(threat, life_threat=True)
        scene.change(first, unread_messages=1)
        scene.now += timedelta(seconds=1)
        scene.change(second, unread_messages=1)
        assert [one.request_id for one in scene.notices.unread] == [
            threat.id,
            second.id,
            first.id,
        ]
        scene.notices.read_all()
        assert scene.notices.unread == ()


async def test_a_server_that_cannot_be_read_is_read_later() -> None:
    row = mine(unread_messages=1)
    scene = Scene([WATCHED, row])
    scene.requests.backend.fail_with(Unreachable())
    async with running(scene.notices.run()):
        await scene.sleep.asked_for(1)
        assert scene.sleep.asked == [30]
        await scene.passes(timedelta(seconds=30))
        assert scene.waiting(row) == (K.MESSAGE,)


async def test_a_listeners_mistake_does_not_end_the_telling() -> None:
    row = mine()

    def fail(notices: tuple[Notice, ...]) -> None:
        raise RuntimeError("a listener")

    async with noticing(row) as scene:
        stop = scene.notices.told.subscribe(fail)
        scene.change(row, unread_messages=1)
        await scene.settles()
        await scene.passes()
        stop()
        scene.change(row, status=S.SLOT_PROPOSED)
        scene.change(row, status=S.SCHEDULED)
        await scene.settles()
        await scene.passes()
        assert len(scene.told) == 2


def asking(row: RequestRow) -> HeldOrder:
    """An order that waits to be carried out."""
    said = AskDocuments(version=row.version, items=["ecg"], text="Пришлите, пожалуйста, ЭКГ")
    order = TriageOrder(row.id, Action.ASK_DOCUMENTS, said)
    return HeldOrder("key", order, row.number, NOW + timedelta(seconds=10))
