"""Decisions on a request in words: what they are called, what is said when they are done."""

from PySide6.QtCore import QObject

from backend_client.models.request_actions import MarkItem, MarkLifeThreat
from backend_client.models.requests import Action, RequestRow
from backend_client.models.snoozing import LayAside
from workstation.core.triage_order import HeldOrder, TriageOrder
from workstation.ui.case_steps import CaseStep
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.call.patient_name import short_name
from workstation.ui.screens.triage.possible import Why
from workstation.ui.shortcuts import key_label


class TriageWords(QObject):
    """Names, reasons and results of what can be ordered from the queue."""

    def __init__(self, words: RequestWords) -> None:
        super().__init__()
        self.requests = words

    def name(self, action: Action) -> str:
        """What the doctor does: in the menu, on the panel."""
        names = {
            Action.CLAIM: self.tr("Take without opening"),
            Action.ASK_DOCUMENTS: self.tr("Ask for documents"),
            Action.DECLINE: self.tr("Decline"),
            Action.OUT_OF_PROFILE: self.tr("Out of profile"),
            Action.CONVERT: self.tr("Make it a centre application"),
            Action.MARK_ITEM: self.tr("Item does not apply"),
            Action.INVITE_IN_PERSON: self.tr("Invite in person"),
            Action.RECOMMEND_INPATIENT: self.tr("Recommend inpatient care"),
            Action.CLOSE_WITHOUT_CONCLUSION: self.tr("Close without a conclusion"),
            Action.SNOOZE: self.tr("Lay aside, or take up"),
            Action.WAKE: self.tr("Take up again"),
            Action.RELEASE: self.tr("Give the request back"),
            Action.MARK_LIFE_THREAT: self.tr("Threat to life"),
        }
        return names.get(action) or self.requests.unknown()

    def ordered(self, held: HeldOrder) -> str:
        """What can be taken back: as a result, but what the patient must not be told by a slip."""
        said = held.order.said
        if held.carried_out_at is None or not isinstance(said, MarkLifeThreat):
            return self.done(held.order)
        if said.life_threat:
            return self.tr("Threat to life, the patient will be told to call 103")
        return self._threat_coming(said)

    def done(self, order: TriageOrder) -> str:
        """What was ordered, as a result: «Отклонено»."""
        if isinstance(order.said, MarkItem) and not order.said.reason:
            return self.tr("Item applies again")
        if isinstance(order.said, MarkLifeThreat) and not order.said.life_threat:
            return self.tr("No threat to life any more")
        if isinstance(order.said, LayAside):
            when = self.requests.time.day_and_time(order.said.until)
            return self.tr("Laid aside till {}").format(when)
        results = {
            Action.CLAIM: self.tr("Taken"),
            Action.WAKE: self.tr("Taken up again"),
            Action.ASK_DOCUMENTS: self.tr("Documents asked for"),
            Action.DECLINE: self.tr("Declined"),
            Action.OUT_OF_PROFILE: self.tr("Out of profile"),
            Action.CONVERT: self.tr("Made a centre application"),
            Action.MARK_ITEM: self.tr("Item does not apply"),
            Action.INVITE_IN_PERSON: self.tr("Invited in person"),
            Action.RECOMMEND_INPATIENT: self.tr("Inpatient care recommended"),
            Action.CLOSE_WITHOUT_CONCLUSION: self.tr("Closed without a conclusion"),
            Action.RELEASE: self.tr("Given back"),
            Action.MARK_LIFE_THREAT: self.tr("Marked: threat to life"),
        }
        return results.get(order.action) or self.requests.unknown()

    def advice(self, order: TriageOrder) -> str:
        """What is left to the doctor once that is ordered; "": nothing."""
        if isinstance(order.said, MarkLifeThreat) and order.said.life_threat:
            return self.tr("The patient's page may be closed: say yourself, too, to call 103")
        return ""

    def will_be(self, order: TriageOrder, seconds: int) -> str:
        """On the card of a request that something was ordered about: «будет отклонено через 8 с».

        With 0 seconds it waits for the connection.
        """
        coming = {
            Action.ASK_DOCUMENTS: self.tr("Documents will be asked for"),
            Action.DECLINE: self.tr("Will be declined"),
            Action.OUT_OF_PROFILE: self.tr("Will be out of profile"),
            Action.CONVERT: self.tr("Will be a centre application"),
            Action.INVITE_IN_PERSON: self.tr("Will be invited in person"),
            Action.RECOMMEND_INPATIENT: self.tr("Inpatient care will be recommended"),
            Action.CLOSE_WITHOUT_CONCLUSION: self.tr("Will be closed without a conclusion"),
        }
        if isinstance(order.said, MarkLifeThreat):
            what = self._threat_coming(order.said)
        else:
            what = coming.get(order.action) or self.name(order.action)
        if seconds <= 0:
            return self.tr("{}: is being sent").format(what)
        return self.tr("{} in {}").format(what, self.requests.time.seconds(seconds))

    def why(self, why: Why | None, row: RequestRow | None) -> str:
        """Why it is not possible; "": it is."""
        if why is None:
            return ""
        if why is Why.TAKEN and row is not None:
            return self.requests.owner(row)
        if why is Why.STATE and row is not None:
            return self._not_in_state(row)
        reasons = {
            Why.NO_REQUEST: self.tr("No request is chosen"),
            Why.UNKNOWN_VALUE: self.tr("Unknown to this version of the program: update it"),
            Why.THREAT_WAITS: self.tr("Ordered already; undo: {}").format(
                ", ".join(map(key_label, ("triage.undo", "triage.undo_typing")))
            ),
            Why.ORDER_WAITS: self.tr("Something was ordered about it already"),
            Why.MINE_ALREADY: self.tr("You work on the request"),
            Why.NOT_MINE: self.tr("Nobody works on the request"),
            Why.NOT_DUTY: self.tr("Only for questions to the duty doctor"),
            Why.NO_DISEASE_LIST: self.tr("On this route there is no list of diseases"),
            Why.NO_CHECKLIST: self.tr("No documents are asked for here"),
            Why.THREAT: self.tr("A threat to life does not wait"),
        }
        return reasons.get(why) or self.requests.unknown()

    def why_no_step(self, step: CaseStep, row: RequestRow) -> str:
        """Why the case does not go on there: what has to be done first."""
        if row.owner is not None and not row.owner.is_me:
            return self.requests.owner(row)
        if row.owner is None:
            if Action.CLAIM not in row.allowed_actions:
                return self._not_in_state(row)
            return self.tr("First take the request: {}").format(key_label("queue.open"))
        if step is CaseStep.TIME and row.missing_documents:
            missing = self.requests.missing(*self._chips(row))
            ask = key_label("triage.ask")
            return self.tr("First the documents: {}. Ask for them: {}").format(missing, ask)
        return self._not_in_state(row)

    def no_item(self) -> str:
        """X where no line of the checklist is current."""
        return self.tr("First choose a line of the checklist: Tab, then the arrows")

    def show_it_first(self) -> str:
        """An order of an earlier run is given again only upon a request that is seen."""
        return self.tr("First choose this request in the list")

    def who(self, row: RequestRow) -> str:
        """The patient, short, and unable to change what stands beside: «Кочетов Е. М.»."""
        return f"\u2068{short_name(row.patient.full_name)}\u2069"

    def number(self, number: str) -> str:
        """A request whose patient is not at hand."""
        return self.tr("request {}").format(number)

    def _threat_coming(self, said: MarkLifeThreat) -> str:
        if said.life_threat:
            return self.tr("The patient will be told to call 103")
        return self.tr("The mark of a threat to life will be taken away")

    def _not_in_state(self, row: RequestRow) -> str:
        return self.tr("Not possible in the state “{}”").format(self.requests.status(row.status))

    def _chips(self, row: RequestRow) -> list[str]:
        chips = {item.code: item.chip for item in row.checklist}
        return [chips.get(code, code) for code in row.missing_documents]
