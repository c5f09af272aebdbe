"""The list of approvals in words: for its one column, tooltips and screen readers."""

from PySide6.QtCore import QCoreApplication

from backend_client.models.conclusions import Approval
from workstation.ui.record_table_model import Column
from workstation.ui.widgets.labels import plain_tooltip
from workstation.ui.wording import Wording


def approval_columns(wording: Wording) -> tuple[Column[Approval], ...]:
    """Everything about a conclusion that waits, in one cell."""

    def text(one: Approval) -> str:
        since = waiting_words(wording, one)
        level = (f"PAdES {one.level}",) if one.level else ()
        return ", ".join((one.patient_name, one.diagnosis, one.author_name, since, *level))

    return (
        Column(
            "conclusion",
            lambda: QCoreApplication.translate("ApprovalColumns", "Signed conclusion"),
            text,
            lambda one: plain_tooltip("\n".join(text(one).split(", "))),
        ),
    )


def waiting_minutes(wording: Wording, one: Approval) -> int:
    """Whole minutes since the doctor has signed, by the server's clock."""
    return max(0, int((wording.now() - one.signed_at).total_seconds() // 60))


def waiting_words(wording: Wording, one: Approval) -> str:
    """«4 ч 15 мин»."""
    return wording.span(waiting_minutes(wording, one))
