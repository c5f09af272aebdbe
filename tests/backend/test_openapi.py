"""The contract's snapshot."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from backend.main import ROUTES
from backend.openapi import openapi_text
from backend.routes.delivery import PATIENT_EMAIL_ROUTES
from backend.routes.identity import PATIENT_DATA_ROUTES
from backend.routes.patient import PATIENT_ROUTES
from backend.routes.patient_check import PATIENT_CHECK_ROUTES
from backend.routes.patient_consents import PATIENT_CONSENT_ROUTES
from backend.routes.patient_uploads import PATIENT_UPLOAD_ROUTES
from backend.routes.relays import PATIENT_RELAYS
from backend_client.models.common import API_PREFIX
from backend_client.models.patient import PATIENT_PREFIX

SNAPSHOT = Path(__file__).parents[2] / "resources" / "openapi.json"


class Answer(msgspec.Struct):
    content: dict[str, object] = {}


class Parameter(msgspec.Struct):
    name: str


class Operation(msgspec.Struct):
    responses: dict[str, Answer]
    security: list[object] | None = None
    parameters: list[Parameter] = []
    body: object = msgspec.field(default=None, name="requestBody")


class Document(msgspec.Struct):
    paths: dict[str, dict[str, Operation]]


def operations() -> dict[str, Operation]:
    """Of the staff's API."""
    document = msgspec.json.decode(openapi_text(), type=Document)
    return {
        f"{method} {path.removeprefix(API_PREFIX)}": operation
        for path, methods in document.paths.items()
        for method, operation in methods.items()
        if path.startswith(API_PREFIX)
    }


def patients_operations() -> dict[str, Operation]:
    document = msgspec.json.decode(openapi_text(), type=Document)
    return {
        f"{method} {path}": operation
        for path, methods in document.paths.items()
        for method, operation in methods.items()
        if path.startswith(PATIENT_PREFIX)
    }


def test_snapshot_is_the_contract() -> None:
    same = SNAPSHOT.read_text(encoding="utf-8") == openapi_text()
    assert same, "the contract has changed: run `make openapi` and look at the difference"


def test_every_refusal_is_documented_as_a_problem() -> None:
    for operation in (*operations().values(), *patients_operations().values()):
        refusals = {status for status in operation.responses if int(status) >= 400}
        assert {"400", "426", "500"} <= refusals
        for status in refusals:
            assert list(operation.responses[status].content) == ["application/problem+json"]


def test_every_operation_that_reads_a_body_says_that_it_may_be_too_large() -> None:
    """Under a key that of a POST without one is read too: a repeat must have the same."""
    reading = {
        name: one
        for name, one in (operations() | patients_operations()).items()
        if one.body is not None or "Idempotency-Key" in {each.name for each in one.parameters}
    }
    assert len(reading) >= 50
    assert [name for name, one in reading.items() if "413" not in one.responses] == []


def integers(part: object, place: str = "") -> Iterator[tuple[str, dict[str, object]]]:
    """Every integer of the document, with its place."""
    if isinstance(part, list):
        part = dict(enumerate(part))
    if not isinstance(part, dict):
        return
    if part.get("type") == "integer" or "integer" in (part.get("type") or ()):
        yield place, part
    for name, inner in part.items():
        yield from integers(inner, f"{place}/{name}")


def test_every_integer_has_a_maximum_of_53_bits() -> None:
    """The messages of the WebSockets too, which stand beside."""
    document = msgspec.json.decode(openapi_text())
    found = dict(integers(document))
    assert len(found) > 50
    wide = [place for place, one in found.items() if not _is_bounded(one)]
    assert wide == []


def _is_bounded(one: dict[str, object]) -> bool:
    most = one.get("maximum")
    return "enum" in one or (isinstance(most, int | float) and most < 2**53)


def test_only_what_comes_before_sign_in_is_open() -> None:
    opened = {name for name, operation in operations().items() if operation.security == []}
    assert opened == {"get /server", "get /demo-accounts", "post /sign-in", "post /token/refresh"}
    for name, operation in operations().items():
        assert ("401" in operation.responses) == (name not in ("get /server", "get /demo-accounts"))


def test_patients_routes_ask_for_a_link() -> None:
    routes = [
        *PATIENT_ROUTES,
        *PATIENT_CONSENT_ROUTES,
        *PATIENT_DATA_ROUTES,
        *PATIENT_UPLOAD_ROUTES,
        *PATIENT_EMAIL_ROUTES,
        *PATIENT_RELAYS,
        *PATIENT_CHECK_ROUTES,
    ]
    assert len(patients_operations()) == len(routes)
    for operation in patients_operations().values():
        assert operation.security == [{"patient_link": []}]
        assert "401" in operation.responses


def test_every_route_is_documented() -> None:
    assert len(operations()) == len(ROUTES) - 1  # the WebSocket stands beside
