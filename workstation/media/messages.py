"""What goes through the pipe between the window and the media process: frozen and small."""

from typing import Final

import msgspec


class Message(msgspec.Struct, frozen=True, tag=True):
    """Base of all messages."""


class Ping(Message, frozen=True):
    """How are you?"""

    number: int


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


Request = Ping
Answer = Pong

_encoder: Final = msgspec.msgpack.Encoder()
_requests: Final[msgspec.msgpack.Decoder[Request]] = msgspec.msgpack.Decoder(Request)
_answers: Final[msgspec.msgpack.Decoder[Answer]] = msgspec.msgpack.Decoder(Answer)


def encode(message: Request | Answer) -> bytes:
    """A message as bytes."""
    return _encoder.encode(message)


def decode_request(data: bytes) -> Request:
    """What the window asks.

    Raises:
        ValueError: not a request.
    """
    return _requests.decode(data)


def decode_answer(data: bytes) -> Answer:
    """What the process answers.

    Raises:
        ValueError: not an answer.
    """
    return _answers.decode(data)
