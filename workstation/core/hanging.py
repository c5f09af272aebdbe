"""What of a case opens where: its centre's rules held against its files and the width. No Qt.

A width is that of the window in which the pictures hang, in logical pixels at the usual size of
type. A file is whatever has the three facts of `Hangable`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from backend_client.models.documents import DocumentKind
from backend_client.models.hanging import (
    AT_ONCE,
    Hanging,
    HangingRule,
    HungWith,
    PlacesFrom,
)

PICTURES = (DocumentKind.CLIP, DocumentKind.IMAGE)
"""Kinds that hang as pictures, in the order in which they come: what moves is looked at first."""
USUAL = Hanging(
    rules=[
        HangingRule(
            places=[PlacesFrom(places=1), PlacesFrom(from_px=1600, places=2)],
            beside=[HungWith(kinds=[DocumentKind.ECG])],
        )
    ]
)
"""Where a centre has laid down nothing: a clip over the ECG, two on a wide screen."""


class Hangable(Protocol):
    """What is asked of a file."""

    @property
    def kind(self) -> DocumentKind:
        """Which viewer it needs."""

    @property
    def item_code(self) -> str:
        """Its item of the checklist."""

    @property
    def modality(self) -> str | None:
        """What a DICOM file calls itself."""


File = TypeVar("File", bound=Hangable)


@dataclass(frozen=True, slots=True)
class Hung(Generic[File]):
    """What a case opens with: the pictures that there is a place for, what hangs with them, and
    the one in which the doctor works first."""

    rule: HangingRule
    pictures: tuple[File, ...]
    ecg: File | None
    document: File | None
    first: File | None


class HangingRules:
    """A centre's rules, or the usual ones. What nobody can go by is passed over: an unknown kind, a
    number of places that there is not."""

    def __init__(self, hanging: Hanging | None = None) -> None:
        self._hanging = hanging or USUAL

    @property
    def usual(self) -> HangingRule:
        """For a file that no rule is about."""
        return USUAL.rules[0]

    def rule_of(self, file: Hangable) -> HangingRule:
        """The first rule that is about that picture."""
        return next((rule for rule in self._hanging.rules if _is_about(rule, file)), self.usual)

    def leading(self, files: Iterable[Hangable]) -> HangingRule:
        """The earliest rule of which there is a picture; where there is none, of any case."""
        pictures = [one for one in files if one.kind in PICTURES]
        own = [self.rule_of(one) for one in pictures]
        if not own:
            return next((rule for rule in self._hanging.rules if _is_any(rule)), self.usual)
        return min(own, key=self._place)

    def pictures(self, rule: HangingRule, files: Iterable[File]) -> list[File]:
        """The pictures that the rule is about, in the order in which they hang."""
        own = [one for one in files if one.kind in PICTURES and self.rule_of(one) is rule]
        return sorted(own, key=lambda one: (_rank(rule.items, one), PICTURES.index(one.kind)))

    def beside(self, rule: HangingRule, width: float, files: Iterable[File]) -> list[File]:
        """The files that may hang with the rule's pictures on that width, the first ones first."""
        kinds = kinds_beside(rule, width)
        own = [one for one in files if one.kind in kinds and one.kind not in PICTURES]
        return sorted(own, key=lambda one: _rank(self._hanging.order, one))

    def open(
        self, files: Sequence[File], width: float, places: int = 0, rule: HangingRule | None = None
    ) -> Hung[File]:
        """How a case opens. `places`: as the doctor has chosen, 0: as the rule says."""
        rule = rule or self.leading(files)
        pictures = self.pictures(rule, files)[: places or places_at(rule, width)]
        beside = self.beside(rule, width, files)
        ecg = next((one for one in beside if one.kind is DocumentKind.ECG), None)
        document = next((one for one in beside if one.kind is not DocumentKind.ECG), None)
        hung = [*pictures, *(one for one in (ecg, document) if one is not None)]
        wanted = next((one for one in hung if one.kind is rule.first), None)
        first = wanted or next(iter(hung), None) or next(iter(_ecgs_first(files)), None)
        return Hung(rule, tuple(pictures), ecg, document, first)

    def _place(self, rule: HangingRule) -> int:
        rules = self._hanging.rules
        return next((n for n, one in enumerate(rules) if one is rule), len(rules))


def places_at(rule: HangingRule, width: float) -> int:
    """How many pictures hang at once: what the rule says for the greatest width that is reached."""
    reached = [x for x in rule.places if x.from_px <= width and x.places in AT_ONCE]
    return max(reached, key=lambda one: one.from_px).places if reached else 1


def kinds_beside(rule: HangingRule, width: float) -> frozenset[DocumentKind]:
    """Kinds that hang with the rule's pictures on that width."""
    reached = (one.kinds for one in rule.beside if one.from_px <= width)
    return frozenset(kind for kinds in reached for kind in kinds) - {DocumentKind.UNKNOWN}


def name_of(rule: HangingRule) -> str:
    """By which a doctor's own choice for that rule is kept; "" for a rule of any picture."""
    return " ".join((*rule.items, *rule.modalities))


def _is_about(rule: HangingRule, file: Hangable) -> bool:
    return _is_any(rule) or file.item_code in rule.items or file.modality in rule.modalities


def _is_any(rule: HangingRule) -> bool:
    return not rule.items and not rule.modalities


def _rank(codes: Sequence[str], file: Hangable) -> int:
    """Files of other items come behind."""
    return codes.index(file.item_code) if file.item_code in codes else len(codes)


def _ecgs_first(files: Sequence[File]) -> list[File]:
    """What a case without pictures opens with."""
    return sorted(files, key=lambda one: one.kind is not DocumentKind.ECG)
