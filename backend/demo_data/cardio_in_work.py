"""Heart centre: requests that somebody works on, wait for papers, or came to an end."""

from backend.demo_data.case import Case, Person, ago, left, man, woman
from backend.demo_data.files.orders import conclusion, ecg, ecg_print, photo, protocol, summary
from backend.demo_data.files.subject import Story
from backend_client.models.requests import ConsentKind, IdentityLevel, RequestStatus, Sex, Urgency
from backend_client.models.routes import Route

GUSEVA = Case(
    number="20-4803",
    person=woman("Гусева Ирина Леонидовна", "Вологда", 52, "17.04"),
    route=Route.REFERRAL,
    status=RequestStatus.CLAIMED,
    owner="safonov",
    icd10="I35.1",
    diagnosis="Аортальная недостаточность III степени, двустворчатый клапан",
    complaints="Пульсация в шее, одышка при быстрой ходьбе, перебои по утрам.",
    left=left(hours=22, minutes=35),
    doctor="Малышева В. В.",
    story=Story(
        anamnesis="Двустворчатый клапан известен с 2015 года. За год КДР вырос с 58 до 64 мм.",
        status=(
            "Состояние удовлетворительное. Диастолический шум слева от грудины. АД 146/52 мм рт. "
            "ст., ЧСС 74 в минуту. Пульсация сонных артерий."
        ),
        findings=(
            ("ЭКГ", "Ритм синусовый, ЧСС 68 в минуту. Гипертрофия левого желудочка"),
            (
                "ЭхоКГ",
                "Двустворчатый клапан, регургитация 3 степени. КДР 64 мм, КСР 45 мм, ФВ 54 %. "
                "Восходящая аорта 42 мм. Тяжёлая аортальная недостаточность",
            ),
        ),
        treatment=(("Лозартан", "100 мг утром"),),
        advice=("Контроль ЭхоКГ через три месяца.",),
        question="Достаточно ли показаний к операции?",
    ),
    files=(
        conclusion(8),
        summary(17, "Кардиологическое отделение"),
        ecg("left_ventricle", 8),
        protocol("echo", "Протокол эхокардиографии", "ЭхоКГ", 9),
    ),
    history=((ago(hours=1, minutes=40), "Сафонов Д. В.: взята в работу"),),
)
MOROZOV = Case(
    number="20-4809",
    person=man("Морозов Денис Аркадьевич", "Архангельск", 47, "01.08"),
    route=Route.CENTRE,
    status=RequestStatus.CLAIMED,
    owner="levashova",
    urgency=Urgency.URGENT,
    icd10="I47.1",
    diagnosis="Наджелудочковая тахикардия, приступы ежедневно",
    complaints="Приступы 180 в минуту каждый день по часу, на скорой вводили аденозин.",
    left=left(hours=14, minutes=5),
    quota=(0, 3),
    doctor="Порохина Ю. С.",
    story=Story(
        anamnesis="Приступы восемь лет, с лета ежедневно. Верапамил внутрь без эффекта.",
        status="Состояние удовлетворительное. Тоны ясные. АД 124/80 мм рт. ст., ЧСС 70 в минуту.",
        findings=(
            ("ЭКГ", "Ритм синусовый, ЧСС 70 в минуту. Вне приступа без отклонений"),
            ("ЭхоКГ", "Камеры не расширены, ФВ 61 %. Структурной патологии не найдено"),
        ),
        treatment=(("Верапамил", "80 мг три раза в день"),),
        advice=("Запись ЭКГ во время приступа.",),
        question="Когда возможна аблация?",
    ),
    files=(
        conclusion(8),
        summary(12, "Отделение нарушений ритма"),
        ecg("normal", 8),
        protocol("echo", "Протокол эхокардиографии", "ЭхоКГ", 10),
    ),
    history=((ago(minutes=55), "Левашова М. О.: взята в работу"),),
)
LONG_NAME = Case(
    number="20-4863",
    person=Person(
        "Абдурахманова-Константинопольская Зульфия-Александра Мухаммадрасулжоновна",
        Sex.FEMALE,
        "Калининград",
        59,
        "04.12",
        identity=IdentityLevel.STANDARD,
    ),
    route=Route.REFERRAL,
    status=RequestStatus.AWAITING_DOCUMENTS,
    icd10="I50.0",
    diagnosis=(
        "Хроническая сердечная недостаточность IIБ стадии, III функциональный класс, на фоне "
        "постмиокардитического кардиосклероза, с двусторонним гидротораксом в анамнезе"
    ),
    complaints=(
        'Одышка лёжа, <b>жар</b> & "кавычки" в описании болезни скопированы из письма: '
        "«температура > 38, давление < 90/60». Отёки до колен, прибавила 4 кг за неделю."
    ),
    left=None,
    registered=ago(days=2, hours=5),
    doctor="Гринёва О. Ю.",
    consents_missing=(ConsentKind.DISCLOSURE, ConsentKind.INTERVENTION),
    story=Story(
        anamnesis="Перенесла миокардит в 2020 году. Декомпенсация третья за год.",
        status="Состояние средней тяжести. ЧДД 24 в минуту. Отёки до колен. АД 96/60 мм рт. ст.",
        findings=(("ЭКГ", "Ритм синусовый, ЧСС 96 в минуту. Низкий вольтаж"),),
        treatment=(("Фуросемид", "40 мг внутривенно"), ("Спиронолактон", "50 мг утром")),
        advice=("ЭхоКГ и ЭКГ загрузить в кабинет.",),
        question="Показан ли лист ожидания трансплантации?",
    ),
    files=(conclusion(8), photo("summary", "Выписка из районной больницы", 11, "ЭКГ")),
    history=((ago(days=1, hours=3), "Напоминание о документах, SMS доставлено"),),
)
KLYUEV = Case(
    number="20-4865",
    person=man("Клюев Роман Витальевич", "Омск", 64, "14.10"),
    route=Route.REFERRAL,
    status=RequestStatus.AWAITING_DOCUMENTS,
    icd10="I65.2",
    diagnosis="Стеноз внутренней сонной артерии справа 70 %",
    complaints="Полгода назад на 10 минут немела левая рука. Сейчас жалоб нет.",
    left=None,
    registered=ago(days=1, hours=2),
    doctor="Тихонова Г. Г.",
)
SITNIKOVA = Case(
    number="20-4799",
    person=woman("Ситникова Ольга Вадимовна", "Ярославль", 48, "26.01"),
    route=Route.CENTRE,
    status=RequestStatus.SCHEDULED,
    owner="levashova",
    icd10="I08.1",
    diagnosis="Митрально-трикуспидальный порок, после комиссуротомии",
    complaints="Одышка вернулась через 14 лет после операции, тяжесть в правом боку.",
    left=left(hours=28),
    doctor="Кокорина А. Д.",
    story=Story(
        anamnesis="Закрытая комиссуротомия в 2012 году. Ухудшение полтора года.",
        status="Состояние средней тяжести. Печень +3 см. АД 114/72 мм рт. ст., ЧСС 86 в минуту.",
        findings=(
            ("ЭКГ", "Фибрилляция предсердий, ЧЖС 87 в минуту. Тахисистолический вариант"),
            (
                "ЭхоКГ",
                "Площадь митрального отверстия 1,3 см². Трикуспидальная регургитация 3 степени. "
                "СДЛА 52 мм рт. ст. Рестеноз митрального клапана",
            ),
        ),
        treatment=(("Варфарин", "под контролем МНО 2–3"), ("Торасемид", "10 мг утром")),
        advice=("Консультация кардиохирурга.",),
        question="Объём повторной операции?",
    ),
    files=(
        conclusion(10),
        summary(19, "Кардиологическое отделение"),
        ecg("fibrillation", 10),
        protocol("echo", "Протокол эхокардиографии", "ЭхоКГ", 11),
    ),
    history=(
        (ago(hours=5), "Пациент выбрал время консультации"),
        (ago(hours=8), "Левашова М. О.: предложены три времени"),
        (ago(hours=9), "Левашова М. О.: взята в работу"),
    ),
)
BARINOV = Case(
    number="20-4787",
    person=man("Баринов Сергей Павлович", "Воронеж", 57, "12.12"),
    route=Route.REFERRAL,
    status=RequestStatus.DRAFTING,
    owner="levashova",
    icd10="I25.3",
    diagnosis="Аневризма левого желудочка, тромб верхушки",
    complaints="Одышка на втором этаже, после инфаркта в июне. Кровоточивости нет.",
    left=left(hours=16, minutes=30),
    doctor="Сидельникова М. М.",
    story=Story(
        anamnesis="Инфаркт передней стенки в июне, стент в передней нисходящей артерии.",
        status="Состояние удовлетворительное. АД 118/74 мм рт. ст., ЧСС 72 в минуту. Отёков нет.",
        findings=(
            ("ЭКГ", "Ритм синусовый, ЧСС 72 в минуту. Рубцовые изменения переднеперегородочные"),
            (
                "ЭхоКГ",
                "Аневризма верхушки 42 на 36 мм, пристеночный тромб 9 мм. КДР 61 мм, ФВ 38 %. "
                "Постинфарктная аневризма",
            ),
        ),
        treatment=(("Варфарин", "под контролем МНО 2–3"), ("Бисопролол", "5 мг утром")),
        advice=("Контроль тромба через месяц.",),
        question="Показана ли резекция аневризмы?",
    ),
    files=(
        conclusion(10),
        summary(20, "Кардиологическое отделение № 1"),
        ecg("scar", 10),
        protocol("echo", "Протокол эхокардиографии", "ЭхоКГ", 11),
    ),
    history=(
        (ago(hours=2), "Консультация проведена, 24 минуты"),
        (ago(days=1, hours=6), "Левашова М. О.: взята в работу"),
    ),
)
EGOROVA = Case(
    number="20-4870",
    person=Person(
        "Егорова Нина Ильинична",
        Sex.FEMALE,
        "Якутск",
        62,
        "30.06",
        identity=IdentityLevel.STANDARD,
    ),
    route=Route.DUTY,
    status=RequestStatus.SCHEDULED,
    owner="ryabov",
    icd10="I20.8",
    diagnosis="Стенокардия напряжения, реабилитация после стентирования",
    complaints=(
        "Месяц после стентирования. Какие нагрузки и лекарства дальше, можно ли в санаторий?"
    ),
    left=left(days=1, hours=3, minutes=15),
    registered=ago(hours=31),
    topic="Реабилитация",
    quota=(2, 3),
    story=Story(
        anamnesis="Стентирование правой коронарной артерии месяц назад.",
        status="Осмотра не было.",
        findings=(("ЭхоКГ", "ФВ 58 %, зон гипокинезии нет. Функция сохранена"),),
        treatment=(("Тикагрелор", "90 мг два раза в день"),),
        advice=("Кардиореабилитация второго этапа.",),
        question="Допустимые нагрузки?",
    ),
    files=(summary(34, "Кардиологическое отделение"),),
)
PLOTNIKOV = Case(
    number="20-4742",
    person=man("Плотников Игорь Семёнович", "Иваново", 68, "23.05"),
    route=Route.REFERRAL,
    status=RequestStatus.CLOSED,
    icd10="I71.4",
    diagnosis="Аневризма брюшной аорты 48 мм",
    complaints="Жалоб нет, найдена при УЗИ живота.",
    left=None,
    registered=ago(days=9),
    quota=(2, 3),
    doctor="Шорин Г. А.",
    story=Story(
        anamnesis="Аневризма найдена при диспансеризации.",
        status="Состояние удовлетворительное. АД 132/80 мм рт. ст.",
        findings=(
            ("ЭКГ", "Ритм синусовый, ЧСС 68 в минуту. Вариант нормы"),
            ("ЭхоКГ", "ФВ 60 %. Восходящая аорта 36 мм. Без особенностей"),
        ),
        treatment=(("Периндоприл", "5 мг утром"),),
        advice=("УЗИ аорты через полгода.",),
        question="Срок операции?",
    ),
    files=(
        conclusion(16),
        summary(30, "Отделение сосудистой хирургии"),
        ecg_print("normal", 16),
        protocol("echo", "Протокол эхокардиографии", "ЭхоКГ", 17),
    ),
    history=(
        (ago(days=2), "Заключение получено пациентом"),
        (ago(days=2, hours=3), "Сафонов Д. В.: заключение подписано"),
    ),
)
CASES = (GUSEVA, MOROZOV, LONG_NAME, KLYUEV, SITNIKOVA, BARINOV, EGOROVA, PLOTNIKOV)
