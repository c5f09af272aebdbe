"""The list of approvals in words: for its one column, tooltips and screen readers."""

from PySide6.QtCore import QCoreApplication

from backend_client.models.conclusions import Approval
from workstation.ui.record_table_model import Column
from workstation.ui.widgets.labels import plain_tooltip
from workstation.ui.widgets.standing_words import StandingWords
from workstation.ui.wording import Wording

SEPARATOR = "; "


def approval_columns(wording: Wording) -> tuple[Column[Approval], ...]:
    """Everything about a conclusion that waits, in one cell."""
    words = StandingWords()

    def text(one: Approval) -> str:
        since = waiting_words(wording, one)
        who = (one.author_name, one.author_post, one.centre_name)
        level = words.level(one.level, one.wanted)
        signed = words.signatures(one.signers, one.signers_wanted)
        left = words.unopened(one.unopened) if one.unopened else ""
        said = (one.patient_name, one.diagnosis, *who, since, level, signed, left)
        return SEPARATOR.join(part for part in said if part)

    return (
        Column(
            "conclusion",
            lambda: QCoreApplication.translate("ApprovalColumns", "Signed conclusion"),
            text,
            lambda one: plain_tooltip("\n".join(text(one).split(SEPARATOR))),
        ),
    )


def waiting_minutes(wording: Wording, one: Approval) -> int:
    """Whole minutes since the doctor has signed, by the server's clock."""
    return max(0, int((wording.now() - one.signed_at).total_seconds() // 60))


def waiting_words(wording: Wording, one: Approval) -> str:
    """«4 ч 15 мин»."""
    return wording.span(waiting_minutes(wording, one))
