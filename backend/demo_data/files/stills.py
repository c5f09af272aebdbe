"""Single pictures that are no DICOM: a screenshot of an ultrasound device as PNG."""

from io import BytesIO

from PIL import Image

from backend.demo_data.files.us_clips import CLIPS, frames


def make_screenshot(clip: str) -> bytes:
    """A frame of a clip (a key of CLIPS) as PNG; it names nobody and has no scale of its own."""
    middle = frames(clip)[CLIPS[clip].period // 3]
    out = BytesIO()
    with Image.open(BytesIO(middle)) as frame:
        frame.convert("L").save(out, "PNG")
    return out.getvalue()
