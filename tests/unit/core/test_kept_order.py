"""In which order kept rows stand, without the server."""

from datetime import datetime, timedelta

import pytest

from backend_client.models.listing import Listing, QueueSort
from backend_client.models.requests import Diagnosis, RequestRow, RequestStatus
from backend_client.models.routes import Route
from tests.factories import NOW, make_row
from workstation.core.kept_order import in_order


def kept(name: str, due: datetime | None, **changes: object) -> RequestRow:
    return make_row(full_name=name, due_at=due, **changes)


ROWS = [
    kept(
        "ёлкина Анна",
        NOW + timedelta(hours=2),
        route=Route.JOURNAL,
        diagnosis=Diagnosis(icd10=None, text="Код не указан"),
        status=RequestStatus.DRAFTING,
    ),
    kept(
        "Жукова Вера",
        NOW + timedelta(hours=1),
        route=Route.REFERRAL,
        diagnosis=Diagnosis(icd10="I35.0", text="Стеноз"),
        status=RequestStatus.NEW,
        missing_documents=["ecg"],
    ),
    kept(
        "Евсеева Зоя",
        None,
        route=Route.CENTRE,
        diagnosis=Diagnosis(icd10="I48.1", text="Фибрилляция"),
        status=RequestStatus.READY,
        life_threat=True,
    ),
    kept(
        "Евсеева Зоя",
        NOW + timedelta(hours=3),
        route=Route.CENTRE,
        diagnosis=Diagnosis(icd10="I35.0", text="Стеноз"),
        status=RequestStatus.READY,
    ),
]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (QueueSort.TERM, [2, 1, 0, 3]),
        (QueueSort.PATIENT, [3, 2, 0, 1]),
        (QueueSort.DIAGNOSIS, [1, 3, 2, 0]),
        (QueueSort.ROUTE, [3, 2, 1, 0]),
        (QueueSort.DOCUMENTS, [3, 2, 0, 1]),
        (QueueSort.STATE, [1, 3, 2, 0]),
    ],
)
def test_each_column_orders_as_the_server_does(sort: QueueSort, expected: list[int]) -> None:
    """Ties by term; both ways."""
    up = in_order(ROWS, Listing(sort=sort))
    assert [ROWS.index(row) for row in up] == expected
    assert in_order(ROWS, Listing(sort=sort, descending=True)) == up[::-1]
