"""What is said of a finding on its way into the conclusion."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from workstation.services.evidence_doors import NotPut, Refusal, Sent
from workstation.ui.shortcuts import key_label


@dataclass(frozen=True, slots=True)
class PutLine:
    """One line: words, their glyph and colour; whether what was done can be taken back."""

    text: str
    glyph: str
    color: str = "text.primary"
    can_undo: bool = False


class PutWords(QObject):
    """Words of the line under the list of measurements."""

    def putting(self) -> PutLine:
        """While nobody has answered."""
        return PutLine(self.tr("Putting it into the conclusion"), "hourglass", "text.secondary")

    def put(self, number: int, sent: Sent | None) -> PutLine:
        """«Внесено в заключение [1]»; `sent` None: on its way to the server."""
        done = self.tr("Put into the conclusion [{}]").format(number)
        if sent is Sent.WAITS:
            kept = self.tr("No connection: it is kept on this computer and goes by itself")
            return PutLine(f"{done}. {kept}", "cloud-slash", "warn.text", can_undo=True)
        if sent is Sent.DISPUTED:
            return PutLine(f"{done}. {self._disputed()}", "warning", "warn.text", can_undo=True)
        return PutLine(done, "check", "ok.text", can_undo=True)

    def there_already(self, number: int) -> PutLine:
        """It stands there: nothing was done."""
        return PutLine(self.tr("Already in the conclusion [{}]").format(number), "check")

    def taken_back(self, number: int) -> PutLine:
        """The line is gone from the text."""
        text = self.tr("Taken out of the conclusion [{}]").format(number)
        return PutLine(text, "arrow-counter-clockwise")

    def not_taken_back(self, number: int) -> PutLine:
        """The line is another one by now."""
        text = self.tr("The line of [{}] was rewritten: take it out in the conclusion ({})")
        return self._refused(text.format(number, key_label("case.conclusion")))

    def nothing(self) -> PutLine:
        """Nothing is chosen in the active pane."""
        text = self.tr("Nothing to put: choose a measurement; what is proposed is confirmed first")
        return self._refused(text)

    def refused(self, reason: NotPut) -> PutLine:
        """Why the draft stays as it is."""
        words = {
            Refusal.OTHER_CASE: self.tr("this file belongs to another request"),
            Refusal.SIGNED: self.tr("the conclusion is signed already"),
            Refusal.SIGNING: self.tr("the conclusion is being signed"),
            Refusal.NOT_YOURS: self._of_other(reason.owner),
            Refusal.NOT_TAKEN: self.tr("nobody has the case: take it first"),
            Refusal.NOT_NOW: self.tr("the conclusion cannot be written in this state"),
            Refusal.NO_ROOM: self.tr("there is no room for one more source"),
            Refusal.UNFIT: self.tr("the viewer gave no words or no place that can be kept"),
        }
        return self.failed(words[reason.refusal])

    def failed(self, why: str) -> PutLine:
        """«Не внесено: …»."""
        return self._refused(self.tr("Not put into the conclusion: {}").format(why))

    def anothers_file(self) -> PutLine:
        """A doctor has said so."""
        return self.failed(self.tr("it is another patient's file"))

    def not_kept(self, why: str) -> PutLine:
        """Of measurements."""
        return self._refused(self.tr("Not kept with the request: {}").format(why))

    def not_shown(self) -> PutLine:
        """The file is open, and the place of the source is not in it."""
        return self._refused(self.tr("The place that the conclusion names is not in this file"))

    def no_such_file(self) -> PutLine:
        """The source's file is not among those of the case."""
        return self._refused(self.tr("The file that the conclusion names is not in this case"))

    def other_file(self) -> PutLine:
        """Its bytes are others."""
        text = self.tr("This is another file by now than the one that the conclusion names")
        return self._refused(text)

    def _disputed(self) -> str:
        text = self.tr("The text was changed elsewhere: choose in the conclusion ({})")
        return text.format(key_label("case.conclusion"))

    def _of_other(self, owner: str) -> str:
        if not owner:
            return self.tr("another doctor has the case")
        return self.tr("{} has the case").format(owner)

    @staticmethod
    def _refused(text: str) -> PutLine:
        return PutLine(text, "warning", "warn.text")
