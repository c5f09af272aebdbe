"""A returned conclusion says which place is meant, and the doctor's program finds it (DRC-13)."""

import pytest

from workstation.core.return_place import LONGEST_PASSAGE, quoted, read, written

TITLES = {"Решение": 1, "Решение консилиума": 2, "Рекомендации": 3}


@pytest.mark.parametrize("passage", ["", "бисопролол 2,5 мг", "«Кордиамин», 2 раза: утром"])
def test_place_is_found_again(passage: str) -> None:
    text = written("Рекомендации", passage, "укажите «кратность»: сколько раз")
    found = read(text, TITLES)
    assert found is not None
    section, marked = found
    assert section == 3
    assert (marked.passage, marked.reason) == (passage, "укажите «кратность»: сколько раз")


def test_longer_title_is_not_taken_for_the_shorter_one() -> None:
    found = read(written("Решение консилиума", "", "нет подписи"), TITLES)
    assert found is not None
    assert found[0] == 2


@pytest.mark.parametrize("text", ["Нет дозы", "Рекомендации хороши", "Решение, «без конца", ""])
def test_plain_reason_means_the_whole(text: str) -> None:
    assert read(text, TITLES) is None
    assert written("", "anything", text) == text


def test_one_line_of_what_is_selected_is_quoted() -> None:
    assert quoted("  доза\u2029и кратность") == "доза"
    assert len(quoted("х" * 500)) == LONGEST_PASSAGE
    assert quoted(" \n ") == ""
