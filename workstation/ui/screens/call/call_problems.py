"""Why a call could not be placed or changed, in words that say what to do."""

from PySide6.QtCore import QObject

from backend_client.models.common import ProblemCode
from workstation.ui.error_text import UserMessage, user_message


class CallProblems(QObject):
    """Messages of this screen's own troubles; all else is for `user_message`."""

    def message(self, error: BaseException) -> UserMessage:
        """What the doctor reads in place."""
        code = getattr(error, "code", None)
        if code is ProblemCode.CALL_RUNNING:
            title = self.tr("A call of this case is on already")
            detail = self.tr("It was placed from another window. Hang up there, then call again.")
            return UserMessage(title, detail)
        if code is ProblemCode.PATIENT_IN_CALL:
            title = self.tr("The patient is busy with another doctor's call")
            detail = self.tr("It is about another request of the patient. Call a little later.")
            return UserMessage(title, detail)
        if type(error).__name__ == "CallRunning":
            title = self.tr("Another call is on")
            return UserMessage(title, self.tr("Hang up first, then call this patient."))
        if code is ProblemCode.MOVE_NOT_ALLOWED:
            title = self.tr("The request has changed in the meantime: it cannot be called now")
            return UserMessage(title, self.tr("Its new state is shown above."))
        if code is ProblemCode.CALL_OVER:
            return UserMessage(self.tr("The call is over already"))
        return user_message(error)
