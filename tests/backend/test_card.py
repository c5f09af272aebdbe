"""The request card."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import update

from backend.tables import consents
from backend_client.models.requests import (
    ConsentKind,
    IdentityLevel,
    OtherRequest,
    Representative,
    RequestCard,
)
from tests.backend.clinic import (
    PATIENT,
    REQUEST,
    START,
    Caller,
    ClinicMaker,
    a_file,
    document_id,
    id_of,
    read,
)


async def test_card_shows_the_row_and_what_stands_behind_it(clinics: ClinicMaker) -> None:
    """OZ-7, SPB-1, SPB-8, SPB-12, DRC-1, DRC-2, DRC-17, SOK-1"""
    request = replace(
        REQUEST,
        patient=replace(PATIENT, representative=("Верещагина Ольга", "мать")),
        consents=(
            (ConsentKind.PERSONAL_DATA, "2", START),
            (ConsentKind.INTERVENTION, "1", None),
        ),
        files=(a_file("ecg", b"one"), a_file("echo", b"other")),
        history=((timedelta(hours=5), "Создана"), (timedelta(hours=1), "Документы полны")),
    )
    async with clinics.open(request) as clinic:
        caller = await clinic.caller()
        card = read(await caller.get(f"/requests/{id_of('20-0001')}"), RequestCard)
        row = (await caller.page()).items[0]
    assert card.row == row
    assert card.complaints == "Перебои, одышка"
    assert card.representative == Representative(full_name="Верещагина Ольга", relation="мать")
    assert (card.phone_confirmed, card.identity_level) == (True, IdentityLevel.CONFIRMED)
    assert (card.payer, card.quota_left, card.quota_total) == ("ОМС", 2, 3)
    assert card.medical_record_number == "77-1"
    given = {consent.kind: consent.given_at for consent in card.consents}
    assert given == {ConsentKind.PERSONAL_DATA: START, ConsentKind.INTERVENTION: None}
    assert [file.item_code for file in card.documents] == ["ecg", "echo"]
    assert [file.size for file in card.documents] == [3, 5]
    assert [line.text for line in card.history] == ["Документы полны", "Создана"]


async def test_card_without_a_representative_has_none(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        caller = await clinic.caller()
        card = read(await caller.get(f"/requests/{id_of('20-0001')}"), RequestCard)
    assert card.representative is None
    assert card.documents == []


async def others(caller: Caller, number: str) -> list[OtherRequest]:
    """As the card names them."""
    return read(await caller.get(f"/requests/{id_of(number)}"), RequestCard).other_requests


async def test_other_requests_of_the_patient_that_have_files(clinics: ClinicMaker) -> None:
    """OZ-28, SPB-13: of this centre, the newest first, without those whose consent is withdrawn;
    opened and unopened files as the asking doctor has them."""
    given = (ConsentKind.PERSONAL_DATA, "2", START)
    files = (a_file("ecg", b"one"), a_file("echo", b"other"))
    now = replace(REQUEST, consents=(given,))
    earlier = replace(now, number="20-0002", files=files)
    empty = replace(now, number="20-0003")
    closed = replace(earlier, number="20-0004", files=(a_file("ecg", b"closed"),))
    whose = replace(PATIENT, full_name="Другой Пётр Ильич")
    anothers = replace(earlier, number="20-0005", patient=whose, files=(a_file("ecg", b"his"),))
    async with clinics.open(now, earlier, empty, closed, anothers) as clinic:
        caller, colleague = await clinic.caller(), await clinic.caller("orlov")
        async with clinic.parts.database.write() as connection:
            withdrawn = update(consents).values(withdrawn_at=START)
            await connection.execute(withdrawn.where(consents.c.request_id == id_of("20-0004")))
        opened = document_id("20-0002", files[0], 0)
        assert (await caller.post(f"/documents/{opened}/opened")).is_success
        (one,) = await others(caller, "20-0001")
        (unread,) = await others(colleague, "20-0001")
        back = await others(caller, "20-0002")
    assert (one.id, one.number) == (id_of("20-0002"), "20-0002")
    assert (one.file_count, one.unopened_count) == (2, 1)
    assert (unread.file_count, unread.unopened_count) == (2, 2)
    assert back == [], "the present request has no files"
