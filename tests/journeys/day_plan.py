"""A doctor's day as it is meant to go: forty cases, and what the server has to say of each.

Nothing here is asked of the program: the ends are written by hand, from the rules of the field.
"""

from dataclasses import dataclass, field
from enum import Enum

from backend.demo_data.case import Case, left, man, woman
from backend.demo_data.files.orders import conclusion
from backend_client.models.calls import CallState
from backend_client.models.conclusions import ConclusionState
from backend_client.models.requests import RequestStatus, Urgency
from backend_client.models.routes import Route

ME = "levashova"
WHO = "Левашова М. О."
ITEMS = ("conclusion", "summary", "ecg", "echo")
"""The checklist's required documents, by their codes."""
TITLES = "Заключение лечащего врача, Выписки из истории болезни, ЭКГ, ЭхоКГ"
HALF = 20
SURNAMES = (
    *("Абрамов", "Беляев", "Воронин", "Гаврилов", "Дорофеев", "Ершов", "Жданов", "Зимин"),
    *("Исаев", "Карпов", "Логинов", "Мельников", "Назаров", "Осипов", "Панов", "Родионов"),
    *("Савин", "Тарасов", "Устинов", "Фадеев", "Хохлов", "Царёв", "Чернов", "Шубин"),
    *("Щербаков", "Юдин", "Яшин", "Агеев", "Блинов", "Власов", "Громов", "Дьяков"),
    *("Евсеев", "Жаров", "Зорин", "Ильин", "Крылов", "Лыткин", "Маслов", "Носов"),
)


class Task(Enum):
    """What the doctor does with a case; the order is the order of the day."""

    TAKE_NEXT = "take_next"
    FOUR_KEYS = "four_keys"
    DECLINE = "decline"
    DECLINE_IN_WORDS = "decline_in_words"
    DECLINE_BY_PALETTE = "decline_by_palette"
    DECLINE_AND_UNDO = "decline_and_undo"
    OPEN_AND_LEAVE = "open_and_leave"
    ACCEPT = "accept"
    ACCEPT_AND_UNDO = "accept_and_undo"
    OUT_OF_PROFILE = "out_of_profile"
    IN_PERSON = "in_person"
    INPATIENT = "inpatient"
    CLOSE = "close"
    CHAT = "chat"
    CONVERT = "convert"
    CALL = "call"
    SIGN = "sign"
    WRITE = "write"
    ASK = "ask"
    ASK_IN_WORDS = "ask_in_words"


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """What the server keeps of a case at the end of the day."""

    status: RequestStatus
    version: int
    """One more for each thing that was done, and 1 before the first."""
    owner: str | None = ME
    code: str = ""
    note: str = ""
    asked: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    """What was done, oldest first, as the lines begin."""
    route: Route = Route.CENTRE
    messages: tuple[str, ...] = ()
    slots: int = 0
    calls: tuple[CallState, ...] = ()
    conclusion: ConclusionState | None = None
    written: str = ""
    """The conclusion's findings."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One case of the day."""

    number: str
    name: str
    task: Task
    cyrillic: bool
    words: str = field(default="")
    """What the doctor types."""


def taken(*lines: str) -> tuple[str, ...]:
    """Lines of the history behind the claim's."""
    return tuple(f"{WHO}: {line}" for line in ("взята в работу", *lines))


def end_of(planned: Planned) -> End:
    """By hand, for each task."""
    status, words = RequestStatus, planned.words
    given_back = taken("возвращена в очередь")
    match planned.task:
        case Task.TAKE_NEXT | Task.FOUR_KEYS:
            lines = taken("предложено одно время")
            return End(status=status.SLOT_PROPOSED, version=3, history=lines, slots=1)
        case Task.DECLINE:
            lines = taken("отклонена: нужна очная помощь")
            code = "needs_in_person_care"
            return End(status=status.DECLINED, version=3, code=code, history=lines)
        case Task.DECLINE_IN_WORDS:
            lines, code = taken(f"отклонена: другая причина. {words}"), "other"
            return End(status=status.DECLINED, version=3, code=code, note=words, history=lines)
        case Task.DECLINE_BY_PALETTE:
            lines = taken("отклонена: повторная заявка")
            return End(status=status.DECLINED, version=3, code="duplicate", history=lines)
        case Task.DECLINE_AND_UNDO | Task.OPEN_AND_LEAVE | Task.ACCEPT_AND_UNDO:
            return End(status=status.READY, version=3, owner=None, history=given_back)
        case Task.ACCEPT:
            return End(status=status.CLAIMED, version=2, history=taken())
        case Task.OUT_OF_PROFILE:
            lines, note = taken("не по профилю центра"), "Ваше заболевание не входит"
            return End(status=status.OUT_OF_PROFILE, version=3, note=note, history=lines)
        case Task.IN_PERSON:
            lines, note = taken("приглашение на очный приём"), "Вас нужно осмотреть очно"
            return End(status=status.INVITED_IN_PERSON, version=3, note=note, history=lines)
        case Task.INPATIENT:
            lines, note = taken("рекомендована стационарная помощь"), "Вам нужно лечение"
            return End(status=status.INPATIENT_CARE, version=3, note=note, history=lines)
        case Task.CLOSE:
            lines = taken("закрыта без заключения")
            code, note = "not_enough_data", "Присланных"
            ended = status.CLOSED_WITHOUT_CONCLUSION
            return End(status=ended, version=3, code=code, note=note, history=lines)
        case Task.CHAT:
            told = (words,)
            return End(
                status=status.READY, version=4, owner=None, history=given_back, messages=told
            )
        case Task.CONVERT:
            lines = taken("вопрос дежурному врачу стал заявкой в центр")
            return End(status=status.AWAITING_DOCUMENTS, version=3, owner=None, history=lines)
        case Task.CALL:
            lines = (f"{WHO}: звонок, попытка 1", "Звонок завершён")
            calls = (CallState.CANCELLED,)
            return End(status=status.SCHEDULED, version=3, history=lines, calls=calls)
        case Task.SIGN:
            lines = (f"{WHO}: заключение подписано",)
            kept = ConclusionState.SIGNED
            return End(
                status=status.SIGNED, version=2, history=lines, conclusion=kept, written=words
            )
        case Task.WRITE:
            kept = ConclusionState.DRAFTING
            return End(status=status.DRAFTING, version=1, conclusion=kept, written=words)
        case Task.ASK | Task.ASK_IN_WORDS:
            return asked_end(planned)


def asked_end(planned: Planned) -> End:
    """The documents that are missing, or all but the first where the doctor has chosen."""
    chosen = planned.task is Task.ASK_IN_WORDS
    items = ITEMS[1:] if chosen else ITEMS
    titles = TITLES.partition(", ")[2] if chosen else TITLES
    return End(
        status=RequestStatus.AWAITING_DOCUMENTS,
        version=4,  # the letter to the patient is a message, too
        owner=None,
        asked=items,
        history=taken(f"запрошены документы: {titles}"),
        messages=(planned.words if chosen else "Здравствуйте!",),
    )


WORDS = {
    (Task.DECLINE_IN_WORDS, True): "направление уже у коллег",
    (Task.DECLINE_IN_WORDS, False): "colleagues have the referral",
    (Task.CHAT, True): "принимаете ли вы сейчас лекарства",
    (Task.CHAT, False): "which drugs do you take now",
    (Task.SIGN, True): "ритм синусовый, перегородка утолщена",
    (Task.SIGN, False): "sinus rhythm, septum is thick",
    (Task.WRITE, True): "фракция выброса снижена",
    (Task.WRITE, False): "ejection fraction is low",
    (Task.ASK_IN_WORDS, True): "пришлите, пожалуйста, до пятницы",
    (Task.ASK_IN_WORDS, False): "please send them by friday",
}


def planned_day() -> tuple[Planned, ...]:
    """The first half of the day under the Russian layout, the second under the English one."""
    halves = [(task, cyrillic) for cyrillic in (True, False) for task in Task]
    return tuple(
        Planned(f"30-{5001 + place}", _name(place), task, cyrillic, WORDS.get((task, cyrillic), ""))
        for place, (task, cyrillic) in enumerate(halves)
    )


def _name(place: int) -> str:
    surname = SURNAMES[place]
    return f"{surname} Пётр Львович" if place % 2 else f"{surname}а Анна Львовна"


STATUS = {
    Task.CALL: RequestStatus.SCHEDULED,
    Task.SIGN: RequestStatus.DRAFTING,
    Task.WRITE: RequestStatus.DRAFTING,
    Task.ASK: RequestStatus.AWAITING_DOCUMENTS,
    Task.ASK_IN_WORDS: RequestStatus.AWAITING_DOCUMENTS,
}
LACKING = (Task.ASK, Task.ASK_IN_WORDS)
NOT_NEEDED = tuple((code, "есть у лечащего врача") for code in ITEMS[1:])


def written_case(planned: Planned, place: int) -> Case:
    """The request as the morning finds it: in the order of the day by its term."""
    make, task = man if place % 2 else woman, planned.task
    status = STATUS.get(task, RequestStatus.READY)
    is_mine = status in (RequestStatus.SCHEDULED, RequestStatus.DRAFTING)
    lacking = task in LACKING
    return Case(
        number=planned.number,
        person=make(planned.name, "Тверь", 40 + place, "08.02"),
        route=Route.DUTY if task is Task.CONVERT else Route.CENTRE,
        status=status,
        owner=ME if is_mine else None,
        urgency=Urgency.PLANNED,
        life_threat=task is Task.TAKE_NEXT,
        icd10="I42.1",
        diagnosis="Кардиомиопатия",
        complaints="Одышка при подъёме на второй этаж.",
        left=None if lacking else left(hours=30, minutes=10 * place),
        files=() if lacking else (conclusion(8),),
        not_applicable=() if lacking or task is Task.CONVERT else NOT_NEEDED,
    )
