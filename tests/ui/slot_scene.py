"""A doctor's week as drawn in the design, and a case whose patient lives two hours ahead."""

from datetime import UTC, datetime, timedelta

from backend_client.models.requests import Action, Diagnosis, RequestStatus, Sex
from tests.factories import make_card, make_entry, make_owner, make_patient, make_row
from tests.fakes import FakeRequestService, FakeScheduleService
from tests.ui.queue_scene import SCENE_NOW
from tests.ui.waiting import until
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.slot.view_model import SlotViewModel

_TAKEN = (
    ((23, "6:00"), "Лунёва Вера Ильинична"),
    ((23, "7:00"), "Шубин Олег Петрович"),
    ((24, "6:30"), "Осокин Пётр Данилович"),
    ((24, "7:30"), "Ремизов Игорь Львович"),
    ((26, "8:00"), "Цветкова Алла Юрьевна"),
    ((26, "9:00"), "Нагорный Лев Ильич"),
    ((27, "11:00"), "Абрамкина Нина Павловна"),
)


def november(day: int, clock: str) -> datetime:
    """A moment of November 2026 in UTC: Moscow's hour less three."""
    hour, minute = clock.split(":")
    return datetime(2026, 11, day, int(hour), int(minute), tzinfo=UTC)


class SlotScene:
    """The case, the services, and the view model on them."""

    def __init__(self, words: RequestWords) -> None:
        self.row = make_row(
            patient=make_patient(
                "Верещагин Павел Никитич",
                sex=Sex.MALE,
                place="Екатеринбург",
                time_zone="Asia/Yekaterinburg",
            ),
            diagnosis=Diagnosis(icd10="I35.0", text="Аортальный стеноз, тяжёлый"),
            status=RequestStatus.CLAIMED,
            owner=make_owner(),
            allowed_actions=[Action.PROPOSE_SLOT, Action.RELEASE],
            due_at=SCENE_NOW + timedelta(days=4),
            soon_at=SCENE_NOW + timedelta(days=3),
        )
        self.requests = FakeRequestService([self.row])
        self.requests.cards[self.row.id] = make_card(self.row)
        taken = [make_entry(november(*when), make_row(full_name=who)) for when, who in _TAKEN]
        self.schedule = FakeScheduleService(self.requests, taken)
        self.model = SlotViewModel(self.requests, self.schedule, words.time)

    async def open(self) -> None:
        """Opens the case and waits for its free times."""
        self.model.open(self.row.id)
        await until(lambda: bool(self.model.suggestions) and self.model.chosen is not None)

    def patients_row(self) -> RequestStatus:
        """Where the request stands by the server."""
        return self.requests.rows[self.row.id].status
