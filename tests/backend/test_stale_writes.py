"""What two people can change: a stale write is refused with the present state, and does nothing.

Which operations say a version is read from the contract.
"""

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace as with_fields

from backend.openapi import openapi_text
from backend.settings import Settings
from backend.tables import requests
from backend_client.models.common import ProblemCode, Wire
from backend_client.models.conclusions import Conclusion
from backend_client.models.requests import RequestCard
from tests.backend.clinic import ClinicMaker, demo_of, id_of, problem, read
from tests.backend.operations import DRAFT, OWN, REQUESTS, after, arranged, of
from tests.backend.world import EVERYBODY, Case, World, clinic_maker, described

OPERATIONS = described()
WRITING = {name for name, one in OPERATIONS.items() if one.method not in ("GET", "HEAD")}
OF_CONCLUSIONS = {"save_conclusion", "sign_conclusion", "approve_conclusion", "return_conclusion"}
OF_CONCLUSIONS |= {"correct_conclusion"}
EARLIER = 3
"""Versions that a window lags behind."""

WITHOUT_VERSION = {
    # Of no request.
    "sign_in": "changes no request",
    "refresh": "changes no request",
    "sign_out": "changes no request",
    "save_filter": "changes no request: names the filter as it was, which is asked for",
    "delete_filter": "changes no request: a filter has one owner",
    "take_padding": "changes nothing at all",
    "take_patient_padding": "changes nothing at all",
    "keep_patient_check": "what the page has just measured stands in place of what it found before",
    "save_phrases": "changes no request: names the revision of the list, another one is refused",
    # What they depend on is named by another word, and asked for under the lock.
    "correct_own_data": "said beside what is confirmed, which a person of the clinic replaces",
    "accept_slot": "names the slot: one that is offered no more is refused with the present state",
    "refuse_slots": "names the slots that the page shows: others are refused, as above",
    "send_signal": "names the call's connection: an older one is refused with the present call",
    "patient_signalled": "names the call's connection, as the doctor's side does",
    "hang_up_call": "names the call: one that is over stays over",
    "reconnect_call": "names the call: one that is over is refused",
    "extend_consultation": "names the end that is moved: another one is refused",
    "answer_call": "names the call: one that rings no more is refused",
    "take_call": "names the call: one that is over is refused; the last page to take it has it",
    "decline_call": "names the call: one that rings no more is refused",
    "patient_hangs_up": "names the call: one that is over stays over",
    "send_piece": "names the upload and its offset: another offset is refused",
    "patient_sends_piece": "names the upload and its offset: another offset is refused",
    "finish_upload": "names the upload and the hash of all its bytes",
    "patient_finishes_upload": "names the upload and the hash of all its bytes",
    "lift_edition": "names the kept file's hash: of another one it is refused",
    "keep_no_contact_page": "added once: the page that is there already stays",
    "give_up_upload": "names the upload, which has one sender",
    "patient_gives_up_upload": "names the upload, which has one sender",
    "send_email_again": "sends what has failed, and nothing else",
    "say_email": "changes no request: the newest address is the one that gets a code",
    "confirm_email": "names the code: one of another address is refused",
    "remove_email": "changes no request: there is no address then, whatever was before",
    # They ask for one state, whatever came before it; two of them end in the same.
    "claim_request": "done while nobody holds it: whoever is later is told the owner's name",
    "take_next_request": "as claim_request, of whatever is free",
    "release_request": "the owner's alone, back to where it was before the claim",
    "keep_claim": "the owner's alone; says only that the owner is there",
    "place_call": "one call at a time: a second is refused",
    "give_consent": "the patient's alone: given is given",
    "withdraw_consent": "the patient's alone, takes effect at once whatever else happens (SPB-13)",
    "cancel_consultation": "the patient does not come, to whatever is agreed; never at a price",
    "cancel_too_late": "as cancel_consultation; refused unless the price that it names is due",
    "opened": "a mark of the one who asks",
    "read_messages": "a mark of the one who asks, which only rises",
    "patient_reads": "a mark of the one who asks, which only rises",
    "revoke_patient_links": "none is good afterwards, however many there were",
    "keep_annotation": "the owner's alone: the last state of the measurement counts",
    "drop_annotation": "the owner's alone: what is removed stays removed",
    "answer_whose_file": "names the bytes: of others it is refused; the last answer counts",
    # They add, and take the place of nothing.
    "give_patient_link": "adds a link",
    "write_message": "adds a message",
    "patient_writes": "adds a message",
    "log_phone_attempt": "adds a line to a log that only grows",
    "begin_upload": "adds an upload",
    "patient_begins_upload": "adds an upload",
}
"""Operations that change something and say no version: why none can overwrite unseen."""


@pytest.fixture
def clinics(settings: Settings, tmp_path: Path) -> ClinicMaker:
    return clinic_maker(settings, tmp_path)


class _Named(msgspec.Struct):
    name: str


class _Schema(msgspec.Struct):
    properties: dict[str, object] = {}
    ref: str = msgspec.field(default="", name="$ref")


class _Content(msgspec.Struct):
    schema: _Schema


class _Body(msgspec.Struct):
    content: dict[str, _Content] = {}


class _Operation(msgspec.Struct):
    id: str = msgspec.field(name="operationId")
    parameters: list[_Named] = []
    body: _Body = msgspec.field(default_factory=_Body, name="requestBody")


class _Components(msgspec.Struct):
    schemas: dict[str, _Schema]


class _Contract(msgspec.Struct):
    paths: dict[str, dict[str, _Operation]]
    components: _Components


def saying_a_version() -> set[str]:
    """Operations with a parameter or a property of their body of that name."""
    contract = msgspec.json.decode(openapi_text(), type=_Contract)
    found = set()
    for one in (one for methods in contract.paths.values() for one in methods.values()):
        bodies = [content.schema for content in one.body.content.values()]
        refs = [body.ref.split("/")[-1] for body in bodies if body.ref]
        named = [contract.components.schemas[ref] for ref in refs]
        words = {parameter.name for parameter in one.parameters}
        words |= {word for body in (*bodies, *named) for word in body.properties}
        found |= {one.id} if "version" in words else set()
    return found


SAYING = saying_a_version() & WRITING


def test_whatever_changes_something_says_a_version_or_why_it_needs_none() -> None:
    """A new operation fails here: give it a version, or say on the list why it needs none."""
    assert len(SAYING) >= 19
    assert SAYING >= OF_CONCLUSIONS
    assert set(WITHOUT_VERSION) == WRITING - SAYING


def saying(case: Case, version: int) -> Case:
    """The case upon that version."""
    if isinstance(case.body, Wire):
        return replace(case, body=with_fields(case.body, version=version))
    return replace(case, query=case.query | {"version": str(version)})


async def _case(world: World, name: str) -> Case:
    """A call that succeeds upon the present version."""
    if name == "save_conclusion":  # the first draft replaces nothing
        return await after(World.drafted, of(DRAFT))(world, id_of(OWN[name]))
    return await arranged(world, name)


async def _present(world: World, name: str, case: Case) -> tuple[Conclusion | RequestCard, int]:
    """What the operation would replace, as a GET answers it, and its version."""
    caller = await world.caller(case.login)
    path = f"/requests/{id_of(OWN[name])}"
    if name in OF_CONCLUSIONS:
        conclusion = read(await caller.get(f"{path}/conclusion"), Conclusion)
        return conclusion, conclusion.version
    card = read(await caller.get(path), RequestCard)
    return card, card.row.version


async def _refuses_stale(world: World, name: str) -> None:
    operation, case = OPERATIONS[name], await _case(world, name)
    if name not in OF_CONCLUSIONS:  # version 0 would be: whatever it is now
        await world.set(id_of(OWN[name]), version=requests.c.version + EARLIER)
    before, version = await _present(world, name, case)
    card = await (await world.caller(case.login)).get(f"/requests/{id_of(OWN[name])}")
    for wrong in (version - 1, version + 1):
        refusal = problem(await world.call(operation, saying(case, wrong)))
        assert (refusal.status, refusal.code) == (409, ProblemCode.STALE_VERSION)
        assert msgspec.convert(refusal.present, type(before)) == before
    assert (await _present(world, name, case))[0] == before
    same = await (await world.caller(case.login)).get(f"/requests/{id_of(OWN[name])}")
    assert same.content == card.content, "not a line of history, not an event"
    done = await world.call(operation, saying(case, version))
    assert done.is_success, done.text


async def test_stale_write_is_refused_with_the_present_state_and_changes_nothing(
    clinics: ClinicMaker,
) -> None:
    """Every operation that says a version: an older one, and one that never was."""
    async with clinics.open_demo(demo_of(REQUESTS, EVERYBODY)) as clinic:
        world = World(clinic)
        for name in sorted(SAYING):
            assert "409" in OPERATIONS[name].responses, name
            try:
                await _refuses_stale(world, name)
            except AssertionError as error:
                raise AssertionError(f"{name}: {error}") from error
