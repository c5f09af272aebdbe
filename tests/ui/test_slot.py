"""Offering a time without widgets: free times, the choice, and what may go wrong (OZ-8)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from backend_client.errors import Conflict, Unreachable
from backend_client.models.common import ProblemCode
from backend_client.models.requests import Action, RequestStatus
from backend_client.models.schedule import SlotState
from tests.factories import changed_row, make_entry
from tests.ui.slot_scene import SlotScene, november
from tests.ui.waiting import emitted, until
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.slot.view_model import Refusal


@asynccontextmanager
async def opened(words: RequestWords) -> AsyncIterator[SlotScene]:
    scene = SlotScene(words)
    await scene.open()
    try:
        yield scene
    finally:
        await scene.model.close()


def problem_title(scene: SlotScene) -> str:
    problem = scene.model.problem
    return "" if problem is None else problem.title


def may_propose(scene: SlotScene) -> bool:
    return scene.model.refusal is None


async def test_three_free_times_are_numbered_and_the_first_is_chosen(words: RequestWords) -> None:
    async with opened(words) as scene:
        starts = [one.start for one in scene.model.suggestions]
        assert starts == [november(20, "10:00"), november(23, "6:30"), november(24, "6:00")]
        assert scene.model.chosen == starts[0]
        assert scene.model.refusal is None


async def test_proposing_moves_the_request(words: RequestWords) -> None:
    async with opened(words) as scene:
        scene.model.choose_suggestion(2)
        scene.model.propose()
        assert await emitted(scene.model.proposed) == (scene.row.id, november(23, "6:30"))
        assert scene.patients_row() is RequestStatus.SLOT_PROPOSED


async def test_arrows_move_by_day_and_half_hour_over_the_weekend(words: RequestWords) -> None:
    async with opened(words) as scene:
        scene.model.move(1, 0)
        assert scene.model.chosen == november(23, "10:00")
        scene.model.move(0, -1)
        assert scene.model.chosen == november(23, "9:30")
        scene.model.move(-1, 0)
        assert scene.model.chosen == november(20, "9:30")
        scene.model.move(-1, 0)
        assert scene.model.chosen == november(20, "9:30"), "the past cannot be chosen"


async def test_no_time_is_chosen_beyond_the_weeks_that_were_read(words: RequestWords) -> None:
    async with opened(words) as scene:
        for _ in range(40):
            scene.model.move(1, 0)
        assert scene.model.chosen == november(20, "10:00") + timedelta(weeks=4)


async def test_a_taken_time_can_be_looked_at_and_not_proposed(words: RequestWords) -> None:
    async with opened(words) as scene:
        scene.model.choose(november(23, "6:00"))
        assert scene.model.refusal is Refusal.TAKEN
        scene.model.propose()
        assert scene.patients_row() is RequestStatus.CLAIMED


async def test_a_time_taken_meanwhile_is_told_and_the_choice_stays(words: RequestWords) -> None:
    async with opened(words) as scene:
        chosen = november(20, "10:00")
        scene.schedule.entries.append(make_entry(chosen))
        scene.model.propose()
        await until(lambda: scene.model.suggestions[0].start != chosen)
        assert problem_title(scene) == "This time has just been taken"
        assert scene.model.chosen == chosen
        assert not may_propose(scene)
        scene.model.choose_suggestion(1)
        assert problem_title(scene) == ""
        assert may_propose(scene)


async def test_a_request_changed_by_another_is_told_in_place(words: RequestWords) -> None:
    async with opened(words) as scene:
        scene.schedule.backend.fail_with(Conflict(ProblemCode.MOVE_NOT_ALLOWED))
        scene.requests.rows[scene.row.id] = changed_row(
            scene.row, status=RequestStatus.CANCELLED, allowed_actions=[]
        )
        scene.model.propose()
        await until(lambda: scene.model.refusal is Refusal.NOT_ALLOWED)
        assert scene.model.problem is not None
        assert "has changed" in scene.model.problem.title
        assert scene.model.chosen is not None


async def test_a_time_for_a_request_that_another_has_changed_is_chosen_still(
    words: RequestWords,
) -> None:
    """A stale proposal: the present state is shown, and the doctor may propose upon that."""
    async with opened(words) as scene:
        scene.model.choose_suggestion(2)
        scene.requests.rows[scene.row.id] = changed_row(scene.row, version=2, life_threat=True)
        scene.model.propose()
        await until(lambda: scene.model.row is not None and scene.model.row.life_threat)
        assert "has changed" in problem_title(scene)
        assert scene.patients_row() is RequestStatus.CLAIMED
        assert scene.model.chosen == november(23, "6:30")
        scene.model.propose()
        await until(lambda: scene.patients_row() is RequestStatus.SLOT_PROPOSED)


async def test_without_a_connection_the_proposal_is_refused_with_the_reason(
    words: RequestWords,
) -> None:
    async with opened(words) as scene:
        scene.schedule.backend.fail_with(Unreachable())
        scene.model.propose()
        await until(lambda: scene.model.problem is not None)
        assert scene.model.chosen == november(20, "10:00")
        scene.model.propose()
        await until(lambda: scene.patients_row() is RequestStatus.SLOT_PROPOSED)


async def test_the_patients_cancellation_frees_the_time_live(words: RequestWords) -> None:
    """OZ-10: the doctor sees it as it happens."""
    async with opened(words) as scene:
        gone = scene.schedule.entries.pop(0)
        scene.requests.upsert(changed_row(scene.row, version=2))
        await until(lambda: gone not in scene.model.week.entries)
        scene.model.choose(gone.slot.start)
        assert scene.model.refusal is None


async def test_an_earlier_offer_to_the_same_patient_is_no_obstacle(words: RequestWords) -> None:
    async with opened(words) as scene:
        own = make_entry(november(25, "7:00"), scene.row, SlotState.PROPOSED)
        scene.schedule.entries.append(own)
        scene.model.week.read()
        await until(lambda: own in scene.model.offered)
        scene.model.choose(own.slot.start)
        assert scene.model.refusal is None


async def test_only_what_the_server_allows(words: RequestWords) -> None:
    async with opened(words) as scene:
        scene.requests.upsert(changed_row(scene.row, allowed_actions=[Action.RELEASE]))
        assert scene.model.refusal is Refusal.NOT_ALLOWED


async def test_a_failure_after_leaving_is_not_lost(words: RequestWords) -> None:
    async with opened(words) as scene:
        scene.schedule.may_answer.clear()
        scene.schedule.backend.fail_with(Unreachable())
        scene.model.propose()
        scene.model.leave()
        scene.schedule.may_answer.set()
        await emitted(scene.model.failed_away)
        assert scene.model.problem is None


async def test_a_schedule_that_cannot_be_read_allows_nothing(words: RequestWords) -> None:
    scene = SlotScene(words)
    scene.schedule.backend.fail_with(Unreachable())
    scene.model.open(scene.row.id)
    await until(lambda: scene.model.week.error is not None)
    assert scene.model.refusal is Refusal.NOT_READ
    scene.model.retry()
    await until(lambda: scene.model.refusal is None)
    await scene.model.close()
