"""Blood and urine in a discharge summary: values round a norm, the same for the same person."""

from random import Random

HEAD = ("Показатель", "Результат", "Единицы", "Норма")
Norm = tuple[str, float, float, int, str]
"""Name, lowest and highest normal value, decimals, unit."""
ADULT: tuple[Norm, ...] = (
    ("Гемоглобин", 120, 160, 0, "г/л"),
    ("Эритроциты", 3.9, 5.2, 2, "млн/мкл"),
    ("Лейкоциты", 4.0, 9.0, 1, "тыс./мкл"),
    ("Тромбоциты", 180, 320, 0, "тыс./мкл"),
    ("СОЭ", 2, 20, 0, "мм/ч"),
    ("Глюкоза", 3.9, 6.1, 1, "ммоль/л"),
    ("Креатинин", 53, 106, 0, "мкмоль/л"),
    ("Мочевина", 2.8, 7.5, 1, "ммоль/л"),
    ("Калий", 3.5, 5.1, 1, "ммоль/л"),
    ("Холестерин общий", 3.0, 5.2, 1, "ммоль/л"),
    ("АЛТ", 7, 40, 0, "ед/л"),
    ("Билирубин общий", 5, 20, 1, "мкмоль/л"),
    ("Общий белок", 64, 83, 0, "г/л"),
    ("МНО", 0.9, 1.2, 2, ""),
    ("Фибриноген", 2.0, 4.0, 1, "г/л"),
)
CHILD: tuple[Norm, ...] = (
    ("Гемоглобин", 110, 140, 0, "г/л"),
    ("Эритроциты", 3.8, 5.0, 2, "млн/мкл"),
    ("Лейкоциты", 5.0, 12.0, 1, "тыс./мкл"),
    ("Тромбоциты", 180, 400, 0, "тыс./мкл"),
    ("СОЭ", 2, 10, 0, "мм/ч"),
    ("Глюкоза", 3.3, 5.5, 1, "ммоль/л"),
    ("Креатинин", 22, 60, 0, "мкмоль/л"),
    ("Калий", 3.6, 5.4, 1, "ммоль/л"),
    ("АЛТ", 5, 40, 0, "ед/л"),
    ("Билирубин общий", 4, 20, 1, "мкмоль/л"),
    ("Общий белок", 56, 76, 0, "г/л"),
    ("С-реактивный белок", 0, 5, 1, "мг/л"),
)


NEWBORN: tuple[Norm, ...] = (
    ("Гемоглобин", 140, 200, 0, "г/л"),
    ("Лейкоциты", 6.0, 20.0, 1, "тыс./мкл"),
    ("Тромбоциты", 150, 400, 0, "тыс./мкл"),
    ("Глюкоза", 2.6, 5.5, 1, "ммоль/л"),
    ("Креатинин", 27, 80, 0, "мкмоль/л"),
    ("Калий", 4.0, 6.0, 1, "ммоль/л"),
    ("Натрий", 133, 146, 0, "ммоль/л"),
    ("Лактат", 0.5, 2.0, 1, "ммоль/л"),
    ("pH капиллярной крови", 7.32, 7.42, 2, ""),
    ("pCO2", 35, 48, 0, "мм рт. ст."),
    ("Билирубин общий", 20, 170, 0, "мкмоль/л"),
    ("С-реактивный белок", 0, 5, 1, "мг/л"),
)
NEWBORN_DAYS, CHILD_DAYS = 28, 18 * 365


def laboratory(days_old: int, random: Random) -> list[list[str]]:
    """Rows of a table, with its head; one value in six or so lies a little outside the norm."""
    norms = NEWBORN if days_old < NEWBORN_DAYS else CHILD if days_old < CHILD_DAYS else ADULT
    return [list(HEAD), *(_row(norm, random) for norm in norms)]


def _row(norm: Norm, random: Random) -> list[str]:
    name, low, high, decimals, unit = norm
    reach = (high - low) * 0.62
    value = max((low + high) / 2 + random.uniform(-reach, reach), 0)
    mark = "" if low <= value <= high else " (выше)" if value > high else " (ниже)"
    limits = f"{_number(low, decimals)}–{_number(high, decimals)}"
    return [name, _number(value, decimals) + mark, unit, limits]


def _number(value: float, decimals: int) -> str:
    return f"{value:.{decimals}f}".replace(".", ",")


def urine(random: Random) -> str:
    """A line on urine without abnormality."""
    density = random.randint(1012, 1022)
    cells = random.randint(0, 3)
    return (
        f"Цвет соломенно-жёлтый, прозрачная, относительная плотность {density}, белка и глюкозы "
        f"нет, лейкоциты {cells} в поле зрения, эритроцитов нет."
    )
