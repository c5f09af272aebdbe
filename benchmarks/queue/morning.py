"""A morning of forty cases, the same at every run: what they hold, how long each takes, what comes.

Sizes are those of the demonstration's files (a paper 0.1 MB, an ECG 0.1 MB, a clip 1 to 3 MB): one
case in five has six clips (about 13 MB, 5 s of the link), two have two, two have none.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import Enum

from backend.demo_data.requests import demo_requests
from backend.demo_data.shape import DemoFile, DemoRequest
from backend_client.models.documents import DocumentKind
from backend_client.models.requests import ConsentKind
from tests.backend.clinic import REQUEST

SEED = 20261121
SHORTEST_S, LONGEST_S = 15.0, 240.0
AWAY_SHARE = 0.1
CLIPS = (6, 2, 2, 0, 0)
CONSENTS = (ConsentKind.PERSONAL_DATA, ConsentKind.DISCLOSURE, ConsentKind.INTERVENTION)
GAP = 100
"""Between the numbers of two cases in the list: what comes later stands between them."""


class Way(Enum):
    """How the doctor comes to a case."""

    NEXT = "next"
    JUMP = "jump"
    SEARCH = "search"


@dataclass(frozen=True, slots=True)
class Visit:
    """One case of the morning."""

    way: Way
    seconds: float
    """How long it takes the doctor."""
    goes_to: str = ""
    """Number of the case that is jumped to or searched for."""
    arrives: str = ""
    """Number of a request that comes meanwhile, and stands right behind this one."""
    arrives_after_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Morning:
    """All requests, and the visits in their order."""

    requests: Sequence[DemoRequest]
    visits: Sequence[Visit]

    @property
    def arriving(self) -> list[str]:
        """Numbers of the requests that are not there yet."""
        return [visit.arrives for visit in self.visits if visit.arrives]


def a_morning(cases: int) -> Morning:
    """One of so many visits."""
    chance = random.Random(SEED)
    away = set(chance.sample(range(2, cases), round(cases * AWAY_SHARE)))
    with_news = chance.sample(sorted(set(range(cases - 1)) - away), cases // 8)
    visits, place, is_new = [], -1, False
    for step in range(cases):
        seconds = chance.uniform(SHORTEST_S, LONGEST_S)
        if step in away:
            way = chance.choice((Way.JUMP, Way.SEARCH))
            visits.append(Visit(way, seconds, goes_to=a_number(cases + step)))
            continue
        place += not is_new
        is_new = step in with_news
        comes_at = chance.uniform(0, seconds)
        arrives = f"{int(a_number(place)) + step + 1:06}" if is_new else ""
        visits.append(Visit(Way.NEXT, seconds, arrives=arrives, arrives_after_s=comes_at))
    places = {a_number(n) for n in range(2 * cases + 4)}
    numbers = sorted(places | {visit.arrives for visit in visits if visit.arrives})
    return Morning(requests_of(numbers, chance), visits)


def a_number(place: int) -> str:
    """Of the case at that place of the list."""
    return f"{100_000 + place * GAP:06}"


def requests_of(numbers: Sequence[str], chance: random.Random) -> list[DemoRequest]:
    """Free requests, due in the order of their numbers, each with papers, an ECG and clips."""
    now = datetime.now(UTC)
    kinds = files_by_kind()
    papers, ecgs, clips = (
        kinds[kind] for kind in (DocumentKind.PDF, DocumentKind.ECG, DocumentKind.CLIP)
    )
    made = []
    for number in numbers:
        chosen = [*papers[:3], ecgs[0], *clips * 2]
        files = chosen[: 4 + chance.choice(CLIPS)]
        started = now - timedelta(hours=30) + timedelta(seconds=int(number) - 100_000)
        own = tuple(replace(file, key=f"{place}") for place, file in enumerate(files))
        made.append(
            replace(
                REQUEST,
                number=number,
                files=own,
                created_at=started,
                clock_started_at=started,
                documents_complete_at=started,
                consents=tuple((kind, "1", started) for kind in CONSENTS),
            )
        )
    return made


def files_by_kind() -> dict[DocumentKind, list[DemoFile]]:
    """The demonstration's files of the heart centre: a few of each kind, whole clips alone."""
    requests = [one for one in demo_requests(datetime.now(UTC)) if one.centre_id == "cardio"]
    found: dict[DocumentKind, list[DemoFile]] = {}
    for file in (file for request in requests for file in request.files):
        of_kind = found.setdefault(file.kind, [])
        if len(of_kind) < 3 and "портативный" not in file.title:
            of_kind.append(file)
    return found
