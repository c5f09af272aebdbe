"""What stands in each panel: its lines, and the words that the program has written for the doctor.

The words go to the patient; they are the doctor's from the first changed letter on.
"""

from PySide6.QtCore import QObject

from backend_client.models.request_actions import CloseReason, DeclineReason
from backend_client.models.requests import Action, ItemState, RequestCard, RequestRow
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.triage.content import Choice, Option, Panel, PanelContent
from workstation.ui.screens.triage.moment_words import MomentWords
from workstation.ui.screens.triage.words import TriageWords

LONGEST_REASON = 500
"""Characters of why an item does not apply."""
_THERE = (ItemState.PRESENT, ItemState.NOT_APPLICABLE)


class PanelWords(QObject):
    """Makes the panels."""

    def __init__(self, names: TriageWords) -> None:
        super().__init__()
        self._names = names
        self._words: RequestWords = names.requests
        self._moments = MomentWords(self._words)

    def panel(
        self, action: Action, row: RequestRow, item: str = "", card: RequestCard | None = None
    ) -> Panel:
        """A panel with what is missing ticked and the words written."""
        if action is Action.SNOOZE:
            content = self._moments.content(card)
            return Panel(content, row, chosen=[content.options[0].code])
        panel = Panel(self._content(action, row, item), row)
        if action is Action.ASK_DOCUMENTS:
            panel.chosen = [one.code for one in panel.content.options if self._is_due(one, row)]
        panel.words = self.text(panel)
        return panel

    def text(self, panel: Panel) -> str:
        """The words that the program writes for what is chosen."""
        action = panel.content.action
        if action is Action.ASK_DOCUMENTS:
            return self._letter(panel)
        if action is Action.CLOSE_WITHOUT_CONCLUSION:
            return self._closing(panel.chosen)
        texts = {
            Action.OUT_OF_PROFILE: self.tr(
                "Your disease is not on the list of those that our centre treats. Ask your doctor "
                "for a referral to a centre of the right profile."
            ),
            Action.INVITE_IN_PERSON: self.tr(
                "You have to be examined in person. Please make an appointment at our centre and "
                "take your documents with you."
            ),
            Action.RECOMMEND_INPATIENT: self.tr(
                "You need treatment in a hospital. Call our centre: you will be told how to be "
                "admitted. If you get worse, call 103."
            ),
        }
        return texts.get(action, "")

    def _content(self, action: Action, row: RequestRow, item: str) -> PanelContent:
        makers = {
            Action.ASK_DOCUMENTS: self._ask,
            Action.DECLINE: self._decline,
            Action.CLOSE_WITHOUT_CONCLUSION: self._close,
            Action.CONVERT: self._convert,
        }
        if action is Action.MARK_ITEM:
            return self._item(row, item)
        if action in makers:
            return makers[action](row)
        name = self._names.name(action)
        return PanelContent(action, name, name, label=self._to_patient(), needs_words=True)

    def _ask(self, row: RequestRow) -> PanelContent:
        missing = set(row.missing_documents)
        lacking = [one for one in row.checklist if one.code in missing or one.state not in _THERE]
        options = tuple(
            Option(one.code, one.title, self._words.item_state(one))
            for one in lacking or row.checklist
        )
        return PanelContent(
            Action.ASK_DOCUMENTS,
            self._names.name(Action.ASK_DOCUMENTS),
            self.tr("Ask"),
            Choice.MANY,
            options,
            label=self._to_patient(),
            needs_words=True,
        )

    def _decline(self, row: RequestRow) -> PanelContent:
        reasons = {
            DeclineReason.NOT_ENOUGH_DATA: self.tr("Not enough data"),
            DeclineReason.NEEDS_IN_PERSON_CARE: self.tr("Care in person is needed"),
            DeclineReason.DUPLICATE: self.tr("The same request again"),
            DeclineReason.NOT_A_MEDICAL_QUESTION: self.tr("Not a question for a doctor"),
            DeclineReason.OTHER: self.tr("Another reason"),
        }
        options = tuple(Option(code.value, title) for code, title in reasons.items())
        name, label = self._names.name(Action.DECLINE), self.tr("To the patient, if you like")
        return PanelContent(Action.DECLINE, name, name, Choice.ONE, options, label=label)

    def _close(self, row: RequestRow) -> PanelContent:
        options = tuple(
            Option(code.value, title) for code, (title, _) in self._close_reasons().items()
        )
        return PanelContent(
            Action.CLOSE_WITHOUT_CONCLUSION,
            self._names.name(Action.CLOSE_WITHOUT_CONCLUSION),
            self.tr("Close it"),
            Choice.ONE,
            options,
            label=self._to_patient(),
            needs_words=True,
        )

    def _convert(self, row: RequestRow) -> PanelContent:
        return PanelContent(
            Action.CONVERT,
            self._names.name(Action.CONVERT),
            self.tr("Make it"),
            label=self.tr("Note, if you like"),
            warning=self.tr("It goes to the centre's queue, with its documents and its term."),
        )

    def _item(self, row: RequestRow, code: str) -> PanelContent:
        titles = {one.code: one.title for one in row.checklist}
        return PanelContent(
            Action.MARK_ITEM,
            self.tr("Does not apply: {}").format(titles.get(code, code)),
            self.tr("Mark it"),
            label=self.tr("Why it does not apply"),
            needs_words=True,
            longest=LONGEST_REASON,
            item=code,
        )

    def _is_due(self, option: Option, row: RequestRow) -> bool:
        return option.code in row.missing_documents

    def _letter(self, panel: Panel) -> str:
        titles = [one.title for one in panel.content.options if one.code in panel.chosen]
        if not titles:
            return ""
        lines = "\n".join(f"\u2013 {title}" for title in titles)
        return self.tr(
            "Good day! To consider your request we need these documents:\n{}\nSend them on the "
            "page of your consultation: PDF, photographs or DICOM images."
        ).format(lines)

    def _closing(self, chosen: list[str]) -> str:
        texts = {code.value: text for code, (_, text) in self._close_reasons().items()}
        return next((texts.get(code, "") for code in chosen), "")

    def _close_reasons(self) -> dict[CloseReason, tuple[str, str]]:
        """Title and words of each reason (SPB-22)."""
        return {
            CloseReason.NOT_ENOUGH_DATA: (
                self.tr("Not enough data for a conclusion"),
                self.tr("What was sent is not enough for a medical conclusion."),
            ),
            CloseReason.PATIENT_REFUSED: (
                self.tr("The patient has refused"),
                self.tr("The consultation is closed as you have asked."),
            ),
            CloseReason.TECHNICAL_FAILURE: (
                self.tr("Technical failure"),
                self.tr("For technical reasons the consultation could not be held. Apply again."),
            ),
            CloseReason.ANSWERED_IN_CHAT: (
                self.tr("Answered in the chat"),
                self.tr("The answer was given in the chat; no conclusion is needed."),
            ),
            CloseReason.OTHER: (self.tr("Another reason"), ""),
        }

    def _to_patient(self) -> str:
        return self.tr("To the patient")
