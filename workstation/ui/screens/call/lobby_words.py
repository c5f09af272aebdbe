"""What stands on the card before a call, and after one."""

import math
from datetime import datetime, timedelta

from PySide6.QtCore import QObject

from backend_client.models.calls import Call
from backend_client.models.requests import RequestRow, RequestStatus
from workstation.core.live_call import CallPhase, LiveCall
from workstation.ui.screens.call.call_words import CallWords, Said
from workstation.ui.screens.call.chat_words import ChatWords
from workstation.ui.screens.call.check_words import CheckWords
from workstation.ui.screens.call.consultation_clock import minutes_and_seconds
from workstation.ui.screens.call.phone_words import PhoneWords
from workstation.ui.screens.call.view_model import CallViewModel, PlaceRefusal
from workstation.ui.wording import Wording

LOBBY = timedelta(minutes=15)
"""Before the appointment the patient's lobby opens (SPB-11)."""
_MOST_ATTEMPTS = 4
_LONG_AGO = timedelta(hours=12)
_BEFORE = frozenset({RequestStatus.CLAIMED, RequestStatus.SLOT_PROPOSED, RequestStatus.READY})


class LobbyWords(QObject):
    """Words of the card; whatever a call's phase says of itself is for `CallWords`."""

    def __init__(self, words: CallWords, chat: ChatWords, wording: Wording) -> None:
        super().__init__()
        self._words, self._chat, self._wording = words, chat, wording
        self._check = CheckWords(wording)
        self._phone = PhoneWords(wording)

    def headline(self, model: CallViewModel) -> Said | None:
        """The first lines: the appointment before a call, its end after one."""
        live = model.live
        if live is not None and model.phase is CallPhase.OVER:
            return self._over(model, live)
        return self._appointment(model.row) if model.row is not None else None

    def facts(self, model: CallViewModel) -> list[Said]:
        """What is to be known before the call, and what stands against it."""
        facts: list[Said] = []
        if model.can_rejoin:
            title = self.tr("The talk with the patient goes on without you")
            facts = [Said("phone-call", title, self.tr("Enter takes you back into it"), "warn")]
        elif model.phase is None and model.refusal is None:
            facts = [self._patient(model), *self._tested(model), self._devices()]
        facts += self._phone.facts(model)
        for said in (self._obstacle(model), self._trouble(model), self._link(model)):
            facts += [said] if said is not None else []
        return facts

    def ringing(self, model: CallViewModel) -> list[Said]:
        """While it rings: whether anybody can hear it."""
        if model.phase is not CallPhase.RINGING or model.is_patient_there or model.row is None:
            return []
        title = self.tr("The patient's page is not open: nobody hears the call")
        return [Said("hourglass", title, "", "warn")]

    def before(self, model: CallViewModel) -> str:
        """The earlier attempts, newest first, a line each."""
        if model.attempts_unread:
            return self.tr("The earlier calls could not be read")
        live = model.live
        told = live.call_id if live is not None and model.was_answered else None
        earlier = [call for call in model.attempts if call.id != told]
        lines = [self._chat.attempt(call) for call in earlier[:_MOST_ATTEMPTS]]
        rest = len(earlier) - len(lines)
        more = [self.tr("and %n earlier", None, rest)] if rest > 0 else []
        return "\n".join(lines + more)

    def _over(self, model: CallViewModel, live: LiveCall) -> Said:
        said = self._words.over(live)
        call = next((one for one in model.attempts if one.id == live.call_id), None)
        if live.answered_at is None:
            return said
        lasted = _lasted(call)
        parts = [self._words.lasted(lasted)] if lasted is not None else []
        if model.can_write_conclusion:
            parts.append(self.tr("Next: the conclusion"))
        return Said(said.glyph, said.title, ". ".join(parts), said.tone)

    def _appointment(self, row: RequestRow) -> Said:
        at = row.appointment_at
        if at is None:
            return Said("calendar-blank", self.tr("No time has been agreed with the patient"))
        when = self.tr("Consultation {}").format(self._moment(at))
        now = self._wording.now()
        if at > now:
            return Said("clock", self.tr("{} until the consultation").format(self._left(at)), when)
        late = now - at
        if late < timedelta(minutes=1):
            return Said("clock", self.tr("It is time for the consultation"), when)
        if late > _LONG_AGO:
            return Said("clock", self.tr("The time of the consultation has passed"), when)
        ago = self._wording.span(int(late.total_seconds() // 60))
        return Said("clock", self.tr("The consultation was to begin {} ago").format(ago), when)

    def _left(self, at: datetime) -> str:
        """To the second while the lobby is open, by the server's clock (SOK-5)."""
        left = at - self._wording.now()
        if left > LOBBY:
            return self._wording.left(at)
        return minutes_and_seconds(math.ceil(left.total_seconds()))

    def _moment(self, at: datetime) -> str:
        return f"{self._wording.short_date(self._wording.day(at))}, {self._wording.time(at)}"

    def _patient(self, model: CallViewModel) -> Said:
        if model.is_patient_there:
            title = self.tr("The patient is on the page and waits")
            return Said("check-circle", title, self._by_itself(model.row), "ok")
        status = model.row.status if model.row is not None else RequestStatus.UNKNOWN
        if status is RequestStatus.SCHEDULED:
            title = self.tr("The patient has not opened the page yet")
            detail = self.tr("Without the page open nobody hears the call: L copies a fresh link")
            return Said("hourglass", title, detail)
        title = self.tr("It is not known whether the patient's page is open")
        return Said("question", title)

    def _tested(self, model: CallViewModel) -> list[Said]:
        """The patient's own test of camera, microphone, sound and line (DRC-5)."""
        check = model.row.patient_check if model.row is not None else None
        return self._check.said(check) if check is not None else []

    def _by_itself(self, row: RequestRow | None) -> str:
        """Before the appointed time: what will happen then (SOK-6)."""
        at = row.appointment_at if row is not None else None
        if at is None or at <= self._wording.now():
            return ""
        return self.tr("At the appointed time the call counts down and is placed; any key stops it")

    def _devices(self) -> Said:
        text = self.tr("Camera and microphone are opened when you call, not before")
        return Said("video-camera", text)

    def _obstacle(self, model: CallViewModel) -> Said | None:
        if model.refusal is PlaceRefusal.OTHER_CALL:
            title = self.tr("You are in a call with another patient")
            return Said("phone-call", title, self.tr("End it first"), "warn")
        if model.refusal is not PlaceRefusal.NOT_ALLOWED or model.row is None:
            return None
        if model.row.owner is None or not model.row.owner.is_me:
            return Said(
                "lock", self.tr("The case is not yours: only its doctor can call"), "", "warn"
            )
        if model.row.missing_consents:
            title = self.tr("The patient has not given all consents")
            detail = self.tr("They are given on the patient's page: L copies a link to it")
            return Said("hand-palm", title, detail, "warn")
        if model.row.status in _BEFORE:
            title = self.tr("The patient cannot be called yet")
            return Said(
                "calendar-x",
                title,
                self.tr("First a time has to be agreed with the patient"),
                "warn",
            )
        return Said("phone-x", self.tr("In its present state the request cannot be called"))

    def _trouble(self, model: CallViewModel) -> Said | None:
        told = model.trouble
        if told is None:
            return None
        detail = told.detail
        if told.can_retry:
            again = self.tr("Enter tries again")
            detail = f"{detail.rstrip('.')}. {again}" if detail else again
        return Said("warning-octagon", told.title, detail, "danger")

    def _link(self, model: CallViewModel) -> Said | None:
        if model.is_linking:
            return Said("link", self.tr("A link is made…"))
        if model.link_problem is not None:
            title = self.tr("No link was made. {}").format(model.link_problem.title)
            return Said("link-break", title, model.link_problem.detail, "danger")
        if model.link_given is None:
            return None
        until = self._moment(model.link_given.expires_at)
        title = self.tr("The link is copied, good until {}").format(until)
        detail = self.tr("Give it to the patient alone: whoever opens it is the patient")
        return Said("check-circle", title, detail, "ok")


def _lasted(call: Call | None) -> timedelta | None:
    if call is None or call.answered_at is None or call.ended_at is None:
        return None
    return call.ended_at - call.answered_at
