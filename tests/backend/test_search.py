"""Search: words as the database keeps them, in step with the requests."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from backend.search import found_by, found_first, held_by_walked, search_text, words
from backend.tables import requests
from tests.backend.clinic import REQUEST, Clinic, ClinicMaker


async def found(clinic: Clinic, search: str, login: str = "levashova") -> list[str]:
    rows = (await (await clinic.caller(login)).page(f"search={search}")).items
    return [row.number for row in rows]


async def rename(clinic: Clinic, name: str) -> None:
    async with clinic.parts.database.write() as connection:
        await connection.execute(update(requests).values(search_text=search_text([name])))


async def test_changed_words_are_found_at_once_and_the_old_ones_no_more(
    clinics: ClinicMaker,
) -> None:
    async with clinics.open(REQUEST) as clinic:
        await rename(clinic, "Чернышёва Ольга")
        assert await found(clinic, "чернышев") == ["20-0001"]
        assert await found(clinic, "верещагин") == []


async def test_words_of_an_undone_change_are_not_found(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        with pytest.raises(ZeroDivisionError):
            await _rename_and_fail(clinic)
        assert await found(clinic, "чернышева") == []
        assert await found(clinic, "верещагин") == ["20-0001"]


async def _rename_and_fail(clinic: Clinic) -> None:
    async with clinic.parts.database.write() as connection:
        await connection.execute(update(requests).values(search_text="чернышева"))
        raise ZeroDivisionError


async def test_words_go_with_their_request(clinics: ClinicMaker) -> None:
    async with clinics.open(REQUEST) as clinic:
        async with clinic.parts.database.write() as connection:
            await connection.execute(delete(requests))
            left = await connection.execute(text("SELECT count(*) FROM request_words"))
            assert left.scalar() == 0
        assert await found(clinic, "верещагин") == []


async def test_each_centre_finds_its_own(clinics: ClinicMaker) -> None:
    """OZ-28"""
    theirs = replace(REQUEST, number="30-0001", centre_id="perinatal")
    async with clinics.open(REQUEST, theirs) as clinic:
        assert await found(clinic, "верещагин") == ["20-0001"]
        assert await found(clinic, "верещагин", "mironova") == ["30-0001"]


@pytest.mark.parametrize("word", ["а" * 3000, "Ё" * 70, "И\u0306од", "за\u0301мок", "ﬁбрилляция"])
async def test_unusual_words_are_kept_and_found(clinics: ClinicMaker, word: str) -> None:
    async with clinics.open(replace(REQUEST, complaints=f"({word})")) as clinic:
        assert await found(clinic, word[:190].upper()) == ["20-0001"]


@pytest.mark.parametrize("part", ["верещаг", "ерещ", "щагин", "гин"])
async def test_part_from_the_middle_of_a_word_is_found(clinics: ClinicMaker, part: str) -> None:
    async with clinics.open(REQUEST) as clinic:
        assert await found(clinic, part) == ["20-0001"]
        assert await found(clinic, part + "ъ") == []


@pytest.mark.parametrize("part", ["в", "ве", "и"])
async def test_beginning_of_a_word_may_be_one_letter(clinics: ClinicMaker, part: str) -> None:
    async with clinics.open(replace(REQUEST, complaints="ишемия")) as clinic:
        assert await found(clinic, part) == ["20-0001"]


@pytest.mark.parametrize("ending", ["яю", "ю"])
async def test_ending_of_less_than_three_letters_is_not_found(
    clinics: ClinicMaker, ending: str
) -> None:
    """The limit that decision 0016 and the guide name."""
    async with clinics.open(replace(REQUEST, complaints="щщщяю")) as clinic:
        assert await found(clinic, ending) == []
        assert await found(clinic, "щ" + ending) == (["20-0001"] if ending == "яю" else [])


async def test_every_word_of_a_long_search_counts(clinics: ClinicMaker) -> None:
    many = [f"слово{letter}" for letter in "абвгдежзиклмно"]
    async with clinics.open(replace(REQUEST, complaints=" ".join(many))) as clinic:
        assert await found(clinic, " ".join(many)) == ["20-0001"]
        assert await found(clinic, " ".join([*many, "нет"])) == []
        assert await found(clinic, " ".join(["с", "слово", *many, "в"])) == ["20-0001"]


async def test_complaints_of_any_length_are_kept(clinics: ClinicMaker) -> None:
    """Words first: a long letter is found by each of them, if not by all their parts."""
    letters = "абвгдежзиклмнопрстуфхцчшщэюя"
    long = " ".join(first + second + letters * 2 for first in letters for second in letters)
    async with clinics.open(replace(REQUEST, complaints=long)) as clinic:
        assert await found(clinic, "яя" + letters) == ["20-0001"]
        assert await found(clinic, "верещагин") == ["20-0001"]


@pytest.mark.parametrize("search", ["верещагин", "вер 20-0002", "ниче", "  ", "!"])
async def test_an_index_and_a_walk_along_the_list_find_the_same(
    clinics: ClinicMaker, search: str
) -> None:
    """docs/decisions/0034: which of them answers depends on how many hold the words."""
    theirs = replace(REQUEST, number="30-0001", centre_id="perinatal")
    async with clinics.open(REQUEST, replace(REQUEST, number="20-0002"), theirs) as clinic:
        if not clinic.parts.database.is_shared:
            return  # SQLite knows one way
        mine = select(requests).where(requests.c.centre_id == "cardio")
        walked = mine.subquery("walked")
        statements = (
            mine.with_only_columns(requests.c.number).where(found_by(search, "cardio")),
            mine.with_only_columns(requests.c.number).where(found_first(search, "cardio")),
            select(walked.c.number).where(held_by_walked(search, "cardio")),
        )
        async with clinic.parts.database.read_anew() as connection:
            found = [set((await connection.execute(one)).scalars()) for one in statements]
        assert found[0] == found[1] == found[2]


@given(st.text(), st.text(alphabet="абвё '\"*:&|!()<>-\\%_0я"))
def test_any_text_makes_words_that_need_no_escaping(one: str, other: str) -> None:
    kept = search_text([one, None, other])
    assert words(kept) == kept.split(" ") or kept == ""
    condition = found_by(one + other, "cardio")
    for dialect in (sqlite, postgresql):
        assert str(condition.compile(dialect=dialect.dialect()))
