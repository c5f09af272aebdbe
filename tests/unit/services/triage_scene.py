"""What the tests of orders from the queue share: a clock that is moved, orders, who is told."""

from contextlib import suppress
from datetime import datetime, timedelta

from msgspec.structs import replace

from backend_client.errors import BackendError
from backend_client.models.request_actions import (
    AskDocuments,
    Decline,
    DeclineReason,
    MarkLifeThreat,
)
from backend_client.models.requests import Action, Owner, RequestRow
from tests.factories import NOW, make_owner
from tests.unit.services.house import House
from tests.unit.services.scripted_server import ME
from workstation.core.triage_order import TriageOrder
from workstation.services.kept_orders import RefusedOrder

OTHER = replace(make_owner("Орлов П. И."), is_me=False)
MINE: Owner = replace(make_owner(ME), lease_until=NOW + timedelta(minutes=5))
WORDS = "Приложите выписку, пожалуйста"


class HandClock:
    """The server's clock; a test moves it."""

    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> datetime:
        return self.time

    def move(self, seconds: float) -> None:
        """Forward, or back."""
        self.time += timedelta(seconds=seconds)


def ask(row: RequestRow) -> TriageOrder:
    """Documents are asked for."""
    said = AskDocuments(items=["echo"], text=WORDS, version=row.version)
    return TriageOrder(row.id, Action.ASK_DOCUMENTS, said)


def decline(row: RequestRow) -> TriageOrder:
    """Not taken on."""
    said = Decline(reason=DeclineReason.OTHER, note=WORDS, version=row.version)
    return TriageOrder(row.id, Action.DECLINE, said)


def threat(row: RequestRow) -> TriageOrder:
    """A life is in danger."""
    return TriageOrder(row.id, Action.MARK_LIFE_THREAT, MarkLifeThreat(life_threat=True))


def refusals(home: House) -> list[RefusedOrder]:
    """All that the doctor is told."""
    told: list[RefusedOrder] = []
    home.triage.refused.subscribe(told.append)
    return told


async def drain(home: House) -> None:
    """Sends what can be sent now."""
    with suppress(BackendError):
        await home.outgoing.drain()
