"""`measure`: the calipers' values, to the sample, and the beat's as proposals."""

from dataclasses import replace

import pytest

from tests.ui.viewers.made_up import make_ecg, uncalibrated
from tests.unit.studies.measure.ecg.hearts import RATE, heart, trace
from workstation.commands.files import CommandFailed
from workstation.commands.in_words import in_words
from workstation.commands.measure import MeasureSaid, answer_of, options_of
from workstation.studies.ecg import EcgRecord, EcgRecording, RecordingKind


def record() -> EcgRecord:
    """Ten seconds whose intervals are known; the device's beat beside it."""
    leads = heart()
    beat = tuple(replace(lead, samples=lead.samples[:300]) for lead in leads)
    other = EcgRecording("MEDIAN BEAT", RecordingKind.MEDIAN_BEAT, beat, RATE)
    return make_ecg(leads, sampling_rate_hz=RATE, others=(other,))


def answer(*words: str, of: EcgRecord | None = None) -> MeasureSaid:
    return answer_of(of or record(), options_of(["file", *words]))


def test_an_interval_between_the_nearest_samples() -> None:
    caliper = answer("--from", "3.5209", "--to", "3.9199", "--kind", "qt").caliper
    assert caliper is not None
    assert (caliper.from_sample, caliper.to_sample) == (round(3.52 * RATE), round(3.92 * RATE))
    assert (caliper.from_s, caliper.to_s) == (3.52, 3.92)
    assert caliper.interval_ms == pytest.approx(400)
    assert (caliper.kind, caliper.per_minute) == ("qt", None)
    assert caliper.resolution_ms == 1000 / RATE


def test_the_rate_of_two_beats_and_of_several() -> None:
    one = answer("--from", "1", "--to", "1.8", "--kind", "rr").caliper
    several = answer("--from", "1", "--to", "4.2", "--kind", "rr", "--cycles", "4").caliper
    assert one is not None
    assert several is not None
    assert (one.interval_ms, one.per_minute) == pytest.approx((800, 75))
    assert (several.interval_ms, several.per_minute) == pytest.approx((800, 75))


def test_the_amplitude_between_both_ends() -> None:
    samples = record().leads[1].samples
    caliper = answer("--from", "0", "--to", "1", "--lead", "II").caliper
    assert caliper is not None
    assert caliper.amplitude == pytest.approx(float(samples[round(RATE)] - samples[0]))
    assert caliper.amplitude_unit == "mV"


def test_without_a_calibration_an_amplitude_is_not_said_to_be_mv() -> None:
    raw = replace(record(), leads=tuple(map(uncalibrated, heart())))
    caliper = answer("--from", "0", "--to", "1", "--lead", "II", of=raw).caliper
    assert caliper is not None
    assert caliper.amplitude_unit == "uncalibrated"


def test_an_amplitude_into_a_gap_is_unknown() -> None:
    leads = [replace(lead, gaps=((0, 10),)) for lead in heart()]
    cut = make_ecg(leads, sampling_rate_hz=RATE)
    found = answer("--from", "0", "--to", "1", "--lead", "II", of=cut)
    assert found.caliper is not None
    assert found.caliper.amplitude is None
    assert "amplitude: not known" in in_words(found)


def test_a_filter_changes_the_amplitude_and_is_said() -> None:
    words = ("--from", "0", "--to", "1", "--lead", "II")
    plain, seen = answer(*words), answer(*words, "--filter", "0.05-40+50hz")
    assert (plain.filter, seen.filter) == ("none", "0.05-40+50hz")
    assert plain.caliper is not None
    assert seen.caliper is not None
    assert plain.caliper.amplitude != seen.caliper.amplitude
    assert plain.caliper.interval_ms == seen.caliper.interval_ms


@pytest.mark.parametrize(
    "words",
    [
        ("--from", "0", "--to", "10.1"),
        ("--from", "0", "--to", "1", "--lead", "V9"),
        ("--beat", "--recording", "3"),
        ("--beat", "--recording", "0"),
    ],
    ids=" ".join,
)
def test_what_the_file_does_not_hold_is_refused(words: tuple[str, ...]) -> None:
    with pytest.raises(CommandFailed) as raised:
        answer(*words)
    assert raised.value.code == 2


def test_the_beat_is_proposed_with_what_follows_from_it() -> None:
    beat = answer("--beat").beat
    truth = trace()
    assert beat is not None
    assert beat.origin == "proposed"
    assert beat.beats_used > 5
    assert beat.rr_ms == pytest.approx(truth.rr, abs=10)
    assert beat.intervals_ms["qt"] == pytest.approx(truth.qt, abs=20)
    assert beat.intervals_ms["qrs"] == pytest.approx(truth.qrs, abs=20)
    assert [one.formula for one in beat.qtc] == ["bazett", "fridericia", "framingham", "hodges"]
    assert [one.lead for one in beat.st][:3] == ["I", "II", "III"]
    assert all(one.median_error_ms < 20 for one in beat.bounds.values())


def test_st_is_not_measured_through_the_filter_of_the_baseline() -> None:
    assert answer("--beat", "--filter", "0.05-150").beat is not None
    beat = answer("--beat", "--filter", "baseline").beat
    assert beat is not None
    assert beat.st == ()


def test_the_device_s_own_beat_is_not_averaged_again() -> None:
    beat = answer("--beat", "--recording", "2").beat
    assert beat is not None
    assert (beat.why_not, beat.beats_used) == ("already_averaged", 0)
    assert beat.intervals_ms == {}
