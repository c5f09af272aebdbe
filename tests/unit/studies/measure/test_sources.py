"""Each clinical formula says where it comes from and what it gives for known inputs.

That the check values are true stands in the tests of the formulas themselves.
"""

import inspect
import re
import sys
from collections.abc import Callable

import pytest

from workstation.studies.measure import geometry, organs
from workstation.studies.measure.ecg import axis
from workstation.studies.measure.ecg.qtc import corrected_qt
from workstation.studies.measure.echo import body, diastole, discs, mass, valves, volumes
from workstation.studies.measure.obstetrics import biometry, dating, growth, weight
from workstation.studies.measure.ultrasound import envelope, spectral

_OF_ECHO = (body, diastole, discs, mass, valves, volumes)
_OF_MODULES = (*_OF_ECHO, biometry, dating, growth, weight, organs, axis)
_NO_FORMULA = {"lengths_agree", "chamber_discs", "size_lack", "weeks_and_days"}
"""Ways of cutting, of refusing and of writing."""
_YEAR = re.compile(r"\b(19|20)\d\d\b")
_CHECK = re.compile(r"\d+(\.\d+)?")


def _public(module: object) -> list[Callable[..., object]]:
    assert inspect.ismodule(module)
    every = inspect.getmembers(module, inspect.isfunction)
    return [
        one
        for name, one in every
        if one.__module__ == module.__name__
        and not name.startswith("_")
        and name not in _NO_FORMULA
    ]


FORMULAS = [one for module in _OF_MODULES for one in _public(module)] + [corrected_qt]


def test_none_is_forgotten() -> None:
    assert len(FORMULAS) > 35


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda one: one.__qualname__)
def test_a_formula_has_its_source_and_its_check_value(formula: Callable[..., object]) -> None:
    own = inspect.getdoc(formula) or ""
    around = inspect.getdoc(sys.modules[formula.__module__]) or ""
    assert _CHECK.search(_YEAR.sub("", own)), "no check value in the docstring"
    assert _YEAR.search(own + around), "no source"


@pytest.mark.parametrize(
    "words",
    [
        inspect.getdoc(spectral) or "",
        inspect.getdoc(envelope) or "",
        (inspect.getdoc(geometry.ellipse_circumference) or ""),
    ],
)
def test_what_is_measured_on_a_figure_has_them_too(words: str) -> None:
    assert _CHECK.search(_YEAR.sub("", words))
    assert _YEAR.search(words) or "Abramowitz" in words
