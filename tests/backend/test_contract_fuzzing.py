"""Made-up requests by every role: each answer is one that the contract describes, none is a fault.

schemathesis draws them from the contract. What it draws is the same in every run.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from schemathesis import GenerationMode, SerializationContext
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation

from backend.openapi import openapi_text
from backend.settings import Settings
from backend_client.models.accounts import Role
from backend_client.models.uploads import PIECE_TYPE
from tests.backend.clinic import ClinicMaker, demo_of, id_of
from tests.backend.live import live
from tests.backend.operations import ACCOUNTS, OWN, REQUESTS, arranged
from tests.backend.world import (
    EVERYBODY,
    LINK,
    LOGINS,
    NOBODY,
    Case,
    World,
    clinic_maker,
    described,
)

Operation = APIOperation[Any, Any, Any, Any]
MadeUp = schemathesis.Case[Any]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 2
"""Of each operation, role and kind (fitting, not fitting)."""
WHO = (NOBODY, LINK, *sorted(ACCOUNTS))
REACHED = 0.9
"""Share of the operations that must succeed at least once."""


@schemathesis.serializer("application/pdf", PIECE_TYPE)
def as_it_is(context: SerializationContext, value: object) -> bytes:
    """Bodies that are bytes."""
    return value if isinstance(value, bytes) else json.dumps(value, default=str).encode()


@pytest.fixture
def clinics(settings: Settings, tmp_path: Path) -> ClinicMaker:
    return clinic_maker(settings, tmp_path)


@dataclass
class Run:
    """Calls and what came of them."""

    base_url: str
    session: requests.Session
    succeeded: Counter[str] = field(default_factory=Counter)
    calls: int = 0
    wrong: set[str] = field(default_factory=set)

    def call(self, name: str, case: MadeUp, who: str, headers: Mapping[str, str]) -> None:
        """One call, looked at by all checks."""
        self.calls += 1
        answer = case.call(self.base_url, session=self.session, headers=dict(headers))
        if answer.status_code < 300:
            self.succeeded[name] += 1
        try:
            case.validate_response(answer, checks=CHECKS)
        except FailureGroup as failures:
            for one in failures.exceptions:
                words = " ".join(str(one).split())[:300]
                self.wrong.add(f"{name} as {who}: {answer.status_code} {words}")


async def _headers(world: World) -> dict[str, dict[str, str]]:
    patient = await world.patient(id_of(OWN["patient_state"]))
    known = {NOBODY: {}, LINK: patient.headers}
    return known | {
        role: dict((await world.caller(LOGINS[Role(role)])).headers) for role in sorted(ACCOUNTS)
    }


async def _case_headers(world: World, name: str, case: Case) -> dict[str, str]:
    if case.token:
        return {**case.headers, "X-Patient-Token": case.token}
    if not case.login:
        return case.headers
    return {**case.headers, **(await world.caller(case.login)).headers}


def _operations() -> Iterator[tuple[str, Operation]]:
    schema = schemathesis.openapi.from_dict(json.loads(openapi_text()))
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        yield operation.definition.raw["operationId"], operation


def _good(operation: Operation, case: Case) -> MadeUp:
    """The case that succeeds, in the words of schemathesis."""
    path, query = dict(case.path), dict(case.query)
    if case.body is None:
        return operation.Case(path_parameters=path, query=query)
    kind, body = "application/json", case.body
    if isinstance(body, bytes):
        kind = case.headers.get("Content-Type", "application/pdf")
        return operation.Case(path_parameters=path, query=query, body=body, media_type=kind)
    document = json.loads(case.content)
    return operation.Case(path_parameters=path, query=query, body=document, media_type=kind)


def _fuzz(
    run: Run, name: str, operation: Operation, good: Case, all_headers: dict[str, dict[str, str]]
) -> None:
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        if mode is GenerationMode.NEGATIVE and not _takes_anything(operation):
            continue

        @hypothesis_settings(
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(operation.as_strategy(generation_mode=mode))
        def ask(case: MadeUp) -> None:
            for who in WHO:
                # Every second one is about something that exists.
                if run.calls % 2 and good.path:
                    case.path_parameters = dict(good.path)
                run.call(name, case, who, all_headers[who])

        ask()


def _takes_anything(operation: Operation) -> bool:
    raw = operation.definition.raw
    return bool(raw.get("requestBody") or raw.get("parameters"))


@pytest.mark.journey
@pytest.mark.timeout(300)
async def test_every_role_gets_described_answers_and_no_fault(clinics: ClinicMaker) -> None:
    async with (
        clinics.open_demo(demo_of(REQUESTS, EVERYBODY)) as clinic,
        live(clinic.app) as address,
    ):
        world = World(clinic)
        cases = {name: await arranged(world, name) for name in described()}
        own = {name: await _case_headers(world, name, one) for name, one in cases.items()}
        everyones = await _headers(world)
        with requests.Session() as session:
            run = Run(f"http://{address}", session)
            operations = list(_operations())
            for name, operation in operations:
                good = _good(operation, cases[name])
                await asyncio.to_thread(run.call, name, good, "its own", own[name])
            for name, operation in operations:
                # What ends a session would end the others' too.
                if name != "sign_out":
                    await asyncio.to_thread(_fuzz, run, name, operation, cases[name], everyones)
    assert not run.wrong, "\n".join(sorted(run.wrong))
    assert len(run.succeeded) >= REACHED * len(operations), set(cases) - set(run.succeeded)
