"""Towns of the made-up patients and the time zones they live by."""

MOSCOW = "Europe/Moscow"
ELSEWHERE = {
    "Екатеринбург": "Asia/Yekaterinburg",
    "Иркутск": "Asia/Irkutsk",
    "Ижевск": "Europe/Samara",
    "Калининград": "Europe/Kaliningrad",
    "Красноярск": "Asia/Krasnoyarsk",
    "Омск": "Asia/Omsk",
    "Оренбург": "Asia/Yekaterinburg",
    "Пермь": "Asia/Yekaterinburg",
    "Самара": "Europe/Samara",
    "Саратов": "Europe/Saratov",
    "Томск": "Asia/Tomsk",
    "Тюмень": "Asia/Yekaterinburg",
    "Уфа": "Asia/Yekaterinburg",
    "Хабаровск": "Asia/Vladivostok",
    "Челябинск": "Asia/Yekaterinburg",
    "Чита": "Asia/Chita",
    "Якутск": "Asia/Yakutsk",
}


def zone_of(town: str) -> str:
    """IANA name of the town's zone."""
    return ELSEWHERE.get(town, MOSCOW)
