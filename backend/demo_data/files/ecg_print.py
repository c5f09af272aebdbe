"""A twelve-lead ECG printed on paper, as PDF: 25 mm/s, 10 mm/mV."""

from datetime import date
from io import BytesIO

from backend.demo_data.files.ecg_shapes import SHAPES
from backend.demo_data.files.ecg_signal import LEADS, RATE_HZ, EcgTrace, make_trace
from backend.demo_data.files.papers import DAY, institution
from backend.demo_data.files.pdf_library import A4, Canvas, colors, landscape, mm
from backend.demo_data.files.pdf_page import BOLD, NORMAL, register_fonts
from backend.demo_data.files.subject import Subject

ROWS = (("I", "aVR", "V1", "V4"), ("II", "aVL", "V2", "V5"), ("III", "aVF", "V3", "V6"), ("II",))
LEFT, BOTTOM, WIDTH, HEIGHT = 18.0, 18.0, 260.0, 140.0
"""The ruled field, mm."""
ROW_HEIGHT = 35.0
THIN, THICK = colors.HexColor(0xF6D9D2), colors.HexColor(0xE5A79B)


def make_ecg_print(subject: Subject, day: date, shape_name: str) -> bytes:
    """A landscape page; four columns of 2.5 s and a strip of lead II."""
    register_fonts()
    trace = make_trace(SHAPES[shape_name], f"{subject.full_name} print")
    out = BytesIO()
    canvas = Canvas(out, pagesize=landscape(A4), invariant=True)
    canvas.setTitle(f"ЭКГ, {subject.short_name}")
    _head(canvas, subject, day, trace, SHAPES[shape_name].statements)
    _grid(canvas)
    for number, leads in enumerate(ROWS):
        baseline = BOTTOM + HEIGHT - ROW_HEIGHT * (number + 0.55)
        _calibration(canvas, baseline)
        for column, lead in enumerate(leads):
            _lead(canvas, trace, lead, column, baseline, whole=len(leads) == 1)
    canvas.save()
    return out.getvalue()


def _head(
    canvas: Canvas, subject: Subject, day: date, trace: EcgTrace, statements: tuple[str, ...]
) -> None:
    top = 210.0 - 14
    canvas.setFont(BOLD, 12)
    canvas.drawString(LEFT * mm, top * mm, f"{subject.full_name}, {subject.birth_date:{DAY}}")
    canvas.setFont(NORMAL, 10)
    canvas.drawString(LEFT * mm, (top - 6) * mm, f"{institution(subject)}   ЭКГ {day:{DAY}}")
    pr = f"PQ {trace.pr} мс   " if trace.pr else ""
    values = (
        f"ЧСС {round(60000 / trace.rr)}   {pr}QRS {trace.qrs} мс   QT/QTc {trace.qt}/{trace.qtc} мс"
    )
    canvas.drawString(LEFT * mm, (top - 12) * mm, values)
    canvas.drawString(LEFT * mm, (top - 18) * mm, ". ".join(statements) + ".")
    canvas.setFont(NORMAL, 8)
    foot = "25 мм/с   10 мм/мВ   0,05–150 Гц. Вымышленные данные, демонстрация"
    canvas.drawString(LEFT * mm, (BOTTOM - 6) * mm, foot)


def _grid(canvas: Canvas) -> None:
    for step, colour, width in ((1, THIN, 0.2), (5, THICK, 0.4)):
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(width)
        across = [(LEFT + x) * mm for x in range(0, int(WIDTH) + 1, step)]
        upwards = [(BOTTOM + y) * mm for y in range(0, int(HEIGHT) + 1, step)]
        canvas.grid(across, upwards)


def _calibration(canvas: Canvas, baseline: float) -> None:
    """The pulse of 1 mV and 0.2 s that heads a row."""
    path = canvas.beginPath()
    path.moveTo((LEFT - 1) * mm, baseline * mm)
    for x, y in ((0, 0), (0, 10), (5, 10), (5, 0), (6, 0)):
        path.lineTo((LEFT - 1 + x) * mm, (baseline + y) * mm)
    canvas.setStrokeColor(colors.black)
    canvas.setLineWidth(0.6)
    canvas.drawPath(path)


def _lead(
    canvas: Canvas, trace: EcgTrace, lead: str, column: int, baseline: float, whole: bool
) -> None:
    count = trace.samples.shape[1] // (1 if whole else 4)
    first = column * count
    samples = trace.samples[LEADS.index(lead)][first : first + count : 2].tolist()
    left = LEFT + 5 + column * count / RATE_HZ * 25
    step = 2 * 25 / RATE_HZ
    path = canvas.beginPath()
    path.moveTo(left * mm, (baseline + samples[0] / 100) * mm)
    for number, level in enumerate(samples[1:], 1):
        path.lineTo((left + number * step) * mm, (baseline + level / 100) * mm)
    canvas.setStrokeColor(colors.black)
    canvas.setLineWidth(0.6)
    canvas.drawPath(path)
    canvas.setFillColor(colors.black)
    canvas.setFont(BOLD, 9)
    canvas.drawString((left + 1) * mm, (baseline + 11) * mm, lead)
