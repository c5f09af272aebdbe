"""Conclusions that a doctor of the demonstration has signed, without the calls before them."""

import asyncio
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from backend_client.models.common import RequestId
from backend_client.models.conclusions import (
    Conclusion,
    ConclusionDiagnosis,
    ConclusionForm,
)
from backend_client.models.requests import Action, QueueGroup, RequestRow, RequestStatus
from tests.journeys.driver import Desk
from workstation.services.desk import Desk as Services

PIN = "2026"
FORM = ConclusionForm(
    question="Показано ли вмешательство?",
    complaints="Одышка при подъёме на второй этаж.",
    history="Наблюдается у кардиолога по месту жительства.",
    findings="ЭхоКГ: ФВ 58 %, градиент 74 / 44 мм рт. ст.",
    diagnosis=ConclusionDiagnosis(icd10="I35.0", text="Аортальный стеноз"),
    recommendations="Бисопролол 2,5 мг продолжить. КТ аорты с контрастом.",
    basis="Диагноз установлен очно.",
    unopened_reason="Старше года.",
)


def services_of(desk: Desk) -> Services:
    """Of the account that is signed in."""
    services = desk.workstation.desk
    assert services is not None
    return services


async def take_to_write(desk: Desk, database: Path, count: int) -> list[RequestId]:
    """So many that wait for a doctor become the signed-in one's."""
    page = await services_of(desk).requests.page(QueueGroup.UNCLAIMED)
    free = [row.id for row in page.rows if _is_free(row)][:count]
    await begin_to_write(desk, database, free)
    return free


async def begin_to_write(desk: Desk, database: Path, requests: Iterable[RequestId]) -> None:
    """The signed-in doctor's, as after a call: the server's rows are set to DRAFTING."""
    taken = list(requests)
    for one in taken:
        await services_of(desk).requests.claim(one)
    set_drafting(database, taken)


def set_drafting(database: Path, requests: Iterable[RequestId]) -> None:
    """Past every part of the program: only what a call would have led to."""
    with closing(sqlite3.connect(database, timeout=20)) as connection, connection:
        connection.executemany(
            "update requests set status = ?, lease_until = null where id = ?",
            [(RequestStatus.DRAFTING.value, one) for one in requests],
        )


async def all_is_loaded(desk: Desk) -> None:
    """What the program imports behind its first window is there: nothing else is imported beside it
    in another thread."""
    names = {"app.load", "case.prepare"}
    await desk.until(
        lambda: not names & {task.get_name() for task in asyncio.all_tasks()}, "still loading", 60
    )


async def sign(desk: Desk, request_id: RequestId, form: ConclusionForm = FORM) -> Conclusion:
    """Written and signed by the services of the signed-in doctor."""
    conclusions = services_of(desk).conclusions
    draft = await conclusions.open(request_id)
    version = 0 if draft.conclusion is None else draft.conclusion.version
    await conclusions.save(request_id, version, form)
    preview = await conclusions.preview(await conclusions.open(request_id))
    return await conclusions.sign(preview, PIN)


def _is_free(row: RequestRow) -> bool:
    plain = not row.missing_consents and not row.identity_marks
    return Action.CLAIM in row.allowed_actions and plain
