"""The clinic's word on signed conclusions (DRC-13, SPB-21)."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from backend_client.errors import Conflict, TimedOut
from backend_client.models.common import DocumentId, ProblemCode
from backend_client.models.conclusions import ConclusionState
from backend_client.models.evidence import EcgPlace, Evidence, Origin
from signing.errors import AlteredDocument, WrongPin
from signing.report import Verdict
from signing.verify import verify_pdf
from tests.signing.outside_validators import (
    INSTALL,
    openssl,
    openssl_refusals,
    pyhanko_accepts,
)
from tests.unit.services.conclusion_house import House, make_house


@pytest.fixture
def house(tmp_path: Path) -> House:
    return make_house(tmp_path)


async def test_what_waits_is_read_verified_and_countersigned(house: House) -> None:
    """DRC-13"""
    signed = await house.signed()
    assert signed.report.verdict is Verdict.VALID
    assert signed.pdf == house.server.taken[0]
    done = await house.admin.approve(signed, house.pin)
    roots = await house.certificates.roots()
    report = await asyncio.to_thread(verify_pdf, house.server.taken[1], roots, 2)
    assert report.verdict is Verdict.VALID
    assert [one.signer.name for one in report.signatures] == [
        "Левашова Мария Олеговна",
        "Агапова Елена Сергеевна",
    ]
    judged = await asyncio.to_thread(pyhanko_accepts, house.server.taken[1], roots)
    assert judged == [True, True]
    assert house.server.taken[1].startswith(signed.pdf)
    assert done.state is ConclusionState.DELIVERED
    assert await house.admin.waiting() == []


async def test_openssl_accepts_both_signatures_of_the_demonstration(
    house: House, tmp_path: Path
) -> None:
    """An outside judge: `openssl cms -verify -cades`."""
    program = openssl()
    if program is None:
        pytest.skip(INSTALL)
    await house.admin.approve(await house.signed(), house.pin)
    roots = await house.certificates.roots()
    approved = house.server.taken[1]
    assert await asyncio.to_thread(openssl_refusals, program, approved, roots, tmp_path) == ["", ""]


async def test_altered_file_is_not_approved(house: House) -> None:
    await house.signed()
    altered = bytearray(house.server.pdf_on_disk)
    altered[len(altered) // 3] ^= 1
    house.server.pdf_on_disk = bytes(altered)
    (approval,) = await house.admin.waiting()
    read = await house.admin.read(approval)
    assert read.report.verdict is Verdict.INVALID
    with pytest.raises(AlteredDocument):
        await house.admin.approve(read, house.pin)
    assert len(house.server.keys) == 1  # the doctor's


async def test_good_report_of_another_file_helps_nothing(house: House) -> None:
    signed = await house.signed()
    altered = replace(signed, pdf=signed.pdf + b"\n% more")
    with pytest.raises(AlteredDocument):
        await house.admin.approve(altered, house.pin)


async def test_signature_of_a_stranger_is_not_approved(house: House, tmp_path: Path) -> None:
    await house.signed()
    (approval,) = await house.admin.waiting()
    for root in (tmp_path / "trust-roots").glob("*.pem"):
        root.unlink()
    read = await house.admin.read(approval)
    assert read.report.verdict is Verdict.INDETERMINATE
    with pytest.raises(AlteredDocument) as refused:
        await house.admin.approve(read, house.pin)
    assert refused.value.reasons == ("untrusted",)


async def test_wrong_pin_approves_nothing(house: House) -> None:
    signed = await house.signed()
    with pytest.raises(WrongPin):
        await house.admin.approve(signed, "0000")
    assert len(house.server.taken) == 1


async def test_lost_answer_is_asked_for_with_the_same_file_and_key(house: House) -> None:
    signed = await house.signed()
    house.server.answers = False
    with pytest.raises(TimedOut):
        await house.admin.approve(signed, house.pin)
    house.server.answers = True
    done = await house.admin.approve(signed, house.pin)
    assert done.state is ConclusionState.DELIVERED
    assert len(house.server.taken) == 2
    assert len(set(house.server.keys)) == 2  # the doctor's, and one of the approval


async def test_approval_of_what_has_changed_meanwhile_is_refused(house: House) -> None:
    signed = await house.signed()
    await house.admin.give_back(signed.approval, "Нет дозы")
    with pytest.raises(Conflict) as refused:
        await house.admin.approve(signed, house.pin)
    assert refused.value.code is ProblemCode.STALE_VERSION


async def test_return_whose_answer_was_lost_is_the_same_order(house: House) -> None:
    signed = await house.signed()
    house.server.answers = False
    with pytest.raises(TimedOut):
        await house.admin.give_back(signed.approval, "Нет дозы")
    house.server.answers = True
    await house.admin.give_back(signed.approval, "Нет дозы")
    assert house.server.keys[-1] == house.server.keys[-2]
    with pytest.raises(Conflict) as refused:  # another order, and what it means waits no longer
        await house.admin.give_back(signed.approval, "Нет дозы")
    assert refused.value.code is ProblemCode.STALE_VERSION
    assert house.server.keys[-1] != house.server.keys[-2]


async def test_its_sources_are_those_of_the_very_text_that_waits(house: House) -> None:
    """OZ-12: the approver is led to what the signed text names, and to nothing of another one."""
    approval = (await house.signed()).approval
    known = await house.server.read(approval.request_id)
    source, unnamed = (
        Evidence(
            number=number,
            text="QT 396 мс",
            document_id=DocumentId("d"),
            sha256="ab" * 32,
            title="ЭКГ",
            place=EcgPlace(lead="II", start_s=1.0, stop_s=1.4),
            origin=Origin.BY_HAND,
            made_at=approval.signed_at,
        )
        for number in (1, 2)
    )
    form = structs.replace(known.form, findings="QT 396 мс [1]", evidence=(source, unnamed))
    house.server.known = structs.replace(known, form=form)
    assert await house.admin.sources(approval) == (source,)
    house.server.known = structs.replace(known, form=form, sha256="00" * 32)
    assert await house.admin.sources(approval) == ()
