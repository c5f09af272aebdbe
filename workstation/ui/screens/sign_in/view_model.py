"""Sign-in without its widgets: the server's state, the attempt, the demonstration's accounts."""

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from backend_client.models.accounts import DemoAccount
from workstation.ui.error_text import UserMessage, user_message
from workstation.ui.task_scope import TaskScope

if TYPE_CHECKING:
    from workstation.services.account import AccountService

RETRY_S = 5
"""A server that does not answer is asked again after so many seconds."""
WAIT_S = 30
"""After too many attempts, where the server does not say how long to wait."""
SECOND_MS = 1000


class ServerState(Enum):
    """What is known of the server before anybody has signed in."""

    ASKING = "asking"
    ANSWERS = "answers"
    SILENT = "silent"
    """No answer; it is asked again by itself."""
    UNFIT = "unfit"
    """It answers, and this program and it do not fit together."""


class SignInViewModel(QObject):
    """One sign-in screen. `signed_in` tells that the account service has an account now."""

    server_changed = Signal()
    attempt_changed = Signal()
    """Busy, refused or waiting: see `is_busy`, `problem`, `wait_left`."""
    accounts_changed = Signal()
    refused = Signal()
    """Login or password do not fit: what was typed is to be typed again."""
    signed_in = Signal()

    def __init__(
        self,
        account: "AccountService",
        *,
        offers_demo: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._offers_demo = offers_demo
        self.server = ServerState.ASKING
        self.server_problem: UserMessage | None = None
        self.is_demo = False
        self.accounts: list[DemoAccount] = []
        self.is_busy = False
        self.problem: UserMessage | None = None
        self.wait_left = 0
        """Seconds until the next attempt is accepted."""
        self.retry_left = 0
        """Seconds until a silent server is asked again."""
        self._account = account
        self._attempts = TaskScope(on_error=self._attempt_failed)
        self._questions = TaskScope(on_error=self._server_failed)
        self._second = QTimer(self)
        self._second.setInterval(SECOND_MS)
        self._second.timeout.connect(self.second_passed)

    def start(self) -> None:
        """Asks the server who it is."""
        self.ask_server()

    async def close(self) -> None:
        """Ends what runs."""
        self._second.stop()
        await self._attempts.close()
        await self._questions.close()

    def ask_server(self) -> None:
        """Asks now, without waiting for the next time."""
        self._questions.cancel("sign_in.server")
        self.retry_left = 0
        self._questions.start(self._ask(), name="sign_in.server")

    def can_try(self) -> bool:
        """Whether an attempt is accepted now."""
        return not self.is_busy and not self.wait_left and self.server is not ServerState.UNFIT

    def sign_in(self, login: str, password: str) -> None:
        """Tries; an empty field is a refusal that needs no server."""
        if not self.can_try():
            return
        if not login.strip() or not password:
            self.problem = UserMessage(self.tr("Type both login and password"))
            self.attempt_changed.emit()
            self.refused.emit()
            return
        self.is_busy, self.problem = True, None
        self.attempt_changed.emit()
        self._attempts.start(self._try(login.strip(), password), name="sign_in.try")

    def forget_problem(self) -> None:
        """The doctor types again: the old refusal has been read."""
        if self.problem is not None and not self.wait_left:
            self.problem = None
            self.attempt_changed.emit()

    def second_passed(self) -> None:
        """Counts both waits down."""
        if self.wait_left:
            self.wait_left -= 1
            self.problem = self.problem if self.wait_left else None
            self.attempt_changed.emit()
        if self.retry_left:
            self.retry_left -= 1
            self.server_changed.emit()
            if not self.retry_left:
                self.ask_server()
        if not self.wait_left and not self.retry_left:
            self._second.stop()

    async def _ask(self) -> None:
        info = await self._account.server()
        self.is_demo = info.demo and self._offers_demo
        self._set_server(ServerState.ANSWERS, None)
        if self.is_demo and not self.accounts:
            self.accounts = await self._account.demo_accounts()
            self.accounts_changed.emit()

    async def _try(self, login: str, password: str) -> None:
        try:
            await self._account.sign_in(login, password)
        finally:
            self.is_busy = False
            self.attempt_changed.emit()
        self.signed_in.emit()

    def _attempt_failed(self, error: BaseException) -> None:
        self.problem = user_message(error)
        if hasattr(error, "retry_after") and not self.problem.can_retry:
            self.wait_left = error.retry_after or WAIT_S
            self._second.start()
        self.attempt_changed.emit()
        if not self.wait_left:
            self.refused.emit()

    def _server_failed(self, error: BaseException) -> None:
        temporary = bool(getattr(error, "is_temporary", False))
        if temporary:
            self.retry_left = RETRY_S
            self._second.start()
        state = ServerState.SILENT if temporary else ServerState.UNFIT
        self._set_server(state, user_message(error))

    def _set_server(self, state: ServerState, problem: UserMessage | None) -> None:
        self.server, self.server_problem = state, problem
        self.server_changed.emit()
