"""Lines that fit, and texts as they will be printed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.documents.rows import TEXT
from workstation.documents.typeface import lines_of, printable, shortened

WORDS = st.text(alphabet="абвгжщ 1.,-\n", max_size=300)


@settings(max_examples=60, deadline=None)
@given(text=WORDS, width=st.floats(min_value=20, max_value=500))
def test_lines_fit_and_lose_nothing(text: str, width: float) -> None:
    lines = list(lines_of(text, TEXT, width))
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert all(TEXT.width(line) <= width + 0.001 for line in lines)
    assert len(lines) >= text.count("\n") + 1


def test_a_number_is_not_torn_from_its_unit() -> None:
    for words in ("площадь 0,8 см²", "больница № 4", "около 15 лет"):
        first, unit = words.split(" ", 1)
        lines = list(lines_of(words, TEXT, TEXT.width(words) - 1))
        assert lines == [first, unit]


def test_blanks_are_kept_inside_a_line() -> None:
    assert list(lines_of("а  б", TEXT, 500)) == ["а  б"]


def test_letters_are_composed_and_line_ends_are_plain() -> None:
    decomposed = "и\u0306е\u0308"
    assert printable("x", decomposed) == "йё"
    assert printable("x", "а\r\nб\rв\u2028г\tд") == "а\nб\nв\nг   д"
    assert printable("x", "\ufeffмяг\xadкий") == "мягкий"


def test_a_short_line_stays_and_a_long_one_ends_with_an_ellipsis() -> None:
    assert shortened("Врач", TEXT, 200) == "Врач"
    cut = shortened("Ж" * 50_000, TEXT, 200)
    assert cut.endswith("…")
    assert TEXT.width(cut) <= 200
