"""Editions in words: who signed, what each is worth today, what has replaced it."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from backend_client.models.conclusions import Edition
from backend_client.models.delivery import Delivery
from backend_client.models.documents import Document
from backend_client.models.requests import RequestRow, RequestStatus
from workstation.ui.literal_text import one_line
from workstation.ui.screens.approvals.signature_words import Reason, Tone
from workstation.ui.screens.delivery.words import DeliveryWords
from workstation.ui.wording import Wording


class EditionWords(QObject):
    """Says it in the words of the interface."""

    def __init__(self, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._delivery = DeliveryWords(wording, self)

    def title(self, edition: Edition) -> str:
        """«Редакция 2, B-LTA»."""
        title = self.tr("Edition {}").format(edition.edition)
        return f"{title}, {edition.level}" if edition.level else title

    def lines(self, edition: Edition) -> list[str]:
        """Who signed and approved it and when, and why it was written."""
        when = self._wording.day_and_time
        signed = self.tr("Signed {}, {}")
        lines = [signed.format(when(edition.signed_at), edition.author_name)]
        if edition.approved_at is not None:
            approved = self.tr("Approved {}, {}")
            lines.append(approved.format(when(edition.approved_at), edition.approved_by))
        if edition.correction:
            lines.append(self.tr("Why anew: {}").format(one_line(edition.correction)))
        return lines

    def ways(self, edition: Edition, delivery: Delivery | None) -> list[str]:
        """«Почта: открыта 23.11, 12:40»: of the edition that was delivered last."""
        if delivery is None or delivery.edition != edition.edition:
            return []
        lines = map(self._delivery.line, delivery.channels)
        return [f"{name}: {state}" for name, _, state in lines]

    def evidence(self, page: Document) -> tuple[str, list[str], Reason]:
        """Title, lines and worth of a page that says that the patient was not reached (DRC-11)."""
        made = self.tr("Made {}").format(self._wording.day_and_time(page.uploaded_at))
        worth = self.tr("Presence, calls and telephone attempts; press to open it")
        title = self.tr("The patient was not reached")
        return title, [made], Reason(Tone.PLAIN, worth)

    def standing(
        self, edition: Edition, editions: Sequence[Edition], row: RequestRow | None
    ) -> Reason:
        """What it is worth today: with the patient, replaced, never given, waiting."""
        later = [one for one in editions if one.edition > edition.edition]
        given = [one.edition for one in later if one.delivered_at is not None]
        if edition.delivered_at is not None:
            at = self._wording.day_and_time(edition.delivered_at)
            if given:
                text = self.tr("Replaced by edition {}; the patient had it since {}")
                return Reason(Tone.PLAIN, text.format(min(given), at))
            return Reason(Tone.GOOD, self.tr("In force: the patient has it since {}").format(at))
        if later:
            text = self.tr("Returned, not given to the patient; replaced by edition {}")
            return Reason(Tone.PLAIN, text.format(min(one.edition for one in later)))
        if row is not None and row.status is RequestStatus.SIGNED:
            return Reason(Tone.OPEN, self.tr("Waits for approval"))
        if row is not None and row.status in (RequestStatus.RETURNED, RequestStatus.DRAFTING):
            return Reason(Tone.WARNING, self.tr("Returned to the doctor"))
        return Reason(Tone.PLAIN, self.tr("Not given to the patient"))
