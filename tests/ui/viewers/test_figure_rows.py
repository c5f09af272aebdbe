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
from workstation.ui.viewers.figures.computed_line import ComputedLine
from workstation.ui.viewers.figures.frame_figure import HandMark
from workstation.ui.viewers.figures.kinds import Ground, Tool
from workstation.ui.viewers.figures.names import Contour, Name, NameSet, namings
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
        echo, fetus = self.rows.computed(self.figures, [self.document], sex)
        return {one.label: one for one in (*echo, *fetus)}


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
    assert fraction.missing == "needs LVESD"
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
    assert case.lines()["EDV, biplane"].missing == "needs LV diastole, 2 chambers"
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
