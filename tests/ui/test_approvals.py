"""Approvals without widgets: the live list, what may be approved and what may not (OZ-12)."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import msgspec
import pytest
from PySide6.QtCore import QAbstractItemModel

from backend_client.errors import Conflict, Corrupted, TimedOut, Unreachable
from backend_client.models.common import ProblemCode
from backend_client.models.conclusions import ConclusionForm
from backend_client.models.requests import RequestStatus
from signing.certificates import CertificateFacts
from signing.report import Problem
from tests.factories import changed_row, make_row
from tests.ui.approvals_scene import (
    PIN,
    ApprovalsScene,
    make_edition,
    make_facts,
    make_report,
)
from tests.ui.viewers.made_up import MadeUpStudy, make_picture
from tests.ui.waiting import emitted, until
from workstation.core.connection import Link
from workstation.core.form_difference import SectionChange
from workstation.studies.errors import DecoderStopped, StopReason, Unreadable, UnreadableFile
from workstation.ui.screens.approvals.document_reader import Reading
from workstation.ui.screens.approvals.signature_words import is_name_of, short_hash
from workstation.ui.screens.approvals.view_model import Refusal
from workstation.ui.screens.approvals.waiting_list import Finding, ListState
from workstation.ui.wording import Wording


@asynccontextmanager
async def scene_of(wording: Wording, *, empty: bool = False) -> AsyncIterator[ApprovalsScene]:
    scene = ApprovalsScene(wording, empty=empty)
    try:
        yield scene
    finally:
        await scene.model.close()


@asynccontextmanager
async def opened(wording: Wording) -> AsyncIterator[ApprovalsScene]:
    """The room is seen and its oldest conclusion is read."""
    async with scene_of(wording) as scene:
        scene.model.start()
        scene.model.open()
        await until(lambda: scene.model.refusal is None)
        yield scene


async def test_the_list_is_read_at_start_and_counts_for_the_rail(
    wording: Wording, check_model: Callable[[QAbstractItemModel], None]
) -> None:
    async with scene_of(wording) as scene:
        check_model(scene.model.waiting.rows)
        counts: list[int] = []
        scene.model.count_changed.connect(counts.append)
        scene.model.start()
        await until(lambda: scene.model.waiting.state is ListState.ROWS)
        assert counts == [5]
        assert scene.names[0].startswith("Кочетов")
        assert scene.approvals.reads == []  # nothing is fetched for a room that is not seen


async def test_a_signed_request_enters_and_a_decided_one_leaves(wording: Wording) -> None:
    async with opened(wording) as scene:
        scene.model.choose(2)
        await until(lambda: scene.model.refusal is None)
        first, late = scene.approvals.list[0], scene.approvals.list.pop()
        scene.requests.upsert(make_row(status=RequestStatus.DRAFTING))
        scene.approvals.decide_elsewhere(first.request_id, RequestStatus.DELIVERED)
        await emitted(scene.model.count_changed)
        assert scene.model.count == 3
        assert scene.chosen_name.startswith("Верещагин")
        scene.approvals.list.append(late)
        scene.requests.upsert(changed_row(scene.requests.rows[late.request_id], version=9))
        await emitted(scene.model.count_changed)
        assert scene.names[-1] == late.patient_name
        assert scene.chosen_name.startswith("Верещагин")
        assert scene.approvals.reads.count(scene.approvals.list[1].request_id) == 1


async def test_what_was_missed_is_read_again(wording: Wording) -> None:
    async with opened(wording) as scene:
        scene.approvals.list.pop()
        scene.requests.reload_needed.emit(None)
        await until(lambda: scene.model.count == 4)


async def test_a_colleague_was_first_and_nothing_jumps(wording: Wording) -> None:
    async with opened(wording) as scene:
        model = scene.model
        assert model.chosen is not None
        scene.approvals.decide_elsewhere(model.chosen.request_id, RequestStatus.DELIVERED)
        await until(lambda: model.is_decided)
        assert model.refusal is Refusal.DECIDED
        assert not model.can_return
        assert scene.chosen_name.startswith("Кочетов")
        model.step(1)
        assert scene.chosen_name.startswith("Лунёва")


async def test_a_stale_version_is_refused_and_the_newest_is_read(wording: Wording) -> None:
    async with opened(wording) as scene:
        model = scene.model
        assert model.chosen is not None
        scene.approvals.fail("approve", Conflict(ProblemCode.STALE_VERSION))
        anew = scene.approvals.sign_anew(model.chosen.request_id)
        model.approve(PIN)
        await until(lambda: model.is_renewed and model.reader.pages is not None)
        assert model.chosen == anew
        assert model.reader.approval == anew
        assert model.problem is not None
        assert "changed in the meantime" in model.problem.title
        assert scene.approvals.approved == []


async def test_approved_and_the_next_one_is_chosen(wording: Wording) -> None:
    async with opened(wording) as scene:
        told: list[str] = []
        scene.model.approved.connect(told.append)
        first = scene.approvals.list[0].request_id
        scene.model.approve(PIN)
        assert scene.model.refusal is Refusal.BUSY
        scene.model.approve(PIN)  # Enter was pressed twice
        await until(lambda: scene.chosen_name.startswith("Лунёва"))
        assert scene.approvals.approved == [first] == told
        assert scene.model.count == 4


async def test_returned_only_with_a_reason(wording: Wording) -> None:
    """SPB-21: the doctor learns why, and nothing written is lost where the server is away."""
    async with opened(wording) as scene:
        model, first = scene.model, scene.approvals.list[0]
        model.write_reason("   ")
        model.give_back()
        assert not model.is_busy
        model.write_reason(" Нет степени недостаточности ")
        scene.approvals.fail("give_back", TimedOut())
        model.give_back()
        await until(lambda: model.problem is not None)
        assert model.reason == " Нет степени недостаточности "
        model.give_back()
        await emitted(model.returned)
        assert scene.approvals.returned == [(first.request_id, "Нет степени недостаточности")]
        assert scene.chosen_name.startswith("Лунёва")
        assert model.reason == ""


@pytest.mark.parametrize(
    ("problem", "refusal", "finding"),
    [
        (Problem.ALTERED, Refusal.NOT_GOOD, Finding.BAD_SIGNATURE),
        (Problem.UNTRUSTED, Refusal.UNDECIDED, Finding.GOOD),
    ],
)
async def test_what_is_not_verified_is_not_approved(
    wording: Wording, problem: Problem, refusal: Refusal, finding: Finding
) -> None:
    async with scene_of(wording) as scene:
        model, first = scene.model, scene.approvals.list[0]
        scene.approvals.reports[first.request_id] = make_report(first, problem)
        model.start()
        model.open()
        await until(lambda: model.reader.pages is not None)
        assert model.refusal is refusal
        assert model.waiting.finding(first) is finding
        model.approve(PIN)
        assert not model.is_busy
        assert model.can_return


async def test_a_report_of_another_file_proves_nothing(wording: Wording) -> None:
    async with scene_of(wording) as scene:
        first, second = scene.approvals.list[:2]
        other = make_report(scene.approvals.sign_anew(second.request_id))
        scene.approvals.reports[first.request_id] = other
        scene.model.start()
        scene.model.open()
        await until(lambda: scene.model.reader.state is Reading.VERIFIED)
        assert scene.model.refusal is Refusal.NOT_GOOD


async def test_a_file_changed_on_the_server_is_neither_shown_nor_approved(wording: Wording) -> None:
    """DRC-13: also where it was changed after it had been read here."""
    async with opened(wording) as scene:
        model = scene.model
        scene.approvals.fail("approve", Conflict(ProblemCode.FILE_CHANGED))
        model.approve(PIN)
        await until(lambda: model.reader.state is Reading.CHANGED)
        assert model.refusal is Refusal.FILE_CHANGED
        assert model.reader.pages is None
        assert scene.approvals.pages[0].closed
        model.step(1)
        await until(lambda: model.refusal is None)
        scene.approvals.fail("read", Conflict(ProblemCode.FILE_CHANGED))
        model.read_again()
        await until(lambda: model.refusal is Refusal.FILE_CHANGED)
        assert model.can_return


async def test_a_file_that_cannot_be_fetched_is_asked_for_again(wording: Wording) -> None:
    async with scene_of(wording) as scene:
        scene.approvals.fail("read", Corrupted("hash"))
        scene.model.start()
        scene.model.open()
        await until(lambda: scene.model.reader.state is Reading.FAILED)
        assert scene.model.refusal is Refusal.NOT_VERIFIED
        scene.model.read_again()
        await until(lambda: scene.model.refusal is None)


async def test_what_cannot_be_read_on_the_screen_is_not_approved(wording: Wording) -> None:
    async with scene_of(wording) as scene:
        scene.approvals.fail("open_pages", UnreadableFile(Unreadable.DAMAGED))
        scene.model.start()
        scene.model.open()
        await until(lambda: scene.model.refusal is Refusal.NOT_SHOWN)
        scene.model.read_again()
        await until(lambda: scene.model.refusal is None)
        stopped = DecoderStopped(StopReason.TIME)
        scene.model.reader.note_page_failure(stopped)  # the viewer asks for the page again
        assert scene.model.refusal is None
        scene.model.reader.note_page_failure(stopped)
        scene.model.reader.note_page_failure(stopped)
        assert scene.model.refusal is Refusal.NOT_SHOWN


async def test_what_only_calls_itself_a_document_is_not_shown(wording: Wording) -> None:
    async with opened(wording) as scene:
        photo = MadeUpStudy(make_picture())
        scene.model.reader._take(photo)
        assert scene.model.reader.pages is None
        assert scene.model.refusal is Refusal.NOT_SHOWN
        await until(lambda: photo.closed)


@pytest.mark.parametrize("facts", [None, make_facts(may_sign=False)])
async def test_without_a_fit_certificate_nothing_is_signed(
    wording: Wording, facts: CertificateFacts | None
) -> None:
    async with scene_of(wording) as scene:
        scene.approvals.facts = facts
        scene.model.start()
        scene.model.open()
        await until(lambda: scene.model.refusal is Refusal.NO_CERTIFICATE)
        assert scene.model.certificate_problem is not None
        assert scene.model.can_return


async def test_offline_it_is_refused_and_back_online_read_by_itself(wording: Wording) -> None:
    async with opened(wording) as scene:
        model = scene.model
        scene.sync.become(Link.OFFLINE)
        assert model.refusal is Refusal.OFFLINE
        assert not model.can_return
        scene.approvals.fail("read", Unreachable())
        model.step(2)  # one that is not read ahead
        await until(lambda: model.reader.state is Reading.FAILED)
        scene.approvals.list.pop()
        scene.sync.become(Link.ONLINE)
        await until(lambda: model.refusal is None and model.count == 4)


async def test_a_room_that_is_left_holds_no_file(wording: Wording) -> None:
    async with opened(wording) as scene:
        scene.model.leave()
        assert scene.model.reader.signed is None
        await until(lambda: scene.approvals.pages[0].closed)
        scene.model.open()
        await until(lambda: scene.model.refusal is None)
        assert scene.chosen_name.startswith("Кочетов")


async def test_a_decision_that_fails_after_one_has_gone_on_is_told(wording: Wording) -> None:
    async with opened(wording) as scene:
        gate = scene.approvals.hold("approve")
        scene.approvals.fail("approve", TimedOut())
        scene.model.approve(PIN)
        scene.model.step(1)
        gate.set()
        assert await emitted(scene.model.failed_away)
        assert scene.model.problem is None
        assert scene.chosen_name.startswith("Лунёва")


async def test_no_pin_stays_in_the_model(wording: Wording) -> None:
    async with opened(wording) as scene:
        scene.model.approve("735190")
        await emitted(scene.model.pin_refused)
        assert "735190" not in repr(vars(scene.model))
        assert "735190" not in repr(scene.model.problem)


@pytest.mark.parametrize(
    ("full", "same"),
    [
        ("Левашова Марина Олеговна", True),
        ("ЛЕВАШОВА МАРИНА ОЛЕГОВНА", True),
        ("Левашова Ирина Олеговна", False),
        ("Сафонов Дмитрий Валерьевич", False),
        ("Левашова", False),
        ("", False),
    ],
)
def test_whether_a_certificate_may_be_the_authors(full: str, same: bool) -> None:
    assert is_name_of("Левашова М. О.", full) is same


def test_a_hash_is_read_in_fours() -> None:
    assert short_hash("9f3c71d0" + "0" * 52 + "4be2") == "9f3c 71d0 … 4be2"


async def test_opened_ones_are_approved_with_one_pin_and_the_others_wait(
    wording: Wording,
) -> None:
    """The rest was not looked at: it stays."""
    async with opened(wording) as scene:
        model = scene.model
        model.step(1)
        await until(lambda: len(model.opened) == 2)
        before = model.count
        model.approve_opened(PIN)
        await until(lambda: model.count == before - 2 and not model.is_busy)
        assert model.approved_at_once == 2
        assert len(scene.approvals.approved) == 2
        assert model.pin_until is not None


async def test_of_the_opened_none_is_approved_whose_signature_is_not_good_any_more(
    wording: Wording,
) -> None:
    async with opened(wording) as scene:
        model = scene.model
        model.step(1)
        await until(lambda: len(model.opened) == 2)
        bad = model.opened[0]
        scene.approvals.reports[bad.request_id] = make_report(bad, Problem.ALTERED)
        model.approve_opened(PIN)
        await until(lambda: bool(scene.approvals.approved) and not model.is_busy)
        assert bad.request_id not in scene.approvals.approved
        assert model.waiting.finding(bad) is Finding.BAD_SIGNATURE


async def test_pin_is_given_once_a_sitting(wording: Wording) -> None:
    async with opened(wording) as scene:
        model = scene.model
        model.approve(PIN)
        await until(lambda: len(scene.approvals.approved) == 1 and model.refusal is None)
        model.approve("")
        await until(lambda: len(scene.approvals.approved) == 2)


async def test_new_edition_shows_what_it_says_otherwise(wording: Wording) -> None:
    async with scene_of(wording) as scene:
        first = scene.approvals.list[0]
        again = msgspec.structs.replace(first, edition=2)
        scene.approvals.list[0] = again
        old = ConclusionForm(findings="ФВ 58 %", recommendations="Холтер")
        new = ConclusionForm(findings="ФВ 38 %", recommendations="Холтер")
        scene.approvals.forms[first.request_id] = new
        scene.approvals.earlier[first.request_id] = make_edition(first, old)
        scene.model.start()
        scene.model.open()
        await until(lambda: scene.model.changes is not None)
        assert scene.model.changes == (SectionChange("findings", "ФВ 58 %", "ФВ 38 %"),)
