"""The contract as OpenAPI, drawn from the code; resources/openapi.json is its snapshot."""

import json
from collections.abc import Sequence

import msgspec
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme

from backend.auth import OPEN
from backend.main import ROUTES, create_app
from backend.routes.delivery import PATIENT_EMAIL_ROUTES
from backend.routes.identity import PATIENT_DATA_ROUTES
from backend.routes.patient import PATIENT_ROUTES
from backend.routes.patient_check import PATIENT_CHECK_ROUTES
from backend.routes.patient_consents import PATIENT_CONSENT_ROUTES
from backend.routes.patient_uploads import PATIENT_UPLOAD_ROUTES
from backend.routes.relays import PATIENT_RELAYS
from backend.settings import Settings
from backend_client.models.common import API_PREFIX, VERSION
from backend_client.models.events import (
    CallChanged,
    CallSignalled,
    Hello,
    MessagePosted,
    RequestChanged,
)
from backend_client.models.patient import (
    PATIENT_PREFIX,
    PATIENT_TOKEN_HEADER,
    PatientChanged,
    StreamGreeting,
)

BEARER = "session"
PATIENT_LINK = "patient_link"
SHARED = (MessagePosted, CallChanged, CallSignalled)
MESSAGES = (Hello, RequestChanged, *SHARED)
PATIENT_MESSAGES = (Hello, PatientChanged, *SHARED)
OPEN_OPERATIONS = frozenset(route.handler_name for route in ROUTES if route.opt.get(OPEN))
PATIENT_OPERATIONS = frozenset(
    route.handler_name
    for route in (
        *PATIENT_ROUTES,
        *PATIENT_CONSENT_ROUTES,
        *PATIENT_DATA_ROUTES,
        *PATIENT_UPLOAD_ROUTES,
        *PATIENT_EMAIL_ROUTES,
        *PATIENT_RELAYS,
        *PATIENT_CHECK_ROUTES,
    )
)
Operation = dict[str, object]


def openapi_text() -> str:
    """The same text at every call: sorted, one key a line."""
    # A struct that is a field's default stands in the document as it is.
    text = json.dumps(
        _document(), ensure_ascii=False, indent=2, sort_keys=True, default=msgspec.to_builtins
    )
    return text + "\n"


def _document() -> dict[str, object]:
    settings = Settings(database_url="sqlite:///", files_url="memory://")
    app = create_app(settings, openapi=_config())
    document: dict[str, object] = app.openapi_schema.to_schema()
    paths = msgspec.convert(document["paths"], dict[str, dict[str, Operation]])
    for operations in paths.values():
        for method, operation in operations.items():
            _leave_empty(method, operation)
            if operation["operationId"] in OPEN_OPERATIONS:
                # The framework leaves an empty list out; then the whole document's word counts.
                operation["security"] = []
            if operation["operationId"] in PATIENT_OPERATIONS:
                operation["security"] = [{PATIENT_LINK: []}]
    return document | {"paths": paths, "x-websockets": _websockets()}


def _leave_empty(method: str, operation: Operation) -> None:
    """What has no body is described without one."""
    answers = msgspec.convert(operation["responses"], dict[str, dict[str, object]])
    for status, answer in answers.items():
        if status == "204" or (method == "head" and status == "200"):
            answer.pop("content", None)
    operation["responses"] = answers


def _config() -> OpenAPIConfig:
    session = SecurityScheme(type="http", scheme="bearer", bearer_format="JWT")
    link = SecurityScheme(type="apiKey", name=PATIENT_TOKEN_HEADER, security_scheme_in="header")
    return OpenAPIConfig(
        title="Telemedicine backend",
        version=VERSION,
        use_handler_docstrings=True,
        components=Components(security_schemes={BEARER: session, PATIENT_LINK: link}),
        security=[{BEARER: []}],
        operation_id_creator=_function_name,
    )


def _function_name(handler: HTTPRouteHandler, method: str, path: Sequence[object]) -> str:
    return handler.handler_name


def _websockets() -> dict[str, object]:
    """OpenAPI has no word for WebSockets: the messages stand beside it, in JSON Schema."""
    return {
        "staff": _stream(f"{API_PREFIX}/events", MESSAGES) | {"parameters": ["since"]},
        "patient": _stream(f"{PATIENT_PREFIX}/events", PATIENT_MESSAGES)
        | {"greeting": msgspec.json.schema(StreamGreeting)},
    }


def _stream(address: str, kinds: Sequence[type]) -> dict[str, object]:
    messages, schemas = msgspec.json.schema_components(
        kinds, ref_template="#/x-websockets/schemas/{name}"
    )
    return {"address": address, "messages": messages, "schemas": schemas}
