"""Of whom a file tells: what is written into its header or on its page."""

from dataclasses import dataclass
from datetime import date

from backend_client.models.requests import Sex


@dataclass(frozen=True, slots=True)
class Story:
    """What the papers of a case say; sentences in Russian, one paragraph each."""

    anamnesis: str
    status: str
    findings: tuple[tuple[str, str], ...]
    """Name of an examination and what it showed."""
    treatment: tuple[tuple[str, str], ...]
    """A medicine and how it is taken."""
    advice: tuple[str, ...]
    question: str
    """What is asked of the consultant."""
    weeks: int | None = None
    """Of pregnancy, on the day of the last paper."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The patient and the case as papers and devices know them."""

    number: str
    """Number of the request."""
    full_name: str
    birth_date: date
    sex: Sex
    place: str
    icd10: str | None
    diagnosis: str
    complaints: str
    doctor: str
    """Who treats and signs."""
    inpatient: bool
    story: Story

    @property
    def short_name(self) -> str:
        """Family name and initials."""
        family, *given = self.full_name.split()
        return " ".join([family, *(f"{name[0]}." for name in given)])

    @property
    def is_female(self) -> bool:
        """For the forms of Russian verbs."""
        return self.sex is Sex.FEMALE

    def age_on(self, day: date) -> int:
        """Full years."""
        had_birthday = (day.month, day.day) >= (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - (not had_birthday)
