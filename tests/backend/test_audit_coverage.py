"""Every operation of the contract leaves its line in the audit, what changes in its transaction."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from backend.database import Database
from backend.settings import Settings
from backend.tables import audit_entries
from tests.backend.clinic import ClinicMaker, demo_of, id_of
from tests.backend.operations import OWN, REQUESTS, arranged
from tests.backend.world import EVERYBODY, World, clinic_maker, described

ANONYMOUS = {"server", "demo_accounts"}
AT_ONCE = {name for name, one in described().items() if one.takes_key} | {
    *("sign_in", "sign_out", "refresh", "give_patient_link", "revoke_patient_links"),
    *("save_conclusion", "save_phrases", "patient_conclusion"),
    *("send_piece", "give_up_upload", "patient_sends_piece", "patient_gives_up_upload"),
}
"""Written with the change; the others are readings."""
OF_ONE_REQUEST = ("{request_id}", "{document_id}", "{upload_id}")


@pytest.fixture
def clinics(settings: Settings, tmp_path: Path) -> ClinicMaker:
    return clinic_maker(settings, tmp_path)


async def count(database: Database, action: str) -> int:
    which = audit_entries.c.action == action
    counted = select(func.count()).select_from(audit_entries).where(which)
    async with database.read() as connection:
        return (await connection.execute(counted)).scalar_one()


async def test_every_operation_is_one_line_more(clinics: ClinicMaker) -> None:
    async with clinics.open_demo(demo_of(REQUESTS, EVERYBODY)) as clinic:
        world, database, wrong = World(clinic), clinic.parts.database, []
        for name, operation in described().items():
            case = await arranged(world, name)
            await clinic.parts.audit.flush()
            before = await count(database, name)
            answer = await world.call(operation, case)
            assert answer.is_success, (name, answer.text)
            if name in AT_ONCE and await count(database, name) != before + 1:
                wrong.append(f"{name}: not in the change's own transaction")
            await clinic.parts.audit.flush()
            lines = await count(database, name) - before
            if lines != (0 if name in ANONYMOUS else 1):
                wrong.append(f"{name}: {lines} lines")
        nowhere = (audit_entries.c.centre_id == "") | (audit_entries.c.role == "")
        async with database.read() as connection:
            unknown = (
                await connection.execute(select(audit_entries.c.action).where(nowhere))
            ).all()
        wrong += [f"{one.action}: nobody's" for one in unknown]
    assert not wrong, "\n".join(wrong)


async def test_line_names_the_request_and_a_patients_line_does_too(clinics: ClinicMaker) -> None:
    """Where the path names a document or an upload, too: the auditor asks by request (OZ-28)."""
    async with clinics.open_demo(demo_of(REQUESTS, EVERYBODY)) as clinic:
        world, wrong = World(clinic), []
        for name, operation in described().items():
            in_path = any(one in operation.path for one in OF_ONE_REQUEST)
            if not (operation.is_patients or in_path):
                continue
            await world.call(operation, await arranged(world, name))
            await clinic.parts.audit.flush()
            found = select(audit_entries.c.request_ids).where(audit_entries.c.action == name)
            async with clinic.parts.database.read() as connection:
                ids = (await connection.execute(found)).scalars().all()
            if id_of(OWN[name]) not in " ".join(ids).split():
                wrong.append(name)
    assert wrong == []
