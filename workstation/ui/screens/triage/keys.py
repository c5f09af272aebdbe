"""Which key gives which order, in the order of the menu."""

from backend_client.models.requests import Action

ACTION_KEYS = {
    Action.CLAIM: "triage.take",
    Action.ASK_DOCUMENTS: "triage.ask",
    Action.DECLINE: "triage.decline",
    Action.OUT_OF_PROFILE: "triage.out_of_profile",
    Action.CONVERT: "triage.convert",
    Action.MARK_ITEM: "triage.item",
    Action.INVITE_IN_PERSON: "triage.in_person",
    Action.RECOMMEND_INPATIENT: "triage.inpatient",
    Action.CLOSE_WITHOUT_CONCLUSION: "triage.close_request",
    Action.SNOOZE: "triage.snooze",
    Action.RELEASE: "triage.release",
    Action.MARK_LIFE_THREAT: "triage.threat",
}
"""Actions of `ui.shortcuts`."""
