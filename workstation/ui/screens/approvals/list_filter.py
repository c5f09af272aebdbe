"""Which of the waiting conclusions the list shows: those of one centre, specialty or road."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from backend_client.models.conclusions import Approval
from backend_client.models.routes import Route


class Facet(Enum):
    """By what conclusions can be told apart."""

    CENTRE = "centre"
    POST = "post"
    """The author's specialty."""
    ROUTE = "route"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of one facet; `value` is a name, of ROUTE the word on the wire."""

    facet: Facet
    value: str

    def takes(self, one: Approval) -> bool:
        """Whether that conclusion is one of these."""
        return value_of(one, self.facet) == self.value


def value_of(one: Approval, facet: Facet) -> str:
    """What stands there; "" where the server has not said it."""
    if facet is Facet.CENTRE:
        return one.centre_name
    if facet is Facet.POST:
        return one.author_post
    return "" if one.route is Route.UNKNOWN else one.route.value


def choices(waiting: Sequence[Approval]) -> list[tuple[Choice, int]]:
    """What can be chosen, with how many wait there: only where there is more than one value."""
    found: list[tuple[Choice, int]] = []
    for facet in Facet:
        counted = Counter(value_of(one, facet) for one in waiting)
        counted.pop("", None)
        if len(counted) > 1:
            found += [(Choice(facet, value), counted[value]) for value in sorted(counted)]
    return found


def has_several_centres(waiting: Sequence[Approval]) -> bool:
    """Whether the rows have to say whose centre each is."""
    return len({one.centre_name for one in waiting} - {""}) > 1
