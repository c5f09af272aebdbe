"""Staff of the two centres; their passwords are known to all, so a demo backend only has them."""

import hashlib

from backend.demo_data.shape import DemoStaff
from backend.rules.snils import with_check_number
from backend_client.models.accounts import Role

CARDIO, PERINATAL = "cardio", "perinatal"
PASSWORD = "demo-2026"


def demo_staff() -> list[DemoStaff]:
    """Four accounts that the sign-in screen offers, and a colleague in each centre."""
    doctor = Role.CONSULTANT
    return [
        _staff("levashova", "Левашова Марина Олеговна", doctor, "Кардиолог", CARDIO),
        _staff("zimina", "Зимина Анна Романовна", doctor, "Акушер-гинеколог", PERINATAL),
        _staff("ryabov", "Рябов Иван Сергеевич", Role.DUTY_DOCTOR, "Дежурный врач", CARDIO),
        _staff(
            "berezhnoy",
            "Бережной Артём Кириллович",
            Role.CLINIC_ADMIN,
            "Администратор клиники, согласование",
            CARDIO,
        ),
        _staff(
            "safonov",
            "Сафонов Дмитрий Викторович",
            doctor,
            "Сердечно-сосудистый хирург",
            CARDIO,
            listed=False,
        ),
        _staff(
            "gordeeva",
            "Гордеева Светлана Павловна",
            doctor,
            "Врач ультразвуковой диагностики",
            PERINATAL,
            listed=False,
        ),
    ]


def made_up_snils(login: str) -> str:
    """Made up from the login; the check number is right."""
    number = int.from_bytes(hashlib.sha256(login.encode()).digest()[:4], "big") % 1_000_000
    return with_check_number(f"999{number:06}")


def _staff(
    login: str, full_name: str, role: Role, post: str, centre_id: str, listed: bool = True
) -> DemoStaff:
    return DemoStaff(
        key=login,
        login=login,
        password=PASSWORD,
        full_name=full_name,
        role=role,
        post=post,
        centre_id=centre_id,
        listed=listed,
        snils=made_up_snils(login),
    )
