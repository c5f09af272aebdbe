"""A few letters find the action: parts of words, either layout, ё and е, a slip of the hand."""

import pytest

from workstation.ui.screens.palette.matching import Match, match

TAKE, TIME, CONCLUSION = "Взять заявку и открыть", "Предложить время", "Перейти к заключению"


def found(query: str, title: str) -> Match:
    answer = match(query, title)
    assert answer is not None, query
    return answer


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("открыть", TAKE),
        ("ОТКР", TAKE),
        ("jnrhsnm", TAKE),
        ("JNRH", TAKE),
        ("взя откр", TAKE),
        ("откр взя", TAKE),
        ("ложить", TIME),
        ("пв", TIME),
        ("првр", TIME),
        ("ghbdj", "Привод"),
        ("заключение", CONCLUSION),
        ("заклчению", CONCLUSION),
        ("закулючению", CONCLUSION),
        ("зкалючению", CONCLUSION),
        ("темная", "Светлая или тёмная тема"),
        ("тёмная", "Светлая или темная тема"),
        ("n`vyfz", "Светлая или тёмная тема"),
        ("ыскщдд", "Scroll the page"),
    ],
)
def test_it_is_found(query: str, title: str) -> None:
    assert match(query, title) is not None


@pytest.mark.parametrize(
    ("query", "title"), [("xyz", TIME), ("време заявку", TIME), ("ъ", TAKE), ("зв", "Значок")]
)
def test_it_is_not_found(query: str, title: str) -> None:
    assert match(query, title) is None


def test_a_word_s_beginning_is_better_than_its_middle_and_that_than_a_slip() -> None:
    scores = [found(query, TIME).score for query in ("врем", "ложи", "вермя", "пдлж")]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 4


def test_the_layout_as_typed_is_better_than_the_other_one() -> None:
    assert found("sca", "Scale").score > found("ысф", "Scale").score


def test_the_letters_that_were_meant_are_marked() -> None:
    title = "Ещё раз открыть"
    assert {title[place] for place in found("отк", title).marks} == set("отк")
    assert sorted(found("еще", title).marks) == [0, 1, 2]
    assert "".join(title[place] for place in sorted(found("jnr", title).marks)) == "отк"


def test_the_key_and_the_room_find_it_too() -> None:
    assert match("f6", CONCLUSION, "Дело", "F6") is not None
    assert match("дело", CONCLUSION, "Дело", "F6") is not None
    assert match("f7", CONCLUSION, "Дело", "F6") is None
