"""The contract as OpenAPI, drawn from the code; resources/openapi.json is its snapshot."""

import json
from collections.abc import Sequence

import msgspec
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme

from backend.auth import OPEN
from backend.main import ROUTES, create_app
from backend.settings import Settings
from backend_client.models.common import API_PREFIX, VERSION
from backend_client.models.events import Hello, RequestChanged

BEARER = "session"
MESSAGES = (Hello, RequestChanged)
OPEN_OPERATIONS = frozenset(route.handler_name for route in ROUTES if route.opt.get(OPEN))
Operation = dict[str, object]


def openapi_text() -> str:
    """The same text at every call: sorted, one key a line."""
    return json.dumps(_document(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _document() -> dict[str, object]:
    settings = Settings(database_url="sqlite:///", files_url="memory://")
    app = create_app(settings, openapi=_config())
    document: dict[str, object] = app.openapi_schema.to_schema()
    paths = msgspec.convert(document["paths"], dict[str, dict[str, Operation]])
    for operations in paths.values():
        for operation in operations.values():
            if operation["operationId"] in OPEN_OPERATIONS:
                # The framework leaves an empty list out; then the whole document's word counts.
                operation["security"] = []
    return document | {"paths": paths, "x-websockets": _websockets()}


def _config() -> OpenAPIConfig:
    scheme = SecurityScheme(type="http", scheme="bearer", bearer_format="JWT")
    return OpenAPIConfig(
        title="Telemedicine backend",
        version=VERSION,
        use_handler_docstrings=True,
        components=Components(security_schemes={BEARER: scheme}),
        security=[{BEARER: []}],
        operation_id_creator=_function_name,
    )


def _function_name(handler: HTTPRouteHandler, method: str, path: Sequence[object]) -> str:
    return handler.handler_name


def _websockets() -> dict[str, object]:
    """OpenAPI has no word for WebSockets: the messages stand beside it, in JSON Schema."""
    messages, schemas = msgspec.json.schema_components(
        MESSAGES, ref_template="#/x-websockets/schemas/{name}"
    )
    address = f"{API_PREFIX}/events"
    return {"address": address, "parameters": ["since"], "messages": messages, "schemas": schemas}
