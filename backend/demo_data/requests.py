"""All requests of the demonstration, of both centres."""

from collections.abc import Iterable
from datetime import datetime

from backend.demo_data import (
    cardio_in_work,
    cardio_later,
    cardio_today,
    cardio_tomorrow,
    perinatal_fetus,
    perinatal_others,
    perinatal_women,
)
from backend.demo_data.build import build
from backend.demo_data.case import Case
from backend.demo_data.shape import DemoRequest
from backend.demo_data.staff import CARDIO, PERINATAL

CASES: dict[str, Iterable[Case]] = {
    CARDIO: (
        *cardio_today.CASES,
        *cardio_tomorrow.CASES,
        *cardio_later.CASES,
        *cardio_in_work.CASES,
    ),
    PERINATAL: (*perinatal_fetus.CASES, *perinatal_women.CASES, *perinatal_others.CASES),
}


def demo_requests(now: datetime) -> list[DemoRequest]:
    """The requests as they stand at `now` (aware); files are made when their content is asked for.

    Ages and the time left hold for every `now`; examinations are dated from the Monday of its week,
    so that files last for that week.
    """
    return [build(case, centre, now) for centre, cases in CASES.items() for case in cases]
