"""Sign-in: what the doctor reads when it works, when it does not, and when there is no server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from backend_client.errors import (
    BackendError,
    ClientTooOld,
    ServerFault,
    ServerTooOld,
    TooManyAttempts,
    Unreachable,
)
from backend_client.models.common import VERSION
from tests.factories import make_demo_account
from tests.fakes import FakeAccountService
from tests.ui.keys import press
from tests.ui.waiting import emitted, until
from workstation.ui.screens.sign_in.demo_accounts import DemoAccountButton
from workstation.ui.screens.sign_in.view import SignInView
from workstation.ui.screens.sign_in.view_model import ServerState, SignInViewModel
from workstation.ui.shortcuts import ShortcutRouter
from workstation.ui.theme import Theme
from workstation.ui.wording import Wording

pytestmark = pytest.mark.usefixtures("russian")


class SignInDesk:
    """Opens the screen on a fake service."""

    def __init__(
        self, qtbot: QtBot, theme: Theme, wording: Wording, shortcuts: ShortcutRouter
    ) -> None:
        self._qtbot, self._theme = qtbot, theme
        self._wording, self._shortcuts = wording, shortcuts

    @asynccontextmanager
    async def open(
        self, account: FakeAccountService, *, offers_demo: bool = True
    ) -> AsyncIterator[SignInView]:
        """Shows the screen and asks the server."""
        model = SignInViewModel(account, offers_demo=offers_demo)
        view = SignInView(model, self._theme, self._wording, self._shortcuts)
        self._qtbot.addWidget(view)
        view.resize(1366, 768)
        view.show()
        view.activateWindow()
        model.start()
        await until(lambda: model.server is not ServerState.ASKING)
        if model.is_demo and model.server is ServerState.ANSWERS:
            await until(lambda: bool(model.accounts))
        try:
            yield view
        finally:
            await model.close()
            view.hide()


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, wording: Wording, shortcuts: ShortcutRouter) -> SignInDesk:
    """The screen, not yet opened."""
    return SignInDesk(qtbot, theme, wording, shortcuts)


def four_accounts() -> FakeAccountService:
    """A demo server with the four accounts of the design."""
    names = ("Левашова Марина", "Зимина Анна", "Рябов Иван", "Бережной Артём")
    return FakeAccountService(
        make_demo_account(login=f"doctor{n}", password=f"secret{n}", full_name=name)
        for n, name in enumerate(names, 1)
    )


def type_in(view: SignInView, login: str, password: str) -> None:
    """Types into both fields, as a person does."""
    for edit, text in ((view.login.edit, login), (view.password.edit, password)):
        edit.setFocus()
        edit.selectAll()
        QTest.keyClicks(edit, text)


async def test_a_password_that_fits_signs_in_and_is_forgotten(desk: SignInDesk) -> None:
    account = FakeAccountService(demo=False)
    async with desk.open(account) as view:
        type_in(view, "levashova", "demo")
        QTest.keyClick(view.password.edit, Qt.Key.Key_Return)
        await emitted(view.view_model.signed_in)
        assert account.account is not None
        assert view.password.edit.text() == ""


async def test_a_wrong_password_is_said_beside_the_field(desk: SignInDesk) -> None:
    async with desk.open(FakeAccountService(demo=False)) as view:
        type_in(view, "levashova", "wrong")
        view.button.click()
        await until(view.problem.isVisible)
        expected = "Логин или пароль не подходят. Проверьте раскладку и Caps Lock и введите снова."
        assert view.problem.text() == expected
        assert view.password.edit.hasFocus()
        assert view.password.edit.selectedText() != ""
        assert view.password.edit.property("invalid") is True
        QTest.keyClicks(view.password.edit, "d")
        assert view.password.edit.text() == "d", "typing replaces what was wrong"
        assert not view.problem.isVisible()


async def test_an_empty_field_needs_no_server(desk: SignInDesk) -> None:
    account = FakeAccountService(demo=False)
    async with desk.open(account) as view:
        view.button.click()
        assert view.problem.isVisible()
        assert view.problem.text() == "Введите и логин, и пароль"
        assert view.login.edit.hasFocus()
        assert not any(call[0] == "sign_in" for call in account.backend.calls)


async def test_too_many_attempts_count_down(desk: SignInDesk) -> None:
    account = FakeAccountService(demo=False)
    async with desk.open(account) as view:
        account.backend.fail_with(TooManyAttempts(2))
        type_in(view, "levashova", "demo")
        view.button.click()
        await until(view.problem.isVisible)
        assert view.problem.text() == "Слишком много попыток. Повторите через 2\u00a0с."
        assert not view.button.isEnabled()
        view.view_model.second_passed()
        assert view.problem.text().endswith("через 1\u00a0с.")
        view.view_model.second_passed()
        assert not view.problem.isVisible()
        assert view.button.isEnabled()


async def test_no_server_says_so_and_asks_again_by_itself(desk: SignInDesk) -> None:
    account = FakeAccountService(demo=False)
    account.backend.fail_with(Unreachable())
    async with desk.open(account) as view:
        assert view.server.text() == "Сервер не отвечает, повтор через 5\u00a0с"
        assert view.retry.isVisible()
        for _ in range(5):
            view.view_model.second_passed()
        await until(lambda: view.server.text() == "Сервер отвечает")
        assert not view.retry.isVisible()


async def test_the_button_asks_the_server_at_once(desk: SignInDesk) -> None:
    account = FakeAccountService(demo=False)
    account.backend.fail_with(Unreachable())
    async with desk.open(account) as view:
        QTest.mouseClick(view.retry, Qt.MouseButton.LeftButton)
        await until(lambda: view.view_model.server is ServerState.ANSWERS)


@pytest.mark.parametrize(
    ("error", "title", "detail"),
    [
        (
            ClientTooOld("0.4.0"),
            "Программа слишком старая для этого сервера",
            "Нужна версия 0.4.0 или новее: установите её.",
        ),
        (
            ServerTooOld("0.0.9"),
            "Сервер слишком старый для этой программы",
            "Версия сервера: 0.0.9. Его обновляет центр.",
        ),
    ],
)
async def test_versions_that_do_not_fit_are_named(
    desk: SignInDesk, error: BackendError, title: str, detail: str
) -> None:
    account = FakeAccountService(demo=False)
    account.backend.fail_with(error)
    async with desk.open(account) as view:
        assert view.server.text() == title
        assert view.server_detail.text() == detail
        assert not view.button.isEnabled()


async def test_a_digit_fills_in_and_enter_signs_in(desk: SignInDesk) -> None:
    account = four_accounts()
    async with desk.open(account) as view:
        await until(lambda: isinstance(view.focusWidget(), DemoAccountButton))
        press(view.focusWidget(), "3")
        assert view.login.edit.text() == "doctor3"
        assert view.password.edit.text() == "secret3"
        assert view.button.hasFocus()
        press(view.focusWidget(), "2")
        assert view.login.edit.text() == "doctor2"
        press(view.focusWidget(), Qt.Key.Key_Return)
        await emitted(view.view_model.signed_in)
        assert account.account is not None
        assert account.account.full_name == "Зимина Анна"


async def test_a_press_on_an_account_fills_in(desk: SignInDesk) -> None:
    async with desk.open(four_accounts()) as view:
        button = view.findChild(DemoAccountButton, "signIn.account.4")
        assert button is not None
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert view.login.edit.text() == "doctor4"
        assert button.isChecked()
        QTest.keyClicks(view.login.edit, "x")
        assert not button.isChecked(), "the fields hold something else now"


async def test_digits_in_a_field_are_text(desk: SignInDesk) -> None:
    async with desk.open(four_accounts()) as view:
        view.login.edit.setFocus()
        press(view.login.edit, "2")
        assert view.login.edit.text() == "2"


async def test_accounts_are_listed_under_demo_only(desk: SignInDesk) -> None:
    """A demo server alone is not enough: the program must have been started with --demo."""
    async with desk.open(four_accounts(), offers_demo=False) as view:
        assert view.view_model.accounts == []
        assert not view.view_model.is_demo


async def test_without_a_demonstration_there_are_no_accounts(desk: SignInDesk) -> None:
    async with desk.open(FakeAccountService(demo=False)) as view:
        assert not view.accounts.isVisible()
        assert view.login.edit.hasFocus()
        view.login.edit.clearFocus()
        press(view, "1")
        assert view.login.edit.text() == ""


async def test_what_was_typed_is_not_taken_over_by_late_accounts(desk: SignInDesk) -> None:
    account = four_accounts()
    account.backend.fail_with(ServerFault(503))
    async with desk.open(account) as view:
        view.login.edit.setFocus()
        QTest.keyClicks(view.login.edit, "me")
        view.view_model.ask_server()
        await until(view.accounts.isVisible)
        assert view.login.edit.hasFocus()


async def test_the_eye_shows_and_hides_the_password(desk: SignInDesk) -> None:
    async with desk.open(FakeAccountService(demo=False)) as view:
        edit = view.password.edit
        assert edit.echoMode() is QLineEdit.EchoMode.Password
        view.password.eye.trigger()
        assert edit.echoMode() is QLineEdit.EchoMode.Normal
        assert view.password.eye.text() == "Скрыть пароль"
        view.password.eye.trigger()
        assert edit.echoMode() is QLineEdit.EchoMode.Password


async def test_the_foot_names_version_and_language(desk: SignInDesk) -> None:
    async with desk.open(FakeAccountService(demo=False)) as view:
        labels = [label.text() for label in view.findChildren(type(view.server))]
        assert f"Версия {VERSION}" in labels
        assert "Русский" in labels


async def test_an_account_service_that_is_slow_takes_no_second_attempt(desk: SignInDesk) -> None:
    account = FakeAccountService(demo=False)
    async with desk.open(account) as view:
        type_in(view, "levashova", "demo")
        view.button.click()
        assert not view.button.isEnabled()
        view.button.click()
        await emitted(view.view_model.signed_in)
        assert [call[0] for call in account.backend.calls].count("sign_in") == 1


async def test_large_type_fits_the_smallest_window(desk: SignInDesk, theme: Theme) -> None:
    theme.choose(theme.scheme, 2.0)
    async with desk.open(four_accounts()) as view:
        view.resize(1024, 640)
        await until(lambda: view.accounts.x() > 0)
        view.grab()
        assert view.accounts.geometry().right() <= view.width()
        assert not view._form.geometry().intersects(view.accounts.geometry())
