"""Whoever holds a conclusion follows its QR code, and asks whether the file is the signed one."""

from pathlib import Path

import pytest

from backend.settings import Settings
from backend_client.models.requests import RequestCard
from tests.backend.clinic import ClinicMaker, SetClock, read, write_catalogues
from tests.backend.consultation import MINE, ONE
from tests.backend.live import live
from tests.backend.test_conclusion_editions import BOTH, corrected, delivered
from tests.backend.test_conclusions import COUNTERSIGNED, PATH, SIGNED, CountingChecker
from tests.journeys.chromium import chromium, missing
from tests.journeys.patient import Patient

pytestmark = [
    pytest.mark.journey,
    pytest.mark.timeout(300),
    pytest.mark.skipif(missing() is not None, reason=str(missing())),
]
CHOOSE = "Выберите файл или перетащите его сюда"
FIRST_ANSWERS = {
    COUNTERSIGNED: "Это тот самый файл",
    SIGNED: "Файл подлинный, но неполный",
    COUNTERSIGNED.replace(b"signature", b"sIgnature"): "Это не тот файл",
}


async def test_page_of_the_code_judges_the_file_and_keeps_it_here(tmp_path: Path) -> None:
    """At first, after a correction, of a code that there is not, and without the network."""
    settings = Settings(
        f"sqlite:///{tmp_path}/backend.db",
        f"file://{tmp_path}/files",
        demo=True,
        catalogues=write_catalogues(tmp_path / "catalogues"),
        password_memory_kib=32,
    )
    maker = ClinicMaker(settings, SetClock(), CountingChecker())
    async with (
        maker.open(MINE) as clinic,
        live(clinic.app) as address,
        chromium(tmp_path / "browser") as browser,
    ):
        doctor, admin, done = await delivered(clinic)

        async def opened(code: str) -> Patient:
            url = f"http://{address}/verify/{code}"
            return Patient(browser, url, await browser.open(url))

        async def answers(reader: Patient, content: bytes, words: str) -> None:
            file = tmp_path / "заключение.pdf"
            file.write_bytes(content)
            await reader.page.catch_choosers()
            await reader.press(CHOOSE)
            await reader.page.choose_files([file])
            await reader.says(words)

        reader = await opened(done.code)
        await reader.says("Документ действует")
        assert "№ 20-0001 / 1" in await reader.all_text()
        assert await reader.fits()
        for content, words in FIRST_ANSWERS.items():
            await answers(reader, content, words)
        await reader.page.line(offline=True)
        await answers(reader, SIGNED, "Проверить не удалось")
        await reader.page.line()
        assert all("/verify/" in one or "/p/" in one for one in reader.page.asked)

        second = await corrected(doctor, done)
        assert (await admin.upload(f"{PATH}/approved?version={second.version}", BOTH)).is_success
        again = await opened(done.code)
        await again.says("Документ заменён")
        await answers(again, COUNTERSIGNED, "сейчас действует № 20-0001 / 2")
        await answers(again, BOTH, "Это другая редакция")
        nobody = await opened("2222-2222-2222-2222")
        await nobody.says("Такого документа нет")
        assert not await nobody.shows(CHOOSE)
        row = read(await doctor.get(f"/requests/{ONE}"), RequestCard).row
        seen = await reader.all_text() + await again.all_text()
        assert not any(part in seen for part in row.patient.full_name.split())
        assert not any((*reader.page.errors, *again.page.errors))
