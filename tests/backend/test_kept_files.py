"""What a request's row says of its files is what the documents say, whatever happens to them."""

from dataclasses import replace
from datetime import date

from sqlalchemy import delete, update

from backend.tables import documents
from backend_client.models.requests import RequestCard
from tests.backend.clinic import (
    REQUEST,
    Caller,
    Clinic,
    ClinicMaker,
    a_file,
    document_id,
    id_of,
    read,
)

ECG, SECOND_ECG, CT = a_file("ecg"), a_file("ecg", b"second"), a_file("ct")
FULL = replace(REQUEST, files=(ECG, SECOND_ECG, CT))
OTHER = replace(REQUEST, number="20-0002")


async def page_says_what_the_card_says(caller: Caller) -> list[tuple[int, int, date | None]]:
    """Of the first request: how many files, how many of them unopened, the newest day."""
    rows = {row.number: row for row in (await caller.page()).items}
    for number, row in rows.items():
        card = read(await caller.get(f"/requests/{id_of(number)}"), RequestCard)
        assert row.checklist == card.row.checklist
        assert row.missing_documents == card.row.missing_documents
    items = rows[FULL.number].checklist
    return [(one.file_count, one.unopened_count, one.latest_on) for one in items]


async def change(clinic: Clinic, place: int, **values: object) -> None:
    """Of one document, past all routes."""
    file = FULL.files[place]
    which = documents.c.id == document_id(FULL.number, file, place)
    async with clinic.parts.database.write() as connection:
        changing = update(documents).values(values) if values else delete(documents)
        await connection.execute(changing.where(which))


async def test_opening_counts_for_whoever_opened(clinics: ClinicMaker) -> None:
    async with clinics.open(FULL, OTHER) as clinic:
        caller, colleague = await clinic.caller(), await clinic.caller("orlov")
        day = ECG.taken_on
        unread = [(2, 2, day), (0, 0, None), (1, 1, day)]
        assert await page_says_what_the_card_says(caller) == unread
        opened = document_id(FULL.number, ECG, 0)
        assert (await caller.post(f"/documents/{opened}/opened")).is_success
        assert await page_says_what_the_card_says(caller) == [(2, 1, day), *unread[1:]]
        assert await page_says_what_the_card_says(colleague) == unread


async def test_documents_that_change_move_or_go(clinics: ClinicMaker) -> None:
    async with clinics.open(FULL, OTHER) as clinic:
        caller, day = await clinic.caller(), ECG.taken_on
        later = date(2026, 11, 19)
        await change(clinic, 1, taken_on=later, item_code="echo")
        moved = [(1, 1, day), (1, 1, later), (1, 1, day)]
        assert await page_says_what_the_card_says(caller) == moved
        await change(clinic, 2, request_id=id_of(OTHER.number))
        assert (await page_says_what_the_card_says(caller))[2] == (0, 0, None)
        await change(clinic, 0)
        assert (await page_says_what_the_card_says(caller))[0] == (0, 0, None)
