"""Every operation by every role, of its own centre and of another (OZ-28)."""

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from litestar.enums import HttpMethod
from litestar.routes import HTTPRoute, WebSocketRoute

from backend.demo_data.rows import demo_id
from backend.main import create_app
from backend.settings import Settings
from backend_client.models.accounts import Role
from tests.backend.clinic import REQUEST, ClinicMaker, demo_of, id_of, read
from tests.backend.operations import (
    ACCOUNTS,
    CLINICAL,
    OWN,
    PAGES,
    RECIPES,
    REQUESTS,
    STREAMS,
    arranged,
)
from tests.backend.world import (
    EVERYBODY,
    FILE,
    LINK,
    LOGINS,
    NOBODY,
    STRANGERS,
    Case,
    Described,
    World,
    clinic_maker,
    described,
)

OPEN = {"server", "demo_accounts", "sign_in", "refresh"}
OF_ONE = ("{request_id}", "{document_id}", "{upload_id}", "{call_id}")
LISTS = {
    "advise_next": "row",
    "approvals": "items",
    "count_requests": "counts",
    "list_requests": "items",
    "read_audit": "items",
    "schedule": "entries",
    "signatures_to_lift": "items",
}
"""What is read of a centre without naming one thing of it, and where the answer has its rows."""
NOBODYS = {"catalogue", "demo_accounts", "me", "server", "list_filters", "count_filters"}
NOBODYS |= {"icd10_versions", "read_phrases", "staff_ice_servers", "give_padding"}
"""What holds nothing that happens in a centre; filters and phrases are an account's own, which
test_listing.py and test_icd10.py see."""
THEIRS = replace(REQUEST, number="30-0001", centre_id="perinatal", files=(FILE,))
OURS = {
    *(id_of(number) for number in OWN.values()),
    *(demo_id("account", one.key) for one in EVERYBODY),
}
OPERATIONS = described()


@pytest.fixture
def clinics(settings: Settings, tmp_path: Path) -> ClinicMaker:
    return clinic_maker(settings, tmp_path)


def test_matrix_names_every_operation_and_no_other() -> None:
    """An endpoint that is missing here fails: say who may call it (tests/backend/operations.py)."""
    assert set(RECIPES) == set(OPERATIONS)


def test_matrix_names_every_route_of_the_application(settings: Settings) -> None:
    """What the contract's operations leave out too: WebSockets, and the page's files."""
    sockets, others = set(), set()
    for route in create_app(settings).routes:
        if isinstance(route, WebSocketRoute):
            sockets.add(route.route_handler.handler_name)
        elif isinstance(route, HTTPRoute):
            methods = {one.handler_name: one.http_methods for one in route.route_handlers}
            others |= {name for name, of in methods.items() if of != {HttpMethod.OPTIONS}}
        else:
            others.add(route.path)
    assert sockets == set(STREAMS)
    assert others == set(RECIPES) | PAGES


def test_matrix_names_every_list() -> None:
    """A list that is missing here fails: say where its rows are, and they are looked at."""
    without_id = {
        name
        for name, operation in OPERATIONS.items()
        if operation.method == "GET" and "{" not in operation.path and not operation.is_patients
    }
    assert without_id == set(LISTS) | NOBODYS


async def test_lists_of_another_centre_hold_nothing_of_this_one(clinics: ClinicMaker) -> None:
    """Requests, conclusions that wait, held times, the audit, whatever role asks (OZ-28)."""
    demo = demo_of((*REQUESTS, THEIRS), (*EVERYBODY, *STRANGERS))
    async with clinics.open_demo(demo) as clinic:
        world = World(clinic)
        await world.signed(id_of(OWN["approve_conclusion"]))
        wrong = []
        for name in LISTS:
            case = await arranged(world, name)
            if not _has_ours(name, await _listed(world, name, case)):
                wrong.append(f"{name}: nothing to be seen")
            for role in RECIPES[name].roles:
                stranger = replace(case, login=f"their_{role}")
                if _has_ours(name, await _listed(world, name, stranger)):
                    wrong.append(f"{name} as {role} of another centre")
    assert not wrong, "\n".join(wrong)


async def _listed(world: World, name: str, case: Case) -> object:
    answer = read(await world.call(OPERATIONS[name], case), dict[str, object])
    return answer[LISTS[name]]


def _has_ours(name: str, rows: object) -> bool:
    """Whether something of this centre is among them: an id, or more than the other's one."""
    if name == "count_requests":
        return max(msgspec.convert(rows, dict[str, int]).values()) > 1
    text = msgspec.json.encode(rows).decode()
    return any(one in text for one in OURS)


async def test_every_operation_succeeds_for_who_it_is_made_for(clinics: ClinicMaker) -> None:
    async with clinics.open_demo(demo_of(REQUESTS, EVERYBODY)) as clinic:
        world = World(clinic)
        wrong = []
        for name, operation in OPERATIONS.items():
            answer = await world.call(operation, await arranged(world, name))
            if not answer.is_success:
                wrong.append(f"{name}: {answer.status_code} {answer.text}")
    assert not wrong, "\n".join(wrong)


async def test_every_role_in_its_own_centre(clinics: ClinicMaker) -> None:
    async with clinics.open_demo(demo_of(REQUESTS, EVERYBODY)) as clinic:
        world = World(clinic)
        wrong = []
        for name, operation in OPERATIONS.items():
            case = await arranged(world, name)
            for who in (NOBODY, LINK, *sorted(ACCOUNTS, reverse=True)):
                status = await _status(world, operation, case, who)
                if not _fits(name, who, status, operation):
                    wrong.append(f"{name} as {who}: {status}")
    assert not wrong, "\n".join(wrong)


async def _status(world: World, operation: Described, case: Case, who: str) -> int:
    if who == LINK:
        headers = {"X-Patient-Token": case.token}
        if not case.token:
            patient = await world.patient(id_of(OWN["patient_state"]))
            headers = {"X-Patient-Token": patient.token}
        return (await world.call(operation, replace(case, login=""), headers)).status_code
    if who == NOBODY:
        return (await world.call(operation, replace(case, login="", token=""))).status_code
    login = LOGINS[Role(who)]
    if operation.operation_id == "sign_out":
        world.callers.pop(login, None)
    headers = (await world.caller(login)).headers
    status = (
        await world.call(operation, replace(case, login=login, token=""), headers)
    ).status_code
    if operation.operation_id == "sign_out":
        world.callers.pop(login, None)
    return status


def _fits(name: str, who: str, status: int, operation: Described) -> bool:
    if who in RECIPES[name].roles:
        return status not in (401, 403, 429) and status < 500
    knows_accounts = who in ACCOUNTS and not operation.is_patients
    return status == (403 if knows_accounts else 401)


async def test_every_role_of_another_centre(clinics: ClinicMaker) -> None:
    """What it may call at home it does not find here; what it may not, it may not here either."""
    demo = demo_of((*REQUESTS, THEIRS), (*EVERYBODY, *STRANGERS))
    async with clinics.open_demo(demo) as clinic:
        world = World(clinic)
        wrong = []
        for name, operation in OPERATIONS.items():
            if operation.is_patients or not any(one in operation.path for one in OF_ONE):
                continue
            case = await arranged(world, name)
            for role in ACCOUNTS:
                stranger = replace(case, login=f"their_{role}")
                status = (await world.call(operation, stranger)).status_code
                # To the clinic's own another's request is unknown, whatever they may do at home.
                allowed = {404} if role in RECIPES[name].roles else {403}
                if status not in (allowed | {404} if role in CLINICAL else allowed):
                    wrong.append(f"{name} as {role} of another centre: {status}")
            own = await world.call(operation, case)
            if not own.is_success:
                wrong.append(f"{name} of its own: {own.status_code}")
    assert not wrong, "\n".join(wrong)


async def test_links_know_their_own_request_alone(clinics: ClinicMaker) -> None:
    """Calls, uploads and their parts of another request are as unknown as made-up ones."""
    async with clinics.open_demo(demo_of(REQUESTS, EVERYBODY)) as clinic:
        world = World(clinic)
        other = await world.patient(id_of(OWN["patient_state"]))
        wrong = []
        for name, operation in OPERATIONS.items():
            if not (operation.is_patients and any(one in operation.path for one in OF_ONE)):
                continue
            case = replace(await arranged(world, name), token=other.token)
            status = (await world.call(operation, case)).status_code
            if status != 404:
                wrong.append(f"{name} by another's link: {status}")
    assert not wrong, "\n".join(wrong)


async def test_manager_reads_figures_without_medical_content(clinics: ClinicMaker) -> None:
    async with clinics.open_demo(demo_of(REQUESTS[:3], EVERYBODY)) as clinic:
        manager = await clinic.caller("manager")
        page = await manager.get("/requests")
        searched = await manager.get("/requests?search=тахикардия")
    assert page.status_code == 200
    assert searched.status_code == 403
    assert "Верещагин" in page.text
    assert "I47" not in page.text
    assert "тахикардия" not in page.text
