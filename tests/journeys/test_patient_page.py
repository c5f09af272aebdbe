"""The patient's page in a real browser, against a real server and a doctor's client."""

import asyncio
import json
import os
import signal
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from backend.demo_data.case import OWN_MEANS
from backend_client.models.calls import CallState, SignalKind
from backend_client.models.documents import CHAT_FILE
from backend_client.models.request_actions import MarkLifeThreat
from backend_client.models.requests import ConsentKind
from signing.verify import verify_pdf
from tests.journeys.chromium import chromium, missing
from tests.journeys.demo_shelf import DemoShelf
from tests.journeys.doctor import Doctor, Server, demo_server, signed_in
from tests.journeys.patient import DESKTOP, Patient
from tests.unit.media.two_sides import engines
from workstation.core.call_media import MediaState, Sending

pytestmark = [
    pytest.mark.journey,
    pytest.mark.timeout(300),
    pytest.mark.skipif(missing() is not None, reason=str(missing())),
]
SCRIPT = "<img src=x onerror=alert(1)><script>alert(2)</script>"
SMALLEST = 320
"""CSS pixels across: the smallest phone."""
WAITING, OFFERED = "Врач изучает документы", "Врач предложил время"
DATABASE_BUSY_S = 20
TIMES = "[...document.querySelectorAll('.slot')].map((one) => one.innerText).join()"
LATER = "{0} = datetime({0}, '+1 day')"
NEWER = f"id = 'n' || substr(id, 2), {LATER.format('starts_at')}, {LATER.format('ends_at')}"
"""Another offer in place of the one that the page shows."""
DANGER = "document.getElementById('danger')"
STATE_IS_LOST = """(() => {
  const real = window.fetch;
  window.lost = 0;
  window.fetch = (path, given) => {
    if (window.mayRead || !path.endsWith("/state")) return real(path, given);
    window.lost += 1;
    return Promise.reject(new TypeError("the answer is lost"));
  };
})()"""
"""Answers about the consultation never arrive, until `mayRead`; `lost`: how many were asked for."""
LATE_CAMERA = """(() => {
  const devices = navigator.mediaDevices;
  const real = devices.getUserMedia.bind(devices);
  const given = new Promise((give) => (window.giveCamera = give));
  devices.getUserMedia = async (asked) => {
    window.isAsked = true;
    await given;
    return real(asked);
  };
  const fetched = window.fetch;
  window.fetch = (path, given) => {
    window.hasReadAgain ||= path.endsWith("/state");
    return fetched(path, given);
  };
})()"""
"""The camera opens when `giveCamera` is called; `hasReadAgain`: the consultation was asked for."""
LATE_ANSWER = """(() => {
  const real = RTCPeerConnection.prototype.createAnswer;
  RTCPeerConnection.prototype.createAnswer = async function () {
    await new Promise((give) => (window.giveAnswer = give));
    RTCPeerConnection.prototype.createAnswer = real;
    return real.call(this);
  };
})()"""
"""The next answer to an offer is made when `giveAnswer` is called; later ones at once."""
TWO = "disclosure intervention"
"""Consents that are missing, as a request keeps them."""


@pytest.fixture(scope="module")
def server(shelf: DemoShelf) -> Iterator[Server]:
    """Whose requests wait for a doctor alone."""
    with demo_server(shelf) as started:
        without_gaps(started)
        yield started


@pytest.fixture(autouse=True)
def free_day(server: Server) -> Iterator[None]:
    """The doctor's time is free again after a test."""
    yield
    change_row(server, "update slots set is_held = 0")


@asynccontextmanager
async def both(
    server: Server, folder: Path, *, camera: bool = True
) -> AsyncIterator[tuple[Doctor, Patient]]:
    """A doctor who has taken a request, and its patient, who has opened the link."""
    async with (
        signed_in(server) as doctor,
        chromium(folder / "profile", camera=camera) as browser,
    ):
        yield doctor, await Patient.open(browser, await doctor.take())


def change_row(server: Server, order: str, *values: str) -> None:
    """As if somebody had written that into the server's database."""
    with closing(sqlite3.connect(server.database, timeout=DATABASE_BUSY_S)) as database:
        database.execute(order, values)
        database.commit()


GATED = "route in ('centre_application', 'referral')"
NOT_NEEDED = json.dumps(dict.fromkeys(["summary", "ecg", "echo"], "нет"), ensure_ascii=False)
"""Why a required item does not apply; of an item that has files it says nothing."""


def without_gaps(server: Server) -> None:
    """No documents and no consents are missing: there is a request for each test, and more.

    What a request lacks does not apply to it, and one without the treating doctor's conclusion,
    which always applies, is not offered: each item that is needed is one that a test asked for.
    """
    marked = "not_applicable = json_patch(?, not_applicable)"
    change_row(server, f"update requests set {marked} where {GATED}", NOT_NEEDED)
    bare = f"{GATED} and json_extract(files, '$.conclusion') is null"
    change_row(server, f"update requests set status = 'declined' where {bare}")
    change_row(server, "update consents set given_at = (select max(given_at) from consents)")
    complete = "status = 'ready', documents_complete_at = created_at, asked_documents = ''"
    waiting = "status in ('new', 'awaiting_documents')"
    change_row(server, f"update requests set {complete} where {waiting}")
    change_row(server, "update requests set missing_consents = ''")


async def test_each_consent_is_given_by_itself_before_anything_else(
    server: Server, tmp_path: Path
) -> None:
    """DRC-2, SPB-13, SOK-2: two of the three are missing, and the contract of a patient who pays.

    The doctor's screen knows of each.
    """
    async with both(server, tmp_path) as (doctor, patient):
        change = "update {} set {} where {} = ?"
        request = doctor.card.row.id
        missing = "consents set given_at = null where kind <> 'personal_data' and request_id = ?"
        change_row(server, f"update {missing}", request)
        paid = f"payer = '{OWN_MEANS}', missing_consents = '{TWO} paid_services'"
        change_row(server, change.format("requests", paid, "id"), request)
        await patient.close_tab()
        await patient.reopen()
        await patient.says("Согласие на передачу медицинских сведений")
        await patient.says("Осталось согласий вместе с договором: 3")
        await patient.press("Даю согласие")
        await patient.says("Осталось согласий вместе с договором: 2")
        await patient.press("Даю согласие")
        await patient.says("Договор на оказание платных медицинских услуг")
        await patient.says("Остался только договор")
        await patient.press("Принимаю договор")
        await patient.says(WAITING)
        card = await doctor.client.requests.card(request)
        assert [one.given_at is not None for one in card.consents] == [True] * 4
        assert card.row.missing_consents == []
        await patient.press("Мои согласия")
        await patient.press("Отозвать")
        await patient.press("Отозвать")
        await patient.says("Это последнее согласие")
        row = (await doctor.client.requests.card(request)).row
        assert len(row.missing_consents) == 1
        await patient.press("Даю согласие")
        await patient.press("Мои согласия")
        await patient.press("Отказаться")
        await patient.press("Отказаться")
        await patient.says("Остался только договор")
        row = (await doctor.client.requests.card(request)).row
        assert row.missing_consents == [ConsentKind.PAID_SERVICES]
        assert not patient.page.errors


async def test_what_could_not_be_read_at_a_new_connection_is_read_at_the_next(
    server: Server, tmp_path: Path
) -> None:
    """OZ-8: the stream is back, and what happened meanwhile is not: nobody presses anything."""
    async with both(server, tmp_path) as (doctor, patient):
        page = patient.page
        await patient.says(WAITING)
        await page.line(offline=True)
        await patient.says("Нет связи с клиникой")
        await doctor.propose()
        await page.evaluate(STATE_IS_LOST)
        await page.line()
        await page.until("window.lost > 1")
        await patient.says("Нет связи с клиникой")
        await page.evaluate("window.mayRead = true")
        await patient.says(OFFERED)
        assert not await patient.shows("Нет связи с клиникой")
        assert not page.errors


async def test_from_the_proposed_time_to_the_call_and_back_after_a_closed_tab(
    server: Server, tmp_path: Path
) -> None:
    """OZ-8, SOK-5, DRC-4, DRC-7, SPB-20: accepted, answered, seen both ways, come back."""
    async with engines(1) as (engine,), both(server, tmp_path) as (doctor, patient):
        await patient.says(WAITING)
        await doctor.propose(3)
        await patient.accept_time()
        assert (await patient.see_countdown()).startswith("0")
        call = await doctor.ring()
        async with doctor.talking(engine, call) as talk:
            await patient.answer()
            await patient.sees_frames()
            await patient.hears_doctor()
            await talk.sees_patient()
            await talk.mute()
            await patient.says("микрофон выключен")
            await patient.press("Камера")
            await talk.is_told(MediaState(Sending.ON, Sending.OFF))
            await patient.close_tab()
            await patient.reopen()
            await patient.come_back()
            await patient.sees_frames()
            await talk.sees_patient()
            assert talk.connections == 2
            await patient.hang_up()
            await doctor.ended(call)
        await patient.says("Врач пишет заключение")
        assert not patient.page.errors


async def test_who_comes_back_while_the_doctors_side_begins_anew_is_in_the_call(
    server: Server, tmp_path: Path
) -> None:
    """DRC-4, DRC-7: what the page knew of the call when it was pressed is old by then."""
    async with engines(1) as (engine,), both(server, tmp_path) as (doctor, patient):
        await doctor.propose()
        await patient.accept_time()
        call = await doctor.ring()
        async with doctor.talking(engine, call) as talk:
            await patient.answer()
            await patient.sees_frames()
            await patient.close_tab()
            await patient.reopen()
            await patient.page.evaluate(LATE_CAMERA)
            await patient.press("Вернуться к разговору")
            await patient.page.until("window.isAsked")
            await doctor.client.calls.reconnect(doctor.card.row.id, call.id)
            await patient.page.evaluate("hasReadAgain = false")
            await doctor.says("Слышно?")
            await patient.page.until("hasReadAgain")  # what the server told before has come, too
            await patient.page.evaluate("giveCamera()")
            await patient.page.until("!document.getElementById('call').hidden")
            await patient.sees_frames()
            await talk.sees_patient()
            await patient.hang_up()
            await doctor.ended(call)
        assert not patient.page.errors


async def test_an_answer_belongs_to_its_offer_though_another_connection_has_begun(
    server: Server, tmp_path: Path
) -> None:
    """DRC-7: else the doctor's side would take it for the answer to its newer offer."""
    async with engines(1) as (engine,), both(server, tmp_path) as (doctor, patient):
        request_id, calls = doctor.card.row.id, doctor.client.calls
        await doctor.propose()
        await patient.accept_time()
        await patient.page.evaluate(LATE_ANSWER)
        call = await doctor.ring()
        async with doctor.talking(engine, call) as talk:
            await patient.answer()
            await patient.page.until("!!window.giveAnswer")
            newer = await calls.reconnect(request_id, call.id)
            await patient.open_chat()
            await doctor.says("Слышно?")
            await patient.says("Слышно?")  # what the server told before has come, too
            await patient.page.evaluate("giveAnswer()")
            await talk.connect(newer)
            await patient.close_chat()
            await patient.sees_frames()
            await talk.sees_patient()
        said = await calls.signals(request_id, call.id)
        answers = [one.connection for one in said if one.kind is SignalKind.ANSWER]
        assert answers == [newer.connection]
        assert not patient.page.errors


async def test_a_link_that_is_not_good_says_what_to_do(server: Server, tmp_path: Path) -> None:
    """OZ-27: never given, revoked while the page is open, and too old."""
    async with both(server, tmp_path) as (doctor, patient):
        await patient.says(WAITING)
        await doctor.client.schedule.revoke_patient_links(doctor.card.row.id)
        await patient.says("Ссылка не действует")
        assert not await patient.shows(WAITING)
        link = await doctor.client.schedule.give_patient_link(doctor.card.row.id)
        again = await patient.follow(link.url)
        await again.says(WAITING)
        change_row(
            server,
            "update patient_links set expires_at = '2020-01-01 00:00:00' where request_id = ?",
            doctor.card.row.id,
        )
        await again.reopen()
        await again.says("Попросите у клиники новую")
        wrong = await again.follow(server.address + "/p/#never-given")
        await wrong.says("Ссылка не действует")


async def test_another_time_is_asked_for_and_a_new_offer_can_be_accepted(
    server: Server, tmp_path: Path
) -> None:
    """SPB-6, OZ-24: a refusal is counted; an offer that replaces another is chosen from anew."""
    async with both(server, tmp_path) as (doctor, patient):
        await doctor.propose(1)
        await patient.says(OFFERED)
        assert await patient.fits(SMALLEST)
        await patient.press("Другое время")
        await patient.says(WAITING)
        await doctor.propose(1, after=timedelta(hours=20))
        await patient.says("Отказов: 1 из 3")
        await doctor.propose(3, after=timedelta(hours=24))
        await patient.page.until("document.querySelectorAll('.slot').length === 3")
        assert await patient.fits(SMALLEST)
        await patient.accept_time()
        assert not patient.page.errors


async def test_an_offer_that_the_page_has_not_heard_of_yet_is_shown_and_not_refused(
    server: Server, tmp_path: Path
) -> None:
    """SPB-6: pressed on an old page; nothing is counted, the new offer may be answered."""
    async with both(server, tmp_path) as (doctor, patient):
        await doctor.propose(1)
        await patient.says(OFFERED)
        before = str(await patient.page.evaluate(TIMES))
        request = doctor.card.row.id
        # As while the event is on its way.
        change_row(server, f"update slots set {NEWER} where is_held and request_id = ?", request)
        await patient.press("Другое время")
        await patient.page.until(f"{TIMES} !== {json.dumps(before)}")
        await patient.says("врач предложил другое")
        await patient.says(OFFERED)
        assert (await doctor.client.requests.card(request)).slot_refusals == 0
        await patient.press("Другое время")
        await patient.says(WAITING)
        assert not await patient.shows("врач предложил другое")
        assert (await doctor.client.requests.card(request)).slot_refusals == 1
        assert not patient.page.errors


async def test_the_camera_is_not_opened_long_before_the_appointment(
    server: Server, tmp_path: Path
) -> None:
    """SOK-6, SPB-11, OZ-26: it waits to be asked for."""
    async with both(server, tmp_path) as (doctor, patient):
        await doctor.propose(1, after=timedelta(hours=30))
        await patient.accept_time()
        assert not await patient.shows("Камера работает")
        await patient.press("Проверить связь")
        await patient.says("Камера работает")
        await patient.says("Микрофон вас слышит")
        await patient.says("Проверить снова")


async def test_a_threat_to_life_is_said_at_once(server: Server, tmp_path: Path) -> None:
    """The page says to call 103 as soon as the doctor has marked it, and as long as it is so."""
    async with both(server, tmp_path) as (doctor, patient):
        await patient.says(WAITING)
        for marked in (False, True, False):
            mark = MarkLifeThreat(life_threat=marked)
            await doctor.client.actions.mark_life_threat(doctor.card.row.id, mark)
            await patient.page.until(
                f"document.getElementById('danger').checkVisibility() === {json.dumps(marked)}"
            )
        assert await patient.fits()
        assert not patient.page.errors


async def test_the_patient_cancels(server: Server, tmp_path: Path) -> None:
    """OZ-10: asked once more, told as cancelled, and the doctor's time is free again."""
    async with both(server, tmp_path) as (doctor, patient):
        await doctor.propose(1)
        start = doctor.card.slots[0].start
        await patient.accept_time()
        await patient.press("Отменить")
        await patient.press("Не отменять")
        assert start in await doctor.busy()
        await patient.press("Отменить")
        await patient.press("Отменить консультацию")
        await patient.says("Консультация отменена")
        assert start not in await doctor.busy()


async def test_a_call_that_is_declined_or_missed_is_told(server: Server, tmp_path: Path) -> None:
    """SPB-18: the doctor sees that it was declined; the patient that a call was missed."""
    async with both(server, tmp_path) as (doctor, patient):
        await doctor.propose(1)
        await patient.accept_time()
        call = await doctor.ring()
        await patient.says("Врач звонит")
        await patient.decline()
        assert (await doctor.ended(call)).state is CallState.DECLINED
        await patient.see_countdown()
        call = await doctor.ring()
        await patient.says("Врач звонит")
        await doctor.hang_up(call)
        await patient.says("Вы не ответили на звонок")


async def test_the_chat_goes_both_ways_and_a_script_in_it_is_text(
    server: Server, tmp_path: Path
) -> None:
    """DRC-6, OZ-16, SPB-15: also unread ones are counted, and nothing written becomes markup."""
    async with both(server, tmp_path) as (doctor, patient):
        await doctor.says("Добрый день")
        await patient.says("Написать врачу (1)")
        await patient.open_chat()
        await patient.reads("Добрый день")
        await patient.write(SCRIPT)
        await doctor.hears(SCRIPT)
        await doctor.says(SCRIPT)
        await patient.page.until("document.querySelectorAll('#messages li').length === 3")
        assert await patient.read_messages() == ["Добрый день", SCRIPT, SCRIPT]
        await patient.close_chat()
        await patient.page.until(
            "document.querySelector('footer').innerText.trim() === 'Написать врачу'"
        )
        await doctor.says("Ещё слово")
        await patient.says("Написать врачу (1)")
        assert not patient.page.errors


async def test_a_photo_is_sent_in_the_middle_of_the_talk(server: Server, tmp_path: Path) -> None:
    """DRC-6, SPB-17 the talk goes on; the doctor has the file among the request's documents."""
    photo = tmp_path / "Рецепт.png"
    Image.new("RGB", (320, 240), "white").save(photo)
    async with both(server, tmp_path) as (doctor, patient):
        await doctor.propose()
        await patient.accept_time()
        call = await doctor.ring()
        await patient.answer("text")
        await patient.send_files(photo, button="Отправить врачу фото или файл")
        await patient.says("Врач получил файл: Рецепт.png")
        documents = (await doctor.client.requests.card(doctor.card.row.id)).documents
        assert [one.title for one in documents if one.item_code == CHAT_FILE] == [photo.name]
        assert await patient.fits(SMALLEST)
        await doctor.hang_up(call)
        assert not patient.page.errors


async def test_a_script_in_a_name_or_a_place_is_text(server: Server, tmp_path: Path) -> None:
    async with both(server, tmp_path) as (doctor, patient):
        mine = "(select patient_id from requests where id = ?)"
        order = f"update patients set full_name = ?, place = ? where id = {mine}"
        change_row(server, order, SCRIPT, SCRIPT, doctor.card.row.id)
        await doctor.propose(1)
        await patient.says(f"ваше время, {SCRIPT}")
        await patient.accept_time()
        assert not patient.page.errors


async def test_the_conclusion_is_saved_as_it_was_signed(server: Server, tmp_path: Path) -> None:
    """OZ-12, SPB-21, DRC-13: the saved bytes are the delivered ones, and their signatures hold."""
    async with engines(1) as (engine,), both(server, tmp_path) as (doctor, patient):
        await doctor.propose(1)
        await patient.accept_time()
        call = await doctor.ring()
        async with doctor.talking(engine, call):
            await patient.answer("audio")
            await doctor.hang_up(await doctor.answered(call))
        await patient.says("Врач пишет заключение")
        delivered = await doctor.deliver()
        await patient.wait_for_conclusion()
        saved = await patient.download_pdf()
        assert saved == delivered
        report = await asyncio.to_thread(verify_pdf, saved, [server.clinic.authority.root])
        assert [one.verdict.name for one in report.signatures] == ["VALID"] * len(report.signatures)
        await patient.press("Переписка")
        await patient.says("писать в этот чат больше нельзя")


NOTED = """(() => {
  const notice = document.getElementById("notice");
  window.noted = "";
  new MutationObserver(() => { if (notice.checkVisibility()) window.noted += notice.textContent; })
    .observe(notice, { childList: true, attributes: true });
})()"""


async def test_the_page_comes_back_when_the_server_does(server: Server, tmp_path: Path) -> None:
    """The loss is said; what has happened meanwhile is shown without a reload."""
    async with both(server, tmp_path) as (doctor, patient):
        await patient.says(WAITING)
        await doctor.says("Добрый день")
        await patient.says("Написать врачу (1)")  # the page hears events: its stream is open
        await patient.page.evaluate(NOTED)  # a quick server is back before a slow look is taken
        before = server.backend.pid
        assert before is not None
        os.kill(before, signal.SIGKILL)
        await patient.page.until("noted.includes('Нет связи с клиникой')")
        await asyncio.to_thread(server.backend.address)
        await doctor.propose(1)
        await patient.says(OFFERED)
        assert not await patient.shows("Нет связи")


async def test_nothing_is_asked_of_anybody_else(server: Server, tmp_path: Path) -> None:
    """OZ-27: one server, and the page's policy refuses any other; the token is in no address."""
    async with both(server, tmp_path) as (doctor, patient):
        await doctor.propose(1)
        await patient.accept_time()
        await patient.open_chat()
        host = server.address.removeprefix("http")
        theirs = [
            url
            for url in patient.page.asked
            if not url.startswith((f"http{host}/", f"ws{host}/", "blob:"))
        ]
        assert not theirs
        token = (await patient.page.evaluate("location.hash"))[1:]
        assert not [url for url in patient.page.asked if token in url.partition("#")[0]]
        tried = "fetch('http://127.0.0.1:9/').then(() => 'sent', () => 'refused')"
        assert await patient.page.evaluate(tried) == "refused"
        await patient.page.until("true")
        assert any("Content Security Policy" in error for error in patient.page.errors)


HELD = """(() => {
  const fetched = window.fetch;
  window.fetch = async (path, ...rest) => {
    const answer = await fetched(path, ...rest);
    if (String(path).endsWith("/state")) await new Promise((go) => (window.letGo = go));
    return answer;
  };
})()"""


async def test_an_answer_that_was_overtaken_is_not_shown(server: Server, tmp_path: Path) -> None:
    """The state was read before the doctor's offer, and arrives after it."""
    async with both(server, tmp_path) as (doctor, patient):
        await patient.says(WAITING)
        await patient.page.evaluate(HELD)
        await doctor.says("Здравствуйте")  # the page asks for its state
        await patient.page.until("!!window.letGo")
        await doctor.propose(1)
        await patient.says(OFFERED)
        await patient.page.evaluate("window.letGo()")
        await patient.page.evaluate("new Promise((done) => setTimeout(done, 300))")
        await patient.says(OFFERED, patience_s=0.1)


async def test_everything_can_be_done_by_keys(server: Server, tmp_path: Path) -> None:
    """Tab, Enter and Escape; a call has the focus where it is answered."""
    async with engines(1) as (engine,), both(server, tmp_path) as (doctor, patient):
        page = patient.page
        await page.resize(*DESKTOP)
        await doctor.propose(2)
        await patient.says(OFFERED)
        await patient.tab_to("Мне подходит")
        await page.press("Enter")
        await patient.see_countdown()
        await patient.tab_to("Написать врачу")
        await page.press("Enter")
        await page.until("document.activeElement.id === 'text'")
        await page.type_text("Жду")
        await page.press("Enter")
        await doctor.hears("Жду")
        call = await doctor.ring()
        async with doctor.talking(engine, call):
            await patient.says("Врач звонит")
            await page.press("Enter")
            await patient.sees_frames()
            await page.press("Escape")
            await patient.tab_to("Завершить")
            await page.press("Enter")
            assert (await doctor.ended(call)).state is CallState.ENDED


async def test_the_call_goes_on_where_the_camera_is_refused(server: Server, tmp_path: Path) -> None:
    """OZ-26, SPB-19: how to mend it is said; the doctor is seen and heard all the same."""
    async with (
        engines(1) as (engine,),
        both(server, tmp_path, camera=False) as (doctor, patient),
    ):
        await doctor.propose(1)
        await patient.accept_time()
        await patient.says("Доступ к камере и микрофону закрыт")
        call = await doctor.ring()
        async with doctor.talking(engine, call) as talk:
            await patient.answer()
            await patient.sees_frames()
            await patient.says("Врач вас не слышит и не видит")
            await talk.is_told(MediaState(Sending.MISSING, Sending.MISSING))
            await patient.hang_up()
            await doctor.ended(call)
