"""What named figures give: rows of echo and obstetrics, with their source or what is missing."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from backend_client.models.common import DocumentId
from backend_client.models.documents import Document, DocumentKind
from backend_client.models.evidence import Figure, Origin
from backend_client.models.requests import Sex
from tests.factories import make_document, make_row
from tests.ui.viewers.figure_scene import clip_of, plane, spectrum
from workstation.studies.measure.echo.quantities import EchoInput
from workstation.studies.measure.figures import Drawing, Point
from workstation.studies.measure.obstetrics.biometry import Part
from workstation.studies.measure.organs import OrganAxis
from workstation.ui.viewers.figures.computed_line import ComputedLine
from workstation.ui.viewers.figures.frame_figure import HandMark
from workstation.ui.viewers.figures.kinds import Ground, Tool
from workstation.ui.viewers.figures.names import NAME_KINDS, Contour, Name, NameSet, namings
from workstation.ui.viewers.figures.person_dialog import typed_age, typed_day
from workstation.ui.viewers.figures.rows import FigureRows
from workstation.ui.viewers.figures.shelf import CaseFigures, FigureShelf, PersonFacts
from workstation.ui.viewers.figures.strokes import simplified
from workstation.ui.viewers.measurement_rows import MeasurementHeading, MeasurementRow

pytestmark = pytest.mark.usefixtures("qapp")
INFO = clip_of(plane(y1=999, x1=999, delta_x=0.1, delta_y=0.1), width=1000, height=1000)
"""A millimetre a pixel."""


class Case:
    """A case with one clip of 1 mm a pixel."""

    def __init__(self) -> None:
        self.figures = CaseFigures()
        self.document: Document = make_document(
            request_id=make_row().id, item_code="echo", title="Echo", kind=DocumentKind.CLIP
        )
        self.rows = FigureRows()

    @property
    def shelf(self) -> FigureShelf:
        """Of the clip."""
        return self.figures.of(DocumentId(self.document.id))

    def line(self, name: Name, length_mm: float, frame: int = 0) -> None:
        """A distance, named."""
        self.draw(name, Figure.LINE, ((10.0, 10.0), (10.0, 10.0 + length_mm)), frame)

    def draw(self, name: Name, figure: Figure, points: tuple[Point, ...], frame: int = 0) -> None:
        """A figure, named."""
        made = self.shelf.add(INFO, frame, Drawing(figure, points))
        self.shelf.call(made.id, name)

    def lines(self, sex: Sex | None = Sex.MALE) -> dict[str, ComputedLine]:
        """What is computed, by its label."""
        lines = self.rows.computed(self.figures, [self.document], sex)
        return {one.label: one for one in lines.every}


@pytest.fixture
def case(qapp: QApplication) -> Case:
    return Case()


def with_walls(case: Case) -> None:
    """IVSd 10, LVEDD 50, PWd 10 mm: a mass of 181.6 g by the cube formula."""
    case.line(EchoInput.SEPTUM, 10, 1)
    case.line(EchoInput.DIASTOLIC_DIAMETER, 50, 1)
    case.line(EchoInput.POSTERIOR_WALL, 10, 1)


def test_walls_and_body_give_the_mass_index_beside_the_limits(case: Case) -> None:
    """ME-3: 0.8 * 1.04 * (7^3 - 5^3) + 0.6 = 182 g; by 1.818 m2 100 g/m2, limits 49 to 115."""
    with_walls(case)
    assert case.lines()["LV mass index"].missing == "needs height and weight"
    case.figures.set_facts(PersonFacts(170, 70))
    index = case.lines()["LV mass index"]
    assert index.value == "100\u00a0g/m² (49\u2013115)"
    assert "BSA 1,82 m² (Mosteller)" in index.text
    assert index.origin is Origin.BY_HAND
    assert index.place.frame == 1


def test_without_the_sex_no_limits_stand_beside(case: Case) -> None:
    with_walls(case)
    assert case.lines(None)["RWT"].value == "0,4"
    assert case.lines(Sex.FEMALE)["RWT"].value == "0,4 (0,22\u20130,42)"


def test_a_row_says_what_is_missing_and_offers_nothing(case: Case) -> None:
    case.line(EchoInput.DIASTOLIC_DIAMETER, 50)
    fraction = case.lines()["EF, Teichholz"]
    assert fraction.value == ""
    assert fraction.missing == "needs ESD"
    assert fraction.finding is None
    case.line(EchoInput.SYSTOLIC_DIAMETER, 30)
    assert case.lines()["EF, Teichholz"].value.startswith("70\u00a0%")


def test_a_calibration_by_hand_marks_all_that_it_entered(case: Case) -> None:
    with_walls(case)
    mark = HandMark(Tool.LENGTH_MARK, 0, (0.0, 0.0), (0.0, 100.0), 50.0)
    case.shelf.calibrate(INFO, mark)
    mass = case.lines()["LV mass"]
    assert mass.warning == "Calibrated by hand"
    assert mass.text.endswith("calibrated by hand)")
    assert mass.origin is Origin.HAND_CALIBRATED


def test_two_contours_of_two_views_are_a_volume(case: Case) -> None:
    """A cone of 40 mm across and 80 mm high in both views: pi/3 * 4 cm2 * 8 cm = 33.5 mL."""
    border = ((100.0, 300.0), (120.0, 220.0), (140.0, 300.0))
    case.draw(Contour.DIASTOLE_FOUR, Figure.AREA, border)
    assert case.lines()["EDV, biplane"].missing == "needs EDV 2C"
    case.draw(Contour.DIASTOLE_TWO, Figure.AREA, border)
    assert case.lines()["EDV, biplane"].value.startswith("33\u00a0mL")


def test_sizes_of_a_fetus_give_age_and_weight_with_the_formula(case: Case) -> None:
    """OB-1: BPD 80, HC 290, AC 280, FL 60 mm: 31.35 weeks, 1839 g (Hadlock 1984, 1985)."""
    case.line(Part.BPD, 80)
    case.line(Part.FL, 60)
    for part, length in ((Part.HC, 290.0), (Part.AC, 280.0)):
        side = length / 4
        corners = ((200.0, 200.0), (200.0 + side, 200.0), (200.0 + side, 200.0 + side))
        case.draw(part, Figure.AREA, (*corners, (200.0, 200.0 + side)))
    lines = case.lines(Sex.FEMALE)
    assert lines["Age: BPD, HC, AC, FL"].value == "31 wk 2 d"
    weight = lines["Weight: BPD, HC, AC, FL"]
    assert weight.value == "1839\u00a0g"
    assert "Hadlock 1985: BPD, HC, AC, FL; percentile needs the age by dates" in weight.text
    case.figures.set_facts(PersonFacts(age_days=31 * 7 + 3))
    weight = case.lines(Sex.FEMALE)["Weight: BPD, HC, AC, FL"]
    assert "Hadlock 1991" in weight.text
    assert ", p" in weight.value
    assert weight.value.endswith("(Hadlock)")  # whose percentile it is, is seen in the list


def test_a_percentile_names_its_reference_in_the_list_and_in_the_sentence(case: Case) -> None:
    case.figures.set_facts(PersonFacts(age_days=31 * 7 + 3))
    case.line(Part.FL, 60)
    line = case.lines()["FL"]
    assert line.value.startswith("p")
    assert line.value.endswith(" (INTERGROWTH)")
    assert line.text.endswith("(INTERGROWTH-21st 2014)")


def test_the_age_by_dates_counts_to_the_day_of_the_examination(case: Case) -> None:
    case.line(Part.BPD, 80)
    assert case.shelf.taken_on == date(2026, 11, 11)
    case.figures.set_facts(PersonFacts(last_period=date(2026, 4, 8)))
    assert case.lines()["Age by dates"].value == "31 wk 0 d"


def test_the_list_is_grouped_by_frames_with_the_name_and_the_limits(case: Case) -> None:
    case.line(EchoInput.SEPTUM, 14, 3)
    entries = case.rows.of(case.document, case.shelf, Sex.MALE)
    heading, row = entries
    assert isinstance(heading, MeasurementHeading)
    assert heading.title == "Echo, frame 4"
    assert isinstance(row, MeasurementRow)
    assert (row.label, row.value) == ("IVSd", "14\u00a0mm ↑ (6\u201310)")
    assert row.where == "IVSd 14\u00a0mm (frame 4, 2D, region 1)"


@pytest.mark.parametrize(
    ("length", "shown"),
    [
        (9.0, "9\u00a0mm (6\u20139)"),
        (9.000000001, "9\u00a0mm (6\u20139)"),
        (9.0494, "9.05\u00a0mm ↑ (6\u20139)"),
        (9.0004, "9\u00a0mm (6\u20139)"),
        (9.006, "9.01\u00a0mm ↑ (6\u20139)"),
        (5.96, "5.96\u00a0mm ↓ (6\u20139)"),
        (9.1, "9.1\u00a0mm ↑ (6\u20139)"),
    ],
)
def test_an_arrow_never_contradicts_the_number(case: Case, length: float, shown: str) -> None:
    """A limit itself is normal; what is beyond it is printed so exactly that it is seen."""
    case.line(EchoInput.SEPTUM, length)
    row = case.rows.of(case.document, case.shelf, Sex.FEMALE)[1]
    assert isinstance(row, MeasurementRow)
    assert row.value == shown.replace(".", ",")


def test_a_computed_value_is_as_exact_as_its_arrow_needs(case: Case) -> None:
    """2 * 10.51 / 50 = 0.4204: above 0.42, which two places would not say."""
    case.line(EchoInput.DIASTOLIC_DIAMETER, 50, 1)
    case.line(EchoInput.POSTERIOR_WALL, 10.51, 1)
    case.line(EchoInput.SEPTUM, 9, 1)
    line = case.lines()["RWT"]
    assert line.value == "0,4204 ↑ (0,24\u20130,42)"
    assert "0,4204" in line.text


def test_a_name_of_another_kind_of_figure_takes_nothing(case: Case) -> None:
    case.draw(EchoInput.SEPTUM, Figure.ANGLE, ((10.0, 10.0), (20.0, 10.0), (20.0, 20.0)))
    assert case.shelf.figures[0].measured() == {}


def test_no_list_of_names_is_longer_than_the_digits() -> None:
    spots = [(ground, figure) for ground in Ground for figure in Figure]
    every = [namings(names, *spot) for names in NameSet for spot in spots]
    assert max(map(len, every)) == 9


def test_a_velocity_is_handed_on_without_its_sign(case: Case) -> None:
    info = clip_of(spectrum(x0=0))
    made = case.shelf.add(info, 0, Drawing(Figure.POINT, ((100.0, 130.0),)))
    case.shelf.call(made.id, EchoInput.AORTIC_VELOCITY)
    value = case.shelf.figures[0].measured()[EchoInput.AORTIC_VELOCITY].value
    assert value == pytest.approx(400)


def test_leaving_the_case_forgets_figures_and_facts(case: Case) -> None:
    """ID-3: nothing of one patient stands beside another's files."""
    with_walls(case)
    case.figures.set_facts(PersonFacts(170, 70))
    case.figures.forget()
    assert case.figures.facts == PersonFacts()
    assert not case.shelf.figures


def test_a_long_stroke_keeps_its_form_in_few_points() -> None:
    points = tuple((float(n), 0.0) for n in range(1000)) + ((999.0, 500.0),)
    assert simplified(points) == ((0.0, 0.0), (999.0, 0.0), (999.0, 500.0))
    zigzag = tuple((float(n), float(30 * (n % 2))) for n in range(900))
    assert len(simplified(zigzag)) <= 500


@pytest.mark.parametrize(
    ("text", "days"),
    [("31+3", 220), ("31", 217), ("31+7", None), ("46", None), ("", None), ("x", None)],
)
def test_an_age_is_weeks_and_days(text: str, days: int | None) -> None:
    assert typed_age(text) == days


def test_a_day_is_read_as_it_is_written() -> None:
    assert typed_day("08.04.2026") == date(2026, 4, 8)
    assert typed_day("2026-04-08") is None


def cone(case: Case, name: Contour, high: float) -> None:
    """A cone of 40 mm across: pi/3 * 4 cm2 * its height."""
    case.draw(name, Figure.AREA, ((100.0, 300.0), (120.0, 300.0 - high), (140.0, 300.0)))


def test_one_view_alone_is_a_volume_and_a_fraction_marked_as_such(case: Case) -> None:
    """Cones of 80 and 48 mm: 33.5 and 20.1 mL, 40 %."""
    cone(case, Contour.DIASTOLE_FOUR, 80)
    assert "EF, one view (4C)" not in case.lines()
    cone(case, Contour.SYSTOLE_FOUR, 48)
    lines = case.lines()
    assert lines["EDV, one view (4C)"].value == "33\u00a0mL"
    assert lines["ESV, one view (4C)"].value == "20\u00a0mL"
    fraction = lines["EF, one view (4C)"]
    assert fraction.value == "40\u00a0%"
    assert fraction.warning.startswith("By one view")
    assert "one view (4C) 40\u00a0%" in fraction.text


def test_once_both_views_are_there_one_alone_is_not_shown(case: Case) -> None:
    for name in (Contour.DIASTOLE_FOUR, Contour.DIASTOLE_TWO):
        cone(case, name, 80)
    cone(case, Contour.SYSTOLE_FOUR, 48)
    labels = set(case.lines())
    assert "EDV, biplane" in labels
    assert "EDV, one view (4C)" not in labels
    assert "ESV, one view (4C)" in labels
    cone(case, Contour.SYSTOLE_TWO, 48)
    labels = set(case.lines())
    assert not [one for one in labels if "one view" in one]
    assert case.lines()["EF, biplane"].value.startswith("40\u00a0%")


SPECTRUM = clip_of(spectrum(x0=0, delta_y=1.0, reference_y=199.5), width=400, height=300)
"""1 cm/s a pixel, the baseline in row 200."""


def velocity(case: Case, name: EchoInput, cm_s: float) -> None:
    made = case.shelf.add(SPECTRUM, 2, Drawing(Figure.POINT, ((100.0, 200.0 - cm_s),)))
    case.shelf.call(made.id, name)


def with_diastole(case: Case) -> None:
    """E 100, A 60, e' 5 and 7 cm/s: E/e' 16.7; EF 70 % by Teichholz."""
    case.line(EchoInput.DIASTOLIC_DIAMETER, 50, 1)
    case.line(EchoInput.SYSTOLIC_DIAMETER, 30, 1)
    for name, cm_s in (
        (EchoInput.E_VELOCITY, 100),
        (EchoInput.A_VELOCITY, 60),
        (EchoInput.SEPTAL_VELOCITY, 5),
        (EchoInput.LATERAL_VELOCITY, 7),
    ):
        velocity(case, name, cm_s)


def test_the_diastole_is_graded_only_once_nothing_missing_could_change_it(case: Case) -> None:
    """ME-3: two of four criteria met and two unknown: no answer, and what lacks is said."""
    with_diastole(case)
    first = case.lines()["LV diastolic function"]
    assert first.value == ""
    assert first.missing == "needs TR Vmax, LA volume, height and weight"
    assert first.finding is None
    velocity(case, EchoInput.TRICUSPID_VELOCITY, 190)
    case.figures.set_facts(PersonFacts(170, 70))
    case.line(EchoInput.ATRIAL_LENGTH, 50)
    for name in (EchoInput.ATRIAL_AREA_FOUR_CHAMBER, EchoInput.ATRIAL_AREA_TWO_CHAMBER):
        corners = ((200.0, 200.0), (245.0, 200.0), (245.0, 245.0), (200.0, 245.0))
        case.draw(name, Figure.AREA, corners)
    lines = case.lines()
    assert lines["LV diastolic function"].value == "dysfunction, 3 of 4"
    grade = lines["Grade of diastolic dysfunction"]
    assert grade.value == "grade II, LA pressure raised"
    assert "ASE/EACVI 2016; if the EF is low or the myocardium diseased" in grade.text
    assert "E/A\u00a01,67; met: E/e' mean > 14" in grade.text
    assert "not met: TR > 2.8 m/s" in grade.text
    assert grade.warning.startswith("In sinus rhythm only")
    assert grade.origin is Origin.BY_HAND


def test_criteria_that_contradict_each_other_are_indeterminate(case: Case) -> None:
    with_diastole(case)
    velocity(case, EchoInput.TRICUSPID_VELOCITY, 190)
    grade = case.lines()["Grade of diastolic dysfunction"]
    assert grade.value == "indeterminate, 1 of 3"
    assert "unknown: LA volume index > 34 mL/m²" in grade.text


def test_a_child_has_no_grade_of_the_diastole(case: Case) -> None:
    with_diastole(case)
    lines = case.rows.computed(case.figures, [case.document], None, is_adult=False)
    assert not [one for one in lines.echo if "iastol" in one.label]
    assert [one for one in lines.echo if one.label == "E/A"]
    heading, *_ = case.rows.entries(lines, frozenset())
    assert isinstance(heading, MeasurementHeading)
    assert heading.title == "Echo, computed (no limits: they are of adults)"


def test_without_a_known_sex_the_heading_says_why_no_limits_stand_there(case: Case) -> None:
    with_walls(case)
    for sex, expected in (
        (Sex.MALE, "Echo, computed"),
        (Sex.UNKNOWN, "Echo, computed (no limits: the patient's sex is unknown)"),
    ):
        lines = case.rows.computed(case.figures, [case.document], sex)
        heading = case.rows.entries(lines, frozenset())[0]
        assert isinstance(heading, MeasurementHeading)
        assert heading.title == expected


def test_three_axes_of_an_organ_are_its_volume(case: Case) -> None:
    """40, 40 and 80 mm: pi/6 * 128 cm3 = 67.0 mL; the right one and the left one by themselves."""
    case.line(OrganAxis.LENGTH, 80)
    case.line(OrganAxis.WIDTH, 40)
    assert case.lines()["Volume of the organ"].missing == "needs Depth"
    case.line(OrganAxis.DEPTH, 40)
    case.line(OrganAxis.RIGHT_LENGTH, 30)
    lines = case.lines()
    assert lines["Volume of the organ"].value == "67\u00a0mL"
    assert "ellipsoid of three axes" in lines["Volume of the organ"].text
    assert lines["Volume, right"].value == ""
    assert "Volume, left" not in lines


def test_the_nuchal_translucency_says_why_it_has_no_percentile(case: Case) -> None:
    case.line(Part.NT, 1.8)
    line = case.lines(Sex.FEMALE)["NT"]
    assert line.missing == "no percentile: no reference that could be checked"
    assert line.finding is None
    case.line(Part.CRL, 90)
    assert case.lines(Sex.FEMALE)["NT"].missing == "not to be judged: CRL outside of 45\u201384 mm"


def test_names_of_all_lists_differ_by_their_value() -> None:
    values = [name.value for kind in NAME_KINDS for name in kind]
    assert len(set(values)) == len(values)


def test_what_is_typed_enters_where_nothing_is_measured_and_is_said(case: Case) -> None:
    """The tricuspid regurgitation of 1.9 m/s and an EF of 60 % from a report."""
    velocity(case, EchoInput.E_VELOCITY, 100)
    velocity(case, EchoInput.A_VELOCITY, 60)
    typed = ((EchoInput.TRICUSPID_VELOCITY, 290.0), (EchoInput.E_VELOCITY, 50.0))
    facts = PersonFacts(echo=typed, atrial_index=36.0, fraction=60.0)
    case.figures.set_facts(facts)
    lines = case.lines()
    assert lines["E/A"].value == "1,67"
    grade = lines["Grade of diastolic dysfunction"]
    assert grade.value == "grade II, LA pressure raised"
    assert "typed by the doctor: TR Vmax, LA volume index" in grade.text
    first = lines["LV diastolic function"]
    assert first.missing == "needs e' septal, e' lateral"
    assert first.finding is None
    assert "typed by the doctor: EF" in first.where.replace("TR Vmax, LA volume index, ", "")
