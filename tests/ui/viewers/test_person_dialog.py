"""The form of what formulas need to know: what is typed, what is refused."""

import pytest
from pytestqt.qtbot import QtBot

from workstation.studies.measure.echo.quantities import EchoInput
from workstation.ui.theme import Theme
from workstation.ui.viewers.figures.person_dialog import PersonDialog
from workstation.ui.viewers.figures.shelf import PersonFacts


def dialog_of(qtbot: QtBot, theme: Theme, facts: PersonFacts | None = None) -> PersonDialog:
    dialog = PersonDialog(theme, facts or PersonFacts())
    qtbot.addWidget(dialog)
    return dialog


def test_an_empty_form_says_that_nothing_is_known(qtbot: QtBot, viewer_theme: Theme) -> None:
    dialog = dialog_of(qtbot, viewer_theme)
    assert dialog.facts == PersonFacts()
    assert dialog.problem == ""


def test_the_diastole_is_typed_in_the_units_of_a_report(qtbot: QtBot, viewer_theme: Theme) -> None:
    """E in cm/s, the regurgitation in m/s: both are kept in cm/s."""
    dialog = dialog_of(qtbot, viewer_theme)
    dialog.echo[EchoInput.E_VELOCITY].setText("85")
    dialog.echo[EchoInput.TRICUSPID_VELOCITY].setText("2,9")
    dialog.atrium.setText("36,5")
    dialog.fraction.setText("58")
    facts = dialog.facts
    assert dict(facts.echo) == pytest.approx(
        {EchoInput.E_VELOCITY: 85, EchoInput.TRICUSPID_VELOCITY: 290}
    )
    assert (facts.atrial_index, facts.fraction) == (36.5, 58)
    assert dialog.problem == ""
    again = dialog_of(qtbot, viewer_theme, facts)
    assert again.echo[EchoInput.TRICUSPID_VELOCITY].text() == "2,9"
    assert again.facts == facts


@pytest.mark.parametrize(
    ("field", "text", "named"),
    [
        (EchoInput.TRICUSPID_VELOCITY, "290", "TR Vmax"),
        (EchoInput.E_VELOCITY, "0,85", "E"),
        (EchoInput.SEPTAL_VELOCITY, "seven", "e' septal"),
        ("atrium", "365", "LA volume index"),
        ("fraction", "0,58", "EF"),
    ],
)
def test_slips_of_units_are_refused(
    qtbot: QtBot, viewer_theme: Theme, field: EchoInput | str, text: str, named: str
) -> None:
    """A regurgitation in cm/s, an E in m/s, a fraction as a part of one."""
    dialog = dialog_of(qtbot, viewer_theme)
    others = {"atrium": dialog.atrium, "fraction": dialog.fraction}
    place = dialog.echo[field] if isinstance(field, EchoInput) else others[field]
    place.setText(text)
    assert dialog.problem == f"Diastole: {named} cannot be that"
