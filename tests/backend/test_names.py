"""Forms of a person's name."""

import pytest

from backend.accounts.names import initials, short_name


@pytest.mark.parametrize(
    ("full", "short", "letters"),
    [
        ("Левашова Мария Олеговна", "Левашова М. О.", "ЛМ"),
        ("Ли Юн", "Ли Ю.", "ЛЮ"),
        ("Мамедов Али Гасан оглы", "Мамедов А. Г.", "МА"),
        ("Сорокина-Белова Анна", "Сорокина-Белова А.", "СА"),
        ("Сухарто", "Сухарто", "С"),
    ],
)
def test_short_name_and_initials(full: str, short: str, letters: str) -> None:
    assert short_name(full) == short
    assert initials(full) == letters
