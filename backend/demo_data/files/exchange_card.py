"""The pregnancy exchange card (form 113/у) that a woman carries between clinics."""

from datetime import date, timedelta

from backend.demo_data.files.papers import (
    DAY,
    describe_patient,
    diagnosis_line,
    institution,
    random_of,
)
from backend.demo_data.files.pdf_page import Paper
from backend.demo_data.files.subject import Subject

HEAD = ("Дата", "Срок, нед.", "Масса, кг", "АД, мм рт. ст.", "ВДМ, см", "ЧСС плода", "Отёки")
WIDTHS = (27, 22, 24, 31, 22, 26, 23)
BETWEEN_VISITS = 3
"""Weeks."""


def make_exchange_card(subject: Subject, day: date) -> bytes:
    """Visits up to the day, examinations, special marks."""
    weeks = subject.story.weeks or 24
    paper = Paper(institution(subject), "Женская консультация")
    paper.title("Обменная карта беременной, роженицы и родильницы")
    describe_patient(paper, subject, day)
    _pregnancy(paper, subject, day, weeks)
    paper.section("Осмотры", "Данные наблюдения в женской консультации.")
    paper.table([HEAD, *_visits(subject, day, weeks)], WIDTHS, head=True)
    for name, text in subject.story.findings:
        paper.section(name, f"{text}.")
    paper.section("Особые отметки", diagnosis_line(subject))
    paper.signature("Врач женской консультации", subject.doctor)
    return paper.pdf(f"Обменная карта, {subject.short_name}")


def _pregnancy(paper: Paper, subject: Subject, day: date, weeks: int) -> None:
    random = random_of(subject, "card")
    last_period = day - timedelta(weeks=weeks)
    blood = random.choice(("O(I) Rh+", "A(II) Rh+", "B(III) Rh+", "A(II) Rh−", "AB(IV) Rh+"))
    rows = [
        ["Последняя менструация", f"{last_period:{DAY}}"],
        ["Предполагаемый срок родов", f"{last_period + timedelta(days=280):{DAY}}"],
        ["Беременность, роды", f"{random.randint(1, 3)}-я беременность"],
        ["Группа крови, резус", blood],
        ["ВИЧ, сифилис, HBsAg, анти-HCV", "отрицательно, трижды по срокам"],
        ["Срок на день заполнения", f"{weeks} нед."],
    ]
    paper.table(rows, (62, 113), head=False)


def _visits(subject: Subject, day: date, weeks: int) -> list[list[str]]:
    random = random_of(subject, "visits")
    weight = random.uniform(56, 74)
    rows = []
    for week in range(9 + (weeks - 9) % BETWEEN_VISITS, weeks + 1, BETWEEN_VISITS):
        weight += random.uniform(0.5, 1.4)
        pressure = f"{random.randrange(104, 128, 2)}/{random.randrange(62, 82, 2)}"
        fundus = f"{week - random.randint(0, 1)}" if week >= 16 else "—"
        heart = f"{random.randrange(134, 152, 2)}" if week >= 12 else "—"
        when = f"{day - timedelta(weeks=weeks - week):{DAY}}"
        row = [when, f"{week}", f"{weight:.1f}".replace(".", ","), pressure, fundus, heart, "нет"]
        rows.append(row)
    return rows
