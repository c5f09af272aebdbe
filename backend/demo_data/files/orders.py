"""What a case's files are, without making them: importing this is cheap."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from backend.demo_data.files.subject import Subject
from backend_client.models.documents import DocumentKind

Make = Callable[[Subject, date], bytes]


@dataclass(frozen=True, slots=True)
class FileOrder:
    """A file to be made for a case."""

    item_code: str
    title: str
    """«{day}» in it stands for the day of the examination."""
    kind: DocumentKind
    format: str
    days: int
    """Of the examination, before the Monday of this week: files last for a week."""
    recipe: str
    """What distinguishes the content from any other of the same subject and day."""
    make: Make
    sent_ago: timedelta | None = None
    """When it came; None: with the request."""


def conclusion(days: int) -> FileOrder:
    """The treating doctor's conclusion."""
    title = "Заключение лечащего врача"
    return _pdf("conclusion", title, days, "conclusion", _conclusion)


def summary(days: int, department: str, title: str = "Выписной эпикриз") -> FileOrder:
    """A discharge summary of that department."""
    make = partial(_summary, department=department)
    return _pdf("summary", title, days, f"summary {department}", make)


def stage_summary(days: int, department: str) -> FileOrder:
    """The summary of a case that is being treated in that department."""
    return summary(days, department, "Этапный эпикриз")


def protocol(item_code: str, title: str, finding: str, days: int) -> FileOrder:
    """The protocol of an examination; `finding` is its name in the story."""
    make = partial(_protocol, title=title, finding=finding)
    return _pdf(item_code, title, days, f"protocol {title} {finding}", make)


def exchange_card(days: int) -> FileOrder:
    """The pregnancy exchange card."""
    return _pdf("exchange_card", "Обменная карта", days, "exchange card", _exchange_card)


def photo(item_code: str, title: str, days: int, *findings: str) -> FileOrder:
    """A photograph of a paper with those findings of the story."""
    make = partial(_photo, title=title, findings=findings)
    recipe = f"photo {title} {findings}"
    return FileOrder(item_code, f"{title}, фото", DocumentKind.PHOTO, "JPEG", days, recipe, make)


def ecg(shape: str, days: int, sent_ago: timedelta | None = None) -> FileOrder:
    """A DICOM ECG of that shape."""
    make = partial(_ecg, shape=shape)
    return FileOrder(
        "ecg", "ЭКГ {day}", DocumentKind.ECG, "DICOM", days, f"ecg {shape}", make, sent_ago
    )


def ecg_print(shape: str, days: int) -> FileOrder:
    """An ECG on paper, as PDF."""
    make = partial(_ecg_print, shape=shape)
    return _pdf("ecg", "ЭКГ {day}", days, f"ecg print {shape}", make)


def real_ecg(days: int) -> FileOrder:
    """The real ECG that comes with pydicom."""
    return FileOrder("ecg", "ЭКГ {day}", DocumentKind.ECG, "DICOM", days, "real ecg", _real_ecg)


def clip(item_code: str, title: str, name: str, days: int) -> FileOrder:
    """A DICOM ultrasound clip of that name."""
    make = partial(_clip, name=name, title=title)
    recipe = f"clip {name} {title}"
    return FileOrder(item_code, title, DocumentKind.CLIP, "DICOM", days, recipe, make)


def real_clip(item_code: str, title: str, days: int) -> FileOrder:
    """The real clip that comes with pydicom."""
    make = partial(_real_clip, title=title)
    recipe = f"real clip {title}"
    return FileOrder(item_code, title, DocumentKind.CLIP, "DICOM", days, recipe, make)


def broken_clip(item_code: str, title: str, name: str, days: int) -> FileOrder:
    """A clip of which a part only has arrived."""
    make = partial(_broken_clip, name=name, title=title)
    recipe = f"broken clip {name} {title}"
    return FileOrder(item_code, title, DocumentKind.CLIP, "DICOM", days, recipe, make)


def doppler_still(item_code: str, title: str, days: int) -> FileOrder:
    """A DICOM still of spectral Doppler."""
    make = partial(_doppler_still, title=title)
    recipe = f"doppler {title}"
    return FileOrder(item_code, title, DocumentKind.IMAGE, "DICOM", days, recipe, make)


def screenshot(item_code: str, title: str, name: str, days: int) -> FileOrder:
    """A PNG of a clip's frame."""
    make = partial(_screenshot, name=name)
    recipe = f"screenshot {name}"
    return FileOrder(item_code, title, DocumentKind.PHOTO, "PNG", days, recipe, make)


def ct_series(item_code: str, days: int, count: int) -> tuple[FileOrder, ...]:
    """A CT series as clinics send it: a file for each slice, named by the device."""
    return tuple(
        FileOrder(
            item_code,
            f"IM{number + 1:04d}",
            DocumentKind.IMAGE,
            "DICOM",
            days,
            f"ct slice {number}",
            partial(_ct_slice, number=number),
        )
        for number in range(count)
    )


def _pdf(item_code: str, title: str, days: int, recipe: str, make: Make) -> FileOrder:
    return FileOrder(item_code, title, DocumentKind.PDF, "PDF", days, recipe, make)


# The makers are imported when they are needed: they bring numpy, pydicom, Pillow, reportlab.


def _conclusion(subject: Subject, day: date) -> bytes:
    from backend.demo_data.files.papers import make_conclusion

    return make_conclusion(subject, day)


def _summary(subject: Subject, day: date, department: str) -> bytes:
    from backend.demo_data.files.papers import make_summary

    return make_summary(subject, day, department)


def _protocol(subject: Subject, day: date, title: str, finding: str) -> bytes:
    from backend.demo_data.files.papers import make_protocol

    return make_protocol(subject, day, title, finding)


def _exchange_card(subject: Subject, day: date) -> bytes:
    from backend.demo_data.files.exchange_card import make_exchange_card

    return make_exchange_card(subject, day)


def _photo(subject: Subject, day: date, title: str, findings: tuple[str, ...]) -> bytes:
    from backend.demo_data.files.photo import make_photo

    return make_photo(subject, day, title, findings)


def _ecg(subject: Subject, day: date, shape: str) -> bytes:
    from backend.demo_data.files.ecg_dicom import make_ecg

    return make_ecg(subject, day, shape)


def _ecg_print(subject: Subject, day: date, shape: str) -> bytes:
    from backend.demo_data.files.ecg_print import make_ecg_print

    return make_ecg_print(subject, day, shape)


def _real_ecg(subject: Subject, day: date) -> bytes:
    from backend.demo_data.files.real_files import make_real_ecg

    return make_real_ecg(subject, day)


def _clip(subject: Subject, day: date, name: str, title: str) -> bytes:
    from backend.demo_data.files.us_dicom import make_clip

    return make_clip(subject, day, name, title)


def _real_clip(subject: Subject, day: date, title: str) -> bytes:
    from backend.demo_data.files.real_files import make_real_clip

    return make_real_clip(subject, day, title)


def _broken_clip(subject: Subject, day: date, name: str, title: str) -> bytes:
    from backend.demo_data.files.us_dicom import cut_short, make_clip

    return cut_short(make_clip(subject, day, name, title), 0.62)


def _doppler_still(subject: Subject, day: date, title: str) -> bytes:
    from backend.demo_data.files.us_dicom import make_doppler_still

    return make_doppler_still(subject, day, title)


def _ct_slice(subject: Subject, day: date, number: int) -> bytes:
    from backend.demo_data.files.ct_dicom import make_ct_slice

    return make_ct_slice(subject, day, number)


def _screenshot(subject: Subject, day: date, name: str) -> bytes:
    from backend.demo_data.files.stills import make_screenshot

    return make_screenshot(name)
