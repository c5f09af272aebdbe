"""A conclusion from the prefilled form to the signed file (OZ-12, DRC-13, DRC-14, SPB-21)."""

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from backend_client.errors import Conflict, TimedOut, Unreachable
from backend_client.models.accounts import Account
from backend_client.models.calls import Channel
from backend_client.models.common import ProblemCode
from backend_client.models.conclusions import ConclusionForm, ConclusionState
from backend_client.models.requests import Representative
from backend_client.models.server import ServerInfo
from signing.demo_pki import DemoAuthority
from signing.errors import Expired, TokenMissing, WrongPin
from signing.fields import field_states
from signing.report import Verdict
from signing.signer import Signer
from signing.verify import verify_pdf
from tests.factories import NOW
from tests.signing.outside_validators import pyhanko_accepts
from tests.unit.documents.reading import page_texts
from tests.unit.services.conclusion_house import (
    DOCTOR,
    FORM,
    ONE,
    House,
    KeyOf,
    make_call,
    make_cardiac_card,
    make_house,
)
from workstation.core.conclusion import ConsultationForm
from workstation.documents.errors import UnprintableText
from workstation.documents.pdfa import checked_pdfa
from workstation.services.answers import CardView, Preview
from workstation.services.conclusion_content import PaperTime, conclusion_content
from workstation.services.signing_keys import FileKey, LockedKey
from workstation.services.verify_address import VerifyAddress
from workstation.studies.study import EcgStudy


@pytest.fixture
def house(tmp_path: Path) -> House:
    return make_house(tmp_path)


async def previewed(house: House, form: ConclusionForm = FORM) -> Preview:
    await house.doctor.save(ONE, 0, form)
    return await house.doctor.preview(await house.doctor.open(ONE))


async def test_what_the_request_says_stands_in_the_form_already(house: House) -> None:
    draft = await house.doctor.open(ONE)
    assert draft.conclusion is None
    assert draft.form.complaints == draft.card.complaints
    assert draft.form.diagnosis.icd10 == "I48.0"
    assert draft.form.history == ""


async def test_what_was_written_is_not_prefilled_again(house: House) -> None:
    await house.doctor.save(ONE, 0, ConclusionForm(findings="QTc 413 мс"))
    draft = await house.doctor.open(ONE)
    assert draft.form == ConclusionForm(findings="QTc 413 мс")


async def test_returned_conclusion_opens_with_the_reason_and_is_signed_anew(house: House) -> None:
    """DRC-13"""
    signed = await house.signed()
    await house.admin.give_back(signed.approval, "Нет дозы")
    draft = await house.doctor.open(ONE)
    assert draft.conclusion is not None
    assert draft.conclusion.return_reason == "Нет дозы"
    form = msgspec.structs.replace(draft.form, recommendations="Бисопролол 2,5 мг")
    saved = await house.doctor.save(ONE, draft.conclusion.version, form)
    preview = await house.doctor.preview(replace(draft, conclusion=saved))
    await house.doctor.sign(preview, house.pin)
    assert len(house.server.taken) == 2
    assert "2,5 мг" in page_texts(house.server.taken[-1])[0]


async def test_save_whose_answer_was_lost_is_no_conflict(house: House) -> None:
    house.server.answers = False
    with pytest.raises(TimedOut):
        await house.doctor.save(ONE, 0, FORM)
    house.server.answers = True
    assert (await house.doctor.save(ONE, 0, FORM)).version == 1


async def test_another_ones_words_are_not_overwritten(house: House) -> None:
    await house.doctor.save(ONE, 0, FORM)
    with pytest.raises(Conflict) as refused:
        await house.doctor.save(ONE, 0, ConclusionForm(findings="другое"))
    assert refused.value.code is ProblemCode.STALE_VERSION


async def test_paper_says_who_when_how_and_by_which_files(house: House) -> None:
    """OZ-12, DRC-14"""
    words = " ".join(page_texts((await previewed(house)).pdf))
    for said in (
        "20-4817 / 1",
        "20.11.2026, 12:30–12:59 МСК",
        "видеосвязь",
        "АК-118",
        "ЭКГ в 12 отведениях, запись ЭКГ DICOM",
        "Соколова И. Н.",
        "I35.0",
        "Утверждено",
        DOCTOR.full_name,
    ):
        assert said in words
    assert "не открывались: «Рентген»" in words  # nobody has looked at it


async def test_signed_file_begins_with_the_previewed_one_which_is_pdf_a(house: House) -> None:
    """Fields and signatures come in revisions behind it (ISO 32000-1, 7.5.6)."""
    preview = await previewed(house)
    await house.doctor.sign(preview, house.pin)
    signed = house.server.taken[-1]
    assert signed.startswith(preview.pdf)
    assert len(signed) > len(preview.pdf)
    assert checked_pdfa(preview.pdf) is preview.pdf
    assert field_states(preview.pdf) == {}
    assert field_states(signed) == {"Doctor": True, "Approver": False}


class Says:
    """A server with a public address."""

    def __init__(self, public_url: str, *, demo: bool = False) -> None:
        self.public_url, self.demo, self.is_cut = public_url, demo, False

    async def info(self) -> ServerInfo:
        """What it says about itself."""
        if self.is_cut:
            raise TimedOut
        return ServerInfo(
            version="0.2.0",
            oldest_client="0.2.0",
            time=NOW,
            demo=self.demo,
            public_url=self.public_url,
        )


async def test_paper_names_the_address_that_everybody_reaches() -> None:
    own = "http://10.0.0.7:8000/"
    public = VerifyAddress(Says("https://clinic.example/"), own)
    assert await public.of("7k2m") == "https://clinic.example/verify/7k2m"
    assert not public.is_doubtful
    assert await public.of("") == ""


async def test_without_a_public_address_this_computers_way_is_printed_and_said() -> None:
    own = "http://10.0.0.7:8000/"
    unset, demo = VerifyAddress(Says(""), own), VerifyAddress(Says("", demo=True), own)
    assert await unset.of("7k2m") == await demo.of("7k2m") == "http://10.0.0.7:8000/verify/7k2m"
    assert (unset.is_doubtful, demo.is_doubtful) == (True, False)


async def test_public_address_is_asked_for_again_after_a_lost_answer() -> None:
    server = Says("https://clinic.example")
    server.is_cut = True
    address = VerifyAddress(server, "http://10.0.0.7:8000")
    assert await address.of("7k2m") == "http://10.0.0.7:8000/verify/7k2m"
    server.is_cut = False
    assert await address.of("7k2m") == "https://clinic.example/verify/7k2m"


async def test_new_edition_names_what_it_replaces_and_where_it_is_checked(house: House) -> None:
    await house.doctor.save(ONE, 0, FORM)
    draft = await house.doctor.open(ONE)
    assert draft.conclusion is not None
    second = msgspec.structs.replace(
        draft.conclusion, edition=2, correction="Описка", signed_at=NOW, code="7k2m-9fxp"
    )
    house.doctor._verify_at = VerifyAddress(Says("https://clinic.example"), "http://10.0.0.7:8000")
    words = " ".join(
        page_texts((await house.doctor.preview(replace(draft, conclusion=second))).pdf)
    )
    assert "20-4817 / 2" in words
    assert "Взамен заключения № 20-4817 / 1 от 20.11.2026: Описка" in words
    assert "https://clinic.example/verify/7k2m-9fxp" in words


async def test_files_that_were_not_opened_stand_there_with_the_reason(house: House) -> None:
    form = msgspec.structs.replace(FORM, unopened_reason="Старше года")
    words = " ".join(page_texts((await previewed(house, form)).pdf))
    assert "Врачом не открывались: «Рентген». Причина: Старше года" in words


async def test_same_draft_makes_the_same_bytes(house: House) -> None:
    first = await previewed(house)
    again = await house.doctor.preview(await house.doctor.open(ONE))
    assert first == again


async def test_cached_card_is_not_signed(house: House) -> None:
    await house.doctor.save(ONE, 0, FORM)
    draft = await house.doctor.open(ONE)
    house.cards.view = CardView(draft.card, NOW)
    with pytest.raises(Unreachable):
        await house.doctor.preview(draft)


async def test_sign_that_cannot_be_printed_is_refused_with_its_section(house: House) -> None:
    with pytest.raises(UnprintableText) as refused:
        await previewed(house, msgspec.structs.replace(FORM, recommendations="Покой 🙂"))
    assert refused.value.field == "recommendations"


async def test_pages_are_opened_by_the_decoder(house: House) -> None:
    study = await house.doctor.open_pages(b"%PDF-")
    assert isinstance(study, EcgStudy)  # whatever the decoder answers with
    assert house.opener.given == [b"%PDF-"]


async def test_signed_file_begins_with_the_preview_and_verifies(house: House) -> None:
    """OZ-12, SPB-21"""
    preview = await previewed(house)
    conclusion = await house.doctor.sign(preview, house.pin)
    (signed,) = house.server.taken
    assert signed.startswith(preview.pdf)
    roots = await house.certificates.roots()
    report = await asyncio.to_thread(verify_pdf, signed, roots, 1)
    assert report.verdict is Verdict.VALID
    assert report.signatures[0].signer == await house.doctor.certificate()
    assert await asyncio.to_thread(pyhanko_accepts, signed, roots) == [True]
    assert conclusion.state is ConclusionState.SIGNED


async def test_wrong_pin_signs_nothing_and_the_right_one_still_does(house: House) -> None:
    preview = await previewed(house)
    with pytest.raises(WrongPin):
        await house.doctor.sign(preview, "0000")
    assert house.server.keys == []
    await house.doctor.sign(preview, house.pin)
    assert len(house.server.taken) == 1


class PulledOut(KeyOf):
    """A key whose token goes away as it signs, until it is plugged in again."""

    is_plugged = False

    async def key(self, account: Account) -> LockedKey:
        return self if not self.is_plugged else await super().key(account)

    def open(self, pin: str) -> Signer:
        return _Leaving(FileKey(self._key).open(pin))


class _Leaving:
    def __init__(self, inner: Signer) -> None:
        self.certificate, self.cms_size = inner.certificate, inner.cms_size

    def sign(self, content: bytes) -> bytes:
        raise TokenMissing("pulled out")


async def test_token_pulled_out_mid_sign_leaves_the_draft_and_the_retry_signs(
    tmp_path: Path,
) -> None:
    """Nothing is asked of the server, and the same preview is signed without a restart."""
    now = datetime.now(UTC)
    key = PulledOut(DemoAuthority(now), now - timedelta(days=1), now + timedelta(days=1))
    house = make_house(tmp_path, certificates=key)
    preview = await previewed(house)
    with pytest.raises(TokenMissing):
        await house.doctor.sign(preview, "1234")
    assert house.server.keys == []
    draft = await house.doctor.open(ONE)
    assert draft.form == FORM
    assert draft.conclusion is not None
    assert draft.conclusion.state is ConclusionState.DRAFTING
    key.is_plugged = True
    assert (await house.doctor.sign(preview, "1234")).state is ConclusionState.SIGNED


async def test_expired_certificate_signs_nothing(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    days = [now - timedelta(days=days) for days in (30, 1)]
    house = make_house(tmp_path, certificates=KeyOf(DemoAuthority(now), *days))
    preview = await previewed(house)
    assert (await house.doctor.certificate()).valid_to < now
    with pytest.raises(Expired):
        await house.doctor.sign(preview, "1234")
    assert house.server.keys == []


async def test_preview_of_an_older_draft_is_not_signed(house: House) -> None:
    preview = await previewed(house)
    await house.doctor.save(ONE, 1, msgspec.structs.replace(FORM, history="иначе"))
    with pytest.raises(Conflict) as refused:
        await house.doctor.sign(preview, house.pin)
    assert refused.value.code is ProblemCode.STALE_VERSION
    assert house.server.taken == []


@pytest.mark.parametrize("arrives", [True, False], ids=["answer lost", "order lost"])
async def test_lost_answer_is_asked_for_with_the_same_file_and_key(
    house: House, arrives: bool
) -> None:
    preview = await previewed(house)
    house.server.arrives, house.server.answers = arrives, False
    with pytest.raises(TimedOut):
        await house.doctor.sign(preview, house.pin)
    house.server.arrives = house.server.answers = True
    with pytest.raises(WrongPin):
        await house.doctor.sign(preview, "0000")
    conclusion = await house.doctor.sign(preview, house.pin)
    assert conclusion.state is ConclusionState.SIGNED
    assert len(house.server.taken) == 1
    assert len(set(house.server.keys)) == 1


async def test_two_presses_are_one_signature(house: House) -> None:
    preview = await previewed(house)
    one, other = await asyncio.gather(
        house.doctor.sign(preview, house.pin), house.doctor.sign(preview, house.pin)
    )
    assert one == other
    assert len(house.server.keys) == 1


async def test_cancelled_signature_leaves_nothing_half_done(house: House) -> None:
    preview = await previewed(house)
    signing = asyncio.create_task(house.doctor.sign(preview, house.pin))
    await asyncio.sleep(0)
    signing.cancel()
    await asyncio.gather(signing, return_exceptions=True)
    assert house.server.keys == []
    await house.doctor.sign(preview, house.pin)
    assert len(house.server.taken) == 1


async def test_pin_and_patient_stay_out_of_logs_and_errors(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    preview = await previewed(house)
    with pytest.raises(WrongPin) as refused:
        await house.doctor.sign(preview, "86420")
    said = caplog.text + repr(refused.value) + repr(house.doctor)
    assert "86420" not in said
    assert "Иванова" not in said


@pytest.mark.parametrize(
    ("channels", "form"),
    [
        ([Channel.TEXT], ConsultationForm.TEXT),
        ([Channel.TEXT, Channel.AUDIO], ConsultationForm.AUDIO),
        ([Channel.AUDIO, Channel.VIDEO], ConsultationForm.VIDEO),
        ([None], ConsultationForm.RECORDS_ONLY),
        ([], ConsultationForm.RECORDS_ONLY),
    ],
)
async def test_how_they_met_is_what_the_calls_say(
    house: House, channels: list[Channel | None], form: ConsultationForm
) -> None:
    """DRC-7"""
    saved = await house.doctor.save(ONE, 0, FORM)
    calls = [
        make_call(channel=channel, answered_at=None if channel is None else NOW)
        for channel in channels
    ]
    content = conclusion_content(make_cardiac_card(), saved, calls, DOCTOR, PaperTime())
    assert content.form is form


async def test_consultation_lasts_from_the_first_answer_to_the_last_end(house: House) -> None:
    """DRC-8"""
    saved = await house.doctor.save(ONE, 0, FORM)
    later = NOW + timedelta(hours=1)
    calls = [make_call(answered_at=later, ended_at=later + timedelta(minutes=5)), make_call()]
    content = conclusion_content(make_cardiac_card(), saved, calls, DOCTOR, PaperTime())
    assert (content.held_from, content.held_to) == (NOW, later + timedelta(minutes=5))
    running = conclusion_content(
        make_cardiac_card(), saved, [make_call(ended_at=None)], DOCTOR, PaperTime()
    )
    assert running.held_to is None


async def test_who_acts_for_the_patient_is_named(house: House) -> None:
    """SPB-1"""
    saved = await house.doctor.save(ONE, 0, ConclusionForm())
    mother = Representative(full_name="Иванова Ольга Ильинична", relation="мать")
    card = msgspec.structs.replace(make_cardiac_card(), representative=mother)
    content = conclusion_content(card, saved, [], DOCTOR, PaperTime())
    assert content.patient.representative == "Иванова Ольга Ильинична"
    assert content.diagnoses == ()
    assert content.held_from == saved.changed_at
