"""Documents, cancelling and ends at the patient's page, in a real browser against a real server."""

import asyncio
import hashlib
import json
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from backend_client.models.request_actions import AskDocuments, CloseReason, CloseWithoutConclusion
from backend_client.models.requests import RequestCard, RequestStatus
from tests.journeys.chromium import missing
from tests.journeys.demo_shelf import DemoShelf
from tests.journeys.doctor import Doctor, Server, demo_server
from tests.journeys.patient import CT_BUTTON, SMALLEST_PHONE, Patient
from tests.journeys.test_patient_page import SCRIPT, both, change_row, without_gaps

pytestmark = [
    pytest.mark.journey,
    pytest.mark.timeout(300),
    pytest.mark.skipif(missing() is not None, reason=str(missing())),
]
WHY = "Пришлите, пожалуйста, КТ с контрастом."
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 2000
MEBIBYTE = 1024**2
S = RequestStatus


@pytest.fixture(scope="module")
def server(shelf: DemoShelf) -> Iterator[Server]:
    with demo_server(shelf) as started:
        yield started


@pytest.fixture(autouse=True)
def complete_requests(server: Server) -> Iterator[None]:
    """Each test finds requests alone that wait for nothing and may be asked for documents, and a
    doctor whose time is free."""
    without_gaps(server)
    change_row(server, "update requests set status = 'declined' where route = 'deferred_journal'")
    yield
    change_row(server, "update slots set is_held = 0")


@asynccontextmanager
async def visit(server: Server, folder: Path) -> AsyncIterator[tuple[Doctor, Patient]]:
    """A doctor and a patient with a request that no other test has had."""
    async with both(server, folder) as (doctor, patient):
        yield doctor, patient
        request = doctor.card.row.id
    change_row(server, "update requests set status = 'declined' where id = ?", request)


def a_file(folder: Path, name: str, content: bytes = PDF) -> Path:
    """A file on the patient's computer."""
    path = folder / name
    path.write_bytes(content)
    return path


async def ask(doctor: Doctor, *items: str) -> None:
    """The doctor asks for documents."""
    given = AskDocuments(items=list(items), text=WHY)
    await doctor.client.actions.ask_documents(doctor.card.row.id, given)


async def card(doctor: Doctor) -> RequestCard:
    return await doctor.client.requests.card(doctor.card.row.id)


async def test_asked_documents_are_sent_from_the_page(server: Server, tmp_path: Path) -> None:
    """OZ-4, OZ-20: named, with the doctor's words; several at once; hostile names do nothing."""
    scan = a_file(tmp_path, "<img src=x onerror=alert(1)>.pdf")
    photo = a_file(tmp_path, "снимок.jpg", b"\xff\xd8\xff\xe0" + bytes(500))
    async with visit(server, tmp_path) as (doctor, patient):
        before = {one.id for one in (await card(doctor)).documents}
        await ask(doctor, "ct")
        await patient.says("Врач просит документы")
        await patient.says(WHY)
        await patient.says("КТ, по наличию")
        await patient.send_files(scan, photo)
        await patient.says("Всё нужное есть")
        await patient.page.until("!document.querySelector('progress')")
        after = await card(doctor)
        await patient.press("Назад")
        await patient.says("Врач изучает документы")
        await patient.press("Мои документы")
        await patient.says("Всё нужное есть")
        assert await patient.fits(SMALLEST_PHONE)
        assert not patient.page.errors
    new = {one.title: one for one in after.documents if one.id not in before}
    assert after.row.status is S.READY
    assert {one.item_code for one in new.values()} == {"ct"}
    assert new[scan.name].sha256 == hashlib.sha256(PDF).hexdigest()
    assert new[photo.name].format == "JPEG"


async def test_of_several_items_a_file_goes_to_the_one_beside_its_button(
    server: Server, tmp_path: Path
) -> None:
    """OZ-4: the page goes on asking for the other; the one that stands first is not meant."""
    more = f"document.querySelector('[aria-label=\"{CT_BUTTON.replace('Выбрать', 'Добавить')}\"]')"
    async with visit(server, tmp_path) as (doctor, patient):
        before = {one.id for one in (await card(doctor)).documents}
        await ask(doctor, "ecg", "ct")
        await patient.says("Врач просит документы")
        await patient.send_files(a_file(tmp_path, "КТ.pdf"))
        await patient.page.until(f"!document.querySelector('progress') && {more} !== null")
        assert await patient.shows("Врач просит документы")
        await patient.send_files(a_file(tmp_path, "ЭКГ.pdf"), button="Выбрать файл: ЭКГ")
        await patient.says("Всё нужное есть")
        after = (await card(doctor)).documents
    new = {one.title: one.item_code for one in after if one.id not in before}
    assert new == {"КТ.pdf": "ct", "ЭКГ.pdf": "ecg"}


async def test_a_file_goes_on_after_a_lost_network_and_a_page_loaded_again(
    server: Server, tmp_path: Path
) -> None:
    """The same upload from its beginning to its end; another file in its place is refused."""
    content = b"%PDF-1.7\n" + bytes(range(256)) * 4 * 1024 * 16
    big = a_file(tmp_path, "КТ.pdf", content)
    other = a_file(tmp_path, "другое.pdf")
    async with visit(server, tmp_path) as (doctor, patient):
        page = patient.page
        await ask(doctor, "ct")
        await patient.says("Врач просит документы")
        await page.line(upload=2 * MEBIBYTE)
        await patient.send_files(big)
        await page.until("document.querySelector('progress')?.value > 0")
        await page.line(offline=True)
        await patient.says("Отправка продолжится сама")
        cut = await page.evaluate("document.querySelector('progress').value")
        await page.line(upload=2 * MEBIBYTE)
        await page.until(f"document.querySelector('progress')?.value > {cut}")
        await patient.reload()
        await patient.says("Отправка прервалась")
        begun = await page.evaluate("document.querySelector('progress').value")
        await patient.send_files(other, button="Выбрать его снова")
        await patient.says("Это другой файл. Нужен тот же: «КТ.pdf»")
        await page.line()
        await patient.send_files(big, button="Выбрать его снова")
        await patient.says("Всё нужное есть")
        documents = (await card(doctor)).documents
        kept = await page.evaluate("localStorage.length")
    sent = next(one for one in documents if one.title == "КТ.pdf")
    announced = [one for one in page.asked if one.endswith("/uploads")]
    assert sent.sha256 == hashlib.sha256(content).hexdigest()
    assert begun > 0
    assert len(announced) == 1
    assert kept == 0


async def test_a_file_goes_on_after_the_server_was_killed(server: Server, tmp_path: Path) -> None:
    """What it had acknowledged is there when it comes back; nobody presses anything."""
    content = b"%PDF-1.7\n" + bytes(range(256)) * 4 * 1024 * 12
    async with visit(server, tmp_path) as (doctor, patient):
        await ask(doctor, "ct")
        await patient.says("Врач просит документы")
        await patient.page.line(upload=2 * MEBIBYTE)
        await patient.send_files(a_file(tmp_path, "КТ.pdf", content))
        await patient.page.until("document.querySelector('progress')?.value > 0")
        before = server.backend.pid
        assert before is not None
        os.kill(before, signal.SIGKILL)
        await patient.says("Отправка продолжится сама")
        await asyncio.to_thread(server.backend.address)
        await patient.page.line()
        await patient.says("Всё нужное есть")
        documents = (await card(doctor)).documents
        announced = [one for one in patient.page.asked if one.endswith("/uploads")]
    sent = next(one for one in documents if one.title == "КТ.pdf")
    assert sent.sha256 == hashlib.sha256(content).hexdigest()
    assert len(announced) == 1


async def test_a_file_that_will_not_do_is_refused_before_it_is_sent(
    server: Server, tmp_path: Path
) -> None:
    """What is wrong is said, and what to do; nothing has gone to the server."""
    empty = a_file(tmp_path, "пустой.pdf", b"")
    text = a_file(tmp_path, "выписка.docx", b"PK\x03\x04" + bytes(100))
    page_of_web = a_file(tmp_path, "ЭКГ.pdf", b"<html><script>alert(1)</script></html>")
    huge = tmp_path / "огромный.pdf"
    with huge.open("wb") as file:
        file.truncate(4 * 1024**3 + 1)
    async with visit(server, tmp_path) as (doctor, patient):
        await ask(doctor, "ct")
        await patient.says("Врач просит документы")
        await patient.send_files(empty, text, page_of_web, huge)
        await patient.says("Файл пустой. Выберите другой.")
        await patient.says("Такой файл врач не откроет")
        await patient.says("Файл слишком большой: 4 ГБ, а можно до 4 ГБ")
        for one in (empty, text, page_of_web, huge):
            await patient.press(f"Убрать: {one.name}")
            await patient.says_no_more(one.name)
        assert not [one for one in patient.page.asked if one.endswith("/uploads")]
        assert not patient.page.errors


async def test_a_file_that_is_not_to_be_sent_is_forgotten(server: Server, tmp_path: Path) -> None:
    content = b"%PDF-1.7\n" + bytes(8 * MEBIBYTE)
    async with visit(server, tmp_path) as (doctor, patient):
        before = (await card(doctor)).documents
        await ask(doctor, "ct")
        await patient.says("Врач просит документы")
        await patient.page.line(upload=MEBIBYTE)
        await patient.send_files(a_file(tmp_path, "КТ.pdf", content))
        await patient.page.until("document.querySelector('progress')?.value > 0")
        await patient.press("Не отправлять")
        await patient.says("Просит врач")
        await patient.page.line()
        await patient.reload()
        await patient.says("Врач просит документы")
        assert not await patient.shows("Отправка прервалась")
        assert (await card(doctor)).documents == before


async def test_cancelling_after_the_start_says_its_price_first(
    server: Server, tmp_path: Path
) -> None:
    """DRC-12: in time it costs nothing; later it is asked once, with what is left."""
    async with visit(server, tmp_path) as (doctor, patient):
        request = doctor.card.row.id
        await doctor.propose(1)
        await patient.says("Отменить можно до начала консультации")
        await patient.accept_time()
        past = (datetime.now(UTC) - timedelta(minutes=2)).strftime("%Y-%m-%d %H:%M:%S.%f")
        change_row(
            server,
            "update requests set appointment_at = ?, quota_left = 2, quota_total = 3 where id = ?",
            past,
            request,
        )
        change_row(server, "update slots set starts_at = ? where request_id = ?", past, request)
        await patient.reload()
        await patient.says("Ждём звонка врача")
        await patient.press("Отменить")
        await patient.says("Время начала уже прошло")
        await patient.says("Останется консультаций: 1 из 3")
        await patient.press("Не отменять")
        await patient.press("Отменить")
        await patient.press("Отменить и списать")
        await patient.says("Консультация отменена после начала")
        await patient.says("Осталось консультаций: 1 из 3")
        ended = await card(doctor)
        assert not patient.page.errors
    assert ended.row.status is S.CANCELLED_LATE
    assert ended.quota_left == 1


async def test_a_request_is_withdrawn_before_there_is_an_appointment(
    server: Server, tmp_path: Path
) -> None:
    """OZ-10: whatever it waits for; asked first, and nothing is used up."""
    async with visit(server, tmp_path) as (doctor, patient):
        await ask(doctor, "ct")
        await patient.says("Врач просит документы")
        await patient.press("Отменить заявку")
        await patient.press("Не отменять")
        await patient.press("Отменить заявку")
        await patient.says("Консультация не спишется")
        await patient.press("Отменить консультацию")
        await patient.says("Консультация отменена")
        assert (await card(doctor)).row.status is S.CANCELLED
        assert not patient.page.errors


ENDS = {
    S.CANCELLED: "Консультация отменена",
    S.NO_CONTACT: "С вами не удалось связаться",
    S.ANNULLED: "Заявка аннулирована",
    S.INVITED_IN_PERSON: "Врач приглашает на очный приём",
    S.INPATIENT_CARE: "Врач рекомендует лечение в стационаре",
    S.OUT_OF_PROFILE: "Центр не занимается этой болезнью",
    S.DECLINED: "Заявка отклонена",
    S.CLOSED: "Консультация завершена",
}


async def test_every_end_is_said_with_the_doctors_words(server: Server, tmp_path: Path) -> None:
    """OZ-22, SPB-6, SPB-22, DRC-11: one by the doctor's own act, the others as the tables keep
    them; nothing that somebody wrote becomes markup."""
    async with visit(server, tmp_path) as (doctor, patient):
        request = doctor.card.row.id
        reason = CloseWithoutConclusion(reason=CloseReason.NOT_ENOUGH_DATA, note=SCRIPT)
        await doctor.client.actions.close_without_conclusion(request, reason)
        await patient.says("Консультация закончилась без заключения")
        await patient.says("Данных не хватило, чтобы написать заключение")
        await patient.says(SCRIPT)
        for status, words in ENDS.items():
            change_row(
                server,
                "update requests set status = ?, outcome_code = '' where id = ?",
                status.value,
                request,
            )
            await patient.reload()
            await patient.says(words)
            await patient.says(SCRIPT)
            assert await patient.fits(SMALLEST_PHONE)
        assert not patient.page.errors


async def test_the_pages_own_sha256_is_sha256(server: Server, tmp_path: Path) -> None:
    """FIPS 180-4: around the ends of a block, taken in at once and in two parts."""
    script = """(async (lengths) => {
      const { Sha256 } = await import("/p/sha256.js");
      const of = (n) => Uint8Array.from({ length: n }, (_, i) => (i * 7 + n) % 256);
      const parts = (bytes, cut) =>
        new Sha256().update(bytes.subarray(0, cut)).update(bytes.subarray(cut)).hex();
      return lengths.flatMap((n) => [parts(of(n), 0), parts(of(n), Math.floor(n / 3))]);
    })"""
    lengths = [0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 127, 128, 1000, 100_000]
    async with visit(server, tmp_path) as (_, patient):
        found = await patient.page.evaluate(f"{script}({json.dumps(lengths)})")
    of = [bytes((place * 7 + length) % 256 for place in range(length)) for length in lengths]
    assert found == [hashlib.sha256(one).hexdigest() for one in of for _ in range(2)]
