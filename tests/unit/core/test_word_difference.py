"""What the approver sees of a changed section: which words are gone, which are new (OZ-12)."""

import random

import pytest

from workstation.core.word_difference import MOST_PAIRS, Piece, words_apart


def marked(pieces: tuple[Piece, ...]) -> str:
    """The text with its marked pieces in brackets."""
    return "".join(f"<{one.text}>" if one.is_other else one.text for one in pieces)


@pytest.mark.parametrize(
    ("before", "after", "gone", "new"),
    [
        ("бисопролол 2,5 мг", "бисопролол 5 мг", "бисопролол <2,5> мг", "бисопролол <5> мг"),
        ("2,5 мг", "2,5 мг утром", "2,5 мг", "2,5 мг <утром>"),
        ("ФВ 58 %, ритм", "ФВ 38 % [1], ритм", "ФВ <58> %, ритм", "ФВ <38> % <[1]>, ритм"),
        ("", "Холтер", "", "<Холтер>"),
        ("КТ аорты", "", "<КТ аорты>", ""),
        ("одно и то же", "одно  и\nто же", "одно и то же", "одно  и\nто же"),
        ("да\nнет", "да\nтри слова\nнет", "да\nнет", "да\n<три слова>\nнет"),
        ("тест 👩‍⚕️ שלום", "тест שלום", "тест <👩‍⚕️> שלום", "тест שלום"),
    ],
)
def test_words_that_were_changed_are_marked(before: str, after: str, gone: str, new: str) -> None:
    old, fresh = words_apart(before, after)
    assert "".join(one.text for one in old) == before
    assert "".join(one.text for one in fresh) == after
    assert (marked(old), marked(fresh)) == (gone, new)


def test_any_two_texts_are_whole_in_their_pieces() -> None:
    drawn = random.Random(8)
    for _ in range(200):
        before, after = ("".join(drawn.choices("аб 1,.\n\u202e😀", k=30)) for _ in range(2))
        old, new = words_apart(before, after)
        assert "".join(one.text for one in old) == before
        assert "".join(one.text for one in new) == after
    assert words_apart("а б", "а б") == ((Piece("а б", False),), (Piece("а б", False),))


def test_a_text_of_one_word_over_and_over_is_not_compared_word_by_word() -> None:
    """Its comparison would take seconds: what lies between the equal ends is changed as a whole."""
    many = "да " * MOST_PAIRS
    old, new = words_apart(f"начало раз {many}конец", f"начало {many}два конец")
    assert [one.text.split()[0] for one in old] == ["начало", "раз", "конец"]
    assert [one.is_other for one in new] == [False, True, False]
