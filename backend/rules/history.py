"""Lines of a request's history, in the language of the centre's staff."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

TIMES = {1: "предложено одно время", 2: "предложены два времени", 3: "предложены три времени"}
CHANNELS = {"video": "видео", "audio": "аудио", "text": "переписка"}
PATIENT_REFUSED = "Пациент попросил другое время"
PATIENT_CANCELLED = "Пациент отменил консультацию"
HOLDS_ARE_OVER = "Пациент не ответил, время освобождено"
LINK_REVOKED = "Ссылка пациента отозвана"
CALL_DECLINED = "Пациент отклонил звонок"
CALL_ENDED = "Звонок завершён"
SIGNED_DELIVERED = "Заключение передано пациенту"
PATIENT_READ = "Пациент скачал заключение"


def claimed_by(short_name: str) -> str:
    """A doctor has taken the request."""
    return f"{short_name}: взята в работу"


def released_by(short_name: str) -> str:
    """A doctor has given the request back."""
    return f"{short_name}: возвращена в очередь"


def slots_proposed(short_name: str, starts: Sequence[datetime], zone: str) -> str:
    """A doctor has proposed times; they are named in the centre's zone."""
    times = ", ".join(_moment(start, zone) for start in sorted(starts))
    return f"{short_name}: {TIMES[len(starts)]}: {times}"


def slot_accepted(start: datetime, zone: str) -> str:
    """The patient has chosen."""
    return f"Пациент выбрал время: {_moment(start, zone)}"


def link_given(short_name: str) -> str:
    """A link to the patient's page was made."""
    return f"{short_name}: выдана ссылка пациенту"


def call_placed(short_name: str, attempt: int) -> str:
    """The doctor calls."""
    return f"{short_name}: звонок, попытка {attempt}"


def call_answered(channel: str) -> str:
    """The patient has taken the call."""
    return f"Пациент ответил: {CHANNELS.get(channel, channel)}"


def call_missed(attempt: int) -> str:
    """Nobody answered."""
    return f"Пациент не ответил, попытка {attempt}"


def conclusion_signed(short_name: str) -> str:
    """The doctor has signed."""
    return f"{short_name}: заключение подписано"


def conclusion_approved(short_name: str) -> str:
    """The clinic has countersigned."""
    return f"{short_name}: заключение утверждено"


def conclusion_returned(short_name: str) -> str:
    """The clinic has given it back; the reason stands with the conclusion."""
    return f"{short_name}: заключение возвращено"


def _moment(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).strftime("%d.%m.%Y %H:%M")
