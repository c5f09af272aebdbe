"""What stands in a hospital's papers: conclusion, discharge summary, protocol."""

import re
from datetime import date, timedelta
from random import Random
from zlib import crc32

from backend.demo_data.files.laboratory import laboratory, urine
from backend.demo_data.files.pdf_page import Paper
from backend.demo_data.files.subject import Subject

DAY = "%d.%m.%Y"
SENTENCE = re.compile(r"\. (?=[А-ЯЁA-Z])")
NOTE = "Заключение не является диагнозом, его оценивает лечащий врач."


def make_conclusion(subject: Subject, day: date) -> bytes:
    """The treating doctor's conclusion, a page."""
    story = subject.story
    paper = Paper(institution(subject), "Консультативное отделение")
    paper.title("Заключение лечащего врача")
    describe_patient(paper, subject, day)
    paper.section("Диагноз", diagnosis_line(subject))
    paper.section("Жалобы", subject.complaints)
    paper.section("Анамнез", story.anamnesis)
    paper.section("Объективно", story.status)
    paper.items("Обследование", [f"{name}: {text}." for name, text in story.findings])
    paper.items("Рекомендовано", story.advice)
    paper.section("Вопрос консультанту", story.question)
    paper.signature("Лечащий врач", subject.doctor)
    return paper.pdf(f"Заключение, {subject.short_name}")


def make_summary(subject: Subject, day: date, department: str) -> bytes:
    """A summary of the case history, two pages: at discharge, or on the way of an inpatient."""
    story, random = subject.story, random_of(subject, f"summary {department}")
    paper = Paper(institution(subject), department)
    title = "Этапный эпикриз" if subject.inpatient else "Выписной эпикриз"
    paper.title(f"{title} из истории болезни № {random.randint(1200, 9800)}")
    _stay(paper, subject, day, random.randint(7, 14))
    paper.section("Жалобы при поступлении", subject.complaints)
    paper.section("Анамнез заболевания", story.anamnesis)
    paper.section("Анамнез жизни", _life(subject, day))
    paper.section("Состояние при поступлении", story.status)
    _laboratory(paper, subject, day, random)
    for name, text in story.findings:
        paper.section(name, f"{text}.")
    _treatment(paper, subject)
    paper.items("Рекомендации", [*story.advice, *_common_advice(subject, day)])
    paper.signature("Врач отделения", subject.doctor)
    paper.signature("Заведующий отделением", "Мещеряков П. А.")
    return paper.pdf(f"{title}, {subject.short_name}")


def make_protocol(subject: Subject, day: date, title: str, finding: str) -> bytes:
    """Protocol of an examination: the story's finding of that name, sentence by sentence."""
    *description, verdict = finding_lines(subject, finding)
    paper = Paper(institution(subject), "Отделение лучевой и функциональной диагностики")
    paper.title(title)
    describe_patient(paper, subject, day)
    paper.items("Описание", description or [verdict])
    paper.section("Заключение", verdict)
    paper.section("Примечание", NOTE)
    paper.signature("Врач-диагност", "Ильясова Г. Р.")
    return paper.pdf(f"{title}, {subject.short_name}")


def finding_lines(subject: Subject, finding: str) -> list[str]:
    """Sentences of the story's finding of that name."""
    text = dict(subject.story.findings)[finding]
    return [f"{sentence.strip(' .')}." for sentence in SENTENCE.split(text)]


def institution(subject: Subject) -> str:
    """The made-up hospital of the patient's town."""
    return f"Областная клиническая больница № 2, {subject.place}"


def describe_patient(paper: Paper, subject: Subject, day: date) -> None:
    """The table that heads a paper."""
    setting = "стационарное" if subject.inpatient else "амбулаторное"
    rows = [
        ["Пациент", subject.full_name, "Дата рождения", f"{subject.birth_date:{DAY}}"],
        ["Место жительства", subject.place, "Дата осмотра", f"{day:{DAY}}"],
        ["Наблюдение", setting, "Номер заявки", subject.number],
    ]
    paper.table(rows, (32, 70, 32, 41), head=False)


def diagnosis_line(subject: Subject) -> str:
    """The diagnosis with its code, where there is one."""
    code = f" (МКБ-10: {subject.icd10})" if subject.icd10 else ""
    return f"{subject.diagnosis}{code}."


def random_of(subject: Subject, purpose: str) -> Random:
    """The same sequence for the same person and purpose."""
    return Random(crc32(f"{subject.full_name} {purpose}".encode()))


def _stay(paper: Paper, subject: Subject, day: date, days: int) -> None:
    begin = max(day - timedelta(days=days), subject.birth_date)
    rows = [
        ["Пациент", f"{subject.full_name}, {subject.birth_date:{DAY}} г. р."],
        ["Место жительства", subject.place],
        ["Пребывание", f"с {begin:{DAY}} по {day:{DAY}}, койко-дней: {(day - begin).days}"],
        ["Клинический диагноз", diagnosis_line(subject)],
    ]
    paper.table(rows, (42, 133), head=False)


def _life(subject: Subject, day: date) -> str:
    age = subject.age_on(day)
    if age < 3:
        return (
            "Беременность у матери протекала с угрозой прерывания в первом триместре. Прививки по "
            "индивидуальному плану. Аллергических реакций не было."
        )
    grew = "Росла и развивалась" if subject.is_female else "Рос и развивался"
    if age < 18:
        return f"{grew} по возрасту. Прививки по календарю. Аллергических реакций не было."
    return (
        f"{grew} без особенностей. Туберкулёз, гепатиты отрицает. Аллергических реакций не было. "
        "Гемотрансфузий не было. Вредных привычек нет. Контакта с инфекционными больными не было."
    )


def _laboratory(paper: Paper, subject: Subject, day: date, random: Random) -> None:
    paper.section("Лабораторные исследования", f"Кровь от {day - timedelta(days=3):{DAY}}.")
    paper.table(laboratory((day - subject.birth_date).days, random), (70, 35, 30, 40), head=True)
    paper.section("Общий анализ мочи", urine(random))


def _treatment(paper: Paper, subject: Subject) -> None:
    if subject.story.treatment:
        paper.section("Проведено лечение", "Переносимость хорошая, нежелательных явлений не было.")
        rows = [("Препарат", "Доза и порядок приёма"), *subject.story.treatment]
        paper.table(rows, (70, 105), head=True)
    discharged = "Выписана" if subject.is_female else "Выписан"
    outcome = f"{discharged} в удовлетворительном состоянии под наблюдение по месту жительства."
    if subject.inpatient:
        outcome = "Лечение в отделении продолжается, запрошена консультация федерального центра."
    paper.section("Исход", outcome)


def _common_advice(subject: Subject, day: date) -> tuple[str, ...]:
    if subject.inpatient:
        return ("Продолжить наблюдение и лечение в отделении.", "Ежедневный контроль состояния.")
    specialist = "педиатра" if subject.age_on(day) < 18 else "терапевта"
    return (
        f"Наблюдение {specialist} по месту жительства.",
        "Контроль общего и биохимического анализов крови через две недели.",
        "При ухудшении состояния вызвать скорую медицинскую помощь.",
    )
