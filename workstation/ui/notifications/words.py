"""Notices in words: with the patient's name for the window, without any for the system."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from workstation.services.case_news import Notice, NoticeKind
from workstation.ui.literal_text import one_line
from workstation.ui.request_words import Sign
from workstation.ui.screens.call.patient_name import short_name
from workstation.ui.wording import Wording

K = NoticeKind
MOST_NAMES = 2
_LOOKS = {
    K.LIFE_THREAT: ("warning-octagon", "danger.text"),
    K.PATIENT_CAME: ("user-circle", "accent.text"),
    K.NOBODY_THERE: ("clock", "warn.text"),
    K.TERM_BREACHED: ("warning", "danger.text"),
    K.CANCELLED: ("calendar-x", "text.primary"),
    K.RETURNED: ("arrow-u-up-left", "text.primary"),
    K.SLOT_REFUSED: ("calendar-x", "text.primary"),
    K.MESSAGE: ("chat-circle-text", "text.primary"),
    K.DOCUMENTS: ("file-plus", "text.primary"),
    K.SLOT_ACCEPTED: ("calendar-check", "text.primary"),
    K.TERM_SOON: ("clock", "warn.text"),
    K.BACK: ("bell-ringing", "text.primary"),
}
"""Glyph and colour: colour belongs to time and danger."""


class NoticeWords(QObject):
    """Says what has happened. The news come before the name, so that a long one hides nothing."""

    def __init__(self, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.time = wording

    def sign(self, notice: Notice) -> Sign:
        """«Пациент пришёл; 2 новых сообщения», as it looks."""
        glyph, color = _LOOKS[notice.kind]
        return Sign(glyph, "; ".join(self._news(kind, notice) for kind in notice.kinds), color)

    def line(self, notices: Sequence[Notice]) -> Sign:
        """What the window says: of one case all of it, of several who they are."""
        first = notices[0]
        if len(notices) == 1:
            sign = self.sign(first)
            return Sign(sign.glyph, f"{sign.word}: {name(first)}", sign.color)
        if first.kind is K.LIFE_THREAT:
            others = self.tr("%n more case(s) wait for you", None, len(notices) - 1)
            threat = f"{self._news(K.LIFE_THREAT, first)}: {name(first)}"
            return Sign(*_look(first, f"{threat}. {others}"))
        return Sign("bell", f"{self.several(len(notices))}: {self._names(notices)}", "text.primary")

    def for_system(self, notices: Sequence[Notice]) -> str:
        """What the tray may say: no name, no number, no diagnosis of anybody."""
        first = notices[0].kind
        if len(notices) > 1 and first is not K.LIFE_THREAT:
            return self.several(len(notices))
        waits = self.tr("the case waits for you")
        told = {
            K.LIFE_THREAT: self.tr("Life threat marked on a request of the centre"),
            K.PATIENT_CAME: self._and(self.tr("The patient has come to the appointment"), waits),
            K.NOBODY_THERE: self.tr("An appointment is soon, the patient is not there yet"),
            K.TERM_BREACHED: self._and(self.tr("The term of an answer is over"), waits),
            K.CANCELLED: self.tr("An appointment of yours was cancelled"),
            K.RETURNED: self._and(self.tr("A conclusion was returned to you"), waits),
            K.SLOT_REFUSED: self._and(self.tr("A proposed time was not taken"), waits),
            K.MESSAGE: self._and(self.tr("New message of a patient"), waits),
            K.DOCUMENTS: self._and(self.tr("Documents have arrived"), waits),
            K.SLOT_ACCEPTED: self.tr("A patient has taken the proposed time"),
            K.TERM_SOON: self._and(self.tr("The term of an answer is near"), waits),
            K.BACK: self._and(self.tr("A request that you laid aside is back"), waits),
        }
        return told[first]

    def several(self, count: int) -> str:
        """«3 дела ждут вас»."""
        return self.tr("%n case(s) wait for you", None, count)

    def spoken(self, notice: Notice) -> str:
        """A row of the room, for a screen reader."""
        when = self.time.day_and_time(notice.at)
        return f"{name(notice)}, {self.sign(notice).word}, {when}"

    def born(self, notice: Notice) -> str:
        """«14.03.1965, 61 год»."""
        return self.time.born(notice.row.patient.birth_date)

    @staticmethod
    def _and(fact: str, waits: str) -> str:
        return f"{fact}, {waits}"

    def _names(self, notices: Sequence[Notice]) -> str:
        names = [short_name(one.row.patient.full_name) for one in notices[:MOST_NAMES]]
        rest = len(notices) - len(names)
        more = self.tr("and %n more", None, rest)
        return f"{', '.join(names)} {more}" if rest else ", ".join(names)

    def _news(self, kind: NoticeKind, notice: Notice) -> str:
        if kind is K.MESSAGE:
            return self.tr("%n new message(s)", None, notice.row.unread_messages)
        return {
            K.LIFE_THREAT: self.tr("Life threat"),
            K.PATIENT_CAME: self.tr("The patient has come"),
            K.NOBODY_THERE: self._nobody_there(notice),
            K.TERM_BREACHED: self.tr("The term is over"),
            K.CANCELLED: self.tr("The appointment was cancelled"),
            K.RETURNED: self.tr("The conclusion was returned"),
            K.SLOT_REFUSED: self.tr("The proposed time was not taken"),
            K.DOCUMENTS: self.tr("Documents have arrived"),
            K.SLOT_ACCEPTED: self._accepted(notice),
            K.TERM_SOON: self.tr("The term is near"),
            K.BACK: self.tr("Back from those laid aside"),
        }[kind]

    def _nobody_there(self, notice: Notice) -> str:
        at = notice.row.appointment_at
        when = f" {self.time.time(at)}" if at is not None else ""
        return self.tr("The patient is not there yet, appointment{}").format(when)

    def _accepted(self, notice: Notice) -> str:
        at = notice.row.appointment_at
        when = f" {self.time.short_moment(at)}" if at is not None else ""
        return self.tr("The patient has taken the time{}").format(when)


def name(notice: Notice) -> str:
    """The patient's whole name, harmless in one line."""
    return one_line(notice.row.patient.full_name)


def _look(notice: Notice, text: str) -> tuple[str, str, str]:
    glyph, color = _LOOKS[notice.kind]
    return glyph, text, color
