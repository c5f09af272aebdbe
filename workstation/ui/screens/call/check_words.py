"""What the patient's own test of devices and line has found, for the doctor (DRC-5)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject

from backend_client.models.patient_check import (
    Browser,
    CheckCause,
    CheckFinding,
    CheckPart,
    PatientCheck,
)
from workstation.ui.screens.call.call_words import Said
from workstation.ui.wording import NBSP, Wording

_MOST: Final = 2
"""Troubles that are told; the talk itself brings out the rest."""
_ORDER: Final = (
    *(CheckPart.BROWSER, CheckPart.SERVER, CheckPart.MICROPHONE, CheckPart.SPEAKER),
    *(CheckPart.CAMERA, CheckPart.SPEED, CheckPart.RELAY, CheckPart.UNKNOWN),
)
"""Who is not heard comes before who is not seen."""
_GLYPHS: Final = {
    CheckPart.MICROPHONE: "microphone-slash",
    CheckPart.CAMERA: "video-camera-slash",
    CheckPart.SPEED: "wifi-slash",
    CheckPart.RELAY: "wifi-slash",
    CheckPart.SERVER: "wifi-slash",
}
_C = CheckCause
_PAGE_SAYS: Final = QT_TRANSLATE_NOOP(
    "CheckWords", "The patient's page says how to mend it: a word in the chat helps"
)
_BY_VOICE: Final = QT_TRANSLATE_NOOP("CheckWords", "You can talk by voice")
_IN_CHAT: Final = QT_TRANSLATE_NOOP("CheckWords", "They can answer in the chat")
_VOICE_PASSES: Final = QT_TRANSLATE_NOOP("CheckWords", "The voice will pass, the picture may not")
_TROUBLES: Final[dict[CheckPart, dict[CheckCause, tuple[object, object]]]] = {
    CheckPart.CAMERA: {
        _C.NOT_FOUND: (QT_TRANSLATE_NOOP("CheckWords", "The patient has no camera"), _BY_VOICE),
        _C.NO_PERMISSION: (
            QT_TRANSLATE_NOOP("CheckWords", "The patient's browser does not give the camera"),
            _PAGE_SAYS,
        ),
        _C.BUSY: (
            QT_TRANSLATE_NOOP("CheckWords", "The patient's camera is in use by another program"),
            _PAGE_SAYS,
        ),
        _C.FAILED: (
            QT_TRANSLATE_NOOP("CheckWords", "The patient's camera does not open"),
            _BY_VOICE,
        ),
        _C.DARK: (
            QT_TRANSLATE_NOOP("CheckWords", "It is dark at the patient's"),
            QT_TRANSLATE_NOOP("CheckWords", "Ask for more light"),
        ),
        _C.COVERED: (
            QT_TRANSLATE_NOOP("CheckWords", "The patient's camera is covered"),
            QT_TRANSLATE_NOOP("CheckWords", "Ask to uncover it"),
        ),
        _C.FEW_FRAMES: (
            QT_TRANSLATE_NOOP("CheckWords", "The patient's camera gives few frames"),
            QT_TRANSLATE_NOOP("CheckWords", "Movements will be jerky"),
        ),
    },
    CheckPart.MICROPHONE: {
        _C.NOT_FOUND: (QT_TRANSLATE_NOOP("CheckWords", "The patient has no microphone"), _IN_CHAT),
        _C.NO_PERMISSION: (
            QT_TRANSLATE_NOOP("CheckWords", "The patient's browser does not give the microphone"),
            _PAGE_SAYS,
        ),
        _C.BUSY: (
            QT_TRANSLATE_NOOP(
                "CheckWords", "The patient's microphone is in use by another program"
            ),
            _PAGE_SAYS,
        ),
        _C.FAILED: (
            QT_TRANSLATE_NOOP("CheckWords", "The patient's microphone does not open"),
            _IN_CHAT,
        ),
        _C.SILENT: (
            QT_TRANSLATE_NOOP("CheckWords", "The patient's microphone is silent"),
            QT_TRANSLATE_NOOP("CheckWords", "Ask whether it is switched off on the headset"),
        ),
        _C.QUIET: (
            QT_TRANSLATE_NOOP("CheckWords", "The patient's microphone is quiet"),
            QT_TRANSLATE_NOOP("CheckWords", "Ask to come nearer to it"),
        ),
    },
    CheckPart.SPEAKER: {
        _C.NOT_HEARD: (
            QT_TRANSLATE_NOOP("CheckWords", "The patient heard no sound"),
            QT_TRANSLATE_NOOP("CheckWords", "Ask in the chat to turn the volume up"),
        ),
    },
    CheckPart.SERVER: {
        _C.NO_ANSWER: (
            QT_TRANSLATE_NOOP("CheckWords", "The patient's connection broke off in the test"),
            _VOICE_PASSES,
        ),
    },
    CheckPart.RELAY: {
        _C.UDP_CLOSED: (
            QT_TRANSLATE_NOOP("CheckWords", "The patient's network hinders calls (no UDP)"),
            QT_TRANSLATE_NOOP("CheckWords", "The call goes by TCP: the picture may lag"),
        ),
        _C.NO_RELAY: (
            QT_TRANSLATE_NOOP("CheckWords", "The patient's network may not let the call through"),
            QT_TRANSLATE_NOOP("CheckWords", "Mobile internet instead, or without a VPN, helps"),
        ),
    },
    CheckPart.SPEED: {
        _C.SLOW_FOR_VIDEO: (
            QT_TRANSLATE_NOOP("CheckWords", "The patient's connection is slow"),
            _VOICE_PASSES,
        ),
        _C.SLOW_FOR_SOUND: (
            QT_TRANSLATE_NOOP("CheckWords", "The patient's connection is very slow"),
            QT_TRANSLATE_NOOP("CheckWords", "Be ready to go on in the chat or by telephone"),
        ),
        _C.UNSTEADY: (
            QT_TRANSLATE_NOOP("CheckWords", "The patient's connection is slow to answer"),
            _VOICE_PASSES,
        ),
    },
    CheckPart.BROWSER: {
        _C.TOO_OLD: (
            QT_TRANSLATE_NOOP("CheckWords", "The patient's browser is too old for a call"),
            QT_TRANSLATE_NOOP(
                "CheckWords", "Ask to open the link in a new Chrome, Yandex, Firefox or Safari"
            ),
        ),
    },
}
_BROWSERS: Final = {
    Browser.CHROME: "Chrome",
    Browser.EDGE: "Edge",
    Browser.FIREFOX: "Firefox",
    Browser.INTERNET_EXPLORER: "Internet Explorer",
    Browser.OPERA: "Opera",
    Browser.SAFARI: "Safari",
    Browser.SAMSUNG: "Samsung Internet",
    Browser.YANDEX: "Yandex",
}


class CheckWords(QObject):
    """Words of the last test; a word of a newer page is said to be unknown."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording

    def said(self, check: PatientCheck) -> list[Said]:
        """One line where all is well, else the worst troubles."""
        wrong = [finding for finding in check.findings if finding.cause is not None]
        if not wrong:
            return [self._well(check)]
        worst = sorted(wrong, key=lambda finding: _ORDER.index(finding.part))[:_MOST]
        tested = self.tr("Tested {}").format(self._wording.day_and_time(check.at))
        said = [self._trouble(finding, check) for finding in worst]
        return [replace(said[0], detail=f"{tested}. {said[0].detail}".rstrip(". ")), *said[1:]]

    def _well(self, check: PatientCheck) -> Said:
        when = self._wording.day_and_time(check.at)
        tried = {finding.part for finding in check.findings}
        if {CheckPart.CAMERA, CheckPart.MICROPHONE} <= tried:
            title = self.tr("Tested at the patient's, {}: camera and microphone work")
        elif CheckPart.CAMERA in tried:
            title = self.tr("Tested at the patient's, {}: the camera works")
        else:
            title = self.tr("Tested at the patient's, {}: nothing wrong")
        return Said("check-circle", title.format(when), self._figures(check), "ok")

    def _trouble(self, finding: CheckFinding, check: PatientCheck) -> Said:
        known = _TROUBLES.get(finding.part, {}).get(finding.cause or _C.UNKNOWN)
        if known is None:
            title = self.tr("The patient's test has found what this program does not know")
            return Said("warning", title, "", "warn")
        title, hint = (self.tr(str(words)) for words in known)
        figure = self._figure(finding.part, check)
        whole = f"{title}: {figure}" if figure else title
        return Said(_GLYPHS.get(finding.part, "warning"), whole, hint, "warn")

    def _figure(self, part: CheckPart, check: PatientCheck) -> str:
        figures: dict[CheckPart, Callable[[PatientCheck], str]] = {
            CheckPart.SPEED: self._rate,
            CheckPart.BROWSER: self._browser,
        }
        return figures[part](check) if part in figures else ""

    def _figures(self, check: PatientCheck) -> str:
        size = f"{check.width}×{check.height}" if check.width and check.height else ""
        return ", ".join(filter(None, (size, self._rate(check), self._browser(check))))

    def _rate(self, check: PatientCheck) -> str:
        """Of the slower way."""
        if check.up_kbit is None or check.down_kbit is None:
            return ""
        megabits = min(check.up_kbit, check.down_kbit) / 1000
        digits = f"{megabits:.1f}" if megabits < 10 else f"{megabits:.0f}"
        return self.tr("{} Mbit/s").format(digits.replace(".", ",")).replace(" ", NBSP)

    def _browser(self, check: PatientCheck) -> str:
        name = _BROWSERS.get(check.browser)
        if name is None:
            return ""
        said = f"{name} {check.browser_version}" if check.browser_version else name
        return self.tr("{} on a telephone").format(said) if check.is_phone else said
