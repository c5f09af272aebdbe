"""What an open file is."""

from enum import Enum


class StudyKind(Enum):
    """Which viewer an open file needs."""

    ECG = "ecg"
    LONG_ECG = "long_ecg"
    CLIP = "clip"
    PICTURE = "picture"
    PDF = "pdf"
    REPORT = "report"
    STACK = "stack"
    DISC = "disc"
