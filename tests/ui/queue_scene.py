"""A morning's queue as drawn in the design: patients who do not exist, at 11:42 on 20.11.2026."""

from datetime import UTC, date, datetime, timedelta

import msgspec

from backend_client.models.requests import (
    Action,
    CareSetting,
    ChecklistItem,
    Consent,
    ConsentKind,
    Diagnosis,
    HistoryEntry,
    ItemState,
    ProfileMatch,
    RequestCard,
    RequestRow,
    RequestStatus,
    Sex,
)
from backend_client.models.routes import Route
from tests.factories import make_card, make_owner, make_patient, make_row

SCENE_NOW = datetime(2026, 11, 20, 8, 42, tzinfo=UTC)
TITLES = {
    "conclusion": ("Заключение лечащего врача", "Закл"),
    "summary": ("Выписки из истории болезни", "Вып"),
    "ecg": ("ЭКГ", "ЭКГ"),
    "echo": ("ЭхоКГ", "Эхо"),
    "ct": ("КТ, по наличию", "КТ"),
    "mri": ("МРТ, по наличию", "МРТ"),
}
CODES = tuple(TITLES)
REQUIRED = CODES[:4]


def checklist(**states: str) -> list[ChecklistItem]:
    """Required items there, optional ones absent, but for what is said: ecg="missing"."""
    return [_item(code, states.get(code)) for code in CODES]


def _item(code: str, said: str | None) -> ChecklistItem:
    title, chip = TITLES[code]
    usual = ItemState.PRESENT if code in REQUIRED else ItemState.ABSENT
    state = usual if said is None else ItemState(said)
    there = state is ItemState.PRESENT
    files = {"conclusion": 1, "summary": 3, "ecg": 2, "echo": 3}.get(code, 1)
    return ChecklistItem(
        code=code,
        title=title,
        chip=chip,
        required=code in REQUIRED,
        state=state,
        file_count=files if there else 0,
        latest_on=date(2026, 11, 12) if there else None,
        unopened_count=files if there and code != "conclusion" else 0,
        reason="клаустрофобия" if state is ItemState.NOT_APPLICABLE else "",
    )


def row(
    name: str,
    born: str,
    place: str,
    code: str | None,
    text: str,
    hours: float | None,
    route: object = Route.CENTRE,
    **changes: object,
) -> RequestRow:
    """A row of the scene; `hours` until its term."""
    due = None if hours is None else SCENE_NOW + timedelta(hours=hours)
    base = make_row(
        route=route,
        patient=make_patient(
            name,
            birth_date=date.fromisoformat(born),
            place=place,
            sex=Sex.MALE if name.endswith("ич") else Sex.FEMALE,
        ),
        diagnosis=Diagnosis(icd10=code, text=text),
        due_at=due,
        soon_at=None if due is None else SCENE_NOW + timedelta(hours=(hours or 0) - 24),
        clock_name="Часы направления: 4 дня" if route is Route.REFERRAL else "Часы заявки: 3 дня",
        checklist=checklist(),
    )
    return msgspec.structs.replace(base, **changes)


def scene_rows() -> list[RequestRow]:
    """Twenty requests in the order of the queue."""
    as_likes: dict[str, object] = {"checklist": checklist(**dict.fromkeys(REQUIRED, "absent"))}
    threat = {"life_threat": True, **as_likes}
    waiting: dict[str, object] = {"status": RequestStatus.AWAITING_DOCUMENTS}
    inpatient: dict[str, object] = {"care_setting": CareSetting.INPATIENT}
    unclear: dict[str, object] = {"profile_match": ProfileMatch.NOT_DETERMINED}
    outside: dict[str, object] = {"profile_match": ProfileMatch.OUT_OF_PROFILE}
    owner = make_owner("Сафонов Д. В.", is_me=False)
    taken: dict[str, object] = {
        "owner": msgspec.structs.replace(owner, initials="СД"),
        "status": RequestStatus.CLAIMED,
        "allowed_actions": [],
    }
    mine: dict[str, object] = {
        "owner": msgspec.structs.replace(make_owner(), initials="ЛМ"),
        "status": RequestStatus.CLAIMED,
        "allowed_actions": [Action.RELEASE],
    }
    mri, mri_no = checklist(mri="present"), checklist(mri="not_applicable")
    ct = checklist(ct="present")
    yekaterinburg = make_patient(
        "Верещагин Павел Никитич",
        birth_date=date(1965, 3, 14),
        place="Екатеринбург",
        sex=Sex.MALE,
        time_zone="Asia/Yekaterinburg",
    )
    r = row
    soon: dict[str, object] = {"soon_at": SCENE_NOW - timedelta(hours=1)}
    return [
        r(
            "Самойлова Вера Ильинична",
            "1954-05-02",
            "Тверь",
            "I47.2",
            "Желудочковая тахикардия, приступы с потерей сознания",
            20,
            Route.DUTY,
            **threat,
        ),
        r(
            "Кочетов Егор Маратович",
            "2026-07-01",
            "Псков",
            "Q21.3",
            "Тетрада Фалло, одышечные приступы",
            -5.2,
            **inpatient,
        ),
        r(
            "Лунёва Тамара Андреевна",
            "1960-02-02",
            "Великие Луки",
            "I34.0",
            "Митральная недостаточность III степени",
            -0.8,
            Route.REFERRAL,
            checklist=mri_no,
        ),
        r(
            "Верещагин Павел Никитич",
            "1965-03-14",
            "Екатеринбург",
            "I35.0",
            "Аортальный стеноз, тяжёлый, симптомный",
            3.14,
            Route.REFERRAL,
            patient=yekaterinburg,
            checklist=mri_no,
            **soon,
        ),
        r(
            "Тарханова Алия Рустамовна",
            "1988-07-02",
            "Уфа",
            "I42.1",
            "Обструктивная гипертрофическая кардиомиопатия",
            5.34,
            checklist=mri,
            **soon,
        ),
        r(
            "Игошин Степан Львович",
            "2017-05-05",
            "Киров",
            "Q21.0",
            "Дефект межжелудочковой перегородки",
            7.76,
            checklist=checklist(ecg="missing"),
            missing_documents=["ecg"],
            **waiting,
            **soon,
        ),
        r(
            "Маслов Георгий Ефимович",
            "1968-01-01",
            "Пенза",
            "I25.1",
            "ИБС, трёхсосудистое поражение",
            26,
            checklist=ct,
            **inpatient,
            **taken,
        ),
        r(
            "Дёмина Ксения Павловна",
            "1997-01-01",
            "Тула",
            None,
            "Частые экстрасистолы, код не указан",
            28.2,
            **unclear,
        ),
        r(
            "Шубин Аркадий Семёнович",
            "1956-01-01",
            "Кострома",
            "I48.1",
            "Фибрилляция предсердий, персистирующая",
            29.5,
            Route.REFERRAL,
            **mine,
        ),
        r(
            "Гареева Лилия Фаритовна",
            "1982-01-01",
            "Казань",
            "M16.1",
            "Коксартроз, боль в суставе",
            30.8,
            checklist=checklist(ecg="missing", echo="missing"),
            missing_documents=["ecg", "echo"],
            **waiting,
            **outside,
        ),
        r(
            "Осокин Матвей Денисович",
            "2024-03-01",
            "Ижевск",
            "Q25.0",
            "Открытый артериальный проток",
            72.5,
        ),
        r(
            "Белозёрова Нина Фёдоровна",
            "1963-01-01",
            "Рязань",
            "I71.2",
            "Аневризма восходящей аорты, 52 мм",
            76.6,
            Route.REFERRAL,
            checklist=ct,
        ),
        r(
            "Пахомов Илья Андреевич",
            "1975-01-01",
            "Мурманск",
            "I83.1",
            "Варикозная болезнь, дерматит",
            93.3,
            Route.JOURNAL,
            checklist=[],
        ),
        r(
            "Ремизов Олег Тимурович",
            "1992-01-01",
            "Пермь",
            None,
            "Профилактика, вопрос о нагрузках",
            94.8,
            Route.DUTY,
            **as_likes,
            **unclear,
        ),
        r(
            "Цветкова Ангелина Юрьевна",
            "2009-01-01",
            "Орёл",
            "I45.6",
            "Синдром WPW, приступы сердцебиения",
            98.4,
            Route.REFERRAL,
        ),
        r(
            "Нагорный Виктор Саввич",
            "1959-01-01",
            "Смоленск",
            "I05.0",
            "Митральный стеноз, ревматический",
            99.9,
            Route.REFERRAL,
            **inpatient,
        ),
        r(
            "Абрамкина Юлия Олеговна",
            "1985-01-01",
            "Брянск",
            "I42.0",
            "Дилатационная кардиомиопатия",
            101.5,
            checklist=mri,
        ),
        r(
            "Хасанов Тимур Айратович",
            "2026-05-10",
            "Челябинск",
            "Q20.3",
            "Транспозиция магистральных артерий",
            117.7,
            checklist=ct,
            **inpatient,
        ),
        r(
            "Рогожина Лидия Макаровна",
            "1951-01-01",
            "Тамбов",
            "I44.2",
            "Полная АВ-блокада, обмороки",
            119.3,
            Route.REFERRAL,
            checklist=checklist(echo="missing"),
            missing_documents=["echo"],
            **waiting,
        ),
        r(
            "Юдин Константин Глебович",
            "1971-01-01",
            "Липецк",
            "I70.2",
            "Атеросклероз артерий ног, IIБ",
            None,
            checklist=ct,
        ),
    ]


def scene_card(of: RequestRow) -> RequestCard:
    """The card of a row of the scene."""
    day = SCENE_NOW - timedelta(days=3)
    texts = ("Пациент добавил файл «ЭКГ 19.11»", "Документы полны, заявка поднята", "Создана")
    return make_card(
        of,
        complaints="Одышка на втором этаже, давящая боль при быстрой ходьбе, дважды темнело "
        "в глазах за октябрь. Ночью спит на двух подушках.",
        documents_complete_at=day,
        consents=[
            Consent(kind=kind, text_version="2026-01", given_at=day)
            for kind in (
                ConsentKind.PERSONAL_DATA,
                ConsentKind.DISCLOSURE,
                ConsentKind.INTERVENTION,
            )
        ],
        history=[
            HistoryEntry(at=SCENE_NOW - timedelta(hours=26 * n + 2), text=text)
            for n, text in enumerate(texts)
        ],
        requesting_doctor="Соколова И. Н., кардиолог",
        medical_record_number="К-2026-1184",
    )
