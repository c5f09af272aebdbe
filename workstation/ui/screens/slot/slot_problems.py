"""Why the server did not take a proposed time, in words that say what to do."""

from PySide6.QtCore import QObject

from backend_client.models.common import ProblemCode
from workstation.ui.error_text import UserMessage

_OF_THE_STATE = (
    ProblemCode.SLOT_TAKEN,
    ProblemCode.SLOT_IN_PAST,
    ProblemCode.MOVE_NOT_ALLOWED,
    ProblemCode.STALE_VERSION,
    ProblemCode.CLAIMED_BY_OTHER,
)


def _code(error: BaseException) -> ProblemCode:
    """The code of a refusal; the error's type is not asked for, as in `error_text`."""
    code = getattr(error, "code", None)
    return code if isinstance(code, ProblemCode) else ProblemCode.UNKNOWN


class SlotProblems(QObject):
    """Messages for what may go wrong with a proposal alone; all else is for `user_message`."""

    def message(self, error: BaseException) -> UserMessage | None:
        """What the doctor reads in place; None where the error is not of this screen."""
        code = _code(error)
        if code is ProblemCode.SLOT_TAKEN:
            title = self.tr("This time has just been taken")
            return UserMessage(title, self.tr("Choose another one: the week is up to date."))
        if code is ProblemCode.SLOT_IN_PAST:
            return UserMessage(self.tr("This time has passed"), self.tr("Choose a later one."))
        if code in (ProblemCode.MOVE_NOT_ALLOWED, ProblemCode.STALE_VERSION):
            title = self.tr("The request has changed in the meantime")
            return UserMessage(title, self.tr("Nothing was sent. Its new state is shown above."))
        return None

    @staticmethod
    def is_of_the_state(error: BaseException) -> bool:
        """Whether somebody has changed something, so that all is to be read again."""
        return _code(error) in _OF_THE_STATE
