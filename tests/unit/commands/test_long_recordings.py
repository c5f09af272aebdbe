"""Recordings of hours on the command line: the same words, and never in memory as a whole."""

from pathlib import Path

import numpy as np
import pytest

from tests.ui.viewers.made_up import make_ecg
from tests.unit.studies import dicom_factory as make
from tests.unit.studies.ecg_files import binary
from workstation.commands.answers import EcgSaid
from workstation.commands.described import described
from workstation.commands.files import CommandFailed
from workstation.commands.inspect import inspected
from workstation.commands.measure import MeasureSaid, answer_of, options_of
from workstation.studies.ecg import EcgLead, SampleUnit
from workstation.studies.long_ecg import LongEcg, LongLead

RATE = 250.0
COUNT = 400_000
STEP_MV = 0.0025
GAP = (262_000, 263_000)
"""Across the border of two pieces."""


def long_ecg() -> LongEcg:
    """Two leads of 26 minutes, taken for a long recording, with a gap."""
    waves = make.heart_counts(COUNT, 2)
    leads = tuple(
        LongLead(name, waves[:, n].copy(), SampleUnit.MILLIVOLT, STEP_MV, 0.0, (GAP,))
        for n, name in enumerate(("I", "II"))
    )
    empty = np.zeros(0, np.float32)
    empty_leads = [EcgLead(lead.name, empty, gaps=(GAP,)) for lead in leads]
    return LongEcg(make_ecg(empty_leads, sampling_rate_hz=RATE), leads, COUNT)


def answer(*words: str) -> MeasureSaid:
    return answer_of(long_ecg(), options_of(["file", *words]))


def test_first_and_extreme_values_of_the_whole() -> None:
    said = described(long_ecg())
    assert isinstance(said, EcgSaid)
    assert said.long
    (shown,) = said.recordings
    assert (shown.samples, shown.duration_s) == (COUNT, COUNT / RATE)
    counts = make.heart_counts(COUNT, 2)[:, 1].astype(np.float64) * STEP_MV
    kept = np.delete(counts, slice(*GAP))
    two = shown.leads[1]
    assert (two.name, two.unit, two.gaps) == ("II", "mV", (GAP,))
    assert (two.first, two.lowest, two.highest) == pytest.approx(
        (counts[0], kept.min(), kept.max())
    )


def test_a_caliper_far_into_the_recording() -> None:
    found = answer("--from", "1200", "--to", "1200.4", "--kind", "qt", "--lead", "II").caliper
    assert found is not None
    assert (found.from_sample, found.to_sample) == (300_000, 300_100)
    assert (found.from_s, found.interval_ms) == (1200, 400)
    counts = make.heart_counts(COUNT, 2)[:, 1].astype(np.float64) * STEP_MV
    assert found.amplitude == pytest.approx(counts[300_100] - counts[300_000], abs=1e-5)


@pytest.mark.parametrize(
    "words",
    [
        ("--from", "0", "--to", "1601"),
        ("--from", "0", "--to", "601"),
        ("--beat", "--recording", "2"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_measured_is_refused(words: tuple[str, ...]) -> None:
    with pytest.raises(CommandFailed) as raised:
        answer(*words)
    assert raised.value.code == 2


async def test_a_long_file_through_the_decoder_process(tmp_path: Path) -> None:
    """An hour and a minute of one lead, as ISHNE."""
    counts = np.tile(make.heart_counts(10_000, 1), (92, 1))
    path = tmp_path / "holter.ecg"
    path.write_bytes(binary.ishne(counts, ("V5",), rate=250))
    said = await inspected(path)
    assert isinstance(said, EcgSaid)
    assert (said.long, said.format, said.recordings[0].samples) == (True, "ISHNE", len(counts))
    assert said.recordings[0].leads[0].lowest == pytest.approx(counts.min() * 0.0025)
