"""Made-up requests by every role: each answer is one that the contract describes, none is a fault.

schemathesis draws them from the contract, the same in every run. Each operation gets:
- its good call, made by hand (tests/backend/operations.py), by who it is for;
- examples that fit and that do not, by every role, half of them about what exists;
- what schemathesis lists without chance: each bound broken, each part left out, other methods.
"""

import asyncio
import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from itertools import count, cycle, islice
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from schemathesis import GenerationMode, SerializationContext
from schemathesis.checks import CHECKS, CheckFunction, is_check_class, load_all_checks
from schemathesis.core import NotSet
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.core.transport import Response
from schemathesis.engine.recorder import ScenarioRecorder
from schemathesis.generation.meta import (
    CoveragePhaseData,
    CoverageScenario,
    FuzzingPhaseData,
    coverage_scenario,
)
from schemathesis.schemas import APIOperation

from backend.openapi import openapi_text
from backend.settings import Settings
from backend_client.models.accounts import Role
from backend_client.models.patient import PATIENT_TOKEN_HEADER
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
Headers = Mapping[str, str]
OPERATIONS = described()
KEY = "Idempotency-Key"
WHO = (NOBODY, LINK, *sorted(ACCOUNTS))
EXAMPLES = {GenerationMode.POSITIVE: 2, GenerationMode.NEGATIVE: 1}
"""Of each operation, to all roles. What does not fit is also listed without chance (`_refused`)."""
TRIES = 6
REACHED = 0.75
"""Share of the operations that must succeed in calls that schemathesis made up: 66 of the 84 do.
The others want what it cannot know, as a slot's id, a password or a signed PDF: they succeed in
the call made by hand, and nothing else counts for them."""
FREED = {
    "begin_upload": ("give_up_upload", "read_upload", "upload_offset"),
    "patient_begins_upload": (
        "patient_gives_up_upload",
        "patient_upload",
        "patient_upload_offset",
    ),
}
"""What makes something; what ends it; what may not find it then."""
NOT_HERE = {
    "allow_header_conformance",  # OPTIONS is the framework's own, not in the contract
    "ensure_resource_availability",  # follows OpenAPI links, of which the contract has none
    "object_level_authorization",  # its accounts are schemathesis' settings: see the role matrix
}
NEEDS_THE_CLINIC = {
    # signatures
    "approve_conclusion",
    "lift_edition",
    # a request that was closed for want of contact
    "keep_no_contact_page",
    "sign_conclusion",
    # items of the centre's checklist, kinds of consent that it asks for, its doctors
    "ask_for_documents",
    "begin_upload",
    "give_consent",
    "mark_item_not_applicable",
    "patient_begins_upload",
    "take_over_request",
    "withdraw_consent",
    # a word "unknown", which stands for that of a newer program and is not acted upon
    "answer_call",
    "close_request_without_conclusion",
    "confirm_patient",
    "decline_request",
    "keep_patient_check",
    "list_requests",
    "log_phone_attempt",
    "patient_signalled",
    "send_signal",
    # files of the request, and their bytes
    "answer_whose_file",
    "keep_annotation",
    # names that are more than spaces, days on which somebody may have been born
    "bring_personal_data",
    "correct_own_data",
    "save_filter",
    "save_phrases",
    # addresses that something can be sent to, the code that was sent
    "say_email",
    "confirm_email",
    # moments in their order and in the time to come
    "propose_slots",
    "schedule",
    "snooze_request",
}
"""Here what fits by its form may still be refused as invalid; so may a cursor, everywhere."""
TAKEN_TOO = {
    "before",  # null is as if it were left out
    "from",  # seconds since 1970 are a moment, too
    "to",
}
"""Parameters of which more is understood than is promised."""
EMPTY_PIECES = {"send_piece", "patient_sends_piece"}
"""A piece without bytes adds nothing and is no fault."""
ENDED_BY_WRONG = {"finish_upload", "patient_finishes_upload", "confirm_email"}
"""With the hash of another file the upload is over, after five wrong codes the right one is."""
CREDENTIALS = {"Authorization", PATIENT_TOKEN_HEADER}


@schemathesis.serializer("application/pdf", PIECE_TYPE)
def as_it_is(context: SerializationContext, value: object) -> bytes:
    """Bodies that are bytes."""
    return value if isinstance(value, bytes) else json.dumps(value, default=str).encode()


@pytest.fixture
def clinics(settings: Settings, tmp_path: Path) -> ClinicMaker:
    return clinic_maker(settings, tmp_path)


def _checks() -> list[CheckFunction]:
    """All that schemathesis has, but for those that have nothing to look at here."""
    load_all_checks()
    known = [check for check in CHECKS.get_all() if not is_check_class(check)]
    return [check for check in known if check.__name__ not in NOT_HERE]


@dataclass
class Run:
    """Calls and what came of them."""

    base_url: str
    session: requests.Session
    by_hand: set[str] = field(default_factory=set)
    """Operations that succeeded in the call made by hand."""
    made_up: set[str] = field(default_factory=set)
    """Those that did in a call that schemathesis made up."""
    asked: set[tuple[str, str, bool]] = field(default_factory=set)
    """Operation, role, and whether it was about something that exists."""
    wrong: set[str] = field(default_factory=set)
    guarded: set[str] = field(default_factory=set)
    """Operations that were seen to refuse who shows nothing, and who shows nonsense."""
    keys: Iterator[int] = field(default_factory=count)
    checks: list[CheckFunction] = field(default_factory=_checks)

    def call(
        self,
        name: str,
        case: MadeUp,
        who: str,
        headers: Headers,
        recorder: ScenarioRecorder | None = None,
    ) -> Response:
        """One call, looked at by all checks that fit."""
        case.headers.update(headers)
        if KEY in case.headers and _is(case, GenerationMode.POSITIVE):
            # schemathesis likes to repeat itself, and the same key with another body is refused.
            case.headers[KEY] = f"key {next(self.keys)}"
        answer = case.call(self.base_url, session=self.session)
        if recorder is not None:
            recorder.record_response(case_id=case.id, response=answer)
        checks = [one for one in self.checks if self._fits(one.__name__, name, case)]
        try:
            case.validate_response(answer, checks=checks, headers=dict(headers), recorder=recorder)
        except FailureGroup as failures:
            for one in failures.exceptions:
                words = " ".join(str(one).split())[:300]
                self.wrong.add(f"{name} as {who}: {answer.status_code} {words}")
        if answer.status_code < HTTPStatus.MULTIPLE_CHOICES:
            self.guarded.add(name)
            if case.method == case.operation.method.upper():
                (self.by_hand if case.meta is None else self.made_up).add(name)
        return answer

    def _fits(self, check: str, name: str, case: MadeUp) -> bool:
        if check == "unsupported_method":  # needs to know how the case was made
            return case.meta is not None
        if check == "ignored_auth":  # two more calls, enough once
            return name not in self.guarded
        if check == "positive_data_acceptance":
            return name not in NEEDS_THE_CLINIC and "cursor" not in case.query
        return check != "negative_data_rejection" or _is_wrong(name, case)


def _is(case: MadeUp, mode: GenerationMode) -> bool:
    return case.meta is not None and case.meta.generation.mode is mode


def _is_wrong(name: str, case: MadeUp) -> bool:
    """Whether what does not fit is still in it, and is something that the server looks at."""
    data = case.meta.phase.data if case.meta else None
    if not isinstance(data, FuzzingPhaseData | CoveragePhaseData):
        return False
    if name in EMPTY_PIECES and isinstance(case.body, NotSet):
        return False
    if coverage_scenario(case) is CoverageScenario.OBJECT_UNEXPECTED_PROPERTIES:
        return False  # of a newer client: ignored
    wrong = {one.parameter for one in data.mutations} or {data.parameter}
    # Credentials and what exists have been put in the place of what was made up.
    return not wrong <= CREDENTIALS | TAKEN_TOO | set(case.path_parameters)


async def _headers(world: World) -> dict[str, dict[str, str]]:
    patient = await world.patient(id_of(OWN["patient_state"]))
    known = {NOBODY: {}, LINK: patient.headers}
    return known | {
        role: dict((await world.caller(LOGINS[Role(role)])).headers) for role in sorted(ACCOUNTS)
    }


async def _with_headers(world: World, name: str) -> Case:
    """A case that succeeds, with the credentials that it needs."""
    case = await arranged(world, name)
    if OPERATIONS[name].is_patients:
        shown = {PATIENT_TOKEN_HEADER: case.token}
    else:
        shown = dict((await world.caller(case.login)).headers) if case.login else {}
    return replace(case, headers={**case.headers, **shown})


def _operations() -> Iterator[tuple[str, Operation]]:
    schema = schemathesis.openapi.from_dict(json.loads(openapi_text()))
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        yield operation.definition.raw["operationId"], operation


def _good(operation: Operation, case: Case) -> MadeUp:
    """The case that succeeds, in the words of schemathesis."""
    path, query = _path(operation, case), dict(case.query)
    if case.body is None:
        return operation.Case(path_parameters=path, query=query)
    kind, body = "application/json", case.body
    if isinstance(body, bytes):
        kind = case.headers.get("Content-Type", "application/pdf")
        return operation.Case(path_parameters=path, query=query, body=body, media_type=kind)
    document = json.loads(case.content)
    return operation.Case(path_parameters=path, query=query, body=document, media_type=kind)


def _path(operation: Operation, good: Case) -> dict[str, str]:
    """What exists, by the names that the operation's path has."""
    return {name: value for name, value in good.path.items() if f"{{{name}}}" in operation.path}


def _refused(
    run: Run, name: str, operation: Operation, good: Case, headers: Headers, half: int
) -> None:
    """By who may call it, about what exists: every bound broken and every part left out in turn,
    other methods and media types. One half of them on each database."""
    schema = operation.schema
    made = schema.iter_coverage_cases(
        operation,
        generation_modes=[GenerationMode.NEGATIVE],
        generation_config=schema.config.generation_for(operation=operation),
    )
    shown = {key: value for key, value in headers.items() if key in CREDENTIALS}
    for case in islice(made, half, None, 2):
        data = case.meta.phase.data if case.meta else None
        is_path = isinstance(data, CoveragePhaseData) and data.parameter in good.path
        if not is_path:
            case.path_parameters = _path(operation, good)
        run.call(name, case, "its own", shown)


def _done(run: Run, name: str, operation: Operation, good: Case, headers: Headers) -> None:
    """By who may call it, about what exists: what fits, until it is done or TRIES are made."""
    schema = operation.schema
    made = schema.iter_coverage_cases(
        operation,
        generation_modes=[GenerationMode.POSITIVE],
        generation_config=schema.config.generation_for(operation=operation),
    )
    shown = {key: value for key, value in headers.items() if key in CREDENTIALS}
    for case in islice(made, TRIES):
        case.path_parameters = _path(operation, good)
        if name in run.made_up:
            return
        run.call(name, case, "its own", shown)


def _gone(run: Run, operations: Mapping[str, Operation], good: Case, maker: str) -> None:
    """What was ended is not found any more."""
    ender, *readers = FREED[maker]
    recorder = ScenarioRecorder(label=maker)
    made = _good(operations[maker], good)
    shown = {key: value for key, value in good.headers.items() if key in CREDENTIALS}
    recorder.record_case(case=made)
    answer = run.call(maker, made, "its own", shown, recorder)
    path = {"upload_id": answer.json()["id"]}
    end = operations[ender].Case(path_parameters=path)
    recorder.record_case(case=end, parent_id=made.id)
    run.call(ender, end, "its own", shown, recorder)
    for reader in readers:
        case = operations[reader].Case(path_parameters=path)
        recorder.record_case(case=case, parent_id=end.id)
        assert run.call(reader, case, "its own", shown, recorder).status_code == 404


def _copied(case: MadeUp) -> MadeUp:
    """Of its own, also in what schemathesis knows of it: that depends on what is changed."""
    copied: MadeUp = case.operation.schema.make_case(
        operation=case.operation,
        method=case.method,
        path=case.path,
        path_parameters=dict(case.path_parameters),
        headers=case.headers.copy(),
        cookies=dict(case.cookies),
        query=dict(case.query),
        body=case.body,
        media_type=case.media_type,
        meta=deepcopy(case.meta),
    )
    return copied


def _fuzz(
    run: Run, name: str, operation: Operation, good: Case, everyones: Mapping[str, Headers]
) -> None:
    """Examples by every role: of two that follow, each role has one about what exists."""
    turns = cycle((0, 1))
    for mode, examples in EXAMPLES.items():
        if mode is GenerationMode.NEGATIVE and not _takes_anything(operation):
            continue

        @hypothesis_settings(
            max_examples=examples,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(operation.as_strategy(generation_mode=mode))
        def ask(case: MadeUp) -> None:
            turn = next(turns)
            real = _path(operation, good)
            for place, who in enumerate(WHO):
                own = _copied(case)
                exists = place % 2 == turn
                if exists:
                    own.path_parameters = dict(real)
                run.asked.add((name, who, exists))
                run.call(name, own, who, everyones[who])

        ask()


def _takes_anything(operation: Operation) -> bool:
    raw = operation.definition.raw
    return bool(raw.get("requestBody") or raw.get("parameters"))


def _all_of_it(
    run: Run,
    cases: Mapping[str, Case],
    everyones: Mapping[str, Headers],
    half: int,
) -> None:
    """Every operation. What is wrong comes first, while what it asks
    for could still be done: behind the good call the request's status would refuse it."""
    operations = dict(_operations())
    for name, operation in operations.items():
        by_hand = _good(operation, cases[name])
        if name in ENDED_BY_WRONG:
            run.call(name, by_hand, "its own", cases[name].headers)
        _refused(run, name, operation, cases[name], cases[name].headers, half)
        _done(run, name, operation, cases[name], cases[name].headers)
        if name not in ENDED_BY_WRONG:
            run.call(name, by_hand, "its own", cases[name].headers)
    for maker in FREED:
        _gone(run, operations, cases[maker], maker)
    for name, operation in operations.items():
        # What ends a session would end the others' too.
        if name != "sign_out":
            _fuzz(run, name, operation, cases[name], everyones)


@pytest.mark.journey
@pytest.mark.timeout(300)
async def test_every_role_gets_described_answers_and_no_fault(clinics: ClinicMaker) -> None:
    """And every operation succeeds at least once, in made-up calls or in the one by hand."""
    async with (
        clinics.open_demo(demo_of(REQUESTS, EVERYBODY)) as clinic,
        live(clinic.app) as address,
    ):
        world = World(clinic)
        cases = {name: await _with_headers(world, name) for name in OPERATIONS}
        everyones = await _headers(world)
        half = int(clinic.parts.database.is_shared)
        with requests.Session() as session:
            run = Run(f"http://{address}", session)
            await asyncio.to_thread(_all_of_it, run, cases, everyones, half)
    assert not run.wrong, "\n".join(sorted(run.wrong))
    assert run.by_hand | run.made_up == set(cases)
    assert len(run.made_up) >= REACHED * len(cases), sorted(set(cases) - run.made_up)
    about = {name for name, operation in OPERATIONS.items() if "{" in operation.path}
    both = {(name, who, exists) for name in about for who in WHO for exists in (True, False)}
    assert both <= run.asked
