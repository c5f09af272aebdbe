"""QTc of calipers: which QT, by which RR, in four formulae."""

from collections.abc import Sequence

from backend_client.models.evidence import EcgPlace, Origin
from workstation.studies.measure.ecg.measured import Measured, Quantity
from workstation.studies.measure.ecg.qtc import CorrectedQt, corrected_qt, steady


def qt_and_rr(measured: Sequence[Measured]) -> tuple[Measured, Measured] | None:
    """The last QT of a caliper, and the RR that lies nearest to it; None where either is missing.

    `measured`: what the doctor made or confirmed, in its order. RR may be of another lead of the
    same recording, and the mean of several; the interval before the beat is the nearest there is.
    """
    qts = [one for one in measured if _is_of_caliper(one, Quantity.QT)]
    if not qts:
        return None
    qt = qts[-1]
    rrs = [
        one
        for one in measured
        if _is_of_caliper(one, Quantity.RR) and one.place.recording == qt.place.recording
    ]
    if not rrs:
        return None
    return qt, min(reversed(rrs), key=lambda rr: _apart_s(rr.place, qt.place))


def corrected(qt: Measured, rr: Measured) -> tuple[CorrectedQt, ...]:
    """All four formulae; nothing where QT and RR cannot belong together."""
    if qt.value is None or rr.value is None:
        return ()
    return corrected_qt(qt.value, rr.value)


def corrected_lines(qt: Measured, rr: Measured) -> tuple[Measured, ...]:
    """The same as lines of the list, each at the place of QT."""
    by_hand = Origin.BY_HAND in (qt.origin, rr.origin)
    origin = Origin.BY_HAND if by_hand else Origin.CONFIRMED
    return tuple(
        Measured(
            Quantity.QTC, one.value_ms, "ms", qt.place, origin, one.formula.value, rr_ms=rr.value
        )
        for one in corrected(qt, rr)
    )


def rr_varies(measured: Sequence[Measured], recording: str) -> bool:
    """Whether the RR that were measured on a recording differ so much that no one of them corrects
    a QT: see `qtc.steady`. A single one says nothing of it."""
    found = [
        one.value
        for one in measured
        if one.quantity is Quantity.RR
        and one.place.recording == recording
        and one.value is not None
        and one.unit == "ms"
        and one.origin is not Origin.DEVICE
    ]
    return len(found) > 1 and not steady(found)


def _is_of_caliper(one: Measured, quantity: Quantity) -> bool:
    is_of_trace = bool(one.place.lead) and not one.place.median_beat
    known = one.value is not None and one.unit == "ms" and one.origin is not Origin.DEVICE
    return one.quantity is quantity and is_of_trace and known


def _apart_s(rr: EcgPlace, qt: EcgPlace) -> float:
    """Seconds between RR and the beginning of QT; 0 where QT begins within it."""
    return max(rr.start_s - qt.start_s, qt.start_s - rr.stop_s, 0.0)
