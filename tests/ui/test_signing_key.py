"""Choosing the key that signs: a file, a token, another program (SPB-21)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from signing.certificates import CertificateFacts, KeyAlgorithm
from signing.errors import (
    NoCertificate,
    PinLocked,
    ProviderAnswer,
    SigningError,
    TriesLeft,
    WrongPin,
)
from tests.factories import NOW
from tests.ui.queue_desk import Surroundings
from workstation.services.chosen_certificates import TokenKeyFound
from workstation.services.signing_keys import KeyChoice, KeyKind, words_of_command
from workstation.ui.choices import LookChoices
from workstation.ui.screens.settings.key_dialog import KeyDialog
from workstation.ui.screens.settings.key_model import KeyModel
from workstation.ui.screens.settings.signing_key import SigningKeyRow
from workstation.ui.screens.settings.view import SettingsView
from workstation.ui.widgets.labels import TextBlock

NAME = "Левашова Марина Олеговна"


def facts(algorithm: KeyAlgorithm = KeyAlgorithm.ECDSA) -> CertificateFacts:
    return CertificateFacts(
        name=NAME,
        organization="Центр",
        issuer="УЦ",
        number="7F",
        valid_from=NOW - timedelta(days=1),
        valid_to=NOW + timedelta(days=300),
        snils=None,
        algorithm=algorithm,
        may_sign=True,
        is_qualified=algorithm is KeyAlgorithm.GOST,
    )


class FakeKeys:
    """One account's key, in memory."""

    def __init__(self, *, may_choose: bool = True) -> None:
        self.may_choose = may_choose
        self.now = KeyChoice()
        self.has_certificate = True
        self.refusal: SigningError | None = None
        self.asked: list[tuple[KeyChoice, str]] = []
        self.plugged = [
            TokenKeyFound("01", "Рутокен", TriesLeft.SEVERAL, "a1", facts(KeyAlgorithm.RSA)),
            TokenKeyFound("02", "JaCarta", TriesLeft.ONE, "b2", facts()),
        ]

    async def choice(self) -> KeyChoice:
        return self.now

    async def certificate(self) -> CertificateFacts:
        if not self.has_certificate:
            raise NoCertificate
        return facts()

    async def known_library(self) -> str:
        return "/usr/lib/librtpkcs11ecp.so"

    async def token_keys(self, library: str) -> list[TokenKeyFound]:
        if self.refusal is not None:
            raise self.refusal
        return self.plugged

    async def choose(self, choice: KeyChoice, pin: str) -> CertificateFacts:
        self.asked.append((choice, pin))
        if self.refusal is not None:
            raise self.refusal
        self.now = choice
        return facts()


@asynccontextmanager
async def opened(
    qtbot: QtBot, around: Surroundings, keys: FakeKeys
) -> AsyncIterator[tuple[SigningKeyRow, KeyDialog]]:
    model = KeyModel(keys)
    row = SigningKeyRow(around.theme, model, around.words.time)
    host = QWidget()
    row.setParent(host)
    host.resize(1366, 768)
    qtbot.addWidget(host)
    host.show()
    await settled(model)
    row.button.click()
    dialog = host.findChild(KeyDialog)
    assert dialog is not None
    try:
        yield row, dialog
    finally:
        await model.close()


async def settled(model: KeyModel) -> None:
    """All that was asked is answered."""
    for scope in (model._reads, model._tasks):
        while scope._tasks:
            await asyncio.wait(scope._tasks)


def field(dialog: KeyDialog, name: str) -> QLineEdit:
    found = dialog.findChild(QLineEdit, name)
    assert found is not None
    return found


def press(dialog: KeyDialog, text: str) -> None:
    next(b for b in dialog.findChildren(QPushButton) if b.text().startswith(text)).click()


async def test_the_settings_say_with_whose_certificate_is_signed(
    qtbot: QtBot, around: Surroundings
) -> None:
    async with opened(qtbot, around, FakeKeys()) as (row, _):
        assert row.state.text().startswith(NAME)
        assert row.state.text().endswith("file")


async def test_where_there_is_no_key_the_settings_say_so(
    qtbot: QtBot, around: Surroundings
) -> None:
    keys = FakeKeys()
    keys.has_certificate = False
    async with opened(qtbot, around, keys) as (row, _):
        assert row.state.text() == "There is no key to sign with"


async def test_a_file_is_chosen_with_its_passphrase_in_the_keyring(
    qtbot: QtBot, around: Surroundings
) -> None:
    keys = FakeKeys()
    async with opened(qtbot, around, keys) as (_, dialog):
        field(dialog, "key.file").setText("/home/doctor/own.p12")
        press(dialog, "Keep in the system's keyring")
        press(dialog, "1\u00a0h")
        dialog.pin.edit.setText("1234")
        dialog.take.click()
        await settled(dialog._model)
    choice, pin = keys.asked[0]
    assert pin == "1234"
    assert choice == KeyChoice(file="/home/doctor/own.p12", remembers=True, minutes=60)


async def test_a_key_is_chosen_among_those_of_all_tokens(
    qtbot: QtBot, around: Surroundings
) -> None:
    keys = FakeKeys()
    async with opened(qtbot, around, keys) as (row, dialog):
        press(dialog, "Token")
        dialog.take.click()
        assert dialog.problem.text() == "Look for tokens first, then choose a key."
        assert field(dialog, "key.library").text() == "/usr/lib/librtpkcs11ecp.so"
        press(dialog, "Look for tokens")
        await settled(dialog._model)
        press(dialog, "JaCarta")
        dialog.take.click()
        await settled(dialog._model)
        choice, _ = keys.asked[0]
        assert (choice.kind, choice.token, choice.key_id) == (KeyKind.TOKEN, "02", "b2")
        assert row.state.text().endswith("token")


async def test_the_tries_that_are_left_are_shown_before_and_after_a_wrong_pin(
    qtbot: QtBot, around: Surroundings
) -> None:
    keys = FakeKeys()
    async with opened(qtbot, around, keys) as (_, dialog):
        press(dialog, "Token")
        press(dialog, "Look for tokens")
        await settled(dialog._model)
        assert any("one try is left" in b.text() for b in dialog.findChildren(QPushButton))
        keys.refusal = WrongPin("no", TriesLeft.ONE)
        dialog.take.click()
        await settled(dialog._model)
        assert "One try is left" in dialog.problem.text()
        assert dialog.pin.edit.property("invalid")
        assert dialog.isVisible()
        keys.refusal = PinLocked()
        dialog.take.click()
        await settled(dialog._model)
        assert dialog.problem.text().startswith("The token's PIN is locked")
    assert len(keys.asked) == 2, "nothing is tried again by itself"


async def test_another_program_is_chosen_and_a_wrong_answer_is_named(
    qtbot: QtBot, around: Surroundings
) -> None:
    keys = FakeKeys()
    keys.refusal = ProviderAnswer("another document")
    async with opened(qtbot, around, keys) as (_, dialog):
        press(dialog, "Other program")
        field(dialog, "key.certificate").setText("/home/doctor/own.cer")
        field(dialog, "key.name").setText("container")
        field(dialog, "key.command").setText("sign {content} {answer}")
        dialog.take.click()
        await settled(dialog._model)
        assert dialog.problem.text().startswith("The program that signs gave a wrong signature")
        dialog.leave.click()
    choice, _ = keys.asked[0]
    assert choice.kind is KeyKind.PROGRAM
    assert choice.command == ("sign", "{content}", "{answer}")
    assert keys.now == KeyChoice()


async def test_a_command_with_spaces_in_its_paths_is_understood_and_shown(
    qtbot: QtBot, around: Surroundings
) -> None:
    keys = FakeKeys()
    async with opened(qtbot, around, keys) as (_, dialog):
        press(dialog, "Other program")
        understood = dialog.findChild(TextBlock, "key.understood")
        assert understood is not None
        field(dialog, "key.command").setText('"/opt/my csp/sign" -in {content} "two words')
        assert understood.text() == "A quotation mark in the command is not closed."
        dialog.take.click()
        assert dialog.problem.text() == understood.text()
        assert keys.asked == []
        field(dialog, "key.command").setText('"/opt/my csp/sign" -in {content} "two words"')
        assert understood.text() == (
            "Program: «/opt/my csp/sign»\nIts words: «-in» «{content}» «two words»"
        )
        dialog.take.click()
        await settled(dialog._model)
    choice, _ = keys.asked[0]
    assert choice.command == ("/opt/my csp/sign", "-in", "{content}", "two words")


async def test_the_kept_command_stands_as_it_can_be_typed_again(
    qtbot: QtBot, around: Surroundings
) -> None:
    keys = FakeKeys()
    words = ("/opt/my csp/sign", "-in", "{content}")
    keys.now = KeyChoice(kind=KeyKind.PROGRAM, command=words)
    async with opened(qtbot, around, keys) as (_, dialog):
        assert words_of_command(field(dialog, "key.command").text()) == words


async def test_in_the_demonstration_nothing_is_to_be_chosen(
    qtbot: QtBot, around: Surroundings, look: LookChoices
) -> None:
    model = KeyModel(FakeKeys(may_choose=False))
    row = SigningKeyRow(around.theme, model, around.words.time)
    view = SettingsView(look, around.theme, key=row)
    qtbot.addWidget(view)
    view.show()
    await settled(model)
    assert not row.button.isVisible()
    assert row.state.text().endswith("key of the demonstration")
    await model.close()
