"""The calendar's picture, made from the schedule: of the slot screen and of the doctor's week."""

from collections.abc import Iterable
from datetime import date, datetime, time

from backend_client.models.schedule import ScheduleEntry, SlotState
from workstation.services.schedule import STEP, is_within_hours
from workstation.ui.screens.slot.time_words import TimeWords
from workstation.ui.screens.slot.view_model import SlotViewModel
from workstation.ui.screens.slot.week_model import WeekModel
from workstation.ui.widgets.week_calendar import Block, BlockKind, WeekPicture
from workstation.ui.wording import zone_named

_HALF_HOUR = int(STEP.total_seconds() // 60)


def slot_picture(model: SlotViewModel, words: TimeWords) -> WeekPicture:
    """What is taken, what was offered before, the numbered times, and the chosen one."""
    blocks = [*entry_blocks(model.others, words), *entry_blocks(model.offered, words)]
    for number, suggestion in enumerate(model.suggestions, 1):
        if suggestion.start != model.chosen:
            blocks.append(_free(suggestion.start, words, BlockKind.SUGGESTED, str(number)))
    if model.chosen is not None:
        starts = [one.start for one in model.suggestions]
        key = str(starts.index(model.chosen) + 1) if model.chosen in starts else ""
        blocks.append(_free(model.chosen, words, BlockKind.CHOSEN, key))
    zone = model.row.patient.time_zone if model.row is not None else ""
    return week_picture(model.week, words, blocks, zone)


def entry_blocks(
    entries: Iterable[ScheduleEntry], words: TimeWords, *, can_open: bool = False
) -> list[Block]:
    """Appointments and offers; with `can_open` a press tells the request's id."""
    return [
        Block(
            start=_local(entry.slot.start, words),
            minutes=entry.slot.minutes,
            text=f"{words.wording.time(entry.slot.start)} {entry.patient_name}",
            kind=_kind(entry),
            key=entry.slot.request_id if can_open else "",
        )
        for entry in entries
    ]


def week_picture(
    week: WeekModel, words: TimeWords, blocks: Iterable[Block], patients_zone: str = ""
) -> WeekPicture:
    """The shown days with these blocks; a patient's zone that differs has an axis of its own."""
    now = words.wording.now()
    zone = now.tzinfo
    assert zone is not None  # Wording's moments are aware

    def is_open(day: date, minute: int) -> bool:
        return is_within_hours(datetime.combine(day, time(minute // 60, minute % 60), zone), zone)

    ahead = words.wording.ahead_of_doctor(patients_zone) if patients_zone else ""
    other = zone_named(patients_zone) if ahead else None

    def other_hour(hour: int) -> str:
        local = datetime.combine(week.days[0], time(hour), zone).astimezone(other)
        return f"{local.hour}:{local.minute:02d}"

    return WeekPicture(
        days=week.days,
        day_names=tuple(words.weekday(day) for day in week.days),
        now=now,
        blocks=tuple(blocks),
        is_open=is_open,
        zone_name=words.wording.zone_name(),
        second_zone_name=ahead,
        second_hour=other_hour if other is not None else None,
    )


def _kind(entry: ScheduleEntry) -> BlockKind:
    return BlockKind.OFFERED if entry.slot.state is SlotState.PROPOSED else BlockKind.TAKEN


def _free(start: datetime, words: TimeWords, kind: BlockKind, number: str) -> Block:
    return Block(_local(start, words), _HALF_HOUR, words.wording.time(start), kind, number)


def _local(at: datetime, words: TimeWords) -> datetime:
    return at.astimezone(words.wording.now().tzinfo)
