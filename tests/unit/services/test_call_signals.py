"""The page's words are a stranger's; each is taken once and in order."""

import json
import logging

import pytest

from backend_client.models.calls import LONGEST_SIGNAL, SignalKind
from backend_client.models.messages import Side
from tests.unit.services.call_scene import make_signal
from workstation.core.call_media import MediaState, Sending, SessionDescription
from workstation.services.call_signals import (
    Answered,
    AskedAgain,
    MediaTold,
    SignalOrder,
    media_payload,
    offer_payload,
    understood,
)

SECRET = "Иванова"
RUBBISH = [
    "",
    "null",
    "[]",
    "{",
    f'"{SECRET}"',
    '{"type": "answer"}',
    '{"type": "offer", "sdp": "x"}',
    '{"type": "answer", "sdp": 5}',
    '{"type": "answer", "sdp": "x", "more": ' + "[" * 60_000,
    '{"type": "answer", "sdp": "\ud800"}',
    '{"type": "answer", "sdp": "' + "x" * LONGEST_SIGNAL + '"}',
    '{"microphone": "yes", "camera": true}',
    '{"microphone": 1, "camera": 0}',
    '{"camera": true}',
]


@pytest.mark.parametrize("payload", RUBBISH, ids=range(len(RUBBISH)))
@pytest.mark.parametrize("kind", [SignalKind.ANSWER, SignalKind.MEDIA])
def test_rubbish_is_nothing_and_its_words_are_not_logged(
    kind: SignalKind, payload: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        assert understood(make_signal(1, kind, payload)) is None
    assert SECRET not in caplog.text
    assert len(caplog.records) == 1


def test_what_the_page_says() -> None:
    answer = make_signal(1, SignalKind.ANSWER, '{"type": "answer", "sdp": "v=0"}')
    assert understood(answer) == Answered(SessionDescription("answer", "v=0"))
    media = make_signal(2, SignalKind.MEDIA, '{"microphone": true, "camera": false, "new": 1}')
    assert understood(media) == MediaTold(MediaState(Sending.ON, Sending.OFF))
    assert understood(make_signal(3, SignalKind.RECONNECT, "anything")) == AskedAgain()


@pytest.mark.parametrize("kind", [SignalKind.CANDIDATE, SignalKind.OFFER, SignalKind.UNKNOWN])
def test_what_this_side_does_not_act_upon(kind: SignalKind) -> None:
    assert understood(make_signal(1, kind, "{}")) is None


def test_what_the_page_reads() -> None:
    offer = offer_payload(SessionDescription("offer", "v=0\r\n"))
    assert json.loads(offer) == {"type": "offer", "sdp": "v=0\r\n"}
    media = media_payload(microphone=True, camera=False)
    assert json.loads(media) == {"microphone": True, "camera": False}


def test_each_signal_once_and_in_order() -> None:
    one, two, three, five = (make_signal(n, SignalKind.MEDIA, "{}") for n in (1, 2, 3, 5))
    order = SignalOrder()
    assert order.take(one) == [one]
    assert order.take(one) == []
    order.hold()
    assert order.take(five) == []
    order.hold()
    assert order.release([three, two, one]) == [two, three, five]
    assert order.take(three) == []
    assert order.last == 5


def test_our_own_signals_are_not_the_page_s() -> None:
    assert SignalOrder().take(make_signal(1, SignalKind.MEDIA, "{}", side=Side.DOCTOR)) == []
