"""Structured reports made by pydicom: twins of the sample files, and broken ones."""

from collections.abc import Sequence
from typing import Any

from pydicom.dataset import Dataset
from pydicom.sequence import Sequence as DicomSequence
from pydicom.uid import ComprehensiveSRStorage

from tests.unit.studies.dicom_factory import code, element, written


def item(kind: str, name: tuple[str, str, str], relation: str = "CONTAINS", **more: Any) -> Dataset:
    """A content item; `more` are elements by keyword."""
    return element(
        RelationshipType=relation, ValueType=kind, ConceptNameCodeSequence=_code(name), **more
    )


def number(name: tuple[str, str, str], value: str, unit: str, *below: Dataset) -> Dataset:
    """A measurement of the device."""
    measured = element(NumericValue=value, MeasurementUnitsCodeSequence=code(unit, unit, "UCUM"))
    found = item("NUM", name, MeasuredValueSequence=DicomSequence([measured]))
    return with_content(found, below)


def modifier(name: tuple[str, str, str], value: tuple[str, str, str]) -> Dataset:
    """What makes a measurement more exact."""
    return item("CODE", name, "HAS CONCEPT MOD", ConceptCodeSequence=_code(value))


def group(name: tuple[str, str, str], *below: Dataset) -> Dataset:
    """A container."""
    return with_content(item("CONTAINER", name, ContinuityOfContent="SEPARATE"), below)


def with_content(found: Dataset, below: Sequence[Dataset]) -> Dataset:
    """The item with others below it."""
    if below:
        found.ContentSequence = DicomSequence(below)
    return found


def report(
    name: tuple[str, str, str], *below: Dataset, template: str = "5200", **more: Any
) -> bytes:
    """A whole file."""
    dataset = element(
        **{
            "SOPClassUID": ComprehensiveSRStorage,
            "SOPInstanceUID": "1.2.3.9",
            "SpecificCharacterSet": "ISO_IR 192",
            "Modality": "SR",
            "PatientName": "Образцова^Анна^Ивановна",
            "PatientBirthDate": "19900201",
            "ContentDate": "20260101",
            "ContentTime": "101500",
            "Manufacturer": "Образец",
            "ValueType": "CONTAINER",
            "CompletionFlag": "COMPLETE",
            "VerificationFlag": "UNVERIFIED",
            "ConceptNameCodeSequence": _code(name),
            "ContentTemplateSequence": DicomSequence(
                [element(MappingResource="DCMR", TemplateIdentifier=template)]
            ),
            **more,
        }
    )
    return written(with_content(dataset, below))


def _code(name: tuple[str, str, str]) -> DicomSequence:
    value, scheme, meaning = name
    return code(value, meaning, scheme)


ECHO = ("125200", "DCM", "Adult Echocardiography Procedure Report")
OBGYN = ("125000", "DCM", "OB-GYN Ultrasound Procedure Report")
FINDINGS = ("121070", "DCM", "Findings")
SITE = ("363698007", "SCT", "Finding Site")
LEFT_VENTRICLE = ("87878005", "SCT", "Left ventricle")
LVIDD = ("29436-3", "LN", "Left Ventricle Internal End Diastolic Dimension")
EF = ("18043-0", "LN", "Left Ventricular Ejection Fraction")
BIOMETRY = ("125002", "DCM", "Fetal Biometry")
BIOMETRY_GROUP = ("125005", "DCM", "Biometry Group")
BPD = ("11820-8", "LN", "Biparietal Diameter")
DERIVATION = ("121401", "DCM", "Derivation")
MEAN = ("373098007", "SCT", "Mean")
COMMENT = ("121106", "DCM", "Comment")


def echo_report() -> bytes:
    """A twin of the sample of TID 5200, with a site and a derivation."""
    numbers = (number(LVIDD, "4.8", "cm", modifier(DERIVATION, MEAN)), number(EF, "62", "%"))
    site = modifier(SITE, LEFT_VENTRICLE)
    return report(ECHO, with_content(group(FINDINGS), (site, *numbers)))


def fetal_report() -> bytes:
    """A twin of the sample of TID 5000: a group for each value."""
    inner = (group(BIOMETRY_GROUP, number(BPD, value, "cm")) for value in ("8.0", "8.1"))
    return report(OBGYN, group(BIOMETRY, *inner), template="5000")
