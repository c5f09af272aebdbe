"""Every error has words of its own: what happened, what to do, whether a retry helps."""

import importlib
import inspect

import pytest

from backend_client.errors import Conflict, Rejected, ServerFault, Unreachable
from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.ui.error_text import user_message

PACKAGES = ("backend_client.errors", "workstation.studies.errors", "workstation.core.errors")
NAMED = {
    Unreadable.UNSUPPORTED_SYNTAX,
    Unreadable.SAVE_AS_JPEG,
    Unreadable.SAVE_AS_DOCUMENT,
    Unreadable.WEB_PAGE,
}
"""Reasons that name the format."""
GROUPS = {"BackendError", "StudyError", "LocalError", "StoreError", "SecretError"}


def error_types() -> list[type[BaseException]]:
    """Every type that may reach the window, but for the names of their groups."""
    found: list[type[BaseException]] = []
    for package in PACKAGES:
        members = inspect.getmembers(importlib.import_module(package), inspect.isclass)
        found += [
            kind
            for name, kind in members
            if issubclass(kind, Exception) and kind.__module__ == package and name not in GROUPS
        ]
    return found


@pytest.mark.parametrize("kind", error_types(), ids=lambda kind: kind.__name__)
def test_every_error_type_has_its_words(kind: type[BaseException], russian: object) -> None:
    message = user_message(kind.__new__(kind))
    assert message.title != user_message(RuntimeError()).title
    assert message.detail
    assert not message.title.isascii(), "in Russian"


def test_a_stranger_is_said_calmly(russian: object) -> None:
    message = user_message(RuntimeError("secret words"))
    assert message.title == "В программе произошла ошибка"
    assert "secret" not in message.title + message.detail


def test_a_retry_is_offered_where_it_helps() -> None:
    assert user_message(Unreachable()).can_retry
    assert user_message(Unreachable()).action
    assert user_message(ServerFault(503)).can_retry
    assert not user_message(Rejected(409)).can_retry
    assert not user_message(Rejected(409)).action


def test_who_was_quicker_is_named(russian: object) -> None:
    message = user_message(Conflict(owner_name="Сафонов Д. В."))
    assert message.title == "Заявка уже взята: Сафонов Д. В."


@pytest.mark.parametrize("reason", list(Unreadable))
def test_every_reason_of_an_unreadable_file_is_said(reason: Unreadable, russian: object) -> None:
    message = user_message(UnreadableFile(reason, detail="JPEG-LS"))
    assert message.title != "Файл нельзя показать"
    assert ("JPEG-LS" in message.title) is (reason in NAMED)


def test_what_to_ask_for_where_the_same_file_again_would_not_help(russian: object) -> None:
    photo = user_message(UnreadableFile(Unreadable.SAVE_AS_JPEG, "HEIC"))
    assert photo.title == "Снимки HEIC здесь не открываются"
    assert photo.detail == "Попросите сохранить снимок как JPEG."
    page = user_message(UnreadableFile(Unreadable.WEB_PAGE, "SVG"))
    assert page.title == "Веб-страница (SVG) здесь не открывается"
    assert page.detail == "Попросите прислать документ как PDF или фото."


def test_what_can_be_shown_of_a_file_is_said(russian: object) -> None:
    message = user_message(UnreadableFile(Unreadable.TRUNCATED, frames_readable=40))
    assert message.detail == "Показаны кадры 1–40. Остальное не прочитать."
