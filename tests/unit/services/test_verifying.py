"""PDFs are verified in a process of their own; what ends it is unreadable, the next one goes."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from signing.report import Problem, Verdict
from tests.signing.clinic import Clinic, make_clinic
from workstation.services.checking import CheckingService, NotChecked
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
