"""The composition root: builds everything, shows it in the right order, owns the shutdown."""

import argparse
import asyncio
import contextlib
import gc
import logging
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import qasync
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication

from backend_client.models.accounts import Account, Role
from workstation.accounts_to_come import AccountsToCome
from workstation.application import Wakeup, make_application
from workstation.core.server_clock import ServerClock
from workstation.desktop.paths import Paths, TemporaryFolder, paths_in, system_paths
from workstation.embedded_backend import EmbeddedBackend
from workstation.garbage import CollectionBetweenEvents
from workstation.imports import bring
from workstation.logging_setup import install_hooks, loop_error_handler, set_up_logging
from workstation.milestones import FirstPaintOf, tell
from workstation.settings import SettingsFile, ThemeChoice
from workstation.ui.choices import LookChoices, NoticeChoices, QueueChoices, WritingChoices
from workstation.ui.covers import Covers
from workstation.ui.error_text import user_message
from workstation.ui.main_window import MainWindow
from workstation.ui.main_window_model import MainWindowModel
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.sign_in.view import SignInView
from workstation.ui.screens.sign_in.view_model import SignInViewModel
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.task_scope import TaskScope
from workstation.ui.theme import Scheme, Theme, load_fonts, load_tokens
from workstation.ui.viewers.ecg.calibrations import ScreenCalibrations
from workstation.ui.wording import Wording

if TYPE_CHECKING:
    from workstation.composition import Backing
    from workstation.screens import Screens
    from workstation.services.desk import Desk
    from workstation.services.own_key import OwnKey
    from workstation.ui.key_guard import KeyGuard

logger = logging.getLogger(__name__)
SAVE_AFTER_MS = 500
FIRST_SIZE = (1366, 768)
MEASURED_SCREENS = "measured_screens"
AHEAD = (
    *(f"workstation.ui.screens.{name}.view" for name in ("review", "slot", "call", "conclusion")),
    "workstation.ui.screens.call.strip",
    "workstation.ui.screens.palette.view",
    "workstation.ui.screens.key_page.view",
    "workstation.documents.conclusion_pdf",
)
"""Imported ahead of their first use, once the queue stands."""


class Workstation:
    """The program. `start`, then `stop`; `run` does both around the wait for the window's end."""

    def __init__(
        self,
        options: argparse.Namespace,
        application: QApplication,
        backend: EmbeddedBackend | None = None,
    ) -> None:
        self._options = options
        self._backend = backend
        self._quit = asyncio.Event()
        self._rest = contextlib.ExitStack()
        self.paths = self._find_paths()
        self._settings_file = SettingsFile(self.paths.settings_file)
        self.settings = self._settings_file.load()
        self._dress(application)
        self._clock = ServerClock()
        self._wording = Wording(self._clock)
        self._words = RequestWords(self._wording)
        self.shortcuts = ShortcutRouter(application)
        self.accounts = AccountsToCome()
        self.look = LookChoices(self.theme, compact_rows=self.settings.compact_rows)
        self.notice_choices = NoticeChoices(are_on=self.settings.all_notices)
        self.writing_choices = WritingChoices(spelling=self.settings.spelling)
        self.measured_screens = ScreenCalibrations()
        self.measured_screens.restore(self.settings.screens.get(MEASURED_SCREENS, ""))
        self._model = MainWindowModel(self.accounts, self._wording, is_demo=options.demo)
        self.window = MainWindow(self._model, self.theme, self.shortcuts, self.look)
        self.covers = Covers(self.window, self.theme, self.shortcuts)
        self._sign_in_model = SignInViewModel(self.accounts, offers_demo=options.demo)
        self.sign_in = SignInView(self._sign_in_model, self.theme, self._wording, self.shortcuts)
        self._tasks = TaskScope(on_error=self.say)
        self._account_tasks = TaskScope(on_error=self.say)
        self.backing: Backing | None = None
        self._guard: KeyGuard | None = None
        self.desk: Desk | None = None
        self.screens: Screens | None = None
        self._moves = asyncio.Lock()
        self._queue_painted = asyncio.Event()
        self._ahead = asyncio.Event()
        self._saving = QTimer(self.window)

    @property
    def server_address(self) -> str:
        """Where the backend is; known once it has been found."""
        return self.backing.address if self.backing is not None else ""

    async def run(self) -> int:
        """The whole life of the window; returns the exit code."""
        await self.start()
        await self._quit.wait()
        await self.stop()
        return 0

    async def start(self) -> None:
        """Shows the window; what stands behind it is loaded once it was painted."""
        self._rest.enter_context(CollectionBetweenEvents())
        painted = asyncio.Event()
        FirstPaintOf(self.window, painted.set)
        self._connect()
        self.window.show_sign_in(self.sign_in)
        if not self._restore_window():
            self.window.resize(*FIRST_SIZE)
        self.window.show()
        await painted.wait()
        self._milestone("first_paint")
        self._tasks.start(self._load(), name="app.load")

    async def stop(self) -> None:
        """Ends everything, in the order against that of the start."""
        self._saving.stop()
        self._choose()
        await asyncio.to_thread(self._write)
        self.window.hide()
        await self._tasks.close()
        await self._leave()
        if self._guard is not None:
            await self._guard.close()
        await self._sign_in_model.close()
        self._model.close()
        if self.backing is not None:
            await self.backing.close()
        if self._backend is not None:
            await asyncio.to_thread(self._backend.stop)
        from workstation.ui.widgets.case_text import leave_plain_text  # not before the first paint

        leave_plain_text()
        self.window.deleteLater()
        self.shortcuts.deleteLater()
        self._rest.close()

    def quit(self) -> None:
        """Asks the program to end."""
        self._quit.set()

    def _find_paths(self) -> Paths:
        folder = self._options.data_folder
        paths = paths_in(Path(folder)) if folder else system_paths()
        if not self._options.demo:
            return paths
        # The key of the demonstration lives in memory, so its data must not outlive the process.
        data = self._rest.enter_context(TemporaryFolder()).path
        return Paths(paths.config / "demo", data, paths.state)

    def _dress(self, application: QApplication) -> None:
        load_fonts()
        scheme = Scheme(self.settings.theme.value)
        self.theme = Theme(load_tokens(), scheme, self.settings.font_percent / 100)
        application.setStyle("Fusion")
        self._application = application
        self._apply_theme()
        self.theme.changed.connect(self._apply_theme)

    def _apply_theme(self) -> None:
        self._application.setFont(self.theme.font("body"))
        self._application.setPalette(self.theme.palette())
        self._application.setStyleSheet(self.theme.stylesheet())

    def _connect(self) -> None:
        self.window.closing.connect(self.quit)
        self.window.sign_out_wanted.connect(
            lambda: self._tasks.start(self._sign_out(), name="app.sign_out")
        )
        self.accounts.changed.subscribe(self._account_changed)
        self.look.changed.connect(self._save_soon)
        self.notice_choices.changed.connect(self._save_soon)
        self.writing_choices.changed.connect(self._save_soon)
        self.measured_screens.changed.connect(self._save_soon)
        self._saving.setSingleShot(True)
        self._saving.setInterval(SAVE_AFTER_MS)
        self._saving.timeout.connect(self._save)
        self._sign_in_model.start()

    async def _load(self) -> None:
        """Imports the program behind the window, finds the server, signs in."""
        try:
            composition = await bring("workstation.composition")
            address = await self._find_server()
        except Exception as error:  # whatever it is, the sign-in screen has to say it
            logger.critical("not loaded", exc_info=error)
            self.accounts.cannot_come(error)
            return
        self.backing = composition.back_the_window(
            address, self.paths, self._clock, demo_roots=self._demo_roots()
        )
        self.accounts.have_come(self.backing.accounts)
        self._tasks.start(self._load_the_rest(), name="app.load_the_rest")
        await self._come_back()
        await self._queue_painted.wait()
        await self.backing.start_processes(self._tell_media_restarted)
        for name in AHEAD:
            await bring(name)
        signing = await bring("workstation.services.signing_loaded")
        await asyncio.to_thread(signing.load_signing)
        self.covers.prepare()
        self._ahead.set()
        await self._guard_keys(self.backing)
        gc.freeze()  # what is here stays: a full collection would look at it for 40 ms

    async def _guard_keys(self, backing: "Backing") -> None:
        """A locked screen, or a token that is pulled out, ends the time of a PIN."""
        guarding = await bring("workstation.ui.key_guard")
        lock = guarding.session_lock(self.window)
        lock.locked.connect(self._screen_locked)
        self._guard = guarding.KeyGuard(backing.certificates, lock, self.window.notify, self.say)

    def _screen_locked(self) -> None:
        if self.screens is not None:
            self.screens.appointed.leave()

    async def _load_the_rest(self) -> None:
        """Imports what comes behind the sign-in, while the doctor or the server thinks."""
        for name in ("workstation.screens", "workstation.services.desk"):
            await bring(name)

    async def _find_server(self) -> str:
        if self._backend is not None:
            return await asyncio.to_thread(self._backend.address)
        return str(self._options.server)

    def _demo_roots(self) -> Path | None:
        if not self._options.demo:
            return None
        if self._backend is not None:
            return self._backend.trust_roots
        given = self._options.trust_roots
        return Path(given) if given is not None else self.paths.data / "trust-roots"

    async def _come_back(self) -> None:
        """Continues the last session, or signs in the demo account of --sign-in."""
        if self._options.sign_in is not None:
            for account in await self.accounts.demo_accounts():
                if account.login == self._options.sign_in:
                    await self.accounts.sign_in(account.login, account.password)
        elif not self._options.demo:
            await self.accounts.resume()

    def _account_changed(self, account: Account | None) -> None:
        work = self._leave() if account is None else self._enter(account)
        self._tasks.start(work, name="app.account")

    async def _enter(self, account: Account) -> None:
        """Opens the account's desk and shows its rooms."""
        assert self.backing is not None
        async with self._moves:
            screens = await bring("workstation.screens")
            if account.role is Role.CLINIC_ADMIN:
                await bring("workstation.ui.screens.approvals.view")
            self.desk = await self.backing.open_desk(account)
            self._account_tasks = TaskScope(on_error=self.say)
            self._account_tasks.start(self.desk.sync.run(), name="account.sync")
            self._show_screens(screens.Screens)
            self._account_tasks.start(self._prepare(), name="account.prepare")

    async def _prepare(self) -> None:
        """The screens of a case, once what they need is imported."""
        await self._ahead.wait()
        if self.screens is not None:
            self.screens.prepare()

    def _show_screens(self, screens: "type[Screens]") -> None:
        assert self.desk is not None
        choices = QueueChoices(self.settings.queue_group, lambda _: self._save_soon())
        self._queue_choices = choices
        self.screens = screens(
            self.desk,
            self.window,
            self.theme,
            self._words,
            self.shortcuts,
            self.look,
            choices,
            self.settings.screens,
            notice_choices=self.notice_choices,
            writing_choices=self.writing_choices,
            measured_screens=self.measured_screens,
            own_key=self._own_key(self.desk.account),
        )
        self._watch_queue(self.screens)
        self._model.follow(self.desk.sync, self.desk.prefetch)
        self.window.show_desk()
        self.screens.start()
        self.sign_in.clear_password()
        if self.desk.set_aside is not None:
            text = QCoreApplication.translate(
                "App", "Local data could not be read and were set aside; they are loaded anew"
            )
            self.window.notify(text, "warning")

    def _own_key(self, account: Account) -> "OwnKey | None":
        from workstation.services.own_key import OwnKey

        return None if self.backing is None else OwnKey(self.backing.certificates, account)

    def _watch_queue(self, screens: "Screens") -> None:
        table, model = screens.queue.table, screens.queue_model
        FirstPaintOf(
            table.viewport(),
            self._queue_stands,
            lambda: model.rows.rowCount() > 0,
        )

    def _queue_stands(self) -> None:
        self._queue_painted.set()
        self._milestone("queue_usable")

    async def _leave(self) -> None:
        """Takes the account's rooms away and closes its desk."""
        async with self._moves:
            desk, screens = self.desk, self.screens
            self.desk, self.screens = None, None
            self.covers.close()
            if screens is not None:
                self._keep_screens(screens)
                self.window.notice.hide()
                self.window.show_sign_in(self.sign_in)
                await screens.close()
            await self._account_tasks.close()
            self._model.follow(None)
            if desk is not None:
                await desk.close()
            if self.backing is not None:
                await asyncio.to_thread(self.backing.certificates.forget)

    async def _sign_out(self) -> None:
        await self._leave()
        await self.accounts.sign_out()

    def say(self, error: BaseException) -> None:
        """One calm line about an error that nobody has caught."""
        message = user_message(error)
        self.window.notify(f"{message.title}. {message.detail}".rstrip(". "), "warning")

    def _tell_media_restarted(self) -> None:
        text = QCoreApplication.translate("App", "Sound and video were restarted")
        self.window.notify(text, "arrow-clockwise")

    def _milestone(self, name: str) -> None:
        if self._options.milestones:
            tell(name)

    def _restore_window(self) -> bool:
        kept = self.settings.screens.get("window")
        if kept is not None:
            self.window.restore(kept.encode())
        return kept is not None

    def _save_soon(self) -> None:
        self._saving.start()

    def _keep_screens(self, screens: "Screens") -> None:
        self.settings = msgspec.structs.replace(
            self.settings,
            screens={**self.settings.screens, **screens.state()},
            queue_group=self._queue_choices.group,
        )

    def _save(self) -> None:
        self._choose()
        self._tasks.start(asyncio.to_thread(self._write), name="app.save")

    def _choose(self) -> None:
        """Takes what is chosen now for what is to be kept."""
        if self.screens is not None:
            self._keep_screens(self.screens)
        self.settings = msgspec.structs.replace(
            self.settings,
            theme=ThemeChoice(self.look.scheme.value),
            font_percent=round(self.look.scale * 100),
            compact_rows=self.look.compact_rows,
            all_notices=self.notice_choices.are_on,
            spelling=self.writing_choices.spelling,
            screens={
                **self.settings.screens,
                "window": self.window.state().decode(),
                MEASURED_SCREENS: self.measured_screens.state(),
            },
        )

    def _write(self) -> None:
        """A full disk costs the choices and nothing else."""
        try:
            self._settings_file.save(lambda: self.settings)
        except OSError as error:
            logger.warning("settings not saved: %s", type(error).__name__)


def run_window(options: argparse.Namespace, backend: EmbeddedBackend | None) -> int:
    """The window process: Qt and asyncio in one loop; returns the exit code."""
    application = make_application()
    with (
        asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner,
        Wakeup() as wakeup,
    ):
        return runner.run(_run(options, application, backend, wakeup))


async def _run(
    options: argparse.Namespace,
    application: QApplication,
    backend: EmbeddedBackend | None,
    wakeup: Wakeup,
) -> int:
    workstation = Workstation(options, application, backend)
    set_up_logging(workstation.paths.logs)
    install_hooks(workstation.say)
    asyncio.get_running_loop().set_exception_handler(loop_error_handler(workstation.say))
    wakeup.then(workstation.quit)
    return await workstation.run()
