"""What stands out about the patient: nobody knows who it is, or the personal data have changed.

Both values of each changed datum stand side by side until a person decides (DRC-14); without a
confirmed identity nothing is signed (DRC-16).
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from backend_client.models.identity import (
    ChangedDatum,
    DataField,
    DataSource,
    IdentityMark,
    IdentityProof,
)
from backend_client.models.requests import Action, RequestCard, RequestRow, Sex
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.request_card.digit_menu import Choice, DigitMenu
from workstation.ui.screens.request_card.identity_model import IdentityModel
from workstation.ui.shortcuts import ShortcutRouter, key_label
from workstation.ui.theme import Theme
from workstation.ui.widgets.key_button import KeyButton
from workstation.ui.widgets.labels import SignLabel, TextBlock


class PersonSection(QFrame):
    """Follows its model; hidden while there is nothing to be said."""

    def __init__(self, theme: Theme, words: RequestWords, model: IdentityModel) -> None:
        super().__init__()
        self.setObjectName("card.person")
        self._words, self._model = words, model
        self.unknown = TextBlock(theme, role="bodyStrong", color="warn.text", max_lines=2)
        self.unknown.setObjectName("card.person.unknown")
        self.confirmed = TextBlock(theme, role="small", max_lines=2)
        self.confirmed.setObjectName("card.person.confirmed")
        self.confirm = self._button(theme, "confirm", "card.identity", self._choose_proof)
        self.withdraw = self._button(theme, "withdraw", "", self._choose_reason)
        self.heading = SignLabel(theme, role="smallStrong", color="warn.text")
        self.heading.setObjectName("card.person.changed")
        self.source = SignLabel(theme, role="small", color="text.tertiary")
        self.changes = ChangeLines(theme)
        self.decide = self._button(theme, "decide", "card.data", self._choose_word)
        self._lay_out()
        model.changed.connect(self._show)
        self._show()

    def bind(self, widget: QWidget, shortcuts: ShortcutRouter) -> None:
        """Its keys, while the widget is there to be used."""
        for action, button, allowed in (
            ("card.identity", self.confirm, Action.CONFIRM_IDENTITY),
            ("card.data", self.decide, Action.DECIDE_DATA),
        ):
            shortcuts.bind(widget, action, button.click, partial(self._model.can, allowed))

    def _button(self, theme: Theme, name: str, action: str, press: Callable[[], None]) -> KeyButton:
        texts = {
            "confirm": self.tr("Confirm the identity"),
            "withdraw": self.tr("Withdraw the confirmation"),
            "decide": self.tr("Decide"),
        }
        key = key_label(action) if action else ""
        button = KeyButton(theme, texts[name], key=key, height="compact")
        button.setObjectName(f"card.person.{name}")
        button.clicked.connect(press)
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 16, 6)
        column.setSpacing(4)
        column.addWidget(self.unknown)
        column.addWidget(self.confirmed)
        for button in (self.confirm, self.withdraw):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.heading)
        head.addWidget(self.source, 1)
        column.addSpacing(2)
        column.addLayout(head)
        column.addWidget(self.changes)
        column.addWidget(self.decide, 0, Qt.AlignmentFlag.AlignLeft)

    def _show(self) -> None:
        row, card = self._model.row, self._model.card
        marks = row.identity_marks if row is not None else []
        is_unknown = IdentityMark.NOT_IDENTIFIED in marks
        self.unknown.setVisible(is_unknown)
        if is_unknown:
            self.unknown.set_text(self.tr("The patient is not identified: nothing is signed"))
        self._show_confirmation(card)
        for button, action in (
            (self.confirm, Action.CONFIRM_IDENTITY),
            (self.withdraw, Action.WITHDRAW_IDENTITY),
            (self.decide, Action.DECIDE_DATA),
        ):
            button.setVisible(row is not None and action in row.allowed_actions)
            button.setEnabled(self._model.can(action))
        self._show_changes(row)
        self.setVisible(bool(marks))

    def _show_confirmation(self, card: RequestCard | None) -> None:
        given = card.identity if card is not None else None
        self.confirmed.setVisible(given is not None)
        if given is not None:
            how = self._proofs().get(given.proof, self._words.unknown())
            moment = self._words.time.short_moment(given.at)
            text = self.tr("Identity confirmed: {}, {}, {}").format(given.by_name, how, moment)
            self.confirmed.set_text(f"{text}. {given.note}" if given.note else text)

    def _show_changes(self, row: RequestRow | None) -> None:
        changes = self._model.changes
        for widget in (self.heading, self.source, self.changes):
            widget.setVisible(bool(changes))
        self.decide.setVisible(bool(changes) and not self.decide.isHidden())
        if not changes:
            return
        self.heading.show_sign(self.tr("Personal data have changed"), "warning", "warn.text")
        newest = max(changes, key=lambda one: one.at)
        who = newest.by_name if newest.source is DataSource.CLINIC else self.tr("said by patient")
        moment = self._words.time.short_moment(newest.at)
        self.source.show_sign(f"{who}, {moment}")
        names = self._fields()
        self.changes.show_lines(
            [
                (
                    names.get(one.field, self._words.unknown()),
                    self._value(one, one.confirmed),
                    self._value(one, one.changed),
                )
                for one in changes
            ]
        )

    def _value(self, change: ChangedDatum, text: str) -> str:
        if not text:
            return self.tr("none")
        if change.field is DataField.BIRTH_DATE:
            return self._words.time.full_date(date.fromisoformat(text))
        return self._words.sex(Sex(text)) if change.field is DataField.SEX else text

    def _choose_proof(self) -> None:
        proofs: list[Choice] = [
            (text, partial(self._model.confirm, proof)) for proof, text in self._proofs().items()
        ]
        DigitMenu("card.person.proofs", proofs, self).open_under(self.confirm)

    def _choose_word(self) -> None:
        words: list[Choice] = [
            (self.tr("Take over the new data"), partial(self._model.decide, confirm=True)),
            (self.tr("Keep the old data"), partial(self._model.decide, confirm=False)),
        ]
        DigitMenu("card.person.words", words, self).open_under(self.decide)

    def _choose_reason(self) -> None:
        reasons = (self.tr("Confirmed by mistake"), self.tr("The document is another person's"))
        choices: list[Choice] = [(text, partial(self._model.withdraw, text)) for text in reasons]
        DigitMenu("card.person.reasons", choices, self).open_under(self.withdraw)

    def _proofs(self) -> dict[IdentityProof, str]:
        return {
            IdentityProof.PASSPORT: self.tr("Passport"),
            IdentityProof.BIRTH_CERTIFICATE: self.tr("Birth certificate"),
            IdentityProof.OTHER_DOCUMENT: self.tr("Another document"),
            IdentityProof.CONTACT_CENTRE: self.tr("By the contact centre"),
        }

    def _fields(self) -> dict[DataField, str]:
        return {
            DataField.FULL_NAME: self.tr("Name"),
            DataField.BIRTH_DATE: self.tr("Birth date"),
            DataField.SEX: self.tr("Sex"),
            DataField.PHONE: self.tr("Phone"),
            DataField.PLACE: self.tr("Place"),
            DataField.REPRESENTATIVE_NAME: self.tr("Representative"),
            DataField.REPRESENTATIVE_RELATION: self.tr("Relation"),
        }


class ChangeLines(QWidget):
    """Field, confirmed value, changed value: a line each."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(2)
        for column in (1, 3):
            self._grid.setColumnStretch(column, 1)
        self._rows: list[tuple[SignLabel, TextBlock, SignLabel, TextBlock]] = []

    def show_lines(self, lines: Sequence[tuple[str, str, str]]) -> None:
        """Shows these; labels are kept for the next time."""
        while len(self._rows) < len(lines):
            self._add()
        for number, widgets in enumerate(self._rows):
            for widget in widgets:
                widget.setVisible(number < len(lines))
            if number < len(lines):
                name, confirmed, changed = lines[number]
                widgets[0].show_sign(name)
                widgets[1].set_text(confirmed)
                widgets[3].set_text(changed)

    def _add(self) -> None:
        theme, row = self._theme, len(self._rows)
        arrow = SignLabel(theme, "→", role="small", color="text.tertiary")
        arrow.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        made = (
            SignLabel(theme, role="small", color="text.secondary"),
            TextBlock(theme, role="small", color="text.primary", max_lines=3),
            arrow,
            TextBlock(theme, role="smallStrong", color="warn.text", max_lines=3),
        )
        for column, widget in enumerate(made):
            align = Qt.AlignmentFlag.AlignTop if column % 2 == 0 else Qt.AlignmentFlag(0)
            self._grid.addWidget(widget, row, column, align)
        self._rows.append(made)
