"""The patient's own test of devices and line, on the card before the call (DRC-5)."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QTranslator
from pytestqt.qtbot import QtBot

from backend_client.errors import Conflict
from backend_client.models.common import ProblemCode
from backend_client.models.patient_check import (
    Browser,
    CheckCause,
    CheckFinding,
    CheckPart,
    PatientCheck,
)
from tests.factories import changed_row
from tests.ui.call_desk import CallDesk, open_call
from tests.ui.queue_desk import Surroundings
from tests.ui.queue_scene import SCENE_NOW
from tests.ui.test_russian import english
from tests.ui.waiting import until
from workstation.ui.screens.call.check_words import CheckWords

PARTS = (CheckPart.CAMERA, CheckPart.MICROPHONE, CheckPart.SPEAKER, CheckPart.SPEED)
AT = SCENE_NOW - timedelta(minutes=9)


def a_check(causes: dict[CheckPart, CheckCause] | None = None, **changes: object) -> PatientCheck:
    """All parts well but for these causes."""
    findings = [
        CheckFinding(part=part, cause=(causes or {}).get(part))
        for part in dict.fromkeys((*PARTS, *(causes or {})))
    ]
    facts: dict[str, object] = {
        "findings": findings,
        "width": 1280,
        "height": 720,
        "up_kbit": 2400,
        "down_kbit": 5000,
        "browser": Browser.CHROME,
        "browser_version": 126,
        "is_phone": True,
        "at": AT,
    }
    return PatientCheck(**{**facts, **changes})  # type: ignore[arg-type]  # a mistake shows


def tell(desk: CallDesk, check: PatientCheck) -> str:
    """The server tells of the request anew; what the card says then."""
    desk.scene.requests.upsert(changed_row(desk.scene.row, patient_check=check))
    return desk.card


async def test_the_doctor_reads_the_patients_last_test_as_it_comes(
    qtbot: QtBot, around: Surroundings
) -> None:
    """DRC-5, SPB-24: with its time; nothing is asked of the server for it."""
    async with open_call(qtbot, around) as desk:
        assert "Tested" not in desk.card
        asked = len(desk.scene.requests.backend.calls)
        well = tell(desk, a_check())
        assert "Tested at the patient's, 11:33: camera and microphone work" in well
        assert "1280×720, 2,4 Mbit/s, Chrome 126 on a telephone" in well
        mute = tell(desk, a_check({CheckPart.MICROPHONE: CheckCause.NOT_FOUND}))
        assert "The patient has no microphone" in mute
        assert "Tested 11:33. They can answer in the chat" in mute
        assert "microphone work" not in mute
        assert len(desk.scene.requests.backend.calls) == asked
        desk.scene.talk()
        assert "Tested" not in desk.card


async def test_who_is_not_heard_comes_before_who_is_not_seen(
    qtbot: QtBot, around: Surroundings
) -> None:
    """SPB-19: two troubles at the most, the worst first."""
    async with open_call(qtbot, around) as desk:
        causes = {
            CheckPart.RELAY: CheckCause.NO_RELAY,
            CheckPart.CAMERA: CheckCause.DARK,
            CheckPart.MICROPHONE: CheckCause.SILENT,
        }
        said = tell(desk, a_check(causes))
        assert said.index("microphone is silent") < said.index("dark at the patient's")
        assert "network" not in said


async def test_a_browser_that_is_too_old_is_the_reason(qtbot: QtBot, around: Surroundings) -> None:
    """SPB-25"""
    async with open_call(qtbot, around) as desk:
        only = [CheckFinding(part=CheckPart.BROWSER, cause=CheckCause.TOO_OLD)]
        said = tell(desk, a_check(findings=only, browser_version=49))
        assert "too old for a call: Chrome 49 on a telephone" in said


KNOWN = {
    CheckPart.BROWSER: {CheckCause.TOO_OLD},
    CheckPart.SERVER: {CheckCause.NO_ANSWER},
    CheckPart.SPEAKER: {CheckCause.NOT_HEARD},
    CheckPart.RELAY: {CheckCause.UDP_CLOSED, CheckCause.NO_RELAY},
    CheckPart.SPEED: {
        *(CheckCause.SLOW_FOR_VIDEO, CheckCause.SLOW_FOR_SOUND),
        CheckCause.UNSTEADY,
    },
    CheckPart.CAMERA: {
        *(CheckCause.NOT_FOUND, CheckCause.NO_PERMISSION, CheckCause.BUSY, CheckCause.FAILED),
        *(CheckCause.DARK, CheckCause.COVERED, CheckCause.FEW_FRAMES),
    },
    CheckPart.MICROPHONE: {
        *(CheckCause.NOT_FOUND, CheckCause.NO_PERMISSION, CheckCause.BUSY, CheckCause.FAILED),
        *(CheckCause.SILENT, CheckCause.QUIET),
    },
}


@pytest.mark.parametrize("part", list(CheckPart))
@pytest.mark.parametrize("cause", list(CheckCause))
def test_every_cause_has_its_words(
    around: Surroundings, part: CheckPart, cause: CheckCause
) -> None:
    """SPB-19: what a page of a newer server says is told as unknown, and is no crash."""
    (said,) = CheckWords(around.words.time).said(a_check({part: cause}))
    is_known = cause in KNOWN.get(part, set())
    assert ("does not know" in said.title) is not is_known
    assert said.detail


async def test_a_patient_whom_another_doctor_calls_is_not_called(
    qtbot: QtBot, around: Surroundings
) -> None:
    """DRC-4: the second of two doctors is told whose turn it is."""
    async with open_call(qtbot, around) as desk:
        desk.calls.backend.fail_with(Conflict(ProblemCode.PATIENT_IN_CALL))
        desk.model.place()
        await until(lambda: "busy with another doctor's call" in desk.card)
        assert "Call a little later" in desk.card


async def test_the_test_is_told_in_russian(
    qtbot: QtBot, around: Surroundings, russian: QTranslator
) -> None:
    async with open_call(qtbot, around) as desk:
        said = tell(desk, a_check())
        assert "Проверка у пациента, 11:33: камера и микрофон в порядке" in said
        said = tell(desk, a_check({CheckPart.SPEED: CheckCause.SLOW_FOR_VIDEO}, up_kbit=300))
        assert "Связь пациента слабая: 0,3 Мбит/с" in said
        assert english(desk.view) == set()
