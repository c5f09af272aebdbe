"""What follows from the values of the sample reports: the manifest's derived truths.

The devices' own values go into the same formulas as what a doctor measures.
"""

import pytest

from tests.shared_data import needs_shared_data, shared_file
from tests.unit.studies import report_factory as make
from workstation.studies.measure.echo.mass import cube_mass, relative_wall_thickness
from workstation.studies.measure.echo.valves import peak_gradient
from workstation.studies.measure.echo.volumes import ejection_fraction, teichholz_volume
from workstation.studies.measure.obstetrics.biometry import FetalSizes
from workstation.studies.measure.obstetrics.dating import Dating, gestational_age
from workstation.studies.measure.obstetrics.weight import WeightFormula, fetal_weight
from workstation.studies.readers.opening import open_file
from workstation.studies.report import LineKind, ReportInfo

ECHO = {
    "29436-3": ("4.8", "cm"),
    "29438-9": ("3.1", "cm"),
    "18154-5": ("0.9", "cm"),
    "18152-9": ("0.9", "cm"),
    "11726-7": ("420", "cm/s"),
}
"""LVIDd, LVIDs, IVSd, LVPWd, AV peak."""
FETUS = {
    "11820-8": ("8.0", "cm"),
    "11984-2": ("29.0", "cm"),
    "11979-2": ("28.0", "cm"),
    "11963-6": ("6.0", "cm"),
}
"""BPD, HC, AC, FL."""
_TIMES = {"cm": 10.0, "cm/s": 1.0}


def values(file: bytes) -> dict[str, float]:
    """Lengths in mm, velocities in cm/s, by LOINC code."""
    info = open_file(memoryview(file))
    assert isinstance(info, ReportInfo)
    return {
        line.name.value: float(line.words) * _TIMES[line.unit.value]
        for line in info.lines
        if line.kind is LineKind.NUMBER and line.unit.value in _TIMES
    }


def report_of(numbers: dict[str, tuple[str, str]], name: tuple[str, str, str]) -> bytes:
    """A generated twin."""
    items = (
        make.number((code, "LN", code), value, unit) for code, (value, unit) in numbers.items()
    )
    return make.report(name, make.group(make.FINDINGS, *items))


def check_echo(found: dict[str, float]) -> None:
    """4 v^2 = 70.6 mmHg; mass 147.8 g, wall 0.375; Teichholz 64.7 %."""
    large, small, septum, wall, peak = (found[code] for code in ECHO)
    assert peak_gradient(peak).value == pytest.approx(70.6, abs=0.05)
    assert cube_mass(septum, large, wall).value == pytest.approx(147.8, abs=0.05)
    assert relative_wall_thickness(wall, large).value == pytest.approx(0.375)
    fraction = ejection_fraction(teichholz_volume(large).value, teichholz_volume(small).value)
    assert fraction.value == pytest.approx(64.7, abs=0.05)


def check_fetus(found: dict[str, float]) -> None:
    """1839, 1832 and 1780 g; 31.35 weeks."""
    bpd, hc, ac, fl = (found[code] for code in FETUS)
    sizes = FetalSizes(bpd=bpd, hc=hc, ac=ac, fl=fl)
    for formula, grams in (
        (WeightFormula.HADLOCK_BPD_HC_AC_FL, 1839),
        (WeightFormula.HADLOCK_HC_AC_FL, 1832),
        (WeightFormula.INTERGROWTH_HC_AC, 1780),
    ):
        assert fetal_weight(sizes, formula).value == pytest.approx(grams, abs=0.6)
    age = gestational_age(sizes, Dating.HADLOCK_BPD_HC_AC_FL).value
    assert age == pytest.approx(7 * 31.35, abs=0.05)


def test_of_generated_reports() -> None:
    check_echo(values(report_of(ECHO, make.ECHO)))
    check_fetus(values(report_of(FETUS, make.OBGYN)))


@needs_shared_data
def test_of_the_echo_sample() -> None:
    """DRC-13: doc/sr_echo_tid5200.dcm."""
    check_echo(values(shared_file("doc/sr_echo_tid5200.dcm")))


@needs_shared_data
def test_of_the_fetal_sample() -> None:
    """DRC-13: doc/sr_obgyn_tid5000.dcm."""
    check_fetus(values(shared_file("doc/sr_obgyn_tid5000.dcm")))
