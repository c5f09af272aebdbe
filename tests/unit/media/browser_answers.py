"""Answers of browsers that do not run here, written by hand after their makers' documents.

Untested: no Safari, Yandex Browser or Opera has ever taken part. All three are to accept our offer
(Opus 96; VP8 97 with 98; H.264 99 and 101 with 100 and 102; data channel) in these words: WebKit
and Chromium share libwebrtc, and differ in what they offer of H.264, in header extensions, and in
how they name their candidates.
"""

from typing import Final

_PRINT: Final = ":".join(f"{number:02X}" for number in range(16, 48))
_ICE: Final = f"""\
a=ice-ufrag:Gk3d
a=ice-pwd:8Yw1sHd0QpXr2Zt5Vu7Nb9Lm
a=ice-options:trickle
a=fingerprint:sha-256 {_PRINT}
a=setup:active
"""
_SOUND: Final = """\
a=sendrecv
a=rtcp-mux
a=rtpmap:96 opus/48000/2
a=fmtp:96 minptime=10;useinbandfec=1
a=ssrc:1001 cname:PxM3bq
a=ssrc:1001 msid:stream sound
"""
_PICTURE: Final = """\
a=sendrecv
a=rtcp-mux
a=rtcp-rsize
a=ssrc-group:FID 2001 2002
a=ssrc:2001 cname:PxM3bq
a=ssrc:2001 msid:stream picture
a=ssrc:2002 cname:PxM3bq
a=ssrc:2002 msid:stream picture
"""
_VP8: Final = """\
a=rtpmap:97 VP8/90000
a=rtcp-fb:97 goog-remb
a=rtcp-fb:97 nack
a=rtcp-fb:97 nack pli
a=rtpmap:98 rtx/90000
a=fmtp:98 apt=97
"""
_H264: Final = """\
a=rtpmap:{0} H264/90000
a=rtcp-fb:{0} goog-remb
a=rtcp-fb:{0} nack
a=rtcp-fb:{0} nack pli
a=fmtp:{0} level-asymmetry-allowed=1;packetization-mode=1;profile-level-id={1}
a=rtpmap:{2} rtx/90000
a=fmtp:{2} apt={0}
"""
_BASELINE, _CONSTRAINED = _H264.format(99, "42001f", 100), _H264.format(101, "42e01f", 102)
_HIDDEN: Final = """\
a=candidate:1 1 udp 2113937151 6f1c58a6-4d1e-4fd5-9f0a-2b6f3a6f0b11.local 51234 typ host \
generation 0 network-cost 999
"""
"""A host's name by mDNS, as a browser with a camera's leave still writes it (WebKit)."""
_PLAIN: Final = """\
a=candidate:842163049 1 udp 1677729535 203.0.113.7 50123 typ srflx raddr 0.0.0.0 rport 0 \
generation 0 network-cost 999
a=candidate:1052118 1 tcp 1518280447 192.0.2.31 9 typ host tcptype active generation 0
"""


def _answer(sound: str, payloads: str, picture: str, candidates: str) -> str:
    head = "v=0\no=- 5129380 2 IN IP4 127.0.0.1\ns=-\nt=0 0\na=group:BUNDLE 0 1 2\n"
    sections = (
        f"m=audio 9 UDP/TLS/RTP/SAVPF 96{sound}\nc=IN IP4 0.0.0.0\n{candidates}{_ICE}a=mid:0\n"
        f"{_SOUND}",
        f"m=video 9 UDP/TLS/RTP/SAVPF {payloads}\nc=IN IP4 0.0.0.0\n{_ICE}a=mid:1\n"
        f"a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid\n{_PICTURE}{picture}",
        f"m=application 9 UDP/DTLS/SCTP webrtc-datachannel\nc=IN IP4 0.0.0.0\n{_ICE}a=mid:2\n"
        "a=sctp-port:5000\na=max-message-size:262144\n",
    )
    return (head + "".join(sections)).replace("\n", "\r\n")


ANSWERS: Final = {
    "Safari 12.1: H.264 alone": _answer("", "101 102", _CONSTRAINED, _HIDDEN),
    "Safari 17": _answer(" 9 0 8", "97 98 101 102", _VP8 + _CONSTRAINED, _HIDDEN),
    "Yandex 24": _answer(
        " 9 0 8", "97 98 99 100 101 102", _VP8 + _BASELINE + _CONSTRAINED, _HIDDEN + _PLAIN
    ),
    "Opera 115": _answer("", "97 98 101 102", _VP8 + _CONSTRAINED, _PLAIN),
}
