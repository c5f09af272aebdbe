"""The signed conclusion on its request's card: where it stands, how high it reaches, who signed."""

from backend_client.models.conclusions import ConclusionStanding, ConclusionState
from backend_client.models.requests import RequestCard
from workstation.ui.literal_text import one_line
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.request_card.sections import NamedLines, Section
from workstation.ui.theme import Theme
from workstation.ui.widgets.standing_words import StandingWords, falls_short

Line = tuple[str, str | None, str]


class StandingSection(Section):
    """Nothing is shown while nothing is signed."""

    def __init__(self, theme: Theme, words: RequestWords) -> None:
        super().__init__(theme, self.tr("Signed conclusion"))
        self.setObjectName("card.conclusion")
        self._time, self._words = words.time, StandingWords(self)
        self._lines = NamedLines(theme, self.column)
        self.hide()

    def show_card(self, card: RequestCard | None) -> None:
        """Shows what the card knows of it."""
        standing = None if card is None else card.conclusion
        # Shown without a parent it would be a window of its own.
        self.setVisible(standing is not None and self.parent() is not None)
        if card is not None and standing is not None:
            self._lines.show_lines(self._said(standing, _count(card, standing)))

    def _said(self, one: ConclusionStanding, unopened: int) -> list[Line]:
        short = falls_short(one.level, one.wanted)
        level = self._words.level(one.level, one.wanted)
        signed = self._words.signatures(one.signers, one.signers_wanted)
        more = self._words.still_to_sign(one.signers, one.signers_wanted)
        said: list[Line] = [
            (self.tr("State"), None, self._state(one)),
            (self.tr("Signatures"), None, f"{signed}. {more}" if more else signed),
        ]
        if level:
            said.append((self.tr("Level"), "warning" if short else "check", level))
        if unopened:
            count = self._words.unopened(unopened)
            why = one_line(one.unopened_reason)
            said.append((self.tr("Files"), "warning", f"{count}: «{why}»" if why else count))
        return said

    def _state(self, one: ConclusionStanding) -> str:
        signed = self._time.short_moment(one.signed_at)
        if one.state is ConclusionState.SIGNED:
            by = self.tr("signed {} by {}, waits for the clinic's approval")
            return by.format(signed, one.author_name)
        if one.state is ConclusionState.DELIVERED and one.approved_at is not None:
            by = self.tr("signed {} by {}, approved {} by {}")
            approved = self._time.short_moment(one.approved_at)
            return by.format(signed, one.author_name, approved, one.approved_by)
        if one.state is ConclusionState.RETURNED:
            by = self.tr("edition {} signed {} by {}, is written anew")
            return by.format(one.edition, signed, one.author_name)
        return self.tr("signed {} by {}").format(signed, one.author_name)


def _count(card: RequestCard, standing: ConclusionStanding) -> int:
    """Files that were not opened; the slices of a series are one."""
    left = set(standing.unopened)
    return len({one.series_uid or one.id for one in card.documents if one.id in left})
