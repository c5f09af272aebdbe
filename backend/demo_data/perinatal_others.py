"""Perinatal centre: newborns, questions to the duty doctor, a request that came to its end."""

from backend.demo_data.case import OWN_MEANS, Case, Person, ago, left, woman
from backend.demo_data.files.orders import (
    conclusion,
    exchange_card,
    photo,
    protocol,
    stage_summary,
    summary,
)
from backend.demo_data.files.subject import Story
from backend_client.models.requests import ConsentKind, IdentityLevel, RequestStatus, Sex, Urgency
from backend_client.models.routes import Route

NEWBORN = (
    ("exchange_card", "новорождённый"),
    ("us_pelvis", "новорождённый"),
    ("us_fetus", "новорождённый"),
)

KRYLOV = Case(
    number="20-6163",
    person=Person(
        "Крылов (новорождённый)",
        Sex.MALE,
        "Иркутск",
        8,
        newborn=True,
        identity=IdentityLevel.STANDARD,
        representative=("Крылова Алёна Вадимовна", "мать"),
    ),
    route=Route.REFERRAL,
    urgency=Urgency.EMERGENCY,
    icd10="P22.0",
    diagnosis="Респираторный дистресс-синдром, недоношенность 30 недель",
    complaints="Неделя на СРАР, кислород 40 %, апноэ до 6 раз в сутки. Масса 1380 г.",
    left=left(hours=11, minutes=30),
    inpatient=True,
    doctor="Баранова Т. Л.",
    story=Story(
        anamnesis="Роды в 30 недель, кесарево сечение. Апгар 5 и 7. Сурфактант дважды.",
        status=(
            "Состояние тяжёлое. На СРАР, сатурация 92 %. ЧСС 152 в минуту. Мышечный тонус снижен."
        ),
        findings=(
            ("Рентгенография лёгких", "Сетчатый рисунок, воздушная бронхограмма. РДС 2 степени"),
        ),
        treatment=(("Порактант альфа", "200 мг/кг, затем 100 мг/кг"), ("Кофеин", "20 мг/кг")),
        advice=("Эхокардиография для исключения протока.",),
        question="Показан ли перевод в центр третьего уровня?",
    ),
    files=(conclusion(3), stage_summary(3, "Отделение реанимации новорождённых")),
    not_applicable=NEWBORN,
)
MARKOVA = Case(
    number="20-6166",
    person=Person(
        "Маркова (новорождённая)",
        Sex.FEMALE,
        "Тверь",
        5,
        newborn=True,
        identity=IdentityLevel.STANDARD,
        representative=("Маркова Дарья Ильинична", "мать"),
    ),
    route=Route.CENTRE,
    urgency=Urgency.URGENT,
    icd10="Q79.0",
    diagnosis="Врождённая диафрагмальная грыжа слева, стабильна на ИВЛ",
    complaints="Операция по месту невозможна, вторые сутки стабильна на ИВЛ.",
    left=left(hours=16, minutes=45),
    inpatient=True,
    doctor="Колосова В. Е.",
    story=Story(
        anamnesis="Порок известен с 24 недель. Роды в срок, масса 3120 г, интубация сразу.",
        status="Состояние тяжёлое, стабильное. Сатурация 95 %, преддуктально 97 %. ЧСС 146.",
        findings=(
            ("Рентгенография лёгких", "Петли кишки в левой половине груди. Диафрагмальная грыжа"),
            (
                "ЭхоКГ",
                "Проток 2 мм, сброс двунаправленный. СДЛА 46 мм рт. ст. Лёгочная гипертензия",
            ),
        ),
        treatment=(("Силденафил", "1 мг/кг четыре раза в день"),),
        advice=("Перевод при стабильности 24 часа.",),
        question="Когда и как переводить для торакоскопической пластики?",
    ),
    files=(
        conclusion(3),
        stage_summary(3, "Отделение реанимации новорождённых"),
        photo("summary", "Лист реанимации", 3, "Рентгенография лёгких", "ЭхоКГ"),
    ),
    not_applicable=NEWBORN,
)
LAPTEVA = Case(
    number="20-6169",
    person=Person(
        "Лаптева Мария",
        Sex.FEMALE,
        "Краснодар",
        22,
        "12.08",
        phone_confirmed=False,
        identity=IdentityLevel.NOT_IDENTIFIED,
    ),
    route=Route.DUTY,
    status=RequestStatus.NEW,
    icd10=None,
    diagnosis="Вопрос о подготовке к беременности",
    complaints="Какие анализы сдать до беременности, нужна ли фолиевая кислота?",
    left=left(hours=4, minutes=55),
    registered=ago(hours=6),
    topic="Профилактика",
    payer="",
    quota=None,
    consents_missing=(ConsentKind.DISCLOSURE, ConsentKind.INTERVENTION),
)
NIKONOVA = Case(
    number="20-6172",
    person=woman("Никонова Елена Руслановна", "Псков", 35, "18.10"),
    route=Route.DUTY,
    status=RequestStatus.SCHEDULED,
    icd10=None,
    diagnosis="Восстановление после кесарева сечения, шестая неделя",
    complaints="Когда можно поднимать ребёнка в коляске, бегать и планировать вторую беременность?",
    left=left(days=1, hours=5, minutes=15),
    registered=ago(hours=20),
    topic="Реабилитация",
    payer=OWN_MEANS,
    quota=None,
    consents_missing=(ConsentKind.PAID_SERVICES,),
    story=Story(
        anamnesis="Кесарево сечение шесть недель назад из-за тазового предлежания.",
        status="Осмотра не было.",
        findings=(("УЗИ ОМТ", "Матка 62 мм, рубец 6 мм, полость не расширена. Норма по сроку"),),
        treatment=(),
        advice=("Контрольный осмотр гинеколога.",),
        question="Нагрузки и интервал между родами?",
    ),
    doctor="Семёнова А. Ю.",
    files=(protocol("us_pelvis", "УЗИ органов малого таза", "УЗИ ОМТ", 8),),
)
DAVYDOVA = Case(
    number="20-6102",
    person=woman("Давыдова Жанна Аркадьевна", "Кемерово", 32, "22.02"),
    route=Route.REFERRAL,
    status=RequestStatus.CLOSED,
    icd10="O34.0",
    diagnosis="Двурогая матка, беременность 34 недели, тазовое предлежание",
    complaints="Жалоб нет. Вопрос о способе родов.",
    left=None,
    registered=ago(days=8),
    doctor="Юркова Н. И.",
    story=Story(
        anamnesis="Вторая беременность, первые роды в 36 недель.",
        status="Состояние удовлетворительное. АД 118/74 мм рт. ст.",
        findings=(
            ("УЗИ ОМТ", "Плод в правом роге. Шейка матки 29 мм. Двурогая матка"),
            ("УЗИ плода", "Тазовое предлежание. Масса 2240 г. Воды в норме. Плод без пороков"),
        ),
        treatment=(),
        advice=("Плановое кесарево сечение в 38 недель.",),
        question="Способ и срок родоразрешения?",
        weeks=34,
    ),
    files=(
        conclusion(15),
        summary(30, "Отделение патологии беременности"),
        exchange_card(15),
        protocol("us_pelvis", "УЗИ матки и шейки", "УЗИ ОМТ", 16),
        protocol("us_fetus", "УЗИ плода", "УЗИ плода", 16),
    ),
    history=(
        (ago(days=1, hours=20), "Заключение получено пациентом"),
        (ago(days=1, hours=22), "Зимина А. Р.: заключение подписано"),
    ),
)
CASES = (KRYLOV, MARKOVA, LAPTEVA, NIKONOVA, DAVYDOVA)
