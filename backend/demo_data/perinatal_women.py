"""Perinatal centre: malformations, cancer, breast disease, other gynaecology."""

from backend.demo_data.case import OWN_MEANS, Case, Person, ago, left, woman
from backend.demo_data.files.orders import (
    clip,
    conclusion,
    exchange_card,
    photo,
    protocol,
    screenshot,
    stage_summary,
    summary,
)
from backend.demo_data.files.subject import Story
from backend_client.models.requests import RequestStatus, Sex, Urgency
from backend_client.models.routes import Route

NOT_PREGNANT = (("exchange_card", "не беременна"), ("us_fetus", "не беременна"))

BELOVA = Case(
    number="20-6139",
    person=woman("Белова Наталья Викторовна", "Тюмень", 28, "17.03"),
    route=Route.CENTRE,
    icd10="Q51.3",
    diagnosis="Двурогая матка, два выкидыша",
    complaints="Два выкидыша в 9 и 11 недель. Планирует беременность.",
    left=left(days=1, hours=2, minutes=40),
    doctor="Шаламова О. Е.",
    story=Story(
        anamnesis="Порок найден при УЗИ после второго выкидыша. Почки обычного строения.",
        status="Состояние удовлетворительное. Наружные половые органы развиты правильно.",
        findings=(
            (
                "УЗИ ОМТ",
                "Два рога, межроговое расстояние 41 мм, вдавление дна 14 мм. Эндометрий в каждом "
                "роге 9 мм. Шейка одна. Яичники без изменений. Двурогая матка",
            ),
            ("МРТ", "Дно с вдавлением 13 мм. Шейка одна. Неполная двурогая матка"),
        ),
        treatment=(),
        advice=("Уточнить форму порока.",),
        question="Нужна ли метропластика до беременности?",
    ),
    files=(
        conclusion(9),
        summary(24, "Гинекологическое отделение"),
        clip("us_pelvis", "Матка, поперечно", "two_horns", 9),
        protocol("us_pelvis", "УЗИ органов малого таза", "УЗИ ОМТ", 9),
        protocol("mri", "МРТ малого таза", "МРТ", 14),
    ),
    not_applicable=NOT_PREGNANT,
)
TIMOFEEVA = Case(
    number="20-6142",
    person=Person(
        "Тимофеева Арина Максимовна",
        Sex.FEMALE,
        "Чита",
        16,
        "08.06",
        representative=("Тимофеева Ирина Павловна", "мать"),
    ),
    route=Route.REFERRAL,
    icd10="Q52.0",
    diagnosis="Аплазия влагалища и матки",
    complaints="Месячных нет, болей нет. Обратилась с матерью.",
    left=left(days=1, hours=8, minutes=25),
    doctor="Цыренова Б. Д.",
    story=Story(
        anamnesis="Грудь и оволосение по возрасту. Кариотип 46,XX.",
        status="Состояние удовлетворительное. Рост 164 см, масса 55 кг. Влагалище 2 см, слепое.",
        findings=(
            (
                "УЗИ ОМТ",
                "Матка не определяется, тяж 12 мм. Яичники 31 на 18 и 29 на 17 мм с фолликулами. "
                "Почки обычного строения. Аплазия матки",
            ),
            ("МРТ", "Матка и верхние две трети влагалища отсутствуют. Синдром Рокитанского"),
        ),
        treatment=(),
        advice=("Консультация детского гинеколога центра.",),
        question="Срок и способ создания неовлагалища?",
    ),
    files=(
        conclusion(8),
        summary(18, "Отделение детской гинекологии"),
        protocol("us_pelvis", "УЗИ органов малого таза", "УЗИ ОМТ", 10),
        protocol("mri", "МРТ малого таза", "МРТ", 12),
    ),
    not_applicable=NOT_PREGNANT,
)
AKSENOVA = Case(
    number="20-6145",
    person=woman("Аксёнова Марина Евгеньевна", "Красноярск", 36, "14.11"),
    route=Route.CENTRE,
    payer=OWN_MEANS,
    quota=None,
    urgency=Urgency.URGENT,
    icd10="O99.8",
    diagnosis="Рак молочной железы T2N1M0, беременность 18 недель",
    complaints="Узел в левой груди 3 см, растёт месяц. Беременность желанная.",
    left=left(days=1, hours=14, minutes=50),
    doctor="Полежаева И. Н.",
    story=Story(
        anamnesis="Узел нащупала сама. Трепан-биопсия: инвазивный рак, тройной негативный.",
        status="Состояние удовлетворительное. Слева узел 31 мм, подмышечный узел 16 мм.",
        findings=(
            ("УЗИ ОМТ", "Шейка матки 36 мм. Яичники не изменены. Без патологии"),
            (
                "УЗИ плода",
                "Один плод, размеры 18 недель. ЧСС 148 в минуту. Пороков не найдено. "
                "Прогрессирующая беременность",
            ),
            (
                "УЗИ молочных желёз",
                "Слева на 2 часах узел 31 на 26 мм с неровным контуром. Подмышечный узел 16 мм. "
                "BI-RADS 5",
            ),
        ),
        treatment=(),
        advice=("Консилиум онколога и акушера.",),
        question="Можно ли начать химиотерапию, не прерывая беременность?",
        weeks=18,
    ),
    files=(
        conclusion(8),
        summary(10, "Онкологический диспансер, отделение опухолей молочной железы"),
        protocol("summary", "УЗИ молочных желёз", "УЗИ молочных желёз", 10),
        exchange_card(8),
        protocol("us_pelvis", "УЗИ матки и шейки", "УЗИ ОМТ", 9),
        clip("us_fetus", "Голова, аксиально", "fetal_head", 9),
        protocol("us_fetus", "УЗИ плода", "УЗИ плода", 9),
    ),
    not_applicable=(("ct", "противопоказана при беременности"),),
)
YUSUPOVA = Case(
    number="20-6148",
    person=woman("Юсупова Гузель Рашитовна", "Оренбург", 45, "27.12"),
    route=Route.REFERRAL,
    icd10="D39.1",
    diagnosis="Опухоль яичника справа, пограничная по срочной биопсии",
    complaints="Тяжесть и тянущая боль внизу живота справа полгода.",
    left=left(days=2, hours=3, minutes=35),
    inpatient=True,
    doctor="Кулагина Е. С.",
    story=Story(
        anamnesis="Киста найдена весной, выросла с 4 до 6 см. Онкомаркёр CA-125 86 ед/мл.",
        status="Состояние удовлетворительное. Справа подвижное образование до 6 см.",
        findings=(
            (
                "УЗИ ОМТ",
                "Справа образование 62 на 41 мм, перегородки до 3 мм, пристеночные разрастания 10 "
                "и 6 мм с кровотоком. Свободной жидкости нет. O-RADS 4",
            ),
            ("КТ", "Образование 64 мм без прорастания. Узлы не увеличены. Опухоль правого яичника"),
        ),
        treatment=(("Диагностическая лапароскопия", "биопсия"),),
        advice=("Пересмотр препаратов.",),
        question="Объём операции с сохранением второго яичника?",
    ),
    files=(
        conclusion(8),
        stage_summary(8, "Гинекологическое отделение"),
        clip("us_pelvis", "Правый яичник", "ovarian_cyst", 9),
        screenshot("us_pelvis", "Снимок экрана аппарата", "ovarian_cyst", 9),
        protocol("us_pelvis", "УЗИ органов малого таза", "УЗИ ОМТ", 9),
        protocol("ct", "КТ брюшной полости и таза", "КТ", 11),
    ),
    not_applicable=NOT_PREGNANT,
)
GROMOVA = Case(
    number="20-6151",
    person=woman("Громова Виктория Юрьевна", "Владимир", 42, "19.05"),
    route=Route.CENTRE,
    icd10="N60.1",
    diagnosis="Диффузная кистозная мастопатия",
    complaints="Боль в груди перед месячными, выделений нет.",
    left=left(days=2, hours=10, minutes=5),
    quota=(3, 3),
    doctor="Сорокина Н. Г.",
    story=Story(
        anamnesis="Боль пять лет. У тёти рак молочной железы в 60 лет.",
        status="Состояние удовлетворительное. Железы с тяжистыми уплотнениями, узлов нет.",
        findings=(
            ("УЗИ ОМТ", "Матка и яичники без изменений, эндометрий 7 мм. Без патологии"),
            ("УЗИ молочных желёз", "Мелкие кисты до 7 мм с обеих сторон. BI-RADS 2"),
        ),
        treatment=(("Витекс священный", "40 капель утром, три месяца"),),
        advice=("Маммография.",),
        question="Нужны ли дополнительные исследования?",
    ),
    files=(
        conclusion(8),
        photo("summary", "Выписка маммолога", 15, "УЗИ молочных желёз"),
        protocol("us_pelvis", "УЗИ органов малого таза", "УЗИ ОМТ", 13),
    ),
    not_applicable=NOT_PREGNANT,
)
MELNIK = Case(
    number="20-6154",
    person=woman("Мельник Оксана Тарасовна", "Белгород", 33, "31.01"),
    route=Route.REFERRAL,
    status=RequestStatus.CLAIMED,
    owner="zimina",
    urgency=Urgency.URGENT,
    icd10="C53.0",
    diagnosis="Рак шейки матки IB1, беременность 15 недель",
    complaints="Кровянистые выделения после близости. Просит сохранить беременность.",
    left=left(hours=30, minutes=20),
    doctor="Дегтярёва Л. М.",
    story=Story(
        anamnesis="Найдено при постановке на учёт. Биопсия: плоскоклеточный рак.",
        status="Состояние удовлетворительное. На шейке образование 18 мм.",
        findings=(
            ("УЗИ ОМТ", "Шейка 34 мм, образование передней губы 18 мм. Опухоль шейки матки"),
            ("УЗИ плода", "Размеры 15 недель. ЧСС 152 в минуту. Прогрессирующая беременность"),
            ("МРТ", "Опухоль 18 мм, инвазия 6 мм. Параметрий свободен. Стадия IB1"),
        ),
        treatment=(),
        advice=("Онкоконсилиум.",),
        question="Возможна ли отсрочка лечения до родов?",
        weeks=15,
    ),
    files=(
        conclusion(8),
        summary(11, "Гинекологическое отделение"),
        exchange_card(9),
        protocol("us_pelvis", "УЗИ органов малого таза", "УЗИ ОМТ", 9),
        protocol("us_fetus", "УЗИ плода", "УЗИ плода", 9),
        protocol("mri", "МРТ малого таза", "МРТ", 10),
    ),
    not_applicable=(("ct", "противопоказана при беременности"),),
    history=((ago(hours=3), "Зимина А. Р.: взята в работу"),),
)
RYBAKOVA = Case(
    number="20-6157",
    person=woman("Рыбакова Софья Денисовна", "Самара", 26, "10.04"),
    route=Route.REFERRAL,
    status=RequestStatus.AWAITING_DOCUMENTS,
    icd10="N80.1",
    diagnosis="Эндометриоз яичников",
    complaints="Сильная боль в месячные, кисты яичников 4 и 5 см.",
    left=None,
    registered=ago(days=1, hours=7),
    doctor="Жигулина К. А.",
)
SOTNIKOVA = Case(
    number="20-6160",
    person=woman("Сотникова Лариса Петровна", "Ставрополь", 49, "03.03"),
    route=Route.JOURNAL,
    status=RequestStatus.NEW,
    icd10="D25.1",
    diagnosis="Миома матки 6 см",
    complaints="Обильные месячные, гемоглобин 92. Просит приём в первой половине дня.",
    left=left(days=1, hours=4, minutes=30),
    quota=(3, 3),
    history=(
        (ago(hours=4), "Звонок, отказ от даты: отказов 2 из 3"),
        (ago(days=1, hours=2), "Звонок, отказ от даты: отказов 1 из 3"),
    ),
)
CASES = (
    BELOVA,
    TIMOFEEVA,
    AKSENOVA,
    YUSUPOVA,
    GROMOVA,
    MELNIK,
    RYBAKOVA,
    SOTNIKOVA,
)
