"""Terms count by the server's time, whatever happens to this computer's clock."""

from datetime import UTC, datetime, timedelta

from workstation.core.server_clock import ServerClock, SteadyTime

BEGUN = datetime(2026, 11, 21, 9, tzinfo=UTC)
SERVER = datetime(2026, 11, 21, 11, 42, tzinfo=UTC)


class Ticks:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def test_what_has_passed_counts_and_not_what_the_clock_is_set_to() -> None:
    """The system's clock is asked once: where it is put right later, no term moves."""
    ticks = Ticks()
    clock = ServerClock(SteadyTime(ticks, BEGUN))
    clock.set_from(SERVER)
    ticks.seconds += 90
    assert clock.now() == SERVER + timedelta(seconds=90)
    assert clock.offset == SERVER - BEGUN


def test_without_a_server_it_is_the_systems_time() -> None:
    before = datetime.now(UTC)
    now = ServerClock().now()
    assert before - timedelta(seconds=1) <= now <= datetime.now(UTC) + timedelta(seconds=1)
