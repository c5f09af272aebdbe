"""Words of the long ECG: what is seen, how far the survey is, what was found."""

from PySide6.QtCore import QObject

from workstation.studies.long_ecg import LongEcg
from workstation.ui.viewers.ecg.long.survey import Survey
from workstation.ui.viewers.ecg.long.times import moment_text
from workstation.ui.viewers.ecg.words import EcgWords, HeaderField
from workstation.ui.viewers.numbers import NBSP, decimal, moment, with_unit


class LongWords(QObject):
    """Sentences and fields."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ecg = EcgWords(self)

    def title(self, ecg: LongEcg) -> str:
        """«Запись ЭКГ 25.01.2026 10:59»."""
        when = moment(ecg.facts.recorded_on, ecg.facts.recorded_at)
        return self.tr("ECG recording {}").format(when) if when else self.tr("ECG recording")

    def length(self, seconds: float) -> str:
        """«23 ч 59 мин», «2 мин», «30 с»."""
        whole = round(seconds)
        if whole < 120:
            return with_unit(whole, self.tr("s"))
        hours, minutes = whole // 3600, whole // 60 % 60
        said = []
        if hours:
            said.append(with_unit(hours, self.tr("h")))
        if minutes or not hours:
            said.append(with_unit(minutes, self.tr("min")))
        return " ".join(said)

    def seen(self, ecg: LongEcg, start_s: float, length_s: float) -> str:
        """«14:03:20–14:04:20»."""
        return f"{moment_text(ecg, start_s)}–{moment_text(ecg, start_s + length_s)}"

    def fields_over_paper(self, ecg: LongEcg, start_s: float, length_s: float) -> list[HeaderField]:
        """Over paper, which says scale and filter itself."""
        return self.fields(ecg, start_s, length_s)[:3]

    def fields(self, ecg: LongEcg, start_s: float, length_s: float) -> list[HeaderField]:
        """The left part of the header, over the trace."""
        rate = with_unit(ecg.sampling_rate_hz, self.tr("Hz"))
        fields = [
            HeaderField(self.title(ecg), strong=True),
            HeaderField(self.length(ecg.duration_s)),
            HeaderField(self.seen(ecg, start_s, length_s), strong=True),
            HeaderField(self.length(length_s), key="fit"),
            HeaderField(self.no_calibration() if not ecg.facts.calibrated else "", warn=True),
            HeaderField(self.tr("Filter: none")),
            HeaderField(f"{rate}, {ecg.facts.source_format}", needed=False),
        ]
        return [field for field in fields if field.text]

    def survey(self, survey: Survey, *, is_running: bool) -> str:
        """How far it is: «Ищу сокращения: 43 %», at its end what was found."""
        percent = f"{int(100 * survey.share)}{NBSP}%"
        if is_running:
            return self.tr("Looking for beats: {}").format(percent)
        if not survey.is_complete:
            return self.tr("Beats looked for in {}: stopped").format(percent)
        return self.tr("Beats found by the program: {}").format(survey.beats)

    def stop_or_go_on(self, survey: Survey, *, is_running: bool) -> str:
        """On the field beside it; "" where there is nothing to do."""
        if is_running:
            return self.tr("Stop")
        return "" if survey.is_complete else self.tr("Go on")

    def pauses(self, survey: Survey) -> str:
        """«Паузы от 2 с: 3, наибольшая 3,4 с»."""
        if not survey.pauses:
            return self.tr("no pauses of 2 s") if survey.is_complete else ""
        longest = with_unit(max(one.seconds for one in survey.pauses), self.tr("s"))
        count = len(survey.pauses)
        return self.tr("pauses of 2 s and more: {}, the longest {}").format(count, longest)

    def gaps(self, seconds: float) -> str:
        """«без записи 12 мин»; "" where all was recorded."""
        return self.tr("not recorded: {}").format(self.length(seconds)) if seconds >= 1 else ""

    def not_recorded(self) -> str:
        """Over a gap."""
        return self.tr("not recorded")

    def no_calibration(self) -> str:
        """Beside a lead whose numbers are no mV."""
        return self._ecg.no_calibration()

    def millivolt(self) -> str:
        """Beside the mark that is as high."""
        return with_unit(1, self.tr("mV"))

    def per_minute(self, rate: float) -> str:
        """«72 в мин»."""
        return with_unit(round(rate), self.tr("per min"))

    def pause(self, seconds: float) -> str:
        """«2,4 с»."""
        return with_unit(seconds, self.tr("s"))

    def minute(self, ecg: LongEcg, at_s: float, rates: tuple[float, float, float] | None) -> str:
        """Under the mouse: «14:03:00: 72 в мин (61–90), найдено программой»."""
        when = moment_text(ecg, at_s)
        if rates is None:
            return when
        slowest, mean, fastest = rates
        both = f"{decimal(slowest, 0)}–{decimal(fastest, 0)}"
        text = self.tr("{}: {} ({}), found by the program")
        return text.format(when, self.per_minute(mean), both)

    def stretch(self, ecg: LongEcg, start_s: float, length_s: float) -> str:
        """For the conclusion: «ЭКГ 14:03:20–14:04:20 (от начала 1234–1294 с), фильтр: нет»."""
        seen = self.seen(ecg, start_s, length_s)
        text = self.tr("ECG {} ({}–{} s from the beginning, filter: none)")
        return text.format(seen, decimal(start_s), decimal(start_s + length_s))
