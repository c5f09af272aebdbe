"""The request card."""

from dataclasses import replace
from datetime import timedelta

from backend_client.models.requests import (
    ConsentKind,
    IdentityLevel,
    Representative,
    RequestCard,
)
from tests.backend.clinic import PATIENT, REQUEST, START, ClinicMaker, a_file, id_of, read


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
