"""What a chat says of its lines."""

from datetime import timedelta

from PySide6.QtCore import QObject

from backend_client.models.calls import Call, CallState, Channel
from backend_client.models.documents import CALL_PICTURE
from backend_client.models.messages import Message, Side
from workstation.core.case_file import CaseFile
from workstation.ui.literal_text import harmless, one_line
from workstation.ui.screens.call.chat_rows import CallLine, DayLine, FileLine, Line, MessageLine
from workstation.ui.screens.call.patient_name import short_name
from workstation.ui.wording import Wording


class ChatWords(QObject):
    """Words of lines; a message's own text is made harmless."""

    def __init__(self, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wording = wording

    def text(self, line: Line) -> str:
        """The whole line, to be copied or read aloud."""
        match line:
            case MessageLine(message):
                return f"{self.side(message)}, {self._time(line)}: {harmless(message.text)}"
            case CallLine(call):
                return f"{self._time(line)} {self.call(call)}"
            case FileLine(file):
                return f"{self._time(line)} {self.file(file)}"
            case DayLine(day):
                days = (day - self._wording.today()).days
                if days == 0:
                    return self.tr("Today")
                if days == -1:
                    return self.tr("Yesterday")
                return self._wording.short_date(day)

    def under(self, message: Message) -> str:
        """What stands small under a message: «11:33 Верещагин П. Н.»."""
        who = one_line(message.author_name)
        name = short_name(who) if message.side is Side.PATIENT else who
        return f"{self._wording.time(message.sent_at)}  {name}".strip()

    def side(self, message: Message) -> str:
        """Who has written it, for a screen reader."""
        sides = {Side.PATIENT: self.tr("Patient"), Side.DOCTOR: self.tr("Doctor")}
        return sides.get(message.side) or self.tr("Unknown sender")

    def call(self, call: Call) -> str:
        """«Пациент ответил: видео», «Пациент не ответил»."""
        if call.answered_at is not None:
            return self.tr("The patient answered: {}").format(self.channel(call.channel))
        words = {
            CallState.DECLINED: self.tr("The patient declined the call"),
            CallState.TIMED_OUT: self.tr("The patient did not answer"),
            CallState.CANCELLED: self.tr("Call cancelled before the answer"),
        }
        return words.get(call.state) or self.tr("The call ended without an answer")

    def file(self, file: CaseFile) -> str:
        """«Файл: ЭКГ.pdf», «Серия: КТ.dcm, 120 файлов»."""
        title = one_line(file.lead.title)
        if file.is_series:
            count = self.tr("%n file(s)", None, len(file.parts))
            return self.tr("Series: {}, {}").format(title, count)
        if file.lead.item_code == CALL_PICTURE:
            return self.tr("Still picture of the call")
        return self.tr("File: {}").format(title)

    def open_it(self) -> str:
        """What a press on a file does."""
        return self.tr("Open")

    def attempt(self, call: Call) -> str:
        """«Попытка 2: не ответил, 11:31»."""
        if call.answered_at is not None:
            ended = call.ended_at or call.answered_at
            minutes = max(1, round((ended - call.answered_at) / timedelta(minutes=1)))
            talked = self.tr("talked for {}").format(self._wording.span(minutes))
            what = talked if call.ended_at is not None else self.tr("answered")
        else:
            words = {
                CallState.DECLINED: self.tr("declined"),
                CallState.TIMED_OUT: self.tr("no answer"),
                CallState.CANCELLED: self.tr("cancelled"),
                CallState.RINGING: self.tr("rings"),
            }
            what = words.get(call.state) or self.tr("without an answer")
        when = self._wording.day_and_time(call.placed_at)
        return self.tr("Attempt {}: {}, {}").format(call.attempt, what, when)

    def channel(self, channel: Channel | None) -> str:
        """«видео», «звук», «текст» (DRC-7)."""
        words = {
            Channel.VIDEO: self.tr("video"),
            Channel.AUDIO: self.tr("sound only"),
            Channel.TEXT: self.tr("text only"),
        }
        unknown = self.tr("in an unknown way")
        return (words.get(channel) or unknown) if channel is not None else unknown

    def _time(self, line: MessageLine | CallLine | FileLine) -> str:
        at = line.message.sent_at if isinstance(line, MessageLine) else line.at
        return self._wording.time(at)
