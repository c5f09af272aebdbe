"""The device test in words: one sentence of verdict, then each line with its cause and its mend."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from PySide6.QtCore import QObject

from workstation.core.call_media import RelayReport, RelayState
from workstation.core.device_check import (
    CallProfile,
    Cause,
    Finding,
    Grade,
    Measured,
    Outlook,
    Part,
    Verdict,
)
from workstation.ui.screens.device_test.verdict_box import Tone
from workstation.ui.wording import NBSP

_TONES = {Grade.GOOD: Tone.GOOD, Grade.DOUBTFUL: Tone.WARNING, Grade.BAD: Tone.BAD}
_OUTLOOK_TONES = {
    Outlook.READY: Tone.GOOD,
    Outlook.UNEVEN_VIDEO: Tone.WARNING,
    Outlook.SOUND_ONLY: Tone.WARNING,
    Outlook.NOT_READY: Tone.BAD,
}
_MOST_NAMED = 2
_HEARD_DBFS, _FULL_DBFS = -60.0, -6.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the test."""

    part: Part
    tone: Tone
    name: str
    fact: str
    detail: str = ""
    need: str = ""
    """What the profile asks."""
    level: float | None = None
    """Of the voice, 0 to 1."""


class DeviceWords(QObject):
    """Words of one result."""

    def profile_name(self, profile: CallProfile) -> str:
        """As it is called in the window's language."""
        language = self.tr("en", "the language of these words, as ISO 639 writes it")
        return profile.title.get(language) or next(iter(profile.title.values()), profile.id)

    def outlook(
        self, verdict: Verdict, profile: CallProfile, measured: Measured
    ) -> tuple[Tone, str, str]:
        """Tone, the sentence, and what stands against it."""
        titles = {
            Outlook.READY: self.tr("Everything is ready for calls"),
            Outlook.UNEVEN_VIDEO: self.tr("You can call, but the video may be uneven"),
            Outlook.SOUND_ONLY: self.tr("You can call by voice: the camera gives no picture"),
            Outlook.NOT_READY: self.tr("Not ready for calls yet"),
        }
        title = titles[verdict.outlook]
        if verdict.of(Part.CAMERA).cause is Cause.NOT_TRIED:
            others = [one.grade for one in verdict.findings if one.part is not Part.CAMERA]
            if max(others, default=Grade.GOOD) is not Grade.BAD:
                title = self.tr("You can call; the camera was left off")
        against = [one for one in verdict.findings if one.grade is not Grade.GOOD]
        named = self.tr("Profile «{}»").format(self.profile_name(profile))
        gravest = sorted(against, key=lambda one: -one.grade)[:_MOST_NAMED]
        lines = [self._line(one, measured, profile) for one in gravest]
        facts = "; ".join(f"{one.name.lower()}: {_small(one.fact)}" for one in lines)
        detail = (
            self.tr("{}. Look at: {}.").format(named, facts)
            if against
            else self.tr("{}: all that it asks is there.").format(named)
        )
        return _OUTLOOK_TONES[verdict.outlook], title, detail

    def lines(self, measured: Measured, profile: CallProfile, verdict: Verdict) -> list[Line]:
        """Every line in its order."""
        return [self._line(one, measured, profile) for one in verdict.findings]

    def administrator(self, measured: Measured) -> str:
        """What the network's keeper has to open."""
        shut = [one.url for one in measured.network.relays if one.state is not RelayState.USABLE]
        asked = self.tr("Please open from this computer, for calls with patients:")
        return "\n".join([asked, *(f"- {_road(url)} {_place(url)}" for url in shut)])

    def report(self, head: str, profile: CallProfile, verdict: Verdict, measured: Measured) -> str:
        """All of it as text; nothing of any patient is in it."""
        _, title, detail = self.outlook(verdict, profile, measured)
        rows = [head, f"{title}. {detail}"]
        for line in self.lines(measured, profile, verdict):
            rest = f" {line.detail}" if line.detail else ""
            rows.append(f"{line.name}: {line.fact}.{rest}")
        rows += [
            f"{_road(one.url)} {_place(one.url)}: {self._relay_state(one)}"
            for one in measured.network.relays
        ]
        return "\n".join(rows)

    def _line(self, one: Finding, measured: Measured, profile: CallProfile) -> Line:
        fact = self._fact(one.part, measured)
        detail = ""
        if one.cause is not None:
            cause, detail = self._cause(one.cause, measured)
            fact = cause or fact
        need = self._need(one.part, profile)
        level = None
        if one.part is Part.MICROPHONE and one.cause not in (Cause.NOT_FOUND, Cause.FAILED):
            level = _share(measured.microphone.level_dbfs)
        if one.part is Part.SPEED and measured.network.backend_ms is not None:
            detail = " ".join(part for part in (self._road_detail(measured), detail) if part)
        if one.part is Part.SPEAKER and not detail:
            detail = self._speaker_detail(measured)
        tone = _TONES[one.grade]
        if one.part in (Part.RELAY, Part.SPEED) and measured.network.backend_ms is None:
            tone, fact, detail = Tone.OPEN, self.tr("not measured"), ""
        return Line(one.part, tone, self._name(one.part), fact, detail, need, level)

    def _name(self, part: Part) -> str:
        return {
            Part.CAMERA: self.tr("Camera"),
            Part.MICROPHONE: self.tr("Microphone"),
            Part.SPEAKER: self.tr("Speaker"),
            Part.SERVER: self.tr("Clinic's server"),
            Part.RELAY: self.tr("Call servers"),
            Part.SPEED: self.tr("Speed"),
            Part.ADAPTERS: self.tr("Network adapters"),
        }[part]

    def _fact(self, part: Part, measured: Measured) -> str:
        facts: dict[Part, Callable[[Measured], str]] = {
            Part.CAMERA: self._camera,
            Part.MICROPHONE: self._microphone,
            Part.SPEAKER: self._speaker,
            Part.SERVER: self._server,
            Part.RELAY: self._relays,
            Part.SPEED: self._speed,
            Part.ADAPTERS: self._adapters,
        }
        return facts[part](measured)

    def _camera(self, measured: Measured) -> str:
        one = measured.camera
        size = f"{one.width}×{one.height}"
        said = self.tr("{}, {} frames/s, enough light").format(size, round(one.frame_rate))
        return ", ".join(part for part in (one.name, said) if part)

    def _microphone(self, measured: Measured) -> str:
        said = self.tr("good level, no overload and no echo")
        return ", ".join(part for part in (measured.microphone.name, said) if part)

    def _speaker(self, measured: Measured) -> str:
        one = measured.speaker
        heard = one.left is True and one.right is True
        said = self.tr("heard on the left and on the right") if heard else self.tr("opens")
        return ", ".join(part for part in (one.name, self._kind(one.is_headset), said) if part)

    def _kind(self, is_headset: bool | None) -> str:
        """By its name, or because the microphone hears it; else nobody can say."""
        if is_headset is None:
            return ""
        return self.tr("a headset") if is_headset else self.tr("no headset")

    def _speaker_detail(self, measured: Measured) -> str:
        one = measured.speaker
        if one.left is None and one.right is None:
            return self.tr(
                "The microphone has not heard it: so it is with a headset, in a call, and where"
                " the sound is turned down."
            )
        return ""

    def _server(self, measured: Measured) -> str:
        answer = measured.network.backend_ms
        return self.tr("answers in {} ms").format(round(answer or 0))

    def _relays(self, measured: Measured) -> str:
        relays = measured.network.relays
        if not relays:
            return self.tr("none is set up: calls go directly")
        roads = [_road(one.url) for one in relays if one.state is RelayState.USABLE]
        return self.tr("open by {}").format(", ".join(dict.fromkeys(roads)))

    def _speed(self, measured: Measured) -> str:
        up, down = measured.network.up_kbit, measured.network.down_kbit
        if up is None and down is None:
            return self.tr("not measured")
        return self.tr("up {}, down {}").format(self._rate(up), self._rate(down))

    def _road_detail(self, measured: Measured) -> str:
        network = measured.network
        figures = round(network.delay_ms), round(network.jitter_ms)
        if network.loss is None:
            known = self.tr("Delay {} ms, jitter {} ms. Loss is not known: it takes UDP.")
            return known.format(*figures)
        lost = round(network.loss * 100)
        return self.tr("Delay {} ms, jitter {} ms, {} % of packets lost.").format(*figures, lost)

    def _adapters(self, measured: Measured) -> str:
        names = ", ".join(one.name for one in measured.network.adapters)
        return names or self.tr("one, nothing in between")

    def _rate(self, kbit: float | None) -> str:
        if kbit is None:
            return self.tr("unknown")
        if kbit < 1000:
            return self.tr("{} kbit/s").format(round(kbit)).replace(" ", NBSP)
        whole = f"{kbit / 1000:.1f}".replace(".", ",")
        return self.tr("{} Mbit/s").format(whole).replace(" ", NBSP)

    def _need(self, part: Part, profile: CallProfile) -> str:
        needs, text = profile.camera, ""
        if part is Part.CAMERA and needs.pixels:
            text = self.tr("needs {} Mpx").format(round(needs.pixels / 1_000_000))
        elif part is Part.CAMERA and needs.width:
            text = self.tr("needs {}").format(f"{needs.width}×{needs.height}")
        elif part is Part.SPEED and profile.video_kbit_a_second:
            text = self.tr("needs {}").format(self._rate(profile.video_kbit_a_second))
        elif part is Part.SPEAKER and profile.headset:
            text = self.tr("needs a headset")
        return text

    def _cause(self, cause: Cause, measured: Measured) -> tuple[str, str]:
        """The fact in place of the usual one, "" where that says it, and the way to mend it."""
        network = measured.network
        size = f"{measured.camera.width}×{measured.camera.height}"
        rate = round(measured.camera.frame_rate)
        names = ", ".join(one.name for one in network.adapters)
        tunnels = ", ".join(one.name for one in network.adapters if one.is_vpn)
        causes = {
            Cause.NOT_FOUND: (
                self.tr("not found"),
                self.tr("Plug the device in, or choose another one on the right, and repeat."),
            ),
            Cause.NO_PERMISSION: (
                self.tr("the system does not permit it"),
                self.tr("Allow this program the camera in the system's privacy settings."),
            ),
            Cause.BUSY: (
                self.tr("another program has it"),
                self.tr("Close other programs with video or sound, and repeat."),
            ),
            Cause.FAILED: (
                self.tr("does not open"),
                self.tr(
                    "Plug it in again, close other programs with video or sound, allow the"
                    " device in the system's privacy settings."
                ),
            ),
            Cause.NOT_TRIED: (
                self.tr("off in this call"),
                self.tr("It was left alone. Switch it on with F3 and repeat."),
            ),
            Cause.DARK: (
                self.tr("too dark: your face is hardly seen"),
                self.tr("Put a lamp before you, or sit with your face to the window."),
            ),
            Cause.COVERED: (
                self.tr("the lens is covered"),
                self.tr("Open the shutter of the camera, or take off what covers it."),
            ),
            Cause.FEW_FRAMES: (
                self.tr("{} frames/s only").format(rate),
                self.tr("In the dark cameras give fewer: add light, or try another USB socket."),
            ),
            Cause.TOO_SMALL: (
                self.tr("{}: smaller than the service asks").format(size),
                self.tr("Choose another camera on the right."),
            ),
            Cause.SILENT: (
                self.tr("nothing was heard"),
                self.tr(
                    "Say a few words during the test. If you did: look for a switch on the"
                    " headset, and for the level in the system."
                ),
            ),
            Cause.QUIET: (
                self.tr("very quiet"),
                self.tr("Come nearer, or raise the microphone's level in the system."),
            ),
            Cause.CLIPPING: (
                self.tr("too loud: the sound is distorted"),
                self.tr("Lower the microphone's level in the system, or move it away."),
            ),
            Cause.ECHO: (
                self.tr("the microphone hears the speaker"),
                self.tr("The patient may hear an echo. Put on a headset, or turn the sound down."),
            ),
            Cause.NOT_HEARD: (
                self.tr("the tone was not heard"),
                self.tr("Turn the sound up, or choose another speaker on the right."),
            ),
            Cause.ONE_SIDE: (
                self.tr("heard on one side only"),
                self.tr("Look at the plug of the headphones."),
            ),
            Cause.NO_HEADSET: (
                self.tr("no headset"),
                self.tr("This service asks for a headset: plug one in and choose it."),
            ),
            Cause.NO_ANSWER: (
                self.tr("does not answer"),
                self.tr("Look at the network of this computer; the rest was not tried."),
            ),
            Cause.UDP_CLOSED: (
                self.tr("UDP is closed by a firewall"),
                self.tr(
                    "Calls will go by {}, with more delay. Ask the administrator to open UDP."
                ).format(self._best_road(network.relays)),
            ),
            Cause.NO_RELAY: (
                self.tr("none can be reached"),
                self.tr("Calls go directly or not at all. Show the text to the administrator."),
            ),
            Cause.RELAY_CREDENTIALS: (
                self.tr("they refuse this program"),
                self.tr(
                    "The clinic's server and the call server do not agree on the secret or on the"
                    " time. Show the report to the administrator."
                ),
            ),
            Cause.RELAY_UNTRUSTED: (
                self.tr("their certificate is not trusted"),
                self.tr("Show the report to the administrator."),
            ),
            Cause.SLOW_FOR_VIDEO: (
                "",
                self.tr("Close downloads, or change to a cable. The sound will pass."),
            ),
            Cause.SLOW_FOR_SOUND: ("", self.tr("Close downloads, or change to a cable.")),
            Cause.UNSTEADY: ("", self.tr("The line is unsteady: change to a cable if you can.")),
            Cause.VPN: (
                self.tr("a VPN is on: {}").format(tunnels),
                self.tr("Calls go through it. Switch it off for the time of consultations."),
            ),
            Cause.SEVERAL: (
                self.tr("several at once: {}").format(names),
                self.tr("If calls break off, leave one of them on."),
            ),
            Cause.PROXY: (
                self.tr("a proxy stands before the server"),
                self.tr("Calls do not go through it: the administrator has to open the way."),
            ),
        }
        fact, mend = causes[cause]
        return fact[:1].upper() + fact[1:], mend

    def _best_road(self, relays: tuple[RelayReport, ...]) -> str:
        open_ones = [one.url for one in relays if one.state is RelayState.USABLE]
        best = next((one for one in open_ones if not one.startswith("turns")), None)
        url = best or next(iter(open_ones), "")
        return f"{_road(url)}{NBSP}{_port(url)}"

    def _relay_state(self, one: RelayReport) -> str:
        if one.state is RelayState.USABLE:
            return self.tr("open, {} ms").format(round(one.answer_ms or 0))
        return {
            RelayState.WRONG_CREDENTIALS: self.tr("wrong credentials"),
            RelayState.EXPIRED: self.tr("credentials are over"),
            RelayState.FORBIDDEN: self.tr("forbidden"),
            RelayState.FULL: self.tr("full"),
            RelayState.UNTRUSTED: self.tr("certificate not trusted"),
            RelayState.SILENT: self.tr("no answer"),
            RelayState.UNREACHABLE: self.tr("cannot be reached"),
        }.get(one.state, self.tr("refuses"))


def _small(fact: str) -> str:
    """In the middle of a sentence; abbreviations stay."""
    return fact if fact[1:2].isupper() else fact[:1].lower() + fact[1:]


def _share(level_dbfs: float) -> float:
    return min(1.0, max(0.0, (level_dbfs - _HEARD_DBFS) / (_FULL_DBFS - _HEARD_DBFS)))


def _road(url: str) -> str:
    if url.startswith("turns:"):
        return "TLS"
    return "TCP" if "transport=tcp" in url else "UDP"


def _place(url: str) -> str:
    """Host and port."""
    host = unquote(url.partition(":")[2].partition("?")[0])
    return host if host.rpartition(":")[2].isdigit() else f"{host}:{_port(url)}"


def _port(url: str) -> str:
    named = url.partition(":")[2].partition("?")[0].rpartition(":")[2]
    return named if named.isdigit() else ("5349" if url.startswith("turns:") else "3478")
