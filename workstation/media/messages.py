"""What goes through the pipe between the window and the media process: frozen and small."""

import enum
from typing import Final

import msgspec

from workstation.core.call_media import (
    CallSettings,
    CallState,
    CallStats,
    DeviceNames,
    DeviceNote,
    IceServer,
    MediaState,
    Receiving,
    RelayReport,
)
from workstation.core.device_check import Camera, KnownDevices, Microphone, Speaker


class Message(msgspec.Struct, frozen=True, tag=True):
    """Base of all messages."""


class Stream(enum.Enum):
    """Which pictures of a call."""

    REMOTE = "remote"
    LOCAL = "local"


class Room(msgspec.Struct, frozen=True):
    """Shared memory for the pictures of one stream: `slots` slots of equal size."""

    block: str
    size: int
    slots: int


# What the window asks. `number` comes back with the answer, `call` names the connection.


class Ping(Message, frozen=True):
    """How are you?"""

    number: int


class StartCall(Message, frozen=True):
    """Opens camera and microphone for a new connection."""

    number: int
    call: int
    settings: CallSettings
    remote: Room
    local: Room


class MakeOffer(Message, frozen=True):
    """Describe our side first."""

    number: int
    call: int


class TakeAnswer(Message, frozen=True):
    """The other side's answer to our offer."""

    number: int
    call: int
    sdp: str


class MakeAnswer(Message, frozen=True):
    """Describe our side in answer to the other's offer."""

    number: int
    call: int
    sdp: str


class SetMuted(Message, frozen=True):
    """What is not to be sent from now on."""

    number: int
    call: int
    audio: bool
    video: bool


class UseDevices(Message, frozen=True):
    """Other devices from now on, over the same connection."""

    number: int
    call: int
    devices: DeviceNames


class HangUp(Message, frozen=True):
    """Ends the connection and forgets it."""

    number: int
    call: int


class CheckRelays(Message, frozen=True):
    """Ask each TURN server for an address."""

    number: int
    servers: tuple[IceServer, ...]


class MeasureDevices(Message, frozen=True):
    """Measure camera, microphone and speaker; in a call without the tone."""

    number: int
    settings: CallSettings
    tone: bool


class ListDevices(Message, frozen=True):
    """Which devices does this computer have?"""

    number: int


class HearOneself(Message, frozen=True):
    """Record for so many seconds, and play it."""

    number: int
    settings: CallSettings
    seconds: float


class FrameTaken(Message, frozen=True):
    """The window shows the frame of the last `FrameReady`; `freed` is the slot it showed before."""

    call: int
    stream: Stream
    freed: int | None


# What the process answers.


class MediaStatus(msgspec.Struct, frozen=True):
    """How the media process is."""

    pid: int
    up_s: float
    """Seconds since it came up."""
    longest_stall_ms: float
    """The longest time, since it came up, that its loop did not get its turn beyond the due."""


class Pong(Message, frozen=True):
    """The answer to a `Ping`."""

    number: int
    status: MediaStatus


class Done(Message, frozen=True):
    """It was done."""

    number: int


class Described(Message, frozen=True):
    """Our side."""

    number: int
    sdp: str


class RelaysChecked(Message, frozen=True):
    """What became of each address."""

    number: int
    reports: tuple[RelayReport, ...]


class DevicesMeasured(Message, frozen=True):
    """What the devices gave."""

    number: int
    camera: Camera
    microphone: Microphone
    speaker: Speaker
    known: KnownDevices


class DevicesListed(Message, frozen=True):
    """What it has."""

    number: int
    known: KnownDevices


class HeardOneself(Message, frozen=True):
    """Whether there was something to play, and who played it."""

    number: int
    is_played: bool


class Refusal(enum.Enum):
    """Why something was not done."""

    BAD_DESCRIPTION = "bad-description"
    NOT_NOW = "not-now"


class Refused(Message, frozen=True):
    """It was not done. `words` are ours: nothing of the other side is repeated."""

    number: int
    refusal: Refusal
    words: str


# What the process says by itself.


class StateSaid(Message, frozen=True):
    """The connection's state has changed."""

    call: int
    state: CallState


class FrameReady(Message, frozen=True):
    """A picture lies in `slot`; no other is offered on this stream before `FrameTaken`."""

    call: int
    stream: Stream
    slot: int
    width: int
    height: int
    count: int
    captured_s: float


class RemoteMediaSaid(Message, frozen=True):
    """What the other side says that it sends."""

    call: int
    media: MediaState


class DeviceSaid(Message, frozen=True):
    """A device is missing, or is there again."""

    call: int
    note: DeviceNote


class ReceivingSaid(Message, frozen=True):
    """Media stays away, or comes again."""

    call: int
    receiving: Receiving


class StatsSaid(Message, frozen=True):
    """Figures of the last second."""

    call: int
    stats: CallStats


class DevicesChanged(Message, frozen=True):
    """Something was plugged in or taken out: what there is now. Of no call."""

    known: KnownDevices


class RelaysSaid(Message, frozen=True):
    """What became of the TURN servers of a call."""

    call: int
    reports: tuple[RelayReport, ...]


OfCall = StartCall | MakeOffer | TakeAnswer | MakeAnswer | SetMuted | UseDevices | HangUp
Request = Ping | OfCall | FrameTaken | CheckRelays | MeasureDevices | HearOneself | ListDevices
Answer = (
    Pong
    | Done
    | Described
    | Refused
    | RelaysChecked
    | DevicesMeasured
    | HeardOneself
    | DevicesListed
)
CallNews = (
    StateSaid | FrameReady | RemoteMediaSaid | DeviceSaid | ReceivingSaid | StatsSaid | RelaysSaid
)
Said = Answer | CallNews | DevicesChanged

_encoder: Final = msgspec.msgpack.Encoder()
_requests: Final[msgspec.msgpack.Decoder[Request]] = msgspec.msgpack.Decoder(Request)
_said: Final[msgspec.msgpack.Decoder[Said]] = msgspec.msgpack.Decoder(Said)


def encode(message: Request | Said) -> bytes:
    """A message as bytes."""
    return _encoder.encode(message)


def decode_request(data: bytes) -> Request:
    """What the window asks.

    Raises:
        ValueError: not a request.
    """
    return _requests.decode(data)


def decode_said(data: bytes) -> Said:
    """What the process says.

    Raises:
        ValueError: not a message of the process.
    """
    return _said.decode(data)
