"""The sign-in screen: the form at the left, the accounts of a demonstration at the right."""

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from backend_client.models.common import VERSION
from workstation.ui.icons import icon
from workstation.ui.screens.sign_in.demo_accounts import WITH_KEYS, DemoAccounts
from workstation.ui.screens.sign_in.fields import LabelledField, PasswordField
from workstation.ui.screens.sign_in.view_model import ServerState, SignInViewModel
from workstation.ui.shortcuts import ShortcutRouter, key_label
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel, TextBlock
from workstation.ui.wording import Wording

FORM_PX = 392
GAP_PX = 64
MARGIN_PX = 24


class SignInView(QFrame):
    """Follows its view model; keeps the password in its field alone."""

    def __init__(
        self,
        view_model: SignInViewModel,
        theme: Theme,
        wording: Wording,
        shortcuts: ShortcutRouter,
    ) -> None:
        super().__init__()
        self.setObjectName("signIn")
        self.setProperty("surface", "window")
        self.view_model = view_model
        self._theme, self._wording = theme, wording
        self._build()
        self._lay_out()
        self._connect()
        for number in range(1, WITH_KEYS + 1):
            shortcuts.bind(self, f"sign_in.account_{number}", partial(self._fill, number - 1))
        self._dress()
        self._show_server()
        self._show_attempt()
        self._show_accounts()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous() and self.view_model.server is not ServerState.ASKING:
            self.view_model.ask_server()  # it may have gone while somebody was signed in
        self.login.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._offer_accounts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def clear_password(self) -> None:
        """Forgets what was typed, as after a sign-in."""
        self.password.edit.clear()
        self.password.hide_password()
        self.accounts.clear_mark()

    def _build(self) -> None:
        theme = self._theme
        self._logo = QLabel()
        self._title = SignLabel(
            theme, self.tr("Consultant's workstation"), role="name", color="text.primary"
        )
        self._subtitle = SignLabel(theme, self.tr("Telemedicine consultations of federal centres"))
        self.login = LabelledField(theme, self.tr("Login"), "signIn.login")
        self.password = PasswordField(theme, self.tr("Password"), "signIn.password")
        self.problem = TextBlock(theme, role="small", color="danger.text")
        self.problem.setObjectName("signIn.problem")
        self.button = KeyButton(
            theme, self.tr("Sign in"), key=key_label("queue.open"), kind="primary", height="dialog"
        )
        self.button.setObjectName("signIn.button")
        self.server = SignLabel(theme)
        self.server.setObjectName("signIn.server")
        self.server_detail = TextBlock(theme, role="small")
        self.server_detail.setObjectName("signIn.server.detail")
        self.retry = KeyButton(theme, self.tr("Retry now"), key=key_label("app.connect"))
        self.retry.setObjectName("signIn.retry")
        self.accounts = DemoAccounts(theme)

    def _lay_out(self) -> None:
        self._form = QWidget()
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(0)
        form.addLayout(self._heading())
        form.addSpacing(20)
        for widget, gap in ((self.login, 12), (self.password, 6), (self.problem, 10)):
            form.addWidget(widget)
            form.addSpacing(gap)
        form.addWidget(self.button)
        form.addSpacing(16)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.server, 1)
        line.addWidget(self.retry)
        form.addLayout(line)
        form.addWidget(self.server_detail)
        form.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(GAP_PX)
        columns.addStretch(1)
        columns.addWidget(self._form)
        columns.addWidget(self.accounts)
        columns.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addStretch(3)
        whole.addLayout(columns)
        whole.addStretch(4)
        whole.addWidget(self._line())
        whole.addLayout(self._foot())

    def _heading(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        heading = QHBoxLayout()
        heading.setSpacing(12)
        heading.addWidget(self._logo)
        heading.addLayout(words, 1)
        return heading

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 12, 5)
        version = SignLabel(self._theme, self.tr("Version {}").format(VERSION))
        version.setObjectName("signIn.version")
        language = SignLabel(self._theme, self.tr("English", "name of the language shown"))
        foot.addWidget(version)
        foot.addStretch(1)
        foot.addWidget(language)
        return foot

    def _line(self) -> QFrame:
        line = QFrame()
        line.setProperty("line", "h")
        return line

    def _connect(self) -> None:
        model = self.view_model
        for edit in (self.login.edit, self.password.edit):
            edit.returnPressed.connect(self._submit)
            edit.textEdited.connect(self._typed)
        self.button.clicked.connect(self._submit)
        self.retry.clicked.connect(model.ask_server)
        self.accounts.chosen.connect(self._fill)
        model.server_changed.connect(self._show_server)
        model.attempt_changed.connect(self._show_attempt)
        model.accounts_changed.connect(self._show_accounts)
        model.refused.connect(self._type_again)
        model.signed_in.connect(self.clear_password)
        self._theme.changed.connect(self._dress)

    def _submit(self) -> None:
        self.view_model.sign_in(self.login.edit.text(), self.password.edit.text())

    def _typed(self) -> None:
        self.accounts.clear_mark()
        self.view_model.forget_problem()

    def _fill(self, place: int) -> None:
        if place >= len(self.view_model.accounts):
            return
        account = self.view_model.accounts[place]
        self.login.edit.setText(account.login)
        self.password.edit.setText(account.password)
        self.accounts.mark(place)
        self.view_model.forget_problem()
        self.button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _type_again(self) -> None:
        """The caret stands where something has to be changed, and what is there is selected."""
        field = self.password if self.login.edit.text().strip() else self.login
        field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        field.edit.selectAll()

    def _show_attempt(self) -> None:
        model = self.view_model
        problem = model.problem
        self.button.setEnabled(model.can_try())
        self.problem.setVisible(problem is not None)
        self.password.mark_invalid(problem is not None and not model.wait_left)
        if problem is None:
            return
        detail = problem.detail
        if model.wait_left:
            left = self._wording.seconds(model.wait_left)
            detail = self.tr("Try again in {}.").format(left)
        self.problem.set_text(". ".join(part for part in (problem.title, detail) if part))

    def _show_server(self) -> None:
        model = self.view_model
        words = {
            ServerState.ASKING: (self.tr("Asking the server"), "wifi-high", "text.tertiary"),
            ServerState.ANSWERS: (self.tr("The server answers"), "wifi-high", "text.secondary"),
        }
        problem = model.server_problem
        title = problem.title if problem is not None else ""
        text, glyph, color = words.get(model.server, (title, "wifi-slash", "danger.text"))
        if model.retry_left:
            left = self._wording.seconds(model.retry_left)
            text = self.tr("{}, retry in {}").format(text, left)
        self.server.show_sign(text, glyph, color)
        self.retry.setVisible(model.server in (ServerState.SILENT, ServerState.UNFIT))
        self.server_detail.setVisible(problem is not None)
        self.server_detail.set_text(problem.detail if problem is not None else "")
        self._show_attempt()

    def _show_accounts(self) -> None:
        self.accounts.show_accounts(self.view_model.accounts)
        self.accounts.setVisible(bool(self.view_model.accounts))
        self._fit()
        self._offer_accounts()

    def _offer_accounts(self) -> None:
        """While nothing was typed, the digits act: the focus is on no field."""
        untouched = not self.login.edit.text() and not self.password.edit.text()
        if self.view_model.accounts and untouched and self.isVisible():
            self.accounts.take_focus()

    def _fit(self) -> None:
        """Both columns are as wide as drawn, or share what there is in large type."""
        columns = 2 if self.view_model.accounts else 1
        free = (self.width() - (columns - 1) * GAP_PX - 2 * MARGIN_PX) // columns
        width = max(1, min(self._theme.px(FORM_PX), free))
        self._form.setFixedWidth(width)
        self.accounts.setFixedWidth(width)

    def _dress(self) -> None:
        px = self._theme.px
        self._fit()
        logo = icon("heartbeat", self._theme.color("accent.fill"))
        self._logo.setPixmap(logo.pixmap(QSize(px(24), px(24))))
