"""Columns of the queue: their titles, and their text for tooltips and screen readers."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication

from backend_client.models.listing import QueueSort
from backend_client.models.requests import ItemState, RequestRow
from workstation.ui.record_table_model import Column
from workstation.ui.request_words import RequestWords
from workstation.ui.shortcuts import key_label
from workstation.ui.widgets.labels import plain_tooltip

TERM, PATIENT, DIAGNOSIS, ROUTE, DOCUMENTS, STATE = range(6)
KEYS = ("term", "patient", "diagnosis", "route", "documents", "state")
"""The columns' names, by which choices are kept."""
SORTS = (
    QueueSort.TERM,
    QueueSort.PATIENT,
    QueueSort.DIAGNOSIS,
    QueueSort.ROUTE,
    QueueSort.DOCUMENTS,
    QueueSort.STATE,
)
"""By which order of the server each column sorts."""
NARROW_WIDTHS = (122, 208, 160, 126, 212, 0)
"""Logical pixels while the window is narrow; the diagnosis takes what is left, 0 is hidden."""
TIGHT_WIDTHS = (118, 140, 110, 36, 186, 0)
"""As narrow as it gets: the route is a glyph."""
WIDE_WIDTHS = (122, 230, 200, 130, 222, 172)


def queue_columns(words: RequestWords) -> tuple[Column[RequestRow], ...]:
    """The columns from left to right."""
    translate = QCoreApplication.translate
    columns: tuple[Column[RequestRow], ...] = (
        Column(
            "term",
            lambda: translate("QueueColumns", "Answer due"),
            lambda row: _term(words, row),
        ),
        Column(
            "patient",
            lambda: translate("QueueColumns", "Patient"),
            lambda row: ", ".join(_patient(words, row)),
            _tooltip(lambda row: "\n".join(_patient(words, row))),
        ),
        Column(
            "diagnosis",
            lambda: translate("QueueColumns", "Diagnosis, profile"),
            lambda row: f"{diagnosis(row)}, {words.profile_line(row)}",
            _tooltip(lambda row: f"{diagnosis(row)}\n{words.profile_line(row)}"),
        ),
        Column(
            "route",
            lambda: translate("QueueColumns", "Route"),
            lambda row: words.route(row.route).word,
            _tooltip(lambda row: f"{words.route(row.route).word}\n{words.state_and_owner(row)}"),
        ),
        Column(
            "documents",
            lambda: translate("QueueColumns", "Documents"),
            lambda row: _documents(words, row),
            _tooltip(lambda row: _checklist(words, row)),
        ),
        Column(
            "state",
            lambda: translate("QueueColumns", "State, who"),
            words.state_and_owner,
            _tooltip(words.state_and_owner),
        ),
    )
    return tuple(replace(one, hint=partial(_hint, at)) for at, one in enumerate(columns, start=1))


def _hint(number: int) -> str:
    """«Упорядочить по этому столбцу (Alt+1)»."""
    text = QCoreApplication.translate("QueueColumns", "Order by this column")
    return f"{text} ({key_label(f'queue.sort_{number}')})"


def diagnosis(row: RequestRow) -> str:
    """«I35.0 Аортальный стеноз», or the text alone where no code was given."""
    return " ".join(part for part in (row.diagnosis.icd10, row.diagnosis.text) if part)


def _tooltip(text: Callable[[RequestRow], str]) -> Callable[[RequestRow], str]:
    return lambda row: plain_tooltip(text(row))


def _documents(words: RequestWords, row: RequestRow) -> str:
    """The checklist in a line, what is missing first; and whose the request is."""
    items = row.checklist
    missing = [words.missing(item.chip) for item in items if item.state is ItemState.MISSING]
    present = [item.chip for item in items if item.state is ItemState.PRESENT]
    return ", ".join([*missing, *present, *_state(words, row)])


def _checklist(words: RequestWords, row: RequestRow) -> str:
    lines = [f"{item.title}: {words.item_in_list(item)}" for item in row.checklist]
    return "\n".join([*lines, *_state(words, row)])


def _state(words: RequestWords, row: RequestRow) -> list[str]:
    """What the cell says with glyphs where the state has no column: the state, and whose it is."""
    owner = [words.owner(row)] if row.owner is not None else []
    return [words.state(row), *owner]


def _patient(words: RequestWords, row: RequestRow) -> list[str]:
    """The name, what stands out about the patient (DRC-14, DRC-16), age and town."""
    marks = [mark.word for mark in words.identity_marks(row)]
    return [row.patient.full_name, *marks, words.age_and_place(row)]


def _term(words: RequestWords, row: RequestRow) -> str:
    clock = words.clock(row)
    return ", ".join(part for part in (clock.first, clock.second) if part)
