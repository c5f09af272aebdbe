"""Times, ages and numbers in Russian words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.ui.queue_scene import SCENE_NOW
from workstation.core.server_clock import ServerClock
from workstation.ui.wording import Wording, doctor_zone, zone_named

pytestmark = pytest.mark.usefixtures("russian")


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (1, "1 мин"),
        (48, "48 мин"),
        (60, "1 ч 00 мин"),
        (188, "3 ч 08 мин"),
        (24 * 60, "1 день"),
        (26 * 60, "1 день 2 ч"),
        (48 * 60 - 1, "1 день 23 ч"),
        (48 * 60, "2 дня"),
        (5 * 24 * 60, "5 дней"),
        (21 * 24 * 60, "21 день"),
    ],
)
def test_lengths_of_time(wording: Wording, minutes: int, expected: str) -> None:
    assert wording.span(minutes) == expected.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (90, "1 мин"),
        (20, "1 мин"),
        (0, "−1 мин"),
        (-48 * 60, "−48 мин"),
        (-312 * 60, "−5 ч 12 мин"),
    ],
)
def test_time_left_has_a_true_minus(wording: Wording, seconds: int, expected: str) -> None:
    left = wording.left(SCENE_NOW + timedelta(seconds=seconds))
    assert left == expected.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("2026-11-20", "0 дней"),
        ("2026-11-11", "9 дней"),
        ("2026-10-30", "21 день"),
        ("2026-10-20", "1 мес."),
        ("2026-07-01", "4 мес."),
        ("2025-11-21", "11 мес."),
        ("2025-11-20", "1 год"),
        ("2024-03-01", "2 года"),
        ("1965-03-14", "61 год"),
        ("1988-07-02", "38 лет"),
        ("1915-01-01", "111 лет"),
        ("2027-01-01", "возраст неизвестен"),
    ],
)
def test_ages(wording: Wording, born: str, expected: str) -> None:
    age = wording.age(date.fromisoformat(born))
    assert age.replace("\u00a0", " ") == expected


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(3, "14:42"), (13, "завтра 00:42"), (-12, "вчера 23:42"), (100, "24.11, 15:42")],
)
def test_days_are_named_by_the_doctors_zone(wording: Wording, hours: int, expected: str) -> None:
    assert wording.day_and_time(SCENE_NOW + timedelta(hours=hours)) == expected


def test_the_servers_clock_counts_and_not_this_computers() -> None:
    clock = ServerClock(lambda: datetime(2001, 1, 1, tzinfo=UTC))
    clock.set_from(SCENE_NOW)
    wording = Wording(clock)
    assert wording.time(wording.now()) == "11:42"
    assert wording.age(date(1965, 3, 14)).startswith("61")


def test_dates_and_another_years_short_ones(wording: Wording) -> None:
    assert wording.full_date(date(2026, 11, 23)) == "23.11.2026"
    assert wording.short_date(date(2026, 11, 23)) == "23.11"
    assert wording.short_date(date(2025, 11, 23)) == "23.11.2025"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Asia/Yekaterinburg", "+2\u00a0ч"),
        ("Europe/Kaliningrad", "−1\u00a0ч"),
        ("Asia/Kolkata", "+2:30\u00a0ч"),
        ("Europe/Moscow", ""),
        ("no such zone", ""),
        ("", ""),
    ],
)
def test_how_far_ahead_a_patients_hours_are(wording: Wording, zone: str, expected: str) -> None:
    assert wording.ahead_of_doctor(zone) == expected


def test_the_zone_has_a_name(wording: Wording) -> None:
    assert wording.zone_name() == "МСК"
    other = Wording(ServerClock(lambda: SCENE_NOW), zone_named("Asia/Yekaterinburg"))
    assert other.zone_name() == "UTC+5"


def test_a_machine_without_zones_still_shows_moscow_hours() -> None:
    assert SCENE_NOW.astimezone(doctor_zone("no such zone")).hour == 11


def test_counts_end_at_999(wording: Wording) -> None:
    assert [wording.count(n) for n in (0, 999, 1000)] == ["0", "999", "999+"]
