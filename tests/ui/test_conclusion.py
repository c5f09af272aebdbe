"""Writing and signing a conclusion without widgets (OZ-12, OZ-16, DRC-13)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import msgspec

from backend_client.errors import Conflict, Forbidden, Rejected, Unreachable
from backend_client.models.common import ProblemCode
from backend_client.models.conclusions import ConclusionDiagnosis, ConclusionState
from backend_client.models.requests import Action, RequestStatus
from signing.errors import NoCertificate
from tests.factories import changed_row, make_owner
from tests.ui.conclusion_scene import (
    COMPLAINTS,
    FAST,
    FILLED,
    PIN,
    ConclusionScene,
    make_certificate,
    make_conclusion,
)
from tests.ui.queue_scene import SCENE_NOW
from tests.ui.waiting import emitted, until
from workstation.core.conclusion_draft import KeptDraft
from workstation.documents.errors import UnprintableText
from workstation.studies.errors import DecoderStopped, StopReason, Unreadable, UnreadableFile
from workstation.ui.error_text import UserMessage
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.conclusion.asked import Pace
from workstation.ui.screens.conclusion.draft_writer import Keeping
from workstation.ui.screens.conclusion.form_state import Obstacle, Section, unfilled

NEVER = 3_600_000
WRITE_AND_SIGN = (Action.WRITE_CONCLUSION, Action.SIGN_CONCLUSION)


@asynccontextmanager
async def scene_of(words: RequestWords, pace: Pace = FAST) -> AsyncIterator[ConclusionScene]:
    scene = ConclusionScene(words, pace=pace)
    scene.model.preview.renewed.connect(scene.model.preview.pages_seen)  # the viewer is quick
    try:
        yield scene
    finally:
        for gate in (scene.service.may_save, scene.service.may_print, scene.service.may_sign):
            gate.set()
        await scene.model.close()


def keeping(scene: ConclusionScene) -> Keeping:
    assert scene.model.draft is not None
    return scene.model.draft.keeping


def problem_title(scene: ConclusionScene) -> str:
    problem = scene.model.signing.problem
    return "" if problem is None else problem.title


async def ready(scene: ConclusionScene) -> None:
    await until(lambda: scene.model.obstacle is None)


async def test_a_new_conclusion_begins_with_what_the_request_says(words: RequestWords) -> None:
    async with scene_of(words) as scene:
        await scene.open()
        assert scene.model.form.complaints == COMPLAINTS
        assert scene.model.form.diagnosis.icd10 == "I35.0"
        assert unfilled(scene.model.form) == (
            Section.HISTORY,
            Section.FINDINGS,
            Section.RECOMMENDATIONS,
            Section.BASIS,
        )
        assert scene.model.obstacle is Obstacle.NOTHING_FILLED
        assert scene.service.saved == [], "looking at a case writes nothing"


async def test_typing_is_saved_once_the_keys_rest(words: RequestWords) -> None:
    async with scene_of(words) as scene:
        await scene.open()
        for text in ("Ш", "Шу", "Шум"):
            scene.write(history=text)
        assert keeping(scene) is Keeping.WAITING
        await until(lambda: keeping(scene) is Keeping.SAVED)
        assert [(version, form.history) for version, form in scene.service.saved] == [(0, "Шум")]


async def test_one_save_at_a_time_each_over_the_version_before(words: RequestWords) -> None:
    async with scene_of(words) as scene:
        await scene.open()
        scene.service.may_save.clear()
        scene.write(history="первое")
        await until(lambda: scene.service.asked_to_save == 1)
        scene.write(history="второе")
        scene.write(history="третье")
        assert scene.model.draft is not None
        scene.model.draft.save_now()
        assert keeping(scene) is Keeping.SAVING
        scene.service.may_save.set()
        await until(lambda: keeping(scene) is Keeping.SAVED)
        saved = [(version, form.history) for version, form in scene.service.saved]
        assert saved == [(0, "первое"), (1, "третье")]


async def test_what_was_taken_back_while_it_was_saved_is_saved_again(words: RequestWords) -> None:
    async with scene_of(words) as scene:
        await scene.open_filled()
        scene.service.may_save.clear()
        scene.write(history="Лишнее")
        await until(lambda: scene.service.asked_to_save == 1)
        scene.write(history=FILLED.history)
        scene.model.leave()
        scene.service.may_save.set()
        await emitted(scene.model.closed)
        assert scene.record.form == FILLED
        assert scene.record.version == 5


async def test_a_lost_network_is_said_and_the_text_is_saved_when_it_is_back(
    words: RequestWords,
) -> None:
    async with scene_of(words) as scene:
        await scene.open()
        scene.service.saving.fail_with(Unreachable(), Unreachable())
        scene.write(history="Шум")
        await until(lambda: keeping(scene) is Keeping.FAILED)
        assert scene.model.obstacle is Obstacle.CUT_OFF
        await until(lambda: keeping(scene) is Keeping.SAVED)
        assert scene.record.form.history == "Шум"


async def test_a_lost_answer_is_not_taken_for_somebody_elses_text(words: RequestWords) -> None:
    async with scene_of(words) as scene:
        await scene.open_filled()
        scene.service.saving.fail_with(Unreachable(may_have_arrived=True))
        scene.write(history="Моё")
        await until(lambda: keeping(scene) is Keeping.FAILED)
        scene.service.put(scene.row.id, version=4, form=scene.model.form)
        await until(lambda: keeping(scene) is Keeping.SAVED)
        assert scene.model.record is not None
        assert scene.model.record.version == 4


async def stale(scene: ConclusionScene) -> None:
    """Two windows have written; this one is told."""
    await scene.open_filled()
    theirs = msgspec.structs.replace(FILLED, history="Из другого окна")
    scene.service.put(scene.row.id, version=7, form=theirs)
    scene.write(history="Моё")
    await until(lambda: keeping(scene) is Keeping.STALE)


async def test_a_text_changed_elsewhere_leaves_the_own_one_and_asks(words: RequestWords) -> None:
    async with scene_of(words) as scene:
        await stale(scene)
        assert scene.model.form.history == "Моё"
        assert scene.model.obstacle is Obstacle.STALE
        assert scene.model.draft is not None
        assert scene.model.draft.theirs is not None
        assert scene.model.draft.theirs.form.history == "Из другого окна"
        scene.write(history="Моё дальше")
        assert keeping(scene) is Keeping.STALE, "typing goes on while nothing is chosen"


async def test_the_own_text_goes_over_the_newest_version(words: RequestWords) -> None:
    async with scene_of(words) as scene:
        await stale(scene)
        assert scene.model.draft is not None
        scene.model.draft.keep_mine()
        await until(lambda: keeping(scene) is Keeping.SAVED)
        assert (scene.record.version, scene.record.form.history) == (8, "Моё")


async def test_the_other_text_takes_the_place_of_the_own_one(words: RequestWords) -> None:
    async with scene_of(words) as scene:
        await stale(scene)
        assert scene.model.draft is not None
        scene.model.draft.take_theirs()
        assert scene.model.form.history == "Из другого окна"
        assert keeping(scene) is Keeping.SAVED
        assert scene.record.version == 7


async def test_keys_that_never_rest_are_saved_meanwhile(words: RequestWords) -> None:
    """A doctor who writes for a minute without a pause loses no minute by a crash."""
    async with scene_of(words, Pace(save=NEVER, latest=5)) as scene:
        await scene.open()
        for history in ("Шум", "Шум в сердце"):
            scene.write(history=history)
            await until(lambda: keeping(scene) is Keeping.SAVED)
            assert scene.record.form.history == history


async def test_leaving_saves_first(words: RequestWords) -> None:
    async with scene_of(words, Pace(save=NEVER, latest=NEVER)) as scene:
        await scene.open()
        scene.write(history="Шум")
        scene.service.may_save.clear()
        scene.model.leave()
        assert scene.model.is_leaving
        scene.service.may_save.set()
        await emitted(scene.model.closed)
        assert scene.record.form.history == "Шум"
        assert scene.model.request_id is None


async def test_leaving_twice_does_not_wait_and_the_text_is_found_again(
    words: RequestWords,
) -> None:
    async with scene_of(words, Pace(save=NEVER, latest=NEVER)) as scene:
        closed: list[bool] = []
        scene.model.closed.connect(lambda: closed.append(True))
        await scene.open()
        scene.write(history="Шум")
        scene.service.may_save.clear()
        scene.model.leave()
        scene.model.leave()
        assert closed == [True]
        await scene.open()
        assert scene.model.form.history == "Шум"
        scene.service.may_save.set()
        await until(lambda: keeping(scene) is Keeping.SAVED)


async def test_a_text_left_without_a_connection_is_told_of_once_and_saved_later(
    words: RequestWords,
) -> None:
    async with scene_of(words) as scene:
        told: list[UserMessage] = []
        scene.model.failed_away.connect(told.append)
        await scene.open()
        scene.service.saving.fail_with(*[Unreachable()] * 3)
        scene.write(history="Шум")
        scene.model.leave()
        await until(lambda: scene.row.id in scene.service.records)
        assert scene.record.form.history == "Шум"
        assert len(told) == 1


async def test_pages_are_made_of_each_saved_text_and_signed_as_shown(words: RequestWords) -> None:
    """DRC-13: what is signed is the file that was looked at."""
    async with scene_of(words) as scene:
        await scene.open_filled()
        await ready(scene)
        scene.service.may_print.clear()
        before = scene.model.preview.pages
        scene.write(history="Другое")
        await until(lambda: keeping(scene) is Keeping.SAVED)
        await until(lambda: scene.model.obstacle is Obstacle.NO_PAGES)
        assert scene.model.preview.pages is before, "the old pages stay till the new ones are there"
        scene.model.sign(PIN)
        assert not scene.model.is_signing, "what is not seen is not signed"
        scene.service.may_print.set()
        await ready(scene)
        shown = scene.model.preview.preview
        scene.model.sign(PIN)
        await until(lambda: scene.model.state is ConclusionState.SIGNED)
        assert scene.service.signed == [shown]
        assert shown is not None
        assert "Другое".encode() in shown.pdf
        assert scene.service.pages[0].closed, "old pages are given back"


async def test_pages_that_were_not_drawn_are_not_signed(words: RequestWords) -> None:
    scene = ConclusionScene(words)
    await scene.open_filled()
    await until(lambda: scene.model.preview.pages is not None)
    ready_before = scene.model.preview.ready
    scene.model.preview.pages_seen()
    ready_after = scene.model.preview.ready
    assert (ready_before, ready_after) == (None, scene.model.preview.preview)
    await scene.model.close()


async def test_the_newest_text_wins_over_pages_on_their_way(words: RequestWords) -> None:
    async with scene_of(words) as scene:
        await scene.open_filled()
        await ready(scene)
        scene.service.may_print.clear()
        for text in ("одно", "другое"):
            scene.write(history=text)
            await until(lambda: keeping(scene) is Keeping.SAVED)
            await until(lambda: scene.model.preview.is_behind)
        scene.service.may_print.set()
        await ready(scene)
        assert scene.model.preview.preview is not None
        assert scene.model.preview.preview.version == scene.record.version


async def test_signs_that_cannot_be_printed_stand_before_the_signature(
    words: RequestWords,
) -> None:
    async with scene_of(words) as scene:
        scene.service.paper_errors.append(UnprintableText("findings", ("😀",)))
        await scene.open_filled()
        await until(lambda: scene.model.obstacle is Obstacle.UNPRINTABLE)
        scene.write(findings="Без картинок")
        await ready(scene)


async def test_pages_that_the_network_has_kept_back_come_by_themselves(
    words: RequestWords,
) -> None:
    async with scene_of(words) as scene:
        scene.service.printing.fail_with(Unreachable())
        await scene.open_filled()
        await until(lambda: scene.model.preview.problem is not None)
        await ready(scene)


async def test_pages_over_which_the_decoder_ended_are_asked_for_once_more(
    words: RequestWords,
) -> None:
    async with scene_of(words) as scene:
        stopped = DecoderStopped(StopReason.CRASHED)
        scene.service.paper_errors.append(stopped)
        await scene.open_filled()
        await ready(scene)
        scene.service.paper_errors += [stopped, stopped]
        scene.write(findings="Другой текст")
        await until(lambda: not scene.service.paper_errors)
        await until(lambda: scene.model.preview.problem is stopped)
        assert scene.model.obstacle is Obstacle.UNPRINTABLE
        scene.model.retry()
        await ready(scene)


async def test_a_wrong_pin_leaves_all_as_it_is(words: RequestWords) -> None:
    async with scene_of(words) as scene:
        await scene.open_filled()
        await ready(scene)
        scene.model.sign("1111")
        assert scene.model.obstacle is Obstacle.BUSY
        assert not scene.model.is_editable
        await emitted(scene.model.signing.refused)
        await ready(scene)
        assert scene.model.signing.is_pin_wrong
        assert problem_title(scene) == "The PIN does not fit"
        assert scene.model.form == FILLED
        scene.model.sign(PIN)
        assert await emitted(scene.model.signed) == (scene.row.id,)


async def test_a_signature_that_was_not_handed_in_is_told_and_handed_in_again(
    words: RequestWords,
) -> None:
    async with scene_of(words) as scene:
        await scene.open_filled()
        await ready(scene)
        scene.service.sign_errors.append(Unreachable(may_have_arrived=True))
        scene.model.sign(PIN)
        await until(lambda: scene.model.signing.unsent is not None)
        unsent = scene.model.signing.unsent
        assert "made, but not handed in" in problem_title(scene)
        await ready(scene)
        scene.model.sign(PIN)
        await emitted(scene.model.signed)
        assert scene.service.signed == [unsent], "the same file"
        assert scene.model.signing.unsent is None


async def test_a_signature_whose_answer_was_lost_is_found_signed(words: RequestWords) -> None:
    async with scene_of(words) as scene:
        await scene.open_filled()
        await ready(scene)
        told: list[str] = []
        scene.model.signed.connect(told.append)
        scene.service.sign_errors.append(Unreachable(may_have_arrived=True))
        scene.service.put(scene.row.id, state=ConclusionState.SIGNED, version=4)
        scene.model.sign(PIN)
        await until(lambda: told == [scene.row.id])
        assert scene.model.state is ConclusionState.SIGNED
        assert problem_title(scene) == ""


async def test_a_page_that_came_after_all_can_be_signed(words: RequestWords) -> None:
    async with scene_of(words) as scene:
        await scene.open_filled()
        await ready(scene)
        scene.model.preview.page_failed(DecoderStopped(StopReason.CRASHED))
        assert scene.model.obstacle is Obstacle.UNPRINTABLE
        scene.model.preview.pages_seen()
        assert scene.model.preview.problem is None
        scene.model.preview.page_failed(UnreadableFile(Unreadable.DAMAGED))
        scene.model.retry()
        await until(lambda: len(scene.service.pages) == 2)
        await ready(scene)


async def test_a_signature_that_the_server_refuses(words: RequestWords) -> None:
    async with scene_of(words) as scene:
        await scene.open_filled()
        await ready(scene)
        scene.service.sign_errors.append(Rejected(422, ProblemCode.BAD_SIGNATURE))
        scene.model.sign(PIN)
        await emitted(scene.model.signing.refused)
        assert problem_title(scene) == "The server does not accept the signature"
        assert scene.model.signing.unsent is None


async def test_a_case_that_was_left_is_still_signed(words: RequestWords) -> None:
    async with scene_of(words) as scene:
        await scene.open_filled()
        await ready(scene)
        scene.service.may_sign.clear()
        scene.model.sign(PIN)
        scene.model.leave()
        scene.service.may_sign.set()
        assert await emitted(scene.model.signed) == (scene.row.id,)
        assert scene.model.request_id is None


async def test_a_signature_that_fails_after_leaving_is_not_lost(words: RequestWords) -> None:
    async with scene_of(words) as scene:
        await scene.open_filled()
        await ready(scene)
        scene.service.may_sign.clear()
        scene.service.sign_errors.append(Conflict(ProblemCode.MOVE_NOT_ALLOWED))
        scene.model.sign(PIN)
        scene.model.leave()
        scene.service.may_sign.set()
        (told,) = await emitted(scene.model.failed_away)
        assert isinstance(told, UserMessage)
        assert scene.model.signing.problem is None


async def test_after_the_signature_it_is_read_only_and_shows_the_signed_pages(
    words: RequestWords,
) -> None:
    async with scene_of(words) as scene:
        await scene.open_filled()
        await ready(scene)
        scene.model.sign(PIN)
        await until(lambda: scene.model.state is ConclusionState.SIGNED)
        await until(lambda: scene.model.preview.preview is None and scene.model.preview.is_seen)
        assert not scene.model.is_editable
        scene.write(history="Поздно")
        assert scene.model.form == FILLED


async def test_before_the_talk_it_can_be_written_and_not_signed(words: RequestWords) -> None:
    async with scene_of(words) as scene:
        scene.become(RequestStatus.SCHEDULED, Action.WRITE_CONCLUSION)
        await scene.open_filled()
        assert scene.model.is_editable
        assert scene.model.obstacle is Obstacle.TOO_EARLY
        scene.become(RequestStatus.DRAFTING, *WRITE_AND_SIGN)
        await ready(scene)


async def test_another_doctors_case_is_read_only(words: RequestWords) -> None:
    """OZ-16: live, without a reload."""
    async with scene_of(words) as scene:
        await scene.open_filled()
        await ready(scene)
        other = make_owner("Сафонов Д. В.", is_me=False)
        row = scene.requests.rows[scene.row.id]
        scene.requests.upsert(changed_row(row, owner=other, allowed_actions=[]))
        assert not scene.model.is_editable
        assert scene.model.obstacle is Obstacle.NOT_WRITTEN


async def test_a_returned_conclusion_is_written_again(words: RequestWords) -> None:
    async with scene_of(words) as scene:
        await scene.open_filled()
        await ready(scene)
        scene.model.sign(PIN)
        await until(lambda: scene.model.state is ConclusionState.SIGNED)
        reason = "Нет срока очной консультации"
        scene.service.put(
            scene.row.id, state=ConclusionState.RETURNED, return_reason=reason, version=5
        )
        scene.become(RequestStatus.RETURNED, *WRITE_AND_SIGN)
        await until(lambda: scene.model.is_editable)
        assert scene.model.record is not None
        assert scene.model.record.return_reason == reason
        await ready(scene)
        scene.write(recommendations="Очно в течение двух недель")
        await until(lambda: scene.record.form.recommendations == "Очно в течение двух недель")


async def test_certificates_that_must_not_sign(words: RequestWords) -> None:
    for facts in (
        NoCertificate("none"),
        make_certificate(valid_to=SCENE_NOW - timedelta(days=1)),
        make_certificate(valid_from=SCENE_NOW + timedelta(days=1)),
        make_certificate(may_sign=False),
    ):
        async with scene_of(words) as scene:
            scene.service.facts = facts
            await scene.open_filled()
            await until(lambda: scene.model.preview.ready is not None)
            assert scene.model.obstacle is Obstacle.NO_CERTIFICATE


async def test_a_code_with_a_mistake_is_not_signed(words: RequestWords) -> None:
    async with scene_of(words) as scene:
        await scene.open_filled()
        await ready(scene)
        scene.write(diagnosis=ConclusionDiagnosis(icd10="I3", text="Стеноз"))
        assert scene.model.obstacle is Obstacle.BAD_CODE


async def test_the_first_file_that_was_not_opened_is_wanted(words: RequestWords) -> None:
    async with scene_of(words) as scene:
        await scene.open()
        told: list[tuple[str, str]] = []
        scene.model.file_wanted.connect(lambda *ids: told.append(ids))
        scene.model.want_file()
        assert told == [(scene.row.id, scene.files[1].id)]


async def test_a_conclusion_that_cannot_be_read_is_read_again(words: RequestWords) -> None:
    async with scene_of(words) as scene:
        scene.service.opening.fail_with(Forbidden())
        scene.service.records[scene.row.id] = make_conclusion(scene.row)
        scene.model.open(scene.row.id)
        await until(lambda: scene.model.problem is not None)
        scene.model.retry()
        await ready(scene)
        assert scene.model.problem is None


async def test_opening_the_case_again_keeps_what_is_typed(words: RequestWords) -> None:
    """As after a look at a file with F7."""
    async with scene_of(words, Pace(save=NEVER, latest=NEVER)) as scene:
        await scene.open_filled()
        scene.write(history="Недописанное")
        scene.model.open(scene.row.id)
        await scene.open()
        assert scene.model.form.history == "Недописанное"
        scene.model.abandon()
        await until(lambda: scene.record.form.history == "Недописанное")


async def test_the_end_of_the_program_saves_what_was_typed(words: RequestWords) -> None:
    scene = ConclusionScene(words, pace=Pace(save=NEVER, latest=NEVER))
    await scene.open()
    scene.write(history="Шум")
    await scene.model.close()
    assert scene.record.form.history == "Шум"


async def test_a_text_that_must_wait_is_kept_on_this_computer(words: RequestWords) -> None:
    async with scene_of(words) as scene:
        await scene.open()
        scene.service.may_save.clear()
        scene.write(history="первое")
        await until(lambda: scene.service.asked_to_save == 1)
        scene.write(history="второе")
        await until(lambda: scene.service.kept != [])
        assert [form.history for _, form in scene.service.kept] == ["второе"]


async def test_a_text_of_an_earlier_run_is_offered_over_a_newer_one(words: RequestWords) -> None:
    async with scene_of(words) as scene:
        left = msgspec.structs.replace(FILLED, history="До сбоя")
        scene.service.left[scene.row.id] = KeptDraft(2, left, SCENE_NOW)
        await scene.open_filled()
        assert scene.model.form.history == "До сбоя"
        assert keeping(scene) is Keeping.STALE
        assert scene.model.draft is not None
        scene.model.draft.take_theirs()
        assert scene.model.form == FILLED
        await until(lambda: scene.service.kept[-1:] == [(3, FILLED)])


async def test_a_text_of_an_earlier_run_is_not_shown_in_anothers_case(words: RequestWords) -> None:
    async with scene_of(words) as scene:
        left = msgspec.structs.replace(FILLED, history="До сбоя")
        scene.service.left[scene.row.id] = KeptDraft(2, left, SCENE_NOW)
        scene.become(RequestStatus.DRAFTING)
        await scene.open_filled()
        assert scene.model.form == FILLED
