"""The panel that lays a request aside: until when, in words, and what its term makes of it."""

from datetime import datetime, timedelta

from PySide6.QtCore import QObject

from backend_client.models.requests import Action, RequestCard
from backend_client.models.snoozing import LONGEST_SNOOZE_NOTE, SnoozeChoice, SnoozeMoment
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.triage.content import CHOSEN_MOMENT, Choice, Option, PanelContent

HOUR = timedelta(hours=1)
PROPOSED_AHEAD = timedelta(hours=2)
"""Of a moment of the doctor's own, which begins at a full half hour."""


class MomentWords(QObject):
    """Says the moments that the server offers; an hour is counted from now, not from the answer."""

    def __init__(self, words: RequestWords) -> None:
        super().__init__()
        self._words = words

    def content(self, card: RequestCard | None) -> PanelContent:
        """Of the card as it was read last; without one only an hour, and a moment of one's own."""
        now = self._words.time.now()
        offered = list(card.snooze_moments) if card is not None else []
        hour = SnoozeMoment(choice=SnoozeChoice.HOUR, at=now + HOUR)
        fresh = [self._counted(one, now) for one in offered or [hour]]
        told = [one for one in fresh if one.at > now and self._title(one)] or [hour]
        latest = card.snooze_latest if card is not None else None
        own = Option(CHOSEN_MOMENT, self.tr("Another time"))
        return PanelContent(
            Action.SNOOZE,
            self.tr("Lay aside till"),
            self.tr("Lay aside"),
            Choice.ONE,
            (*(self._option(one) for one in told), own),
            label=self.tr("A note for yourself, if you like"),
            longest=LONGEST_SNOOZE_NOTE,
            warning=self._warning(latest),
            moments={one.choice.value: one.at for one in told} | {CHOSEN_MOMENT: _half_hour(now)},
        )

    def _counted(self, moment: SnoozeMoment, now: datetime) -> SnoozeMoment:
        is_hour = moment.choice is SnoozeChoice.HOUR and not moment.for_term
        return SnoozeMoment(choice=moment.choice, at=now + HOUR) if is_hour else moment

    def _option(self, moment: SnoozeMoment) -> Option:
        time = self._words.time
        remark = time.day_and_time(moment.at)
        if moment.for_term:
            return Option(moment.choice.value, self.tr("Till its term comes near"), remark)
        return Option(moment.choice.value, self._title(moment), remark)

    def _title(self, moment: SnoozeMoment) -> str:
        time = self._words.time
        is_tomorrow = (time.day(moment.at) - time.today()).days <= 1
        titles = {
            SnoozeChoice.HOUR: self.tr("In an hour"),
            SnoozeChoice.AFTERNOON: self.tr("This afternoon"),
            SnoozeChoice.MORNING: self.tr("Tomorrow morning")
            if is_tomorrow
            else self.tr("The next working morning"),
        }
        return titles.get(moment.choice, "")

    def _warning(self, latest: datetime | None) -> str:
        """Whom it leaves, and that no term is missed."""
        alone = self.tr("It leaves your lists alone and comes back at once on any news.")
        if latest is None:
            return alone
        when = self._words.time.day_and_time(latest)
        return f"{alone} " + self.tr("By its term it is back at {} at the latest.").format(when)


def _half_hour(now: datetime) -> datetime:
    later = now + PROPOSED_AHEAD
    return later.replace(minute=30 if later.minute >= 30 else 0, second=0, microsecond=0)
