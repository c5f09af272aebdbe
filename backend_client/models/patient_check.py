"""The test of camera, microphone, sound and line that a patient makes on the page (DRC-5, OZ-26).

Nothing in it is the browser's own text: all of it is words of the contract and bounded numbers.
"""

from typing import Annotated

import msgspec

from backend_client.models.common import OpenEnum, UtcTime, Wire

MOST_FINDINGS = 7
"""One for each part."""
Pixels = Annotated[int, msgspec.Meta(ge=0, le=16384)]
Frames = Annotated[int, msgspec.Meta(ge=0, le=240)]
Kilobits = Annotated[int, msgspec.Meta(ge=0, le=10_000_000)]
Milliseconds = Annotated[int, msgspec.Meta(ge=0, le=60_000)]
BrowserVersion = Annotated[int, msgspec.Meta(ge=0, le=9999)]


class CheckPart(OpenEnum):
    """A line of the test."""

    UNKNOWN = "unknown"
    BROWSER = "browser"
    CAMERA = "camera"
    MICROPHONE = "microphone"
    SPEAKER = "speaker"
    SERVER = "server"
    RELAY = "relay"
    SPEED = "speed"


class CheckCause(OpenEnum):
    """Why a line did not come out well (SPB-19)."""

    UNKNOWN = "unknown"
    TOO_OLD = "too_old"
    """The browser cannot carry a call (SPB-25)."""
    NOT_FOUND = "not_found"
    NO_PERMISSION = "no_permission"
    BUSY = "busy"
    """Another program has it."""
    FAILED = "failed"
    DARK = "dark"
    COVERED = "covered"
    FEW_FRAMES = "few_frames"
    SILENT = "silent"
    QUIET = "quiet"
    NOT_HEARD = "not_heard"
    """The patient says that the tone was not to be heard."""
    NO_ANSWER = "no_answer"
    UDP_CLOSED = "udp_closed"
    """Calls go by TCP or TLS, a little later."""
    NO_RELAY = "no_relay"
    SLOW_FOR_VIDEO = "slow_for_video"
    SLOW_FOR_SOUND = "slow_for_sound"
    UNSTEADY = "unsteady"


class Browser(OpenEnum):
    """What the page runs in, as far as it tells."""

    UNKNOWN = "unknown"
    CHROME = "chrome"
    EDGE = "edge"
    FIREFOX = "firefox"
    INTERNET_EXPLORER = "internet_explorer"
    OPERA = "opera"
    SAFARI = "safari"
    SAMSUNG = "samsung"
    YANDEX = "yandex"


class CheckFinding(Wire, frozen=True, kw_only=True):
    """How a part that was tried came out."""

    part: CheckPart
    cause: CheckCause | None = None
    """None: well."""


class NewPatientCheck(Wire, frozen=True, kw_only=True):
    """What the page has found; what could not be measured is None."""

    findings: Annotated[list[CheckFinding], msgspec.Meta(min_length=1, max_length=MOST_FINDINGS)]
    """Of the parts that were tried, each once."""
    width: Pixels | None = None
    height: Pixels | None = None
    frame_rate: Frames | None = None
    up_kbit: Kilobits | None = None
    down_kbit: Kilobits | None = None
    delay_ms: Milliseconds | None = None
    """To the backend and back."""
    browser: Browser = Browser.UNKNOWN
    browser_version: BrowserVersion = 0
    """0: not told."""
    is_phone: bool = False


class PatientCheck(NewPatientCheck, frozen=True, kw_only=True):
    """The request's last one."""

    at: UtcTime
