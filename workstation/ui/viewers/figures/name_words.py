"""Names of what is measured in an echo, of a fetus, of an organ, as the doctor writes them."""

from typing import Final

from PySide6.QtCore import QObject

from workstation.studies.measure.echo.quantities import EchoInput, EchoQuantity
from workstation.studies.measure.obstetrics.biometry import Part
from workstation.studies.measure.obstetrics.dating import Dating
from workstation.studies.measure.obstetrics.growth import Reference
from workstation.studies.measure.obstetrics.weight import WeightFormula
from workstation.studies.measure.organs import OrganAxis
from workstation.ui.viewers.figures.names import Contour, Name


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Marks a text for the collector of strings, which knows the function by this name."""
    return text


_NAME: Final = {
    EchoInput.SEPTUM: QT_TRANSLATE_NOOP("NameWords", "IVSd"),
    EchoInput.DIASTOLIC_DIAMETER: QT_TRANSLATE_NOOP("NameWords", "LVEDD"),
    EchoInput.POSTERIOR_WALL: QT_TRANSLATE_NOOP("NameWords", "PWd"),
    EchoInput.SYSTOLIC_DIAMETER: QT_TRANSLATE_NOOP("NameWords", "LVESD"),
    EchoInput.DIASTOLIC_VOLUME: QT_TRANSLATE_NOOP("NameWords", "LVEDV"),
    EchoInput.SYSTOLIC_VOLUME: QT_TRANSLATE_NOOP("NameWords", "LVESV"),
    EchoInput.DIASTOLIC_VOLUME_FOUR: QT_TRANSLATE_NOOP("NameWords", "LV diastole, 4 chambers"),
    EchoInput.SYSTOLIC_VOLUME_FOUR: QT_TRANSLATE_NOOP("NameWords", "LV systole, 4 chambers"),
    EchoInput.DIASTOLIC_VOLUME_TWO: QT_TRANSLATE_NOOP("NameWords", "LV diastole, 2 chambers"),
    EchoInput.SYSTOLIC_VOLUME_TWO: QT_TRANSLATE_NOOP("NameWords", "LV systole, 2 chambers"),
    EchoInput.SHORT_AXIS_OUTER_AREA: QT_TRANSLATE_NOOP("NameWords", "LV short axis, outer area"),
    EchoInput.SHORT_AXIS_CAVITY_AREA: QT_TRANSLATE_NOOP("NameWords", "LV short axis, cavity"),
    EchoInput.CAVITY_LENGTH: QT_TRANSLATE_NOOP("NameWords", "LV length"),
    EchoInput.ATRIAL_AREA_FOUR_CHAMBER: QT_TRANSLATE_NOOP("NameWords", "LA area, 4 chambers"),
    EchoInput.ATRIAL_AREA_TWO_CHAMBER: QT_TRANSLATE_NOOP("NameWords", "LA area, 2 chambers"),
    EchoInput.ATRIAL_LENGTH: QT_TRANSLATE_NOOP("NameWords", "LA length"),
    EchoInput.E_VELOCITY: QT_TRANSLATE_NOOP("NameWords", "E"),
    EchoInput.A_VELOCITY: QT_TRANSLATE_NOOP("NameWords", "A"),
    EchoInput.E_DECELERATION: QT_TRANSLATE_NOOP("NameWords", "DT of E"),
    EchoInput.SEPTAL_VELOCITY: QT_TRANSLATE_NOOP("NameWords", "e' septal"),
    EchoInput.LATERAL_VELOCITY: QT_TRANSLATE_NOOP("NameWords", "e' lateral"),
    EchoInput.OUTFLOW_DIAMETER: QT_TRANSLATE_NOOP("NameWords", "LVOT"),
    EchoInput.OUTFLOW_INTEGRAL: QT_TRANSLATE_NOOP("NameWords", "VTI LVOT"),
    EchoInput.AORTIC_VELOCITY: QT_TRANSLATE_NOOP("NameWords", "AV Vmax"),
    EchoInput.AORTIC_INTEGRAL: QT_TRANSLATE_NOOP("NameWords", "VTI AV"),
    EchoInput.AORTIC_MEAN_GRADIENT: QT_TRANSLATE_NOOP("NameWords", "AV mean gradient"),
    EchoInput.MITRAL_HALF_TIME: QT_TRANSLATE_NOOP("NameWords", "PHT of MV"),
    EchoInput.MITRAL_TRACED_AREA: QT_TRANSLATE_NOOP("NameWords", "MV area, traced"),
    EchoInput.MITRAL_MEAN_GRADIENT: QT_TRANSLATE_NOOP("NameWords", "MV mean gradient"),
    EchoInput.TRICUSPID_VELOCITY: QT_TRANSLATE_NOOP("NameWords", "TR Vmax"),
    EchoInput.VENA_CAVA: QT_TRANSLATE_NOOP("NameWords", "IVC"),
    EchoInput.VENA_CAVA_SNIFF: QT_TRANSLATE_NOOP("NameWords", "IVC in a sniff"),
    EchoInput.ANNULAR_EXCURSION: QT_TRANSLATE_NOOP("NameWords", "TAPSE"),
}

_CONTOUR: Final = {
    Contour.DIASTOLE_FOUR: QT_TRANSLATE_NOOP("NameWords", "LV diastole, 4 chambers"),
    Contour.DIASTOLE_TWO: QT_TRANSLATE_NOOP("NameWords", "LV diastole, 2 chambers"),
    Contour.SYSTOLE_FOUR: QT_TRANSLATE_NOOP("NameWords", "LV systole, 4 chambers"),
    Contour.SYSTOLE_TWO: QT_TRANSLATE_NOOP("NameWords", "LV systole, 2 chambers"),
}

_PART: Final = {
    Part.BPD: QT_TRANSLATE_NOOP("NameWords", "BPD"),
    Part.OFD: QT_TRANSLATE_NOOP("NameWords", "OFD"),
    Part.HC: QT_TRANSLATE_NOOP("NameWords", "HC"),
    Part.AC: QT_TRANSLATE_NOOP("NameWords", "AC"),
    Part.FL: QT_TRANSLATE_NOOP("NameWords", "FL"),
    Part.CRL: QT_TRANSLATE_NOOP("NameWords", "CRL"),
    Part.NT: QT_TRANSLATE_NOOP("NameWords", "NT"),
}

_AXIS: Final = {
    OrganAxis.LENGTH: QT_TRANSLATE_NOOP("NameWords", "Length"),
    OrganAxis.WIDTH: QT_TRANSLATE_NOOP("NameWords", "Width"),
    OrganAxis.DEPTH: QT_TRANSLATE_NOOP("NameWords", "Depth"),
    OrganAxis.RIGHT_LENGTH: QT_TRANSLATE_NOOP("NameWords", "Length, right"),
    OrganAxis.RIGHT_WIDTH: QT_TRANSLATE_NOOP("NameWords", "Width, right"),
    OrganAxis.RIGHT_DEPTH: QT_TRANSLATE_NOOP("NameWords", "Depth, right"),
    OrganAxis.LEFT_LENGTH: QT_TRANSLATE_NOOP("NameWords", "Length, left"),
    OrganAxis.LEFT_WIDTH: QT_TRANSLATE_NOOP("NameWords", "Width, left"),
    OrganAxis.LEFT_DEPTH: QT_TRANSLATE_NOOP("NameWords", "Depth, left"),
}

_QUANTITY: Final = {
    EchoQuantity.DIASTOLIC_DIAMETER: QT_TRANSLATE_NOOP("NameWords", "LVEDD"),
    EchoQuantity.SYSTOLIC_DIAMETER: QT_TRANSLATE_NOOP("NameWords", "LVESD"),
    EchoQuantity.SEPTUM: QT_TRANSLATE_NOOP("NameWords", "IVSd"),
    EchoQuantity.POSTERIOR_WALL: QT_TRANSLATE_NOOP("NameWords", "PWd"),
    EchoQuantity.FRACTIONAL_SHORTENING: QT_TRANSLATE_NOOP("NameWords", "FS"),
    EchoQuantity.TEICHHOLZ_DIASTOLIC_VOLUME: QT_TRANSLATE_NOOP("NameWords", "EDV, Teichholz"),
    EchoQuantity.TEICHHOLZ_SYSTOLIC_VOLUME: QT_TRANSLATE_NOOP("NameWords", "ESV, Teichholz"),
    EchoQuantity.TEICHHOLZ_EJECTION_FRACTION: QT_TRANSLATE_NOOP("NameWords", "EF, Teichholz"),
    EchoQuantity.DIASTOLIC_VOLUME: QT_TRANSLATE_NOOP("NameWords", "EDV, biplane"),
    EchoQuantity.SYSTOLIC_VOLUME: QT_TRANSLATE_NOOP("NameWords", "ESV, biplane"),
    EchoQuantity.DIASTOLIC_VOLUME_INDEX: QT_TRANSLATE_NOOP("NameWords", "EDV index"),
    EchoQuantity.SYSTOLIC_VOLUME_INDEX: QT_TRANSLATE_NOOP("NameWords", "ESV index"),
    EchoQuantity.EJECTION_FRACTION: QT_TRANSLATE_NOOP("NameWords", "EF, biplane"),
    EchoQuantity.STROKE_VOLUME: QT_TRANSLATE_NOOP("NameWords", "SV, biplane"),
    EchoQuantity.DIASTOLIC_VOLUME_FOUR: QT_TRANSLATE_NOOP("NameWords", "EDV, one view (4C)"),
    EchoQuantity.SYSTOLIC_VOLUME_FOUR: QT_TRANSLATE_NOOP("NameWords", "ESV, one view (4C)"),
    EchoQuantity.EJECTION_FRACTION_FOUR: QT_TRANSLATE_NOOP("NameWords", "EF, one view (4C)"),
    EchoQuantity.DIASTOLIC_VOLUME_TWO: QT_TRANSLATE_NOOP("NameWords", "EDV, one view (2C)"),
    EchoQuantity.SYSTOLIC_VOLUME_TWO: QT_TRANSLATE_NOOP("NameWords", "ESV, one view (2C)"),
    EchoQuantity.EJECTION_FRACTION_TWO: QT_TRANSLATE_NOOP("NameWords", "EF, one view (2C)"),
    EchoQuantity.MASS: QT_TRANSLATE_NOOP("NameWords", "LV mass"),
    EchoQuantity.MASS_INDEX: QT_TRANSLATE_NOOP("NameWords", "LV mass index"),
    EchoQuantity.RELATIVE_WALL_THICKNESS: QT_TRANSLATE_NOOP("NameWords", "RWT"),
    EchoQuantity.AREA_LENGTH_MASS: QT_TRANSLATE_NOOP("NameWords", "LV mass, 2D"),
    EchoQuantity.AREA_LENGTH_MASS_INDEX: QT_TRANSLATE_NOOP("NameWords", "LV mass index, 2D"),
    EchoQuantity.ATRIAL_VOLUME: QT_TRANSLATE_NOOP("NameWords", "LA volume"),
    EchoQuantity.ATRIAL_VOLUME_INDEX: QT_TRANSLATE_NOOP("NameWords", "LA volume index"),
    EchoQuantity.E_TO_A: QT_TRANSLATE_NOOP("NameWords", "E/A"),
    EchoQuantity.E_DECELERATION: QT_TRANSLATE_NOOP("NameWords", "DT of E"),
    EchoQuantity.MEAN_ANNULUS_VELOCITY: QT_TRANSLATE_NOOP("NameWords", "e' mean"),
    EchoQuantity.E_TO_SEPTAL: QT_TRANSLATE_NOOP("NameWords", "E/e' septal"),
    EchoQuantity.E_TO_LATERAL: QT_TRANSLATE_NOOP("NameWords", "E/e' lateral"),
    EchoQuantity.E_TO_MEAN: QT_TRANSLATE_NOOP("NameWords", "E/e' mean"),
    EchoQuantity.AORTIC_VELOCITY: QT_TRANSLATE_NOOP("NameWords", "AV Vmax"),
    EchoQuantity.AORTIC_PEAK_GRADIENT: QT_TRANSLATE_NOOP("NameWords", "AV peak gradient"),
    EchoQuantity.AORTIC_MEAN_GRADIENT: QT_TRANSLATE_NOOP("NameWords", "AV mean gradient"),
    EchoQuantity.AORTIC_AREA: QT_TRANSLATE_NOOP("NameWords", "AV area, continuity"),
    EchoQuantity.AORTIC_AREA_INDEX: QT_TRANSLATE_NOOP("NameWords", "AV area index"),
    EchoQuantity.DIMENSIONLESS_INDEX: QT_TRANSLATE_NOOP("NameWords", "VTI LVOT / AV"),
    EchoQuantity.OUTFLOW_STROKE_VOLUME: QT_TRANSLATE_NOOP("NameWords", "SV by VTI"),
    EchoQuantity.MITRAL_AREA_BY_HALF_TIME: QT_TRANSLATE_NOOP("NameWords", "MV area, 220/PHT"),
    EchoQuantity.MITRAL_TRACED_AREA: QT_TRANSLATE_NOOP("NameWords", "MV area, traced"),
    EchoQuantity.MITRAL_MEAN_GRADIENT: QT_TRANSLATE_NOOP("NameWords", "MV mean gradient"),
    EchoQuantity.TRICUSPID_GRADIENT: QT_TRANSLATE_NOOP("NameWords", "TR gradient"),
    EchoQuantity.RIGHT_ATRIAL_PRESSURE: QT_TRANSLATE_NOOP("NameWords", "RA pressure"),
    EchoQuantity.RIGHT_VENTRICULAR_PRESSURE: QT_TRANSLATE_NOOP("NameWords", "RV systolic pressure"),
    EchoQuantity.ANNULAR_EXCURSION: QT_TRANSLATE_NOOP("NameWords", "TAPSE"),
}

_DATING: Final = {
    Dating.HADLOCK_BPD_HC_AC_FL: QT_TRANSLATE_NOOP("NameWords", "Hadlock 1984: BPD, HC, AC, FL"),
    Dating.HADLOCK_HC_AC_FL: QT_TRANSLATE_NOOP("NameWords", "Hadlock 1984: HC, AC, FL"),
    Dating.HADLOCK_BPD_AC_FL: QT_TRANSLATE_NOOP("NameWords", "Hadlock 1984: BPD, AC, FL"),
    Dating.HADLOCK_BPD: QT_TRANSLATE_NOOP("NameWords", "Hadlock 1984: BPD"),
    Dating.HADLOCK_HC: QT_TRANSLATE_NOOP("NameWords", "Hadlock 1984: HC"),
    Dating.HADLOCK_AC: QT_TRANSLATE_NOOP("NameWords", "Hadlock 1984: AC"),
    Dating.HADLOCK_FL: QT_TRANSLATE_NOOP("NameWords", "Hadlock 1984: FL"),
    Dating.ROBINSON_CRL: QT_TRANSLATE_NOOP("NameWords", "Robinson 1975: CRL"),
    Dating.INTERGROWTH_CRL: QT_TRANSLATE_NOOP("NameWords", "INTERGROWTH-21st 2014: CRL"),
}

_WEIGHT: Final = {
    WeightFormula.HADLOCK_BPD_HC_AC_FL: QT_TRANSLATE_NOOP(
        "NameWords", "Hadlock 1985: BPD, HC, AC, FL"
    ),
    WeightFormula.HADLOCK_HC_AC_FL: QT_TRANSLATE_NOOP("NameWords", "Hadlock 1985: HC, AC, FL"),
    WeightFormula.HADLOCK_BPD_AC_FL: QT_TRANSLATE_NOOP("NameWords", "Hadlock 1985: BPD, AC, FL"),
    WeightFormula.HADLOCK_AC_FL: QT_TRANSLATE_NOOP("NameWords", "Hadlock 1985: AC, FL"),
    WeightFormula.INTERGROWTH_HC_AC: QT_TRANSLATE_NOOP(
        "NameWords", "INTERGROWTH-21st 2017: HC, AC"
    ),
}

_REFERENCE: Final = {
    Reference.INTERGROWTH_2014: QT_TRANSLATE_NOOP("NameWords", "INTERGROWTH-21st 2014"),
    Reference.INTERGROWTH_2017: QT_TRANSLATE_NOOP("NameWords", "INTERGROWTH-21st 2017"),
    Reference.HADLOCK_1991: QT_TRANSLATE_NOOP("NameWords", "Hadlock 1991"),
}

_SHORT: Final[dict[Name, str]] = {
    EchoInput.SEPTUM: QT_TRANSLATE_NOOP("NameWords", "IVS"),
    EchoInput.DIASTOLIC_DIAMETER: QT_TRANSLATE_NOOP("NameWords", "EDD"),
    EchoInput.POSTERIOR_WALL: QT_TRANSLATE_NOOP("NameWords", "PW"),
    EchoInput.SYSTOLIC_DIAMETER: QT_TRANSLATE_NOOP("NameWords", "ESD"),
    EchoInput.VENA_CAVA_SNIFF: QT_TRANSLATE_NOOP("NameWords", "IVC, sniff"),
    EchoInput.SHORT_AXIS_OUTER_AREA: QT_TRANSLATE_NOOP("NameWords", "LV outer"),
    EchoInput.SHORT_AXIS_CAVITY_AREA: QT_TRANSLATE_NOOP("NameWords", "LV cavity"),
    EchoInput.ATRIAL_AREA_FOUR_CHAMBER: QT_TRANSLATE_NOOP("NameWords", "LA 4C"),
    EchoInput.ATRIAL_AREA_TWO_CHAMBER: QT_TRANSLATE_NOOP("NameWords", "LA 2C"),
    EchoInput.MITRAL_TRACED_AREA: QT_TRANSLATE_NOOP("NameWords", "MV"),
    Contour.DIASTOLE_FOUR: QT_TRANSLATE_NOOP("NameWords", "EDV 4C"),
    Contour.DIASTOLE_TWO: QT_TRANSLATE_NOOP("NameWords", "EDV 2C"),
    Contour.SYSTOLE_FOUR: QT_TRANSLATE_NOOP("NameWords", "ESV 4C"),
    Contour.SYSTOLE_TWO: QT_TRANSLATE_NOOP("NameWords", "ESV 2C"),
}


class NameWords(QObject):
    """Short names: they stand on the picture, on buttons, in the list."""

    def name(self, name: Name) -> str:
        """What a figure is called."""
        if isinstance(name, EchoInput):
            return self.echo(name)
        if isinstance(name, OrganAxis):
            return self._told(_AXIS[name])
        return self.part(name) if isinstance(name, Part) else self.contour(name)

    def short(self, name: Name) -> str:
        """The same for the picture and for buttons, where that is enough."""
        found = _SHORT.get(name)
        return self.name(name) if found is None else self.tr(found)

    def echo(self, name: EchoInput) -> str:
        """A measure of the heart."""
        return self._told(_NAME[name])

    def contour(self, name: Contour) -> str:
        """A border of the left ventricle."""
        return self._told(_CONTOUR[name])

    def part(self, part: Part) -> str:
        """A size of a fetus."""
        return self._told(_PART[part])

    def quantity(self, quantity: EchoQuantity) -> str:
        """A computed value of the heart."""
        return self._told(_QUANTITY[quantity])

    def dating(self, by: Dating) -> str:
        """The formula of an age."""
        return self._told(_DATING[by])

    def weight(self, by: WeightFormula) -> str:
        """The formula of a weight."""
        return self._told(_WEIGHT[by])

    def reference(self, reference: Reference) -> str:
        """Against whom a percentile was told."""
        return self._told(_REFERENCE[reference])

    def _told(self, text: str) -> str:
        return self.tr(text) if text else ""
