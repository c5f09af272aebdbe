"""What the call screen and the strip say: the state in the middle, the notice, devices, links."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QObject

from backend_client.models.calls import Channel, ConsultationClock
from workstation.core.call_media import Device, DeviceTrouble, Sending
from workstation.core.live_call import CallEnd, CallPhase, LiveCall, Recovery
from workstation.ui.screens.call.consultation_clock import (
    ClockFace,
    is_in_the_way,
    minutes_and_seconds,
)
from workstation.ui.screens.call.link_quality import LinkWatch, Quality, SideLink
from workstation.ui.shortcuts import key_label
from workstation.ui.wording import Wording, unbroken


@dataclass(frozen=True, slots=True)
class Said:
    """A glyph, a line of fact, a line of what comes next. `tone`: "", "ok", "warn" or "danger"."""

    glyph: str
    title: str
    detail: str = ""
    tone: str = ""

    @property
    def color(self) -> str:
        """Token of the glyph's colour."""
        return f"{self.tone}.text" if self.tone else "text.secondary"


class CallWords(QObject):
    """Words of one call's state."""

    def __init__(self, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.wording = wording

    def middle(self, live: LiveCall) -> Said | None:
        """What stands where the patient's picture would; None where there is one to be expected."""
        match live.phase:
            case CallPhase.PLACING:
                return Said("phone-outgoing", self.tr("Calling…"), self.tr("The server is asked"))
            case CallPhase.RINGING:
                return Said("phone-call", self.tr("Rings at the patient's page"), self._ring(live))
            case CallPhase.CONNECTING:
                return Said("phone-call", self._answered(live), self.tr("Connecting"), "ok")
            case CallPhase.OVER:
                return self.over(live)
        return self._without_picture(live)

    def _answered(self, live: LiveCall) -> str:
        """By the channel that the patient has chosen (DRC-7)."""
        words = {
            Channel.VIDEO: self.tr("The patient has answered with picture and sound"),
            Channel.AUDIO: self.tr("The patient has answered with sound alone"),
        }
        other = self.tr("The patient has answered")
        return (words.get(live.channel) or other) if live.channel is not None else other

    def over(self, live: LiveCall) -> Said:
        """How it ended, and how long it was."""
        ends = {
            CallEnd.DECLINED: self.tr("The patient declined the call"),
            CallEnd.TIMED_OUT: self.tr("The patient did not answer"),
            CallEnd.CANCELLED: self.tr("You have hung up before the answer"),
            CallEnd.BY_DOCTOR: self.tr("You have ended the call"),
            CallEnd.BY_PATIENT: self.tr("The patient has ended the call"),
        }
        other = self.tr("The call is over")
        title = (ends.get(live.end) or other) if live.end is not None else other
        if live.answered_at is None:
            return Said(
                "phone-x", title, self.tr("Call again, or write to the patient in the chat")
            )
        return Said("phone-disconnect", title)

    def notice(self, live: LiveCall, links: LinkWatch | None) -> Said | None:
        """One thing that is wrong now, over the picture's lower left; the gravest first."""
        if live.phase is CallPhase.RECOVERING:
            return self.recovery(live)
        if live.phase not in (CallPhase.CONNECTING, CallPhase.TALKING, CallPhase.RINGING):
            return None
        missing = self.missing(live)
        if missing is not None or live.phase is not CallPhase.TALKING:
            return missing
        return self._weak(links) if links is not None else None

    def recovery(self, live: LiveCall) -> Said:
        """Why the connection is made again, and that nothing is to be done."""
        again = self.tr("Connecting again; the consultation goes on")
        words = {
            Recovery.MEDIA_RESTARTED: (
                "arrow-counter-clockwise",
                self.tr("Sound and picture were restarted"),
            ),
            Recovery.LINK_LOST: ("wifi-slash", self.tr("The link broke off")),
            Recovery.PATIENT_CAME_BACK: (
                "arrow-counter-clockwise",
                self.tr("The patient has opened the page anew"),
            ),
        }
        other = ("wifi-slash", self.tr("The link broke off"))
        glyph, title = (words.get(live.recovery) or other) if live.recovery else other
        return Said(glyph, title, again, "warn")

    def missing(self, live: LiveCall) -> Said | None:
        """What of ours is of no use, that the call goes on, and what helps (SPB-20)."""
        gone = {device for device, why in live.missing.items() if why is not DeviceTrouble.NONE}
        mend = self.tr("Plug it in, or choose another: {}").format(key_label("call.devices"))
        if {Device.CAMERA, Device.MICROPHONE} <= gone:
            title = self.tr("No camera and no microphone: the patient neither sees nor hears you")
            detail = self.tr("Write in the chat. Plug them in: the call takes them up by itself")
            return Said("microphone-slash", title, detail, "warn")
        if {Device.MICROPHONE, Device.SPEAKER} <= gone:
            title = self.tr("No microphone and no speaker: you do not hear each other")
            works = self.tr("The picture and the chat go on.")
            return Said("microphone-slash", title, f"{works} {mend}", "warn")
        if Device.MICROPHONE in gone:
            title = self._device(live, Device.MICROPHONE)
            works = self.tr("The patient does not hear you; you hear, and the chat goes on.")
            return Said("microphone-slash", title, f"{works} {mend}", "warn")
        if Device.CAMERA in gone:
            title = self._device(live, Device.CAMERA)
            works = self.tr("The patient does not see you; the sound goes on.")
            return Said("video-camera-slash", title, f"{works} {mend}", "warn")
        if Device.SPEAKER in gone:
            title = self._device(live, Device.SPEAKER)
            works = self.tr("You do not hear the patient, who hears you; the chat goes on.")
            return Said("headphones", title, f"{works} {mend}", "warn")
        return None

    def link(self, side: SideLink) -> Said:
        """«хорошая», «слабая» with its glyph; `detail` is the picture's size and rate."""
        words = {
            Quality.GOOD: ("cell-signal-full", self.tr("good"), "ok"),
            Quality.WEAK: ("cell-signal-low", self.tr("weak"), "warn"),
        }
        none = ("cell-signal-none", self.tr("no figures yet"), "")
        glyph, word, tone = words.get(side.quality) or none
        return Said(glyph, word, self._figures(side), tone)

    def clock_rest(self, face: ClockFace) -> str:
        """«осталось 4:48», «сверх срока 1:12»; "" while there is time."""
        if not face.left:
            return ""
        beyond = self.tr("{} over").format(face.left)
        return beyond if face.is_beyond else self.tr("{} left").format(face.left)

    def more_time(self, clock: ConsultationClock) -> str:
        """«+10 мин»; "" where the route knows no more."""
        minutes = clock.extension_minutes
        return unbroken(self.tr("+{} min").format(minutes)) if minutes else ""

    def next_one(self, clock: ConsultationClock, next_at: datetime | None) -> str:
        """«Следующий приём в 11:30» where more time would reach into it; else ""."""
        if next_at is None or not is_in_the_way(clock, next_at):
            return ""
        return self.tr("Next appointment at {}").format(self.wording.time(next_at))

    def lasted(self, span: timedelta) -> str:
        """«Разговор 26:41»."""
        passed = minutes_and_seconds(int(span.total_seconds()))
        return self.tr("Talked for {}").format(passed)

    def own_microphone(self, live: LiveCall) -> tuple[str, str]:
        """Our microphone: glyph and state in words."""
        trouble = live.missing.get(Device.MICROPHONE, DeviceTrouble.NONE)
        if trouble is not DeviceTrouble.NONE:
            return "microphone-slash", self.tr("No microphone")
        on, off = self.tr("Microphone is on"), self.tr("Microphone is off")
        return ("microphone", on) if live.microphone_on else ("microphone-slash", off)

    def own_camera(self, live: LiveCall) -> tuple[str, str]:
        """Our camera: glyph and state in words."""
        trouble = live.missing.get(Device.CAMERA, DeviceTrouble.NONE)
        if trouble is not DeviceTrouble.NONE:
            return "video-camera-slash", self.tr("No camera")
        on, off = self.tr("Camera is on"), self.tr("Camera is off")
        return ("video-camera", on) if live.camera_on else ("video-camera-slash", off)

    def devices_used(self, live: LiveCall) -> str:
        """Which ones the call has, a line each; "" where none is known by its name."""
        words = {
            Device.CAMERA: self.tr("Camera: {}"),
            Device.MICROPHONE: self.tr("Microphone: {}"),
            Device.SPEAKER: self.tr("Speaker: {}"),
        }
        used = [
            said.format(live.devices[device])
            for device, said in words.items()
            if live.devices.get(device) and device not in live.missing
        ]
        return "\n".join(used)

    def remote_sound(self, live: LiveCall) -> tuple[str, str]:
        """The patient's microphone, as the page says: glyph and words; empty where it says none."""
        words = {
            Sending.ON: ("microphone", self.tr("Patient's microphone is on")),
            Sending.OFF: ("microphone-slash", self.tr("Patient's microphone is off")),
            Sending.MISSING: ("microphone-slash", self.tr("Patient has no microphone")),
        }
        return words[live.remote_media.audio] if live.remote_media is not None else ("", "")

    def remote_picture(self, live: LiveCall) -> tuple[str, str]:
        """The patient's camera, likewise."""
        words = {
            Sending.ON: ("video-camera", self.tr("Patient's camera is on")),
            Sending.OFF: ("video-camera-slash", self.tr("Patient's camera is off")),
            Sending.MISSING: ("video-camera-slash", self.tr("Patient has no camera")),
        }
        return words[live.remote_media.video] if live.remote_media is not None else ("", "")

    def _ring(self, live: LiveCall) -> str:
        if live.rings_until is None:
            return ""
        left = (live.rings_until - self.wording.now()).total_seconds()
        return self.tr("{} more").format(self.wording.seconds(max(0, int(left))))

    def _without_picture(self, live: LiveCall) -> Said | None:
        """The patient answered without a picture, or has none now (DRC-7)."""
        if live.channel is Channel.TEXT:
            title = self.tr("The patient answers in writing")
            return Said("chat-circle-text", title, self.tr("Write in the chat at the right: M"))
        media = live.remote_media
        if media is not None and media.video is not Sending.ON:
            silent = media.audio is not Sending.ON
            detail = self.tr("Nor is there sound: write in the chat") if silent else ""
            detail = detail or self.tr("The sound goes on")
            return Said("video-camera-slash", self.remote_picture(live)[1], detail)
        if live.channel is Channel.AUDIO:
            title = self.tr("Sound only")
            detail = self.tr("The patient has answered without a picture")
            return Said("microphone", title, detail)
        return None

    def _device(self, live: LiveCall, device: Device) -> str:
        why = live.missing.get(device, DeviceTrouble.NOT_FOUND)
        found = {
            Device.CAMERA: self.tr("No camera was found"),
            Device.MICROPHONE: self.tr("No microphone was found"),
            Device.SPEAKER: self.tr("No speaker was found"),
        }
        failed = {
            Device.CAMERA: self.tr("The camera cannot be opened"),
            Device.MICROPHONE: self.tr("The microphone cannot be opened"),
            Device.SPEAKER: self.tr("The speaker cannot be opened"),
        }
        gone = {
            Device.CAMERA: self.tr("The camera was unplugged"),
            Device.MICROPHONE: self.tr("The microphone was unplugged"),
            Device.SPEAKER: self.tr("The speaker was unplugged"),
        }
        words = {DeviceTrouble.FAILED: failed, DeviceTrouble.GONE: gone}
        name = live.devices.get(device, "")
        title = words.get(why, found)[device]
        return f"{title}: {name}" if name else title

    def _weak(self, links: LinkWatch) -> Said | None:
        if links.patient.quality is Quality.WEAK:
            title, side = self.tr("The patient's link is weak"), links.patient
        elif links.own.quality is Quality.WEAK:
            title, side = self.tr("Your link is weak"), links.own
        else:
            return None
        return Said("cell-signal-low", title, self._figures(side), "warn")

    def _figures(self, side: SideLink) -> str:
        if side.quality is Quality.UNKNOWN:
            return ""
        if not side.has_picture:
            return self.tr("sound, no picture")
        size = f"{side.width}×{side.height}"
        return unbroken(self.tr("{}, {} fps").format(size, side.fps))
