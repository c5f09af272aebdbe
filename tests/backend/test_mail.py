"""A delivered conclusion on all its ways: page, chat, confirmed e-mail (SOK-8, SOK-11, SPB-21)."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import httpx
import msgspec
import pytest
from msgspec.structs import replace as with_fields
from sqlalchemy import delete, func, select, update

from backend.database import Database
from backend.demo_data.load import LOADED
from backend.mail.addresses import good_address
from backend.mail.claiming import HELD_FOR, Claims
from backend.mail.letters import Letters
from backend.mail.outbox import RETRIES, is_open
from backend.problems import Refused
from backend.settings import MailSettings, Settings
from backend.tables import facts, mails
from backend_client.models.catalogue import ConclusionMail, ConsentText
from backend_client.models.common import ProblemCode
from backend_client.models.conclusions import Conclusion
from backend_client.models.delivery import (
    MAIL_LINK_HEADER,
    ChannelDelivery,
    Delivery,
    DeliveryChannel,
    DeliveryState,
    EmailCode,
    MailFault,
    NewEmail,
    PatientEmail,
)
from backend_client.models.messages import Chat, NewMessage, ReadMark
from backend_client.models.requests import ConsentKind, RequestCard, RequestStatus
from backend_client.models.routes import Route
from tests.backend.clinic import (
    Caller,
    Clinic,
    ClinicMaker,
    PatientCaller,
    SetClock,
    a_catalogue,
    problem,
    read,
    write_catalogues,
)
from tests.backend.consultation import MINE, ONE, consult
from tests.backend.mailing import ADDRESS, NO_SERVER, confirm_address
from tests.backend.post_office import own_certificate, post_office
from tests.backend.server_process import command, serving
from tests.backend.test_conclusion_editions import BOTH, corrected
from tests.backend.test_conclusions import COUNTERSIGNED, PATH, SIGNED, CountingChecker, draft
from tests.backend.test_conclusions import signed as signed_conclusion

S = DeliveryState
JOURNAL = replace(MINE, route=Route.JOURNAL)
CODE = re.compile(r"адреса: ([0-9]{6})")
LINK = re.compile(r"/mail/#(\S+)")


@asynccontextmanager
async def clinic_with(
    settings: Settings, mail: MailSettings | None, form: ConclusionMail = ConclusionMail.LINK
) -> AsyncIterator[Clinic]:
    """A clinic whose letters go to that server, with one claimed request."""
    consent = ConsentText(
        kind=ConsentKind.DISCLOSURE, version="1", title_ru="С", text_ru="Т", routes=[Route.CENTRE]
    )
    catalogue = with_fields(a_catalogue(), conclusion_mail=form, consents=[consent])
    other = a_catalogue("perinatal")
    folder = write_catalogues(settings.catalogues.parent / form.value, catalogue, other)
    chosen = replace(settings, mail=mail, catalogues=folder)
    async with ClinicMaker(chosen, SetClock(), CountingChecker()).open(MINE) as clinic:
        yield clinic


async def begun(clinic: Clinic) -> tuple[Caller, PatientCaller]:
    """The doctor, and the patient who agrees to what is asked for."""
    doctor = await clinic.caller()
    patient = await clinic.patient(doctor, ONE)
    assert (await patient.post("/consents/disclosure/give")).is_success
    return doctor, patient


async def approved(clinic: Clinic) -> Caller:
    """Signed and approved: the patient has it."""
    _, admin = await signed_conclusion(clinic)
    read(await admin.upload(f"{PATH}/approved?version=2", COUNTERSIGNED), Conclusion)
    return admin


async def confirmed(clinic: Clinic) -> None:
    await confirm_address(clinic.parts.database, ONE, clinic.clock())


async def settled(database: Database, clinic: Clinic) -> None:
    """Until every letter that is due was tried."""
    due = is_open() & ((mails.c.due_at <= clinic.clock()) | (mails.c.state == S.SENT))
    while True:
        async with database.read() as connection:
            counted = select(func.count()).select_from(mails).where(due)
            if not (await connection.execute(counted)).scalar_one():
                return


async def one_mail(database: Database) -> tuple[DeliveryState, int]:
    """State and tries of the only letter there is."""
    async with database.read() as connection:
        row = (await connection.execute(select(mails.c.state, mails.c.tries))).one()
    return row.state, row.tries


async def delivery(caller: Caller) -> Delivery:
    return read(await caller.get(f"/requests/{ONE}/delivery"), Delivery)


async def way(caller: Caller, channel: DeliveryChannel) -> ChannelDelivery:
    return next(one for one in (await delivery(caller)).channels if one.channel is channel)


async def email_way(clinic: Clinic, caller: Caller) -> ChannelDelivery:
    await settled(clinic.parts.database, clinic)
    return await way(caller, DeliveryChannel.EMAIL)


def body_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def token_of(letter: EmailMessage) -> str:
    found = LINK.search(body_of(letter))
    assert found is not None
    return found[1]


async def press(clinic: Clinic, token: str) -> httpx.Response:
    return await clinic.client.post("/mail/document", headers={MAIL_LINK_HEADER: token})


async def test_address_is_confirmed_by_the_code_of_a_letter(settings: Settings) -> None:
    """SOK-11: before that nothing medical goes there, then what has waited does."""
    async with post_office() as (office, mail), clinic_with(settings, mail) as clinic:
        doctor, patient = await begun(clinic)
        said = read(await patient.post("/email", NewEmail(address=f" {ADDRESS} ")), PatientEmail)
        letter = await office.letter()
        admin = await approved(clinic)
        before = await email_way(clinic, admin)
        found = CODE.search(body_of(letter))
        assert found is not None
        wrong = f"{(int(found[1]) + 1) % 10**6:06}"
        refused = await patient.post("/email/confirm", EmailCode(code=wrong))
        known = read(await patient.get("/email"), PatientEmail)
        done = read(await patient.post("/email/confirm", EmailCode(code=found[1])), PatientEmail)
        document = await office.letter()
        after = await email_way(clinic, doctor)
    assert (said.address, said.confirmed_at, said.waits_for_code) == (ADDRESS, None, True)
    assert before.state is S.NOT_CONFIRMED
    assert problem(refused).code is ProblemCode.WRONG_CODE
    assert known.tries_left == said.tries_left - 1
    assert done.confirmed_at is not None
    assert (after.state, after.address, after.by_link) == (S.TAKEN, "p***@example.org", True)
    assert document["To"] == ADDRESS
    assert office.recipients == [ADDRESS, ADDRESS]


async def test_code_has_five_tries_and_an_hour_five_codes(settings: Settings) -> None:
    async with post_office() as (office, mail), clinic_with(settings, mail) as clinic:
        _, patient = await begun(clinic)
        await patient.post("/email", NewEmail(address=ADDRESS))
        found = CODE.search(body_of(await office.letter()))
        assert found is not None
        wrong = EmailCode(code=f"{(int(found[1]) + 1) % 10**6:06}")
        for _ in range(5):
            assert problem(await patient.post("/email/confirm", wrong)).status == 409
        late = await patient.post("/email/confirm", EmailCode(code=found[1]))
        again = [await patient.post("/email", NewEmail(address=ADDRESS)) for _ in range(5)]
        clinic.clock.advance(hours=1)
        later = await patient.post("/email", NewEmail(address=ADDRESS))
    assert problem(late).code is ProblemCode.WRONG_CODE
    assert [one.is_success for one in again] == [True] * 4 + [False]
    assert problem(again[-1]).code is ProblemCode.TOO_MANY_CODES
    assert later.is_success


async def test_nothing_of_the_patient_stands_where_others_look(settings: Settings) -> None:
    async with post_office() as (office, mail), clinic_with(settings, mail) as clinic:
        await begun(clinic)
        await confirmed(clinic)
        await approved(clinic)
        letter = await office.letter()
    whole = letter.as_string() + body_of(letter)
    for word in ("Верещагин", "20-0001", "I47", "тахикардия", "Центр cardio", "Левашова"):
        assert word not in whole
    assert letter["Subject"] == "Документ по вашему обращению"
    assert len(token_of(letter)) >= 43  # 256 bits
    assert letter["Auto-Submitted"] == "auto-generated"


async def test_centre_that_says_so_sends_the_signed_file_itself(settings: Settings) -> None:
    """SOK-8"""
    attached = ConclusionMail.ATTACHMENT
    async with post_office() as (office, mail), clinic_with(settings, mail, attached) as clinic:
        await begun(clinic)
        await confirmed(clinic)
        admin = await approved(clinic)
        letter = await office.letter()
        state = await email_way(clinic, admin)
    (part,) = letter.iter_attachments()
    assert part.get_content_type() == "application/pdf"
    assert part.get_payload(decode=True) == COUNTERSIGNED
    assert (state.state, state.by_link) == (S.TAKEN, False)


async def test_link_opens_once_and_a_look_at_it_does_not_use_it_up(settings: Settings) -> None:
    async with post_office() as (office, mail), clinic_with(settings, mail) as clinic:
        await begun(clinic)
        await confirmed(clinic)
        admin = await approved(clinic)
        token = token_of(await office.letter())
        looked = [await clinic.client.get("/mail/"), await clinic.client.get("/mail/document")]
        first, second = await press(clinic, token), await press(clinic, token)
        state = await email_way(clinic, admin)
        row = read(await admin.get(f"/requests/{ONE}"), RequestCard).row
    assert looked[0].status_code == 200
    assert not looked[1].is_success
    assert first.content == COUNTERSIGNED
    assert problem(second).code is ProblemCode.LINK_USED
    assert state.state is S.OPENED
    assert row.status is RequestStatus.CLOSED


async def test_link_is_over_after_its_time_and_can_be_sent_again(settings: Settings) -> None:
    async with post_office() as (office, mail), clinic_with(settings, mail) as clinic:
        doctor, _ = await begun(clinic)
        await confirmed(clinic)
        await approved(clinic)
        old = token_of(await office.letter())
        await settled(clinic.parts.database, clinic)
        early = await doctor.post(f"/requests/{ONE}/delivery/email")
        clinic.clock.advance(days=7)
        doctor = await clinic.caller()
        over = await press(clinic, old)
        state = await email_way(clinic, doctor)
        sent = read(await doctor.post(f"/requests/{ONE}/delivery/email"), Delivery)
        new = token_of(await office.letter())
        answers = [await press(clinic, old), await press(clinic, new)]
        colleague = await (await clinic.caller("orlov")).post(f"/requests/{ONE}/delivery/email")
    assert problem(early).code is ProblemCode.MOVE_NOT_ALLOWED
    assert problem(over).code is ProblemCode.LINK_OVER
    assert (state.state, state.fault, state.may_send_again) == (
        S.FAILED,
        MailFault.LINK_OVER,
        True,
    )
    assert sent.channels[2].state is S.WAITING
    assert [one.status_code for one in answers] == [409, 200]
    assert problem(colleague).code is ProblemCode.CLAIMED_BY_OTHER


async def test_link_leads_nowhere_once_consent_is_withdrawn_or_the_document_replaced(
    settings: Settings,
) -> None:
    """SPB-13; each time the page says so."""
    async with post_office() as (office, mail), clinic_with(settings, mail) as clinic:
        doctor, patient = await begun(clinic)
        await confirmed(clinic)
        admin = await approved(clinic)
        first = token_of(await office.letter())
        assert (await patient.post("/consents/disclosure/withdraw")).is_success
        withdrawn = await press(clinic, first)
        assert (await patient.post("/consents/disclosure/give")).is_success
        done = read(await doctor.get(PATH), Conclusion)
        second = await corrected(doctor, done)
        approve = f"{PATH}/approved?version={second.version}"
        assert (await admin.upload(approve, BOTH)).is_success
        newest = token_of(await office.letter())
        replaced = await press(clinic, first)
        good = await press(clinic, newest)
    assert problem(withdrawn).code is ProblemCode.CONSENT_MISSING
    assert problem(replaced).code is ProblemCode.DOCUMENT_REPLACED
    assert good.content == BOTH


async def test_made_up_links_have_to_wait(settings: Settings) -> None:
    few = replace(settings, wrong_links_a_minute=3)
    async with post_office() as (_, mail), clinic_with(few, mail) as clinic:
        answers = [await press(clinic, "x" * 43) for _ in range(4)]
    assert [problem(one).status for one in answers] == [401, 401, 401, 429]


@pytest.mark.parametrize(
    ("recipient", "data", "fault", "is_final"),
    [
        ("550 5.1.1 no such user", "", MailFault.ADDRESS_REFUSED, True),
        ("450 4.2.0 greylisted", "", MailFault.TRY_LATER, False),
        ("", "554 5.7.1 spam", MailFault.MESSAGE_REFUSED, True),
        ("", "552 5.3.4 too big", MailFault.TOO_LARGE, True),
        ("", "451 4.3.0 later", MailFault.TRY_LATER, False),
    ],
)
async def test_mail_servers_refusal_is_a_state_with_its_reason(
    settings: Settings, recipient: str, data: str, fault: MailFault, is_final: bool
) -> None:
    """SOK-8: bounced at the door."""
    async with post_office() as (office, mail), clinic_with(settings, mail) as clinic:
        office.to_recipient, office.to_data = recipient or "250 OK", data or "250 OK"
        doctor, _ = await begun(clinic)
        await confirmed(clinic)
        await approved(clinic)
        state = await email_way(clinic, doctor)
        office.to_recipient = office.to_data = "250 OK"
        if is_final:
            assert (await doctor.post(f"/requests/{ONE}/delivery/email")).is_success
        else:
            clinic.clock.advance(seconds=RETRIES[0].total_seconds())
            clinic.parts.mailer.changed()
        after = await email_way(clinic, doctor)
    assert state.state is (S.FAILED if is_final else S.WAITING)
    assert (state.fault, state.may_send_again) == (fault, is_final)
    assert (state.next_at is None) is is_final
    assert after.state is S.TAKEN


async def test_server_that_is_not_there_is_tried_again_until_it_has_failed(
    settings: Settings,
) -> None:
    async with post_office() as (_, mail):
        pass
    async with clinic_with(settings, mail) as clinic:
        doctor, _ = await begun(clinic)
        await confirmed(clinic)
        await approved(clinic)
        states = [await email_way(clinic, doctor)]
        for wait in RETRIES:
            clinic.clock.advance(seconds=wait.total_seconds())
            clinic.parts.mailer.changed()
            doctor = await clinic.caller()
            states.append(await email_way(clinic, doctor))
    assert [one.state for one in states] == [S.WAITING] * len(RETRIES) + [S.FAILED]
    assert {one.fault for one in states} == {MailFault.UNREACHABLE}
    assert states[-1].may_send_again


async def test_letter_goes_through_starttls_and_a_password_or_not_at_all(
    settings: Settings, tmp_path: Path
) -> None:
    certificate = own_certificate(tmp_path)
    async with (
        post_office(certificate, asks_password=True) as (office, mail),
        clinic_with(settings, mail) as clinic,
    ):
        doctor, _ = await begun(clinic)
        await confirmed(clinic)
        await approved(clinic)
        assert (await office.letter())["To"] == ADDRESS
        assert (await email_way(clinic, doctor)).state is S.TAKEN
    assert mail.password not in repr(mail)


@pytest.mark.parametrize("is_trusted", [True, False])
async def test_clear_or_untrusted_connection_gets_no_letter(
    settings: Settings, tmp_path: Path, is_trusted: bool
) -> None:
    certificate = own_certificate(tmp_path)
    async with post_office(certificate, offers_tls=not is_trusted) as (office, mail):
        chosen = mail if is_trusted else replace(mail, ca_file=None)
        async with clinic_with(settings, chosen) as clinic:
            doctor, _ = await begun(clinic)
            await confirmed(clinic)
            await approved(clinic)
            state = await email_way(clinic, doctor)
    assert (state.state, state.fault) == (S.WAITING, MailFault.NOT_SECURE)
    assert office.letters.empty()


async def test_chat_ends_with_the_document_and_is_closed(settings: Settings) -> None:
    """SPB-21; each way says how far it has come."""
    async with clinic_with(settings, None) as clinic:
        doctor, patient = await begun(clinic)
        empty = await delivery(doctor)
        await approved(clinic)
        fresh = await delivery(doctor)
        chat = read(await patient.get("/messages"), Chat)
        said = await patient.post("/messages", NewMessage(text="?"))
        await patient.post("/messages/read", ReadMark(number=chat.messages[-1].number))
        assert (await patient.get("/conclusion")).content == COUNTERSIGNED
        opened = await delivery(doctor)
    assert (empty.edition, [one.state for one in empty.channels]) == (
        0,
        [S.WAITING, S.WAITING, S.NOT_SET_UP],
    )
    assert [one.state for one in fresh.channels] == [S.SENT, S.SENT, S.NOT_SET_UP]
    assert [one.state for one in opened.channels] == [S.OPENED, S.OPENED, S.NOT_SET_UP]
    assert (chat.messages[-1].edition, chat.can_write) == (1, False)
    assert "20-0001 / 1" in chat.messages[-1].text
    assert problem(said).code is ProblemCode.CHAT_CLOSED


async def test_signature_delivers_where_the_route_asks_for_no_approval(settings: Settings) -> None:
    """SPB-21"""
    async with post_office() as (office, mail):
        maker = ClinicMaker(replace(settings, mail=mail), SetClock(), CountingChecker())
        async with maker.open(JOURNAL) as clinic:
            await confirmed(clinic)
            doctor = await clinic.caller()
            patient = await clinic.patient(doctor, ONE)
            await consult(doctor, patient)
            await draft(doctor)
            read(await doctor.upload(f"{PATH}/signed?version=1", SIGNED), Conclusion)
            token = token_of(await office.letter())
            assert (await press(clinic, token)).content == SIGNED
            chat = read(await patient.get("/messages"), Chat)
    assert (chat.messages[-1].edition, chat.can_write) == (1, False)


async def test_patient_may_take_the_address_away(settings: Settings) -> None:
    async with post_office() as (office, mail), clinic_with(settings, mail) as clinic:
        doctor, patient = await begun(clinic)
        await confirmed(clinic)
        gone = read(await patient.post("/email/remove"), PatientEmail)
        await approved(clinic)
        state = await email_way(clinic, doctor)
    assert gone == PatientEmail(is_offered=True)
    assert state.state is S.NO_ADDRESS
    assert office.letters.empty()


async def test_without_a_mail_server_no_address_is_asked_for(settings: Settings) -> None:
    async with clinic_with(settings, None) as clinic:
        _, patient = await begun(clinic)
        refused = await patient.post("/email", NewEmail(address=ADDRESS))
        known = read(await patient.get("/email"), PatientEmail)
        state = await patient.state()
    assert problem(refused).code is ProblemCode.EMAIL_NOT_SET_UP
    assert not known.is_offered
    assert not state.sends_email


async def test_two_servers_send_one_letter(settings: Settings) -> None:
    """Both look into the same outbox; the one that is later finds nothing to send."""
    async with clinic_with(settings, None) as clinic:
        await begun(clinic)
        await confirmed(clinic)
        await approved(clinic)
        parts, letters = clinic.parts, Letters(NO_SERVER)
        known = (parts.database, parts.changes, parts.vault, parts.catalogues)
        both = [Claims(*known, letters, 60, clinic.clock) for _ in range(2)]
        due = await both[0].next_due(())
        assert due is not None
        claimed = await asyncio.gather(*(one.claim(due) for one in both))
        later = await both[1].next_due(())
        clinic.clock.advance(seconds=HELD_FOR.total_seconds())
        again = await both[1].claim(due)
    first = next(one for one in claimed if one is not None)
    assert claimed.count(None) == 1
    assert later is None
    assert again is not None
    assert again.key == first.key  # the same Message-ID


async def test_letter_outlives_a_server_that_is_killed_while_it_is_taken(
    settings: Settings, tmp_path: Path
) -> None:
    """The mail server has it, the row does not say so yet: it comes again as the same letter."""
    async with clinic_with(settings, None) as clinic:
        await begun(clinic)
        await confirmed(clinic)
        await approved(clinic)
        async with clinic.parts.database.write() as connection:
            await connection.execute(delete(facts).where(facts.c.name == LOADED))
            now = datetime.now(UTC)
            await connection.execute(update(mails).values(queued_at=now, due_at=now))
    places = command(tmp_path, database=settings.database_url, files=settings.files_url)
    async with post_office() as (office, mail):
        environment = {
            "TELEMED_SMTP_HOST": mail.host,
            "TELEMED_SMTP_PORT": str(mail.port),
            "TELEMED_SMTP_SECURITY": "none",
            "TELEMED_MAIL_FROM": mail.sender,
            "TELEMED_PUBLIC_URL": mail.public_url,
        }
        office.may_answer.clear()
        async with serving(places, environment):  # killed at the end of the block
            first = await office.letter()
        database = Database(settings.database_url)
        assert await one_mail(database) == (S.SENT, 1)
        async with database.write() as connection:
            await connection.execute(update(mails).values(due_at=datetime.now(UTC)))
        office.may_answer.set()
        async with serving(places, environment):
            second = await office.letter()
            async with asyncio.timeout(30):
                while (state := await one_mail(database))[0] is not S.TAKEN:
                    pass
        await database.close()
    assert first["Message-ID"] == second["Message-ID"]
    assert state == (S.TAKEN, 2)


@pytest.mark.parametrize(
    "text",
    [
        "a@b",
        "a b@example.org",
        "a@example.org\r\nBcc: x@example.org",
        "a@example.org\n",
        "a@exa\0mple.org",
        "пациент@example.org",
        "a@пример.рф",
        "<a@example.org>",
        '"a b"@example.org',
        "a@example.org, b@example.org",
        "a@[127.0.0.1]",
        "a@1.2.3.4",
        ".a@example.org",
        "a..b@example.org",
        "a@-example.org",
        "a@example..org",
        f"{'a' * 65}@example.org",
        f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.{'f' * 60}.org",
        "a" * 320,
        "@",
        " ",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        good_address(text)
    assert refused.value.problem.code is ProblemCode.BAD_ADDRESS


@pytest.mark.parametrize("text", ["a@b.ru", "o'neil+x@sub.example-1.org", "A_b.c@EXAMPLE.org"])
def test_what_is_one_is_taken(text: str) -> None:
    assert good_address(f" {text} ") == text


async def test_odd_address_of_320_characters_is_a_clear_refusal(settings: Settings) -> None:
    async with post_office() as (office, mail), clinic_with(settings, mail) as clinic:
        _, patient = await begun(clinic)
        long = await patient.post("/email", NewEmail(address=f"{'a' * 308}@example.org"))
        body = msgspec.json.encode({"address": "a" * 321})
        headers = patient.headers
        longer = await clinic.client.post("/patient/api/v1/email", content=body, headers=headers)
        known = read(await patient.get("/email"), PatientEmail)
    assert problem(long).code is ProblemCode.BAD_ADDRESS
    assert problem(longer).code is ProblemCode.INVALID
    assert known.address == ""
    assert office.letters.empty()
