"""The patient confirms an address, and takes the conclusion from a letter (SOK-8, SOK-11)."""

import json
from pathlib import Path

import pytest

from backend.settings import Settings
from backend_client.models.conclusions import Conclusion
from tests.backend.clinic import ClinicMaker, SetClock, read, write_catalogues
from tests.backend.consultation import ONE, consult
from tests.backend.live import live
from tests.backend.mailing import ADDRESS
from tests.backend.post_office import post_office
from tests.backend.test_conclusions import PATH, SIGNED, CountingChecker, draft
from tests.backend.test_mail import CODE, JOURNAL, body_of, token_of
from tests.journeys.chromium import chromium, missing
from tests.journeys.patient import Patient

pytestmark = [
    pytest.mark.journey,
    pytest.mark.timeout(300),
    pytest.mark.skipif(missing() is not None, reason=str(missing())),
]


async def fill(patient: Patient, text: str) -> None:
    """What stands in the form's one field."""
    said = json.dumps(text)
    await patient.page.evaluate(f"document.querySelector('.owndata input').value = {said}")


async def test_letter_leads_to_the_document_once(tmp_path: Path) -> None:
    async with post_office() as (office, mail):
        settings = Settings(
            f"sqlite:///{tmp_path}/backend.db",
            f"file://{tmp_path}/files",
            demo=True,
            catalogues=write_catalogues(tmp_path / "catalogues"),
            password_memory_kib=32,
            mail=mail,
        )
        maker = ClinicMaker(settings, SetClock(), CountingChecker())
        async with (
            maker.open(JOURNAL) as clinic,
            live(clinic.app) as address,
            chromium(tmp_path / "browser") as browser,
        ):
            doctor = await clinic.caller()
            link = await clinic.patient(doctor, ONE)
            await consult(doctor, link)
            patient = await Patient.open(browser, f"http://{address}/p/#{link.token}")
            await patient.press("Моя почта")
            await patient.says("Получить код")
            await fill(patient, "пациент@почта.рф")
            await patient.press("Получить код")
            await patient.says("латинскими буквами")
            await fill(patient, ADDRESS)
            await patient.press("Получить код")
            await patient.says("Осталось попыток: 5")
            found = CODE.search(body_of(await office.letter()))
            assert found is not None
            await fill(patient, f"{(int(found[1]) + 1) % 10**6:06}")
            await patient.press("Подтвердить")
            await patient.says("Осталось попыток: 4")
            await fill(patient, found[1])
            await patient.press("Подтвердить")
            await patient.says("Адрес подтверждён")
            await draft(doctor)
            read(await doctor.upload(f"{PATH}/signed?version=1", SIGNED), Conclusion)
            token = token_of(await office.letter())
            await patient.press("Назад")
            await patient.says("Заключение готово")
            await patient.press("Переписка (1)")
            await patient.says("Заключение № 20-0001 / 1 готово.")
            await patient.says("Скачать PDF")
            letter = await Patient.open(browser, f"http://{address}/mail/#{token}")
            assert await letter.fits()
            await letter.press("Скачать PDF")
            await letter.says("Документ скачан")
            again = await Patient.open(browser, f"http://{address}/mail/?again#{token}")
            await again.press("Скачать PDF")
            await again.says("Ссылка уже сработала")
            assert not any((*patient.page.errors, *letter.page.errors))
