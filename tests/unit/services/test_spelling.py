"""Spelling of real-looking conclusions: mistakes are found, and hardly anything else."""

import math
from collections.abc import Iterable
from pathlib import Path

import pytest

from workstation.core.errors import StoreError
from workstation.core.spelling import Speller
from workstation.core.subscription import Event
from workstation.resources import resource
from workstation.services.spelling import Rest, SpellingService, read_speller

TEXTS = Path(__file__).with_name("conclusions_ru.txt")
"""150 lines of cardiology and obstetrics."""
MISTAKES = {
    "жилудочка": "желудочка",
    "сердечый": "сердечный",
    "пациетка": "пациентка",
    "ретм": "ритм",
    "иследование": "исследование",
    "рекомендованно": "рекомендовано",
    "консультацыя": "консультация",
    "гипертнезия": "гипертензия",
    "тахикордия": "тахикардия",
    "перикрад": "перикард",
    "беремености": "беременности",
    "плацетна": "плацента",
    "бисопролл": "бисопролол",
    "амиодорон": "амиодарон",
    "регургетация": "регургитация",
    "самочуствие": "самочувствие",
    "вобщем": "в общем",
    "recieved": "received",
    "cердце": "сердце",  # its first letter is Latin
}


class Words:
    """Own words in memory; `is_full`: nothing can be kept."""

    def __init__(self, *words: str) -> None:
        self.kept = set(words)
        self.is_full = False

    async def all(self) -> tuple[str, ...]:
        return tuple(sorted(self.kept))

    async def add(self, word: str) -> None:
        if self.is_full:
            raise StoreError
        self.kept.add(word)

    async def remove(self, word: str) -> None:
        self.kept.discard(word)


class Titles:
    """Of a directory of one title."""

    def __init__(self, *words: str) -> None:
        self.changed: Event[str] = Event()
        self.told: Iterable[str] = words

    def words(self) -> Iterable[str]:
        return self.told


@pytest.fixture(scope="module")
def speller() -> Speller:
    return read_speller(resource("spelling"), rest=Rest(work=math.inf))


@pytest.mark.parametrize("wrong", MISTAKES)
def test_a_mistake_is_found_and_the_right_word_is_suggested(speller: Speller, wrong: str) -> None:
    [fault] = speller.faults(f"Отмечено: {wrong}, далее.")
    assert fault.word == wrong
    assert MISTAKES[wrong] in speller.suggestions(wrong)


def test_real_looking_conclusions_have_no_false_alarm(speller: Speller) -> None:
    """Each new word of theirs belongs into resources/spelling/medical_ru.txt."""
    text = TEXTS.read_text(encoding="utf-8")
    assert len(text.splitlines()) >= 40
    assert [one.word for one in speller.faults(text)] == []


def test_names_figures_units_and_abbreviations_are_not_judged(speller: Speller) -> None:
    text = (
        "ЭхоКГ: ФВ ЛЖ 58 %, СДЛА 34 мм рт. ст., ЧСС 72 в мин., Ктм 12х8, pH 7,36, HbA1c. "
        "Консультировал Тютькин-Шмерко, больница им. Вревского. "
        "Жмыхова Ю. Н. согласна. ivanov@clinic.example, https://clinic.example/zapis. {возраст}"
    )
    assert [one.word for one in speller.faults(text)] == []


def test_an_unknown_word_with_a_capital_at_the_beginning_of_a_line_is_judged(
    speller: Speller,
) -> None:
    found = list(speller.faults("Ретм синусовый.\nЖилудочковая экстрасистолия. Учащеный пульс."))
    assert [one.word for one in found] == ["Ретм", "Жилудочковая", "Учащеный"]
    assert "Ритм" in speller.suggestions("Ретм")


def test_yo_and_ye_are_one_letter(speller: Speller) -> None:
    assert list(speller.faults("Отёк лёгких, отек легких, учащённый и учащенный")) == []


def test_places_are_those_of_characters_behind_signs_of_two_units(speller: Speller) -> None:
    text = "🙂 плацетна"
    [fault] = speller.faults(text)
    assert text[fault.start : fault.stop] == "плацетна"


@pytest.mark.parametrize(
    "text", ["", "—" * 50, "\u202eтест\u0000", "а" * 5000, "-".join("абв" * 900)]
)
def test_strange_text_is_judged_without_harm(speller: Speller, text: str) -> None:
    for fault in speller.faults(text):
        assert text[fault.start : fault.stop] == fault.word


async def test_own_words_titles_and_names_of_the_case_are_right_in_every_form() -> None:
    words = Words("зюзюлит")
    titles = Titles("абырвалгоз")
    service = SpellingService(resource("spelling"), words, titles)
    heard: list[None] = []
    service.changed.subscribe(heard.append)
    text = "при зюзюлите, абырвалгоза, у пряпкиной, при кукумбрии"
    try:
        found = await service.faults(text, frozenset({"Пряпкина"}))
        assert [one.word for one in found] == ["кукумбрии"]
        await service.add("кукумбрия")
        assert service.is_own("Кукумбрия")
        assert heard
        assert words.kept == {"зюзюлит", "кукумбрия"}
        assert [one.word for one in await service.faults(text)] == ["пряпкиной"]
        await service.remove("кукумбрия")
        assert words.kept == {"зюзюлит"}
        assert len(await service.faults(text)) == 2
        titles.told = ("кукумбрия", "пряпкинома")
        titles.changed.emit("2.28")
        assert [one.word for one in await service.faults(text)] == ["абырвалгоза", "пряпкиной"]
    finally:
        await service.close()


async def test_a_full_disk_costs_the_kept_word_alone() -> None:
    words = Words()
    words.is_full = True
    service = SpellingService(resource("spelling"), words, Titles())
    try:
        with pytest.raises(StoreError):
            await service.add("зюзюлит")
        assert service.is_own("зюзюлит")
    finally:
        await service.close()
