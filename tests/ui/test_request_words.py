"""A request's words: how loud its term is, who has it, and what is unknown."""

from datetime import timedelta
from enum import Enum

import pytest

from backend_client.models.requests import (
    CareSetting,
    ClockState,
    IdentityLevel,
    ProfileMatch,
    QueueGroup,
    RequestStatus,
    Sex,
)
from backend_client.models.routes import Route
from tests.factories import make_item, make_owner, make_row
from tests.ui.queue_scene import SCENE_NOW
from workstation.core.server_clock import ServerClock
from workstation.ui.request_words import Alarm, RequestWords
from workstation.ui.wording import Wording

pytestmark = pytest.mark.usefixtures("russian")


@pytest.mark.parametrize(
    ("due_in", "soon_in", "threat", "expected"),
    [
        (48, 24, False, Alarm.QUIET),
        (20, -1, False, Alarm.SOON),
        (0, -24, False, Alarm.BREACHED),
        (20, None, False, Alarm.QUIET),
        (20, 10, True, Alarm.LIFE_THREAT),
    ],
)
def test_alarms(
    words: RequestWords, due_in: float, soon_in: float | None, threat: bool, expected: Alarm
) -> None:
    row = make_row(
        due_at=SCENE_NOW + timedelta(hours=due_in),
        soon_at=None if soon_in is None else SCENE_NOW + timedelta(hours=soon_in),
        life_threat=threat,
        clock_state=ClockState.RUNNING,
    )
    assert words.alarm(row) is expected


@pytest.mark.parametrize(("seconds", "said"), [(5, "1 мин"), (250, "4 мин"), (3900, "1 ч 05 мин")])
def test_how_long_a_patient_waits_is_said(words: RequestWords, seconds: int, said: str) -> None:
    """DRC-3 who is online, and for how long."""
    came = SCENE_NOW - timedelta(seconds=seconds)
    row = make_row(status=RequestStatus.WAITING, waits_since=came, owner=make_owner(is_me=True))
    state = words.state_and_owner(row).replace("\N{NO-BREAK SPACE}", " ")
    assert state.startswith(f"Ждёт {said}, ")


def test_a_clock_goes_on_between_two_answers() -> None:
    """The server said "running"; an hour later the window knows better by itself."""
    now = SCENE_NOW
    words = RequestWords(Wording(ServerClock(lambda: now)))
    row = make_row(
        due_at=SCENE_NOW + timedelta(hours=2),
        soon_at=SCENE_NOW + timedelta(hours=1),
        clock_state=ClockState.RUNNING,
    )
    seen = []
    for hours in range(3):
        now = SCENE_NOW + timedelta(hours=hours)
        seen.append(words.alarm(row))
    assert seen == [Alarm.QUIET, Alarm.SOON, Alarm.BREACHED]


def test_every_alarm_reads_without_colour(words: RequestWords) -> None:
    """A glyph or a word, then colour."""
    base = make_row(due_at=SCENE_NOW - timedelta(minutes=48), soon_at=None)
    breached = words.clock(base)
    assert (breached.glyph, breached.first, breached.second) == (
        "warning",
        "−48\u00a0мин",
        "просрочено",
    )
    threat = words.clock(make_row(life_threat=True))
    assert (threat.glyph, threat.first, threat.second) == (
        "warning-octagon",
        "Угроза",
        "вызвать 103",
    )
    quiet = words.clock(make_row(due_at=None, clock_state=ClockState.NONE))
    assert (quiet.glyph, quiet.first) == (None, "Без срока")
    unknown = words.clock(make_row(due_at=None, clock_state=ClockState.UNKNOWN))
    assert unknown.first == "Неизвестно"


def test_state_and_owner(words: RequestWords) -> None:
    free = make_row()
    assert words.state_and_owner(free) == "Готова, свободна"
    claimed = {"status": RequestStatus.CLAIMED}
    assert words.state_and_owner(make_row(owner=make_owner(), **claimed)) == "В работе, у вас"
    other = make_owner("Сафонов Д. В.", is_me=False)
    assert words.state_and_owner(make_row(owner=other, **claimed)) == "В работе, Сафонов Д. В."
    awaiting = make_row(
        status=RequestStatus.AWAITING_DOCUMENTS,
        checklist=[make_item("ecg"), make_item("echo")],
        missing_documents=["echo"],
    )
    assert words.state_and_owner(awaiting) == "Ждёт: ЭхоКГ"


def test_every_known_value_has_its_own_word(words: RequestWords) -> None:
    def said(values: type[Enum], say: object) -> None:
        assert callable(say)
        texts = [getattr(word, "word", word) for word in map(say, values)]
        assert len(set(texts)) == len(list(values)), texts

    said(Route, words.route)
    said(ProfileMatch, words.profile)
    said(CareSetting, words.care_setting)
    said(IdentityLevel, words.identity)
    said(Sex, words.sex)
    said(QueueGroup, words.group)
    said(RequestStatus, words.status)
