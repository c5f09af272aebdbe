"""PDFs are verified in a process of their own; what ends it is unreadable, the next one goes."""

import asyncio
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from signing.certificates import Person
from signing.errors import (
    AlteredDocument,
    ClockWrong,
    LevelNotReached,
    SigningError,
    TokenMissing,
    WrongPerson,
)
from signing.keys.pkcs12 import Pkcs12Signer
from signing.report import Problem, Verdict
from signing.signed_file import Terms
from signing.verify import verify_pdf
from tests.signing.clinic import STAMP, Clinic, make_clinic
from workstation.services.checking import CheckingService, NotChecked
from workstation.services.countersigning import (
    Countersigned,
    Refused,
    ToSign,
    Untrue,
    error_of,
    exchanged,
    order_of,
)
from workstation.services.verifying import VerifyProcess


class Roots:
    """Only the roots are asked for."""

    pin_hint = ""

    def __init__(self, clinic: Clinic) -> None:
        self._clinic = clinic

    async def roots(self) -> list[object]:
        return [self._clinic.authority.root]


@pytest.fixture(scope="module")
def clinic() -> Clinic:
    return make_clinic()


def now() -> datetime:
    return datetime.now(UTC)


async def test_file_is_verified_elsewhere_and_a_killed_process_costs_one_answer(
    clinic: Clinic, tmp_path: Path
) -> None:
    process = VerifyProcess()
    roots = [clinic.authority.root]
    report = await process.verify(clinic.approved, roots, 2, now())
    first = process.pid
    assert first is not None
    assert first != os.getpid()
    assert report.verdict is Verdict.VALID
    assert [one.signer.name for one in report.signatures] == [
        "Левашова Марина Олеговна",
        "Бережной Илья Петрович",
    ]
    os.kill(first, 9)
    lost = await process.verify(clinic.approved, roots, 2, now())
    again = await process.verify(clinic.approved, roots, 1, now())
    checking = CheckingService(process, Roots(clinic), now)  # type: ignore[arg-type]  # roots only
    held = tmp_path / "заключение.pdf"
    held.write_bytes(clinic.certified)
    checked = await checking.check(held)
    with pytest.raises(NotChecked):
        await checking.check(tmp_path)
    await checking.close()
    assert lost.problems == (Problem.UNREADABLE,)
    assert again.problems == (Problem.WRONG_SIGNER_COUNT,)
    assert process.pid is None
    assert (checked.name, checked.report.verdict) == ("заключение.pdf", Verdict.VALID)


async def test_file_over_which_the_process_hangs_is_unreadable(clinic: Clinic) -> None:
    process = VerifyProcess(seconds=0.01)
    report = await process.verify(clinic.approved, [], None, now())
    await process.close()
    assert report.verdict is Verdict.INVALID
    assert report.problems == (Problem.UNREADABLE,)


class PulledOut:
    """A token that goes away as it signs."""

    def __init__(self, key: Pkcs12Signer) -> None:
        self.certificate, self.cms_size, self.chain = key.certificate, key.cms_size, key.chain

    def sign(self, content: bytes) -> bytes:
        raise TokenMissing("pulled out")


async def test_approver_signs_what_the_process_has_parsed_and_its_errors_come_back(
    clinic: Clinic,
) -> None:
    """DRC-13: the hostile file is opened there, the key stays here."""
    process = VerifyProcess()
    terms = Terms(trust_roots=[clinic.authority.root], at=now())
    key, pdf = clinic.approver, clinic.certified

    async def signed(pdf: bytes, signer: object = key, terms: Terms = terms) -> bytes:
        return await asyncio.to_thread(process.countersign, pdf, signer, STAMP, terms)  # type: ignore[arg-type]  # a key of the test

    approved = await signed(pdf)
    report = await asyncio.to_thread(verify_pdf, approved, [clinic.authority.root], 2)
    assert report.verdict is Verdict.VALID
    assert approved.startswith(pdf)
    with pytest.raises(TokenMissing):
        await signed(pdf, PulledOut(key))
    with pytest.raises(AlteredDocument) as altered:
        await signed(pdf.replace(b"/MediaBox", b"/MediaBoy", 1))
    assert altered.value.reasons
    with pytest.raises(WrongPerson):
        await signed(pdf, terms=replace(terms, person=Person("Кто-то Другой")))
    pid = process.pid
    assert (await signed(pdf)).startswith(pdf)  # the same process goes on
    assert process.pid == pid
    await process.close()


class Scripted:
    """The process, taken over by a file: it says what it likes."""

    def __init__(self, *answers: object) -> None:
        self._answers = [msgspec.msgpack.encode(one) for one in answers]
        self.heard: list[bytes] = []

    def send_bytes(self, buf: bytes) -> None:
        self.heard.append(buf)

    def recv_bytes(self, maxlength: int | None = None) -> bytes:
        return self._answers.pop(0)


@pytest.mark.parametrize(
    "answers",
    [
        (ToSign(b"another file"),),
        (Countersigned(b"another file"),),
        (ToSign(b"%PDF-1 and more"), ToSign(b"%PDF-1 twice")),
    ],
)
def test_process_that_was_taken_over_gets_nothing_else_signed(
    clinic: Clinic, answers: tuple[object, ...]
) -> None:
    terms = Terms(trust_roots=[clinic.authority.root], at=now())
    order = order_of(clinic.approver, STAMP, terms)
    with pytest.raises(Untrue):
        exchanged(Scripted(*answers), order, b"%PDF-1", clinic.approver)


def test_errors_are_the_same_on_this_side() -> None:
    clock = error_of(Refused("ClockWrong", ("-3600.0",)))
    level = error_of(Refused("LevelNotReached", ("B-B", "no_time_service")))
    unknown = error_of(Refused("Path", ("/",)))
    assert isinstance(clock, ClockWrong)
    assert clock.off_by == timedelta(hours=-1)
    assert isinstance(level, LevelNotReached)
    assert (level.reached, level.reasons) == ("B-B", ("no_time_service",))
    assert type(unknown) is SigningError
