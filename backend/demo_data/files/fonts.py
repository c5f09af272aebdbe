"""The typeface of papers and screens: PT Sans (OFL), which lies in the project's resources."""

from pathlib import Path

FOLDER = Path(__file__).parents[3] / "resources" / "fonts" / "pdf"
FONT_REGULAR = FOLDER / "PTSans-Regular.ttf"
FONT_BOLD = FOLDER / "PTSans-Bold.ttf"
