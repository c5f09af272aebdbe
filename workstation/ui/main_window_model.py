"""What the main window says of the connection, the server's time and the account."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from backend_client.models.accounts import Account
from workstation.core.connection import ConnectionState, Link
from workstation.ui.request_words import Sign
from workstation.ui.wording import Wording

if TYPE_CHECKING:
    from workstation.services.account import AccountService
    from workstation.services.prefetch import PrefetchService
    from workstation.services.sync import SyncService

SECOND_MS = 1000


class MainWindowModel(QObject):
    """State of the whole window. The connection is known while somebody is signed in."""

    changed = Signal()
    """Once a second while the connection is lost, else when something has changed."""

    def __init__(
        self,
        account: "AccountService",
        wording: Wording,
        *,
        is_demo: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.is_demo = is_demo
        self._account = account
        self._wording = wording
        self._sync: SyncService | None = None
        self._prefetch: PrefetchService | None = None
        self._forget: list[Callable[[], None]] = []
        self._tick = QTimer(self)
        self._tick.setInterval(SECOND_MS)
        self._tick.timeout.connect(self._second_passed)
        self._shown_minute = ""
        self._forget_account = account.changed.subscribe(lambda _: self.changed.emit())
        self._tick.start()

    def follow(self, sync: "SyncService | None", prefetch: "PrefetchService | None" = None) -> None:
        """Shows the connection, and what is fetched ahead, of these; None after a sign-out."""
        self._deaf()
        self._sync, self._prefetch = sync, prefetch
        if sync is not None:
            self._forget.append(sync.state_changed.subscribe(lambda _: self.changed.emit()))
        if prefetch is not None:
            self._forget.append(prefetch.progress.subscribe(lambda _: self.changed.emit()))
        self.changed.emit()

    def close(self) -> None:
        """Listens to nothing any more."""
        self._tick.stop()
        self._forget_account()
        self._deaf()

    def retry_now(self) -> None:
        """Tries the server at once."""
        if self._sync is not None:
            self._sync.retry_now()

    @property
    def account(self) -> Account | None:
        """Who is signed in."""
        return self._account.account

    @property
    def is_offline(self) -> bool:
        """Whether the banner stands."""
        state = self._state
        return state is not None and state.link is Link.OFFLINE

    def banner(self) -> tuple[str, str, str]:
        """Title, detail and the count down to the next try."""
        state = self._state
        if state is None:
            return "", "", ""
        since = self._wording.day_and_time(state.since)
        title = self.tr("No connection to the server since {}").format(since)
        detail = self.tr("What was loaded can be read. Requests cannot be taken until it is back.")
        return title, detail, self._next_try(state)

    def facts(self) -> tuple[list[Sign], list[Sign]]:
        """Facts of the status bar: at the left, at the right."""
        zone = self._wording.zone_name()
        clock = self._wording.time(self._wording.now())
        time = Sign("", self.tr("Server time {} {}").format(clock, zone), "text.tertiary")
        if self.is_demo:
            disk = Sign("warning", self.tr("Demonstration: key in memory"), "warn.text")
        else:
            disk = Sign("lock", self.tr("Data on the disk are encrypted"), "text.tertiary")
        return [self._link(), time, *self._cases_ahead()], [disk]

    def account_line(self) -> str:
        """«Левашова М. О., кардиолог»."""
        account = self.account
        if account is None:
            return ""
        post = account.post[:1].lower() + account.post[1:]
        return f"{account.short_name}, {post}" if post else account.short_name

    @property
    def _state(self) -> ConnectionState | None:
        return self._sync.state if self._sync is not None else None

    def _link(self) -> Sign:
        link = self._state.link if self._state is not None else Link.CONNECTING
        if link is Link.ONLINE:
            return Sign("wifi-high", self.tr("Connected"), "text.tertiary", "ok.mark")
        if link is Link.OFFLINE:
            return Sign("wifi-slash", self.tr("No connection"), "danger.text")
        return Sign("wifi-high", self.tr("Connecting"), "text.tertiary")

    def _cases_ahead(self) -> list[Sign]:
        """How many of the next cases are fetched; nothing where none comes next."""
        ahead = self._prefetch.ahead if self._prefetch is not None else None
        if ahead is None or not ahead.wanted:
            return []
        text = self.tr("Cases prepared: {} of {}").format(ahead.ready, ahead.wanted)
        return [Sign("", text, "text.tertiary")]

    def _deaf(self) -> None:
        for forget in self._forget:
            forget()
        self._forget.clear()

    def _next_try(self, state: ConnectionState) -> str:
        if state.next_try_at is None:
            return self.tr("trying now")
        left = (state.next_try_at - self._wording.now()).total_seconds()
        if left <= 0:
            return self.tr("trying now")
        return self.tr("retry in {}").format(self._wording.seconds(max(1, round(left))))

    def _second_passed(self) -> None:
        minute = self._wording.time(self._wording.now())
        if self.is_offline or minute != self._shown_minute:
            self._shown_minute = minute
            self.changed.emit()
