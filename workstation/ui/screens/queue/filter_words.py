"""A filter in words: what it holds, in one line, and the name that follows from it."""

from collections.abc import Iterator

from PySide6.QtCore import QObject

from backend_client.models.listing import LONGEST_NAME, Listing, QueueFilter
from backend_client.models.requests import ClockState
from workstation.ui.request_words import RequestWords
from workstation.ui.screens.queue.columns import SORTS, queue_columns

NAMED_AT_MOST = 3
"""Of the words of a condition; more of them are counted."""


class FilterWords(QObject):
    """Words of conditions. One for the screen."""

    def __init__(self, words: RequestWords) -> None:
        super().__init__()
        self._words = words

    def clock(self, state: ClockState) -> str:
        """Where a term stands."""
        words = {
            ClockState.BREACHED: self.tr("Overdue"),
            ClockState.SOON: self.tr("Soon"),
            ClockState.RUNNING: self.tr("Has time"),
            ClockState.NONE: self.tr("No term"),
        }
        return words.get(state) or self._words.unknown()

    def lacks_documents(self, lacks: bool) -> str:
        """Whether something of the checklist is missing, under the word «documents»."""
        return self.tr("Lacks documents") if lacks else self.tr("Has documents")

    def listing(self, listing: Listing) -> str:
        """«Свободные; поиск «карди»; Дежурный; просрочено; порядок: Пациент»."""
        parts = [self._words.group(listing.group)]
        if listing.search:
            parts.append(self.tr("search “{}”").format(listing.search))
        parts += self.conditions(listing.filter)
        if listing != Listing(group=listing.group, search=listing.search, filter=listing.filter):
            parts.append(self._order(listing))
        return "; ".join(parts)

    def name(self, listing: Listing) -> str:
        """As short as says it: «Дежурный, просрочено»."""
        parts = [listing.search] if listing.search else []
        parts += self.conditions(listing.filter)
        text = ", ".join([*parts] or [self._words.group(listing.group)])
        return text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1].rstrip() + "…"

    def conditions(self, asked: QueueFilter) -> list[str]:
        """Each of them in a few words."""
        return [word for word in self._conditions(asked) if word]

    def _conditions(self, asked: QueueFilter) -> Iterator[str]:
        words = self._words
        yield self._some([words.route(one).word for one in asked.routes])
        yield self._some([words.profile(one).word for one in asked.profiles])
        yield self._some([self.clock(one) for one in asked.clocks])
        if asked.due_within_hours is not None:
            yield self.tr("term within {} h").format(asked.due_within_hours)
        if asked.lacks_documents is not None:
            lacks = asked.lacks_documents
            yield self.tr("Documents lacking") if lacks else self.tr("Documents complete")
        yield self._some([words.status(one) for one in asked.statuses])
        yield self._some(asked.icd10)
        yield self._age(asked)

    def _some(self, words: list[str]) -> str:
        if len(words) <= NAMED_AT_MOST:
            return self.tr(" or ").join(words)
        named = self.tr(" or ").join(words[:NAMED_AT_MOST])
        return self.tr("{} and %n more", None, len(words) - NAMED_AT_MOST).format(named)

    def _age(self, asked: QueueFilter) -> str:
        oldest, youngest = asked.age_to, asked.age_from
        if youngest is None and oldest is None:
            return ""
        if oldest is None:
            return self.tr("from %n year(s)", None, youngest or 0)
        if oldest == 0 and not youngest:
            return self.tr("under a year")
        if youngest is None:
            return self.tr("up to %n year(s)", None, oldest)
        return self.tr("from {} to %n year(s)", None, oldest).format(youngest)

    def _order(self, listing: Listing) -> str:
        title = queue_columns(self._words)[SORTS.index(listing.sort)].title()
        turned = self.tr(", from the end") if listing.descending else ""
        return self.tr("order: {}").format(title) + turned
