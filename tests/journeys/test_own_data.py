"""The patient corrects own data in a real browser; the doctor sees both values and confirms."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backend_client.models.identity import DataField, DecideData
from tests.journeys.chromium import chromium, missing
from tests.journeys.demo_shelf import DemoShelf
from tests.journeys.doctor import Server, demo_server, signed_in
from tests.journeys.patient import Patient
from tests.journeys.test_patient_page import SMALLEST, without_gaps

pytestmark = [
    pytest.mark.journey,
    pytest.mark.timeout(300),
    pytest.mark.skipif(missing() is not None, reason=str(missing())),
]
FILL = "document.querySelector('.owndata').elements[{!r}].value = {!r}"
SAID = "<i>Тверь</i>"


@pytest.fixture(scope="module")
def server(shelf: DemoShelf) -> Iterator[Server]:
    """Whose requests wait for a doctor alone."""
    with demo_server(shelf) as started:
        without_gaps(started)
        yield started


async def test_what_the_patient_has_corrected_waits_for_the_doctors_word(
    server: Server, tmp_path: Path
) -> None:
    """DRC-14: shown literally, on the smallest phone too; a field that is empty is not sent."""
    async with (
        signed_in(server) as doctor,
        chromium(tmp_path / "profile") as browser,
    ):
        patient = await Patient.open(browser, await doctor.take())
        request, before = doctor.card.row.id, doctor.card.row.patient
        await patient.press("Мои данные")
        await patient.says("до этого в документах останутся прежние данные")
        assert await patient.fits(SMALLEST)
        await patient.page.evaluate(FILL.format("place", ""))
        await patient.press("Отправить в клинику")
        assert (await doctor.client.requests.card(request)).changed_data == []
        await patient.page.evaluate(FILL.format("place", SAID))
        await patient.page.evaluate(FILL.format("birth_date", "1990-02-01"))
        await patient.press("Отправить в клинику")
        await patient.says(f"{before.place} → {SAID}")
        await patient.says("→ 01.02.1990")
        card = await doctor.client.requests.card(request)
        assert [one.changed for one in card.changed_data] == ["1990-02-01", SAID]
        assert card.row.patient == before
        both = [DataField.BIRTH_DATE, DataField.PLACE]
        decided = DecideData(version=card.row.version, fields=both, confirm=True)
        after = await doctor.client.identity.decide_data(request, decided)
        assert (after.row.patient.place, after.changed_data) == (SAID, [])
        await patient.press("Назад")
        await patient.press("Мои данные")
        await patient.says("Исправьте то, что изменилось")
        place = "document.querySelector('.owndata').elements.place.value"
        await patient.page.until(f"{place} === {SAID!r}")
        assert not await patient.shows("Проверяется")
        await patient.picture(tmp_path / "own-data.png")
        assert not patient.page.errors
