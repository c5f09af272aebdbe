"""Russian of the papers: ages, days and hours."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from backend_client.models.requests import Sex
from backend_client.models.routes import Route
from workstation.core.conclusion import ConsultationForm, DiagnosisKind
from workstation.documents import wording

MOSCOW = timezone(timedelta(hours=3))
ON = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("born", "said"),
    [
        (date(1965, 3, 14), "61 год"),
        (date(1965, 12, 14), "60 лет"),
        (date(2004, 11, 23), "22 года"),
        (date(2015, 11, 22), "11 лет"),
        (date(2025, 1, 20), "22 месяца"),
        (date(2026, 10, 23), "1 месяц"),
        (date(2026, 11, 2), "21 день"),
        (date(2026, 11, 23), "0 дней"),
        (date(2027, 1, 1), "0 дней"),
    ],
)
def test_an_age_is_said_as_people_say_it(born: date, said: str) -> None:
    assert wording.age(born, ON) == said


def test_a_consultation_over_midnight_names_both_days() -> None:
    start = datetime(2026, 11, 23, 20, 50, tzinfo=UTC)
    end = start + timedelta(minutes=20)
    assert wording.span(start, end, MOSCOW, "МСК") == "23.11.2026, 23:50–24.11.2026, 00:10 МСК"
    assert wording.span(start, None, MOSCOW, "МСК") == "23.11.2026, 23:50 МСК"


def test_every_value_has_its_word() -> None:
    assert set(wording.SEXES) == set(Sex)
    assert set(wording.ROUTES) == set(Route)
    assert set(wording.FORMS) == set(ConsultationForm)
    assert set(wording.DIAGNOSES) == set(DiagnosisKind)
