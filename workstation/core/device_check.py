"""The device test's verdict: what was measured against what a service asks (its profile).

Nothing is measured here, and nothing is worded: a finding names its cause, the window has the
words and the way to mend it.
"""

import enum
from dataclasses import dataclass, field
from typing import Final

import msgspec

from workstation.core.call_media import Device, RelayReport, RelayState

_DARK: Final = 40.0
"""Mean of the picture's luma, of 255, below which a face is not to be seen."""
_COVERED: Final = 4.0
"""Standard deviation of the luma below which a lens is covered."""
_FEWEST_FRAMES: Final = 15.0
_SILENT_DBFS: Final = -60.0
_QUIET_DBFS: Final = -40.0
_MOST_CLIPPED: Final = 0.01
_ECHO_DB: Final = -20.0
"""What the microphone hears of the speaker, against what was played; above it is an echo."""
_MOST_LOSS: Final = 0.03
_MOST_JITTER_MS: Final = 40.0
_MOST_DELAY_MS: Final = 250.0
"""One way to the relay and back; ITU-T G.114 asks 150 ms for one way, mouth to ear."""


class CameraNeeds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a profile asks of the camera; 0 asks nothing."""

    width: int = 0
    height: int = 0
    pixels: int = 0


class CallProfile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one service asks of a doctor's devices; 0 asks nothing."""

    id: str
    title: dict[str, str]
    """By language."""
    requirement: str
    """The row of the requirements that it comes from."""
    video_kbit_a_second: int = 0
    audio_kbit_a_second: int = 0
    camera: CameraNeeds = CameraNeeds()
    headset: bool = False


class _Profiles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    profiles: list[CallProfile]


def read_profiles(data: bytes) -> tuple[CallProfile, ...]:
    """The profiles of a file (`resources/call_profiles/profiles.json`).

    Raises:
        ValueError: it is no list of profiles.
    """
    return tuple(msgspec.json.decode(data, type=_Profiles).profiles)


class Access(enum.Enum):
    """Whether a device could be used."""

    WORKS = "works"
    NONE = "none"
    NO_PERMISSION = "no-permission"
    BUSY = "busy"
    """Another program has it."""
    FAILED = "failed"
    UNTRIED = "untried"


@dataclass(frozen=True, slots=True)
class KnownCamera:
    """A camera of this computer, and the largest picture that it says it gives; 0: unknown."""

    name: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class KnownDevices:
    """What this computer has, by the names that people know; the usual one of each kind first."""

    cameras: tuple[KnownCamera, ...] = ()
    microphones: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()

    def names(self, device: Device) -> tuple[str, ...]:
        """Those of that kind."""
        names = {
            Device.CAMERA: tuple(one.name for one in self.cameras),
            Device.MICROPHONE: self.microphones,
            Device.SPEAKER: self.speakers,
        }
        return names[device]


@dataclass(frozen=True, slots=True)
class Camera:
    """What the camera gave."""

    access: Access = Access.UNTRIED
    name: str = ""
    width: int = 0
    """Of the largest picture that it gives."""
    height: int = 0
    frame_rate: float = 0.0
    brightness: float = 0.0
    """Mean luma, 0 to 255."""
    contrast: float = 0.0
    """Standard deviation of the luma."""


@dataclass(frozen=True, slots=True)
class Microphone:
    """What the microphone gave."""

    access: Access = Access.UNTRIED
    name: str = ""
    level_dbfs: float = -100.0
    """Of the loudest fifth of a second."""
    clipped: float = 0.0
    """Share of samples at the end of the scale."""
    echo_db: float | None = None
    """The test tone as it was heard against as it was played; None: not to be told."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """What became of the tone."""

    access: Access = Access.UNTRIED
    name: str = ""
    left: bool | None = None
    """Whether it was heard, by the microphone or as the doctor says; None: nobody can say."""
    right: bool | None = None
    is_headset: bool | None = None


@dataclass(frozen=True, slots=True)
class MeasuredDevices:
    """What the media process found of the devices."""

    camera: Camera
    microphone: Microphone
    speaker: Speaker
    known: KnownDevices


@dataclass(frozen=True, slots=True)
class Adapter:
    """A network adapter that is up and leads outside."""

    name: str
    is_vpn: bool


@dataclass(frozen=True, slots=True)
class Network:
    """The road to the backend and to the relays."""

    backend_ms: float | None = None
    """None: it does not answer."""
    relays: tuple[RelayReport, ...] = ()
    up_kbit: float | None = None
    down_kbit: float | None = None
    loss: float | None = None
    """Share of packets by UDP to a relay and back; None: not measured."""
    jitter_ms: float = 0.0
    delay_ms: float = 0.0
    adapters: tuple[Adapter, ...] = ()
    has_proxy: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """All that a test found."""

    camera: Camera = field(default_factory=Camera)
    microphone: Microphone = field(default_factory=Microphone)
    speaker: Speaker = field(default_factory=Speaker)
    network: Network = field(default_factory=Network)


class Part(enum.Enum):
    """A line of the test."""

    CAMERA = "camera"
    MICROPHONE = "microphone"
    SPEAKER = "speaker"
    SERVER = "server"
    RELAY = "relay"
    SPEED = "speed"
    ADAPTERS = "adapters"


class Grade(enum.IntEnum):
    """How a line came out."""

    GOOD = 0
    DOUBTFUL = 1
    BAD = 2


class Cause(enum.Enum):
    """Why a line did not come out well."""

    NOT_FOUND = "not-found"
    NO_PERMISSION = "no-permission"
    BUSY = "busy"
    FAILED = "failed"
    NOT_TRIED = "not-tried"
    """It was left alone: in a call the doctor has switched it off."""
    DARK = "dark"
    COVERED = "covered"
    FEW_FRAMES = "few-frames"
    TOO_SMALL = "too-small"
    """Fewer pixels than the profile asks."""
    SILENT = "silent"
    QUIET = "quiet"
    CLIPPING = "clipping"
    ECHO = "echo"
    NOT_HEARD = "not-heard"
    ONE_SIDE = "one-side"
    NO_HEADSET = "no-headset"
    NO_ANSWER = "no-answer"
    UDP_CLOSED = "udp-closed"
    """Calls go by TCP or TLS, a little later."""
    NO_RELAY = "no-relay"
    """No address of any relay can be used."""
    RELAY_CREDENTIALS = "relay-credentials"
    RELAY_UNTRUSTED = "relay-untrusted"
    SLOW_FOR_VIDEO = "slow-for-video"
    SLOW_FOR_SOUND = "slow-for-sound"
    UNSTEADY = "unsteady"
    """Packets are lost or come at uneven times."""
    VPN = "vpn"
    SEVERAL = "several"
    PROXY = "proxy"


class Outlook(enum.Enum):
    """The verdict's one sentence."""

    READY = "ready"
    UNEVEN_VIDEO = "uneven-video"
    """One can call; the picture will be poor."""
    SOUND_ONLY = "sound-only"
    NOT_READY = "not-ready"
    """The patient would not hear the doctor, or be heard."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line."""

    part: Part
    grade: Grade = Grade.GOOD
    cause: Cause | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The whole: one sentence, then the lines in their order."""

    outlook: Outlook
    findings: tuple[Finding, ...]

    def of(self, part: Part) -> Finding:
        """The line of that part."""
        return next(one for one in self.findings if one.part is part)


_ACCESS: Final = {
    Access.NONE: Cause.NOT_FOUND,
    Access.NO_PERMISSION: Cause.NO_PERMISSION,
    Access.BUSY: Cause.BUSY,
    Access.FAILED: Cause.FAILED,
    Access.UNTRIED: Cause.NOT_TRIED,
}


def judge(measured: Measured, profile: CallProfile) -> Verdict:
    """What the measured devices are worth for a service that asks `profile`."""
    network = measured.network
    findings = (
        _camera(measured.camera, profile.camera),
        _microphone(measured.microphone),
        _speaker(measured.speaker, profile),
        _line(Part.SERVER, Grade.BAD, Cause.NO_ANSWER if network.backend_ms is None else None),
        _relay(network.relays),
        _speed(network, profile),
        _adapters(network),
    )
    return Verdict(_outlook({one.part: one for one in findings}), findings)


def _line(part: Part, grade: Grade, cause: Cause | None) -> Finding:
    return Finding(part) if cause is None else Finding(part, grade, cause)


def _camera(camera: Camera, needs: CameraNeeds) -> Finding:
    if camera.access is Access.UNTRIED:
        return Finding(Part.CAMERA, Grade.DOUBTFUL, Cause.NOT_TRIED)
    if camera.access is not Access.WORKS:
        return Finding(Part.CAMERA, Grade.BAD, _ACCESS[camera.access])
    if camera.contrast < _COVERED:
        return Finding(Part.CAMERA, Grade.BAD, Cause.COVERED)
    is_small = (
        camera.width < needs.width
        or camera.height < needs.height
        or camera.width * camera.height < needs.pixels
    )
    doubts = {
        Cause.DARK: camera.brightness < _DARK,
        Cause.FEW_FRAMES: camera.frame_rate < _FEWEST_FRAMES,
        Cause.TOO_SMALL: is_small,
    }
    return _line(Part.CAMERA, Grade.DOUBTFUL, _first(doubts))


def _microphone(microphone: Microphone) -> Finding:
    if microphone.access is not Access.WORKS:
        return Finding(Part.MICROPHONE, Grade.BAD, _ACCESS[microphone.access])
    if microphone.level_dbfs < _SILENT_DBFS:
        return Finding(Part.MICROPHONE, Grade.BAD, Cause.SILENT)
    doubts = {
        Cause.CLIPPING: microphone.clipped > _MOST_CLIPPED,
        Cause.ECHO: microphone.echo_db is not None and microphone.echo_db > _ECHO_DB,
        Cause.QUIET: microphone.level_dbfs < _QUIET_DBFS,
    }
    return _line(Part.MICROPHONE, Grade.DOUBTFUL, _first(doubts))


def _speaker(speaker: Speaker, profile: CallProfile) -> Finding:
    if speaker.access is not Access.WORKS:
        return Finding(Part.SPEAKER, Grade.BAD, _ACCESS[speaker.access])
    if speaker.left is False and speaker.right is False:
        return Finding(Part.SPEAKER, Grade.BAD, Cause.NOT_HEARD)
    doubts = {
        Cause.ONE_SIDE: False in (speaker.left, speaker.right),
        Cause.NO_HEADSET: profile.headset and speaker.is_headset is False,
    }
    return _line(Part.SPEAKER, Grade.DOUBTFUL, _first(doubts))


def _relay(relays: tuple[RelayReport, ...]) -> Finding:
    """A centre without relays asks nothing here."""
    states = {one.state for one in relays}
    usable = [one for one in relays if one.state is RelayState.USABLE]
    if not relays or any("transport=udp" in one.url for one in usable):
        return Finding(Part.RELAY)
    if usable:
        return Finding(Part.RELAY, Grade.DOUBTFUL, Cause.UDP_CLOSED)
    if states & {RelayState.WRONG_CREDENTIALS, RelayState.EXPIRED, RelayState.FORBIDDEN}:
        return Finding(Part.RELAY, Grade.DOUBTFUL, Cause.RELAY_CREDENTIALS)
    if RelayState.UNTRUSTED in states:
        return Finding(Part.RELAY, Grade.DOUBTFUL, Cause.RELAY_UNTRUSTED)
    return Finding(Part.RELAY, Grade.DOUBTFUL, Cause.NO_RELAY)


def _speed(network: Network, profile: CallProfile) -> Finding:
    """The slower way counts: both sides are to see and to hear."""
    ways = [one for one in (network.up_kbit, network.down_kbit) if one is not None]
    slowest = min(ways, default=None)
    if slowest is not None and slowest < profile.audio_kbit_a_second:
        return Finding(Part.SPEED, Grade.BAD, Cause.SLOW_FOR_SOUND)
    doubts = {
        Cause.SLOW_FOR_VIDEO: slowest is not None and slowest < profile.video_kbit_a_second,
        Cause.UNSTEADY: (network.loss or 0.0) > _MOST_LOSS
        or network.jitter_ms > _MOST_JITTER_MS
        or network.delay_ms > _MOST_DELAY_MS,
    }
    return _line(Part.SPEED, Grade.DOUBTFUL, _first(doubts))


def _adapters(network: Network) -> Finding:
    doubts = {
        Cause.VPN: any(one.is_vpn for one in network.adapters),
        Cause.SEVERAL: len(network.adapters) > 1,
        Cause.PROXY: network.has_proxy,
    }
    return _line(Part.ADAPTERS, Grade.DOUBTFUL, _first(doubts))


def _first(doubts: dict[Cause, bool]) -> Cause | None:
    return next((cause for cause, is_so in doubts.items() if is_so), None)


def _outlook(found: dict[Part, Finding]) -> Outlook:
    heard = (Part.MICROPHONE, Part.SPEAKER, Part.SERVER, Part.SPEED)
    if any(found[part].grade is Grade.BAD for part in heard):
        return Outlook.NOT_READY
    if found[Part.CAMERA].grade is Grade.BAD:
        return Outlook.SOUND_ONLY
    if Grade.DOUBTFUL in (found[Part.CAMERA].grade, found[Part.SPEED].grade):
        return Outlook.UNEVEN_VIDEO
    return Outlook.READY
