"""No route answers a list that grows without end: a page with a cursor, or bounded by rule."""

from collections.abc import Iterator

import msgspec

from backend.openapi import openapi_text

Schema = dict[str, object]
LARGEST_PAGE = 200
CURSORS = {
    ("RequestCard", "history"): "history_cursor",
    ("Schedule", "entries"): "next_cursor",
    ("Chat", "messages"): "has_earlier",
    ("Signals", "signals"): "has_more",
}
"""Lists that are pages of another form than Page: which property says whether there is more."""
BOUNDED = {
    # one of each field of the personal data, one of each mark
    ("PersonalData", "changed"),
    ("RequestCard", "changed_data"),
    ("RequestRow", "identity_marks"),
    # the staff of the demonstration, from its own files
    ("demo_accounts", ""),
    # a file of the centre's, made by hand and checked when the server starts
    ("Catalogue", "approval_routes"),
    ("Catalogue", "clocks"),
    ("Catalogue", "consents"),
    ("Catalogue", "consultations"),
    ("Catalogue", "diseases"),
    ("Catalogue", "documents"),
    ("SigningPolicy", "time_services"),
    ("ConsentText", "payers"),
    ("ConsentText", "routes"),
    ("DiseaseGroup", "icd10_prefixes"),
    ("DocumentItem", "routes"),
    # items of that file's checklist
    ("PatientState", "asked_documents"),
    ("PatientState", "items"),
    ("RequestCard", "asked_documents"),
    ("RequestRow", "checklist"),
    ("RequestRow", "missing_documents"),
    # members of an enum, each once
    ("ConsentStates", "consents"),
    ("Delivery", "channels"),
    ("PatientState", "missing_consents"),
    ("RequestCard", "consents"),
    ("RequestRow", "allowed_actions"),
    ("RequestRow", "groups"),
    ("RequestRow", "missing_consents"),
    ("RequestCard", "snooze_moments"),
    # held times: MOST_TIMES are proposed at once, in place of those before
    ("PatientState", "slots"),
    ("RequestCard", "slots"),
    # the newest MOST_OTHERS
    ("RequestCard", "other_requests"),
    # no more than MOST_FILES are taken for a request
    ("RequestCard", "documents"),
    ("ConclusionStanding", "unopened"),
    # MOST_FILTERS are kept for an account, each narrowed by so many words at the most
    ("SavedFilters", "filters"),
    ("QueueFilter", "icd10"),
    ("QueueFilter", "profiles"),
    ("QueueFilter", "routes"),
    ("QueueFilter", "statuses"),
    ("QueueFilter", "clocks"),
    # MOST_FURTHER diagnoses, MOST_PHRASES phrases
    ("ConclusionForm", "further"),
    ("Phrases", "phrases"),
    # a published file, imported whole by the server's owner
    ("Icd10Directory", "codes"),
    ("Icd10Versions", "versions"),
    # of the centre's file: forms, and what each names
    ("Catalogue", "templates"),
    ("ConclusionTemplate", "posts"),
    ("ConclusionTemplate", "routes"),
    ("ConclusionTemplate", "sections"),
    ("TemplateSection", "phrases_ru"),
    # MOST_EVIDENCE of a conclusion are taken; a figure has 500 points, a point has two numbers
    ("ConclusionForm", "evidence"),
    ("FramePlace", "window"),
    ("FramePlace", "points"),
    ("TextPlace", "start"),
    ("TextPlace", "stop"),
    ("PicturePlace", "start"),
    ("PicturePlace", "stop"),
    # at most 12 marks, each of so many points and numbers
    ("Annotation", "calibration"),
    ("CalibrationMark", "blurs"),
    ("CalibrationMark", "points"),
    ("CalibrationMark", "values"),
    # of the centre's file: rules, and what each names
    ("Hanging", "order"),
    ("Hanging", "rules"),
    ("HangingRule", "beside"),
    ("HangingRule", "items"),
    ("HangingRule", "modalities"),
    ("HangingRule", "places"),
    ("HungWith", "kinds"),
    # members of an enum, each once
    ("Advice", "reasons"),
    ("PatientCheck", "findings"),
    ("TakenNext", "reasons"),
    # of the server's environment, MOST_URLS at the most
    ("IceServer", "urls"),
    ("IceServers", "servers"),
    # ids of one call: what its path named, or one page of a list
    ("AuditEntry", "document_ids"),
    ("AuditEntry", "request_ids"),
}
"""Lists that cannot grow without end, and why; docs/decisions/0021."""


class Operation(msgspec.Struct, rename="camel"):
    operation_id: str
    responses: dict[str, Schema]
    parameters: list[Schema] = []


class Components(msgspec.Struct):
    schemas: dict[str, Schema]


class Document(msgspec.Struct):
    paths: dict[str, dict[str, Operation]]
    components: Components


DOCUMENT = msgspec.json.decode(openapi_text(), type=Document)
OPERATIONS = [one for methods in DOCUMENT.paths.values() for one in methods.values()]


def answers(operation: Operation) -> Iterator[object]:
    """Schemas of what it answers when it succeeds."""
    for status, response in operation.responses.items():
        if status.startswith("2"):
            content = msgspec.convert(response.get("content", {}), dict[str, Schema])
            yield from (one.get("schema") for one in content.values())


def parts(schema: object) -> Iterator[Schema]:
    """The schema's own nodes; another component is one node, and not entered."""
    if isinstance(schema, list):
        for one in schema:
            yield from parts(one)
    if isinstance(schema, dict):
        yield schema
        for key in ("items", "additionalProperties", "oneOf", "anyOf", "allOf"):
            yield from parts(schema.get(key))


def is_list(schema: object) -> bool:
    return any(one.get("type") == "array" for one in parts(schema))


def component(node: Schema) -> str | None:
    reference = node.get("$ref")
    return reference.rpartition("/")[2] if isinstance(reference, str) else None


def reached(schema: object, seen: set[str]) -> set[str]:
    """Names of all components of an answer."""
    for name in filter(None, map(component, parts(schema))):
        if name not in seen:
            seen.add(name)
            reached(list(properties(name).values()), seen)
    return seen


def properties(name: str) -> Schema:
    return msgspec.convert(DOCUMENT.components.schemas[name].get("properties", {}), Schema)


def title(name: str) -> str:
    return str(DOCUMENT.components.schemas[name].get("title", name))


def lists() -> set[tuple[str, str]]:
    """Every list of every answer: its component's title and property, or its operation."""
    found = set()
    for operation in OPERATIONS:
        for schema in answers(operation):
            if is_list(schema):
                found.add((operation.operation_id, ""))
            for name in reached(schema, set()):
                given = properties(name)
                found |= {(title(name), key) for key in given if is_list(given[key])}
    return found


def is_a_page(one: tuple[str, str]) -> bool:
    """Whether something beside the list says where it goes on."""
    name = next((name for name in DOCUMENT.components.schemas if title(name) == one[0]), "")
    cursor = "next_cursor" if one[0].startswith("Page[") else CURSORS.get(one, "")
    return bool(name) and cursor in properties(name)


def test_every_list_is_a_page_or_bounded_by_rule() -> None:
    unbounded = {one for one in lists() if not is_a_page(one)} - BOUNDED
    assert unbounded == set(), "make it a page, or say in BOUNDED why it cannot grow"


def test_nothing_is_excused_that_is_not_there() -> None:
    assert (BOUNDED | CURSORS.keys()) - lists() == set()
    assert not any(is_a_page(one) for one in BOUNDED)


def test_whoever_answers_a_page_is_asked_for_so_many_and_from_where() -> None:
    paged = {"Page[", "Schedule", "Chat", "Signals"}
    for operation in OPERATIONS:
        names = {title(name) for schema in answers(operation) for name in reached(schema, set())}
        if not any(name.startswith(tuple(paged)) for name in names):
            continue
        given = {str(one["name"]): one["schema"] for one in operation.parameters}
        if "limit" not in given:  # a change that answers the list's newest page
            assert operation.operation_id in {"read_messages"}
            continue
        limits = [one for one in parts(given["limit"]) if "maximum" in one]
        assert [one["maximum"] for one in limits] == [LARGEST_PAGE], operation.operation_id
        assert given.keys() & {"cursor", "before", "after"}, operation.operation_id
