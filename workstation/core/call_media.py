"""Words of a call's sound and picture, shared by the media process, the services and the window."""

import enum
from dataclasses import dataclass, replace
from typing import Literal


class CallState(enum.Enum):
    """Where a connection is. `FAILED` and `CLOSED` are final: go on with a new connection."""

    NEW = "new"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    FAILED = "failed"
    CLOSED = "closed"


class Sending(enum.Enum):
    """What one side sends of sound or of picture."""

    ON = "on"
    OFF = "off"
    MISSING = "missing"


class Device(enum.Enum):
    """What a call uses of the computer."""

    CAMERA = "camera"
    MICROPHONE = "microphone"
    SPEAKER = "speaker"


class DeviceTrouble(enum.Enum):
    """Why a device is of no use."""

    NONE = "none"
    NOT_FOUND = "not-found"
    FAILED = "failed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class DeviceNote:
    """The call goes on without this device; `DeviceTrouble.NONE`: it is there (again)."""

    device: Device
    trouble: DeviceTrouble
    name: str = ""
    """Which one, as the system calls it."""


@dataclass(frozen=True, slots=True)
class DeviceNames:
    """Which devices are to be used, as the system calls them; "" is the usual one."""

    camera: str = ""
    microphone: str = ""
    speaker: str = ""

    def of(self, device: Device) -> str:
        """Which one of that kind."""
        names = {
            Device.CAMERA: self.camera,
            Device.MICROPHONE: self.microphone,
            Device.SPEAKER: self.speaker,
        }
        return names[device]

    def having(self, device: Device, name: str) -> "DeviceNames":
        """The same but for one."""
        return replace(self, **{device.value: name})


@dataclass(frozen=True, slots=True)
class MediaState:
    """What one side sends, as it says itself."""

    audio: Sending
    video: Sending


@dataclass(frozen=True, slots=True)
class SessionDescription:
    """One side of a connection in SDP (RFC 8866), complete with its ICE candidates."""

    type: Literal["offer", "answer"]
    sdp: str


@dataclass(frozen=True, slots=True)
class IceServer:
    """A STUN or TURN server and its time-limited credentials."""

    urls: tuple[str, ...]
    username: str = ""
    credential: str = ""


class RelayState(enum.Enum):
    """What came of asking a TURN server for an address."""

    USABLE = "usable"
    WRONG_CREDENTIALS = "wrong-credentials"
    EXPIRED = "expired"
    """The credentials' time is over."""
    FORBIDDEN = "forbidden"
    FULL = "full"
    """The server gives no more addresses to this name."""
    REFUSED = "refused"
    """For another reason."""
    UNTRUSTED = "untrusted"
    """Nobody whom this computer trusts vouches for the server."""
    SILENT = "silent"
    """No answer: a wall swallows it, or it is switched off."""
    UNREACHABLE = "unreachable"
    """The network says no: no such name, nobody listens."""
    BAD_ADDRESS = "bad-address"


@dataclass(frozen=True, slots=True)
class RelayReport:
    """One address of a TURN server, as RFC 7065 writes it."""

    url: str
    state: RelayState
    answer_ms: float | None = None
    """How long an address took; None where there is none."""
    trip: "PacketTrip | None" = None
    """What becomes of packets there; None: not measured."""


@dataclass(frozen=True, slots=True)
class PacketTrip:
    """Packets of two seconds on the road to a TURN server and back, by UDP."""

    loss: float
    """Share that did not come back within half a second."""
    delay_ms: float
    """There and back: the median of those that came."""
    jitter_ms: float
    """Mean change of the delay from one packet to the next (RFC 3550, 6.4.1, without smoothing);
    includes how late the program's own loop is."""


class Source(enum.Enum):
    """Where our sound and picture come from."""

    DEVICES = "devices"
    SYNTHETIC = "synthetic"
    """A moving pattern with a clock, and a tone of 440 Hz."""


@dataclass(frozen=True, slots=True)
class CallSettings:
    """How a connection is made. Devices are named as the system does; "" is the usual one."""

    source: Source = Source.DEVICES
    camera: str = ""
    microphone: str = ""
    speaker: str = ""
    width: int = 1280
    height: int = 720
    frame_rate: int = 30
    ice_servers: tuple[IceServer, ...] = ()
    relay_only: bool = False
    """Nothing but TURN: addresses of this computer are not told."""
    audio: bool = True
    """Whether our sound is on from the start."""
    video: bool = True
    """Whether our picture is on from the start."""
    connect_s: float = 15.0
    """A connection that is not up after this time has failed."""
    silence_s: float = 2.0
    """Media that stays away for this time is told; with the service's own patience it is a lost
    connection, which is shown within four seconds."""

    @property
    def devices(self) -> DeviceNames:
        """Those that it names."""
        return DeviceNames(self.camera, self.microphone, self.speaker)

    def using(self, devices: DeviceNames) -> "CallSettings":
        """The same with other devices."""
        return replace(
            self,
            camera=devices.camera,
            microphone=devices.microphone,
            speaker=devices.speaker,
        )


@dataclass(frozen=True, slots=True)
class Receiving:
    """Whether media comes from the other side; nothing has come for `silent_s` seconds."""

    flowing: bool
    silent_s: float


@dataclass(frozen=True, slots=True, eq=False)
class CallFrame:
    """A picture of a call: BGRA, 8 bits each, rows from the top without gaps.

    `pixels` lies in shared memory and is the frame's own until the next frame of the same stream
    has been emitted: who shows it then changes over to the new one, or has made a copy.
    """

    pixels: memoryview
    width: int
    height: int
    number: int
    """Counts the frames of the stream from 1; those left out for a busy window are missing."""
    captured_s: float
    """When it was captured (self view) or decoded (remote), on the clock of `time.monotonic`."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What sound is like, measured over the last second."""

    chunks: int
    """Pieces of sound since the start, mostly of 20 ms."""
    level_dbfs: float
    """Root mean square below full scale; -100 for silence."""
    pitch_hz: float
    """From the zero crossings: right for a pure tone; 0 for silence."""


@dataclass(frozen=True, slots=True)
class CallStats:
    """Figures of a connection, once a second; counts are since the start."""

    up_s: float
    """Seconds since the connection was asked for."""
    first_frame_s: float | None
    """Seconds from the second description until the first remote picture was decoded."""
    frames_received: int
    frames_shown: int
    """Handed to the window; the others were overtaken by a newer one."""
    frames_sent: int
    fps_received: float
    width: int
    height: int
    audio_received: Heard
    audio_sent: Heard
    played_ms: int
    """Sound given to the speaker."""
    unplayed_ms: int
    """Sound received that no speaker took."""
    bytes_received: int
    bytes_sent: int
    packets_lost: int
    round_trip_ms: float | None
    refused_messages: int
    """Rubbish and huge messages of the other side on the data channel."""
    cpu_share: float
    """Processor time of the whole media process in the last second; 1.0 is one core."""
    stall_ms: float
    """The longest time in the last second that the media process's loop was late."""
    sent_size: tuple[int, int] = (0, 0)
    """Width and height of our picture as it goes out now; (0, 0) where that is not known."""
    frame_gap_ms: float = 0.0
    """The longest time in the last second between two pictures of the other side."""
    sound_lag_ms: float = 0.0
    """How far the other side's sound waits behind its quickest packet."""
    sound_recovered: int = 0
    """Lost packets of sound that were played from the copy in the next one."""
    sound_concealed: int = 0
    """Pieces of 20 ms that stand for sound that was lost, or came too late."""
    sound_late: int = 0
    """Packets of sound that came when something else had been played in their place."""
