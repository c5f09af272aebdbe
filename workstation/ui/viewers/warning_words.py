"""A file's warnings in words: what it means for what is seen."""

from PySide6.QtCore import QObject

from workstation.studies.warnings import StudyWarning


class WarningWords(QObject):
    """One sentence for each warning."""

    def text(self, warning: StudyWarning) -> str:
        """What the doctor should know."""
        words = {
            StudyWarning.NAME_CHARSET_GUESSED: self.tr(
                "The letters of the name are a guess: the file does not say its encoding"
            ),
            StudyWarning.NO_CALIBRATION: self.tr(
                "No calibration in some leads: their height is not in mV"
            ),
            StudyWarning.SAMPLES_MISSING: self.tr(
                "The record is shorter than the file announces; what is there is shown"
            ),
            StudyWarning.CHECKSUM_WRONG: self.tr(
                "The file's checksum or size does not fit: some part of it may be damaged"
            ),
            StudyWarning.LEADS_DERIVED: self.tr("III, aVR, aVL, aVF are computed from I and II"),
            StudyWarning.LEAD_NAME_UNKNOWN: self.tr("Some leads have names of the device's own"),
            StudyWarning.DEVICE_UNIT_IGNORED: self.tr(
                "The device gave an impossible unit; the usual one is shown"
            ),
            StudyWarning.OTHER_GROUPS_HIDDEN: self.tr(
                "The file holds further recordings than this one"
            ),
            StudyWarning.FRAMES_MISSING: self.tr("The clip is cut off before its end"),
            StudyWarning.FRAME_TIMES_UNKNOWN: self.tr(
                "The file does not say how fast the clip runs: 30 frames a second are assumed"
            ),
            StudyWarning.FRAME_TIMES_MENDED: self.tr(
                "The frame times in the file were wrong and were mended"
            ),
            StudyWarning.REGIONS_IGNORED: self.tr(
                "Some calibrations in the file are impossible and are not used"
            ),
            StudyWarning.OVERLAYS_HIDDEN: self.tr(
                "Some lines or letters that the device keeps apart from the picture are not shown"
            ),
            StudyWarning.MODALITY_LUT_UNUSABLE: self.tr(
                "The device's table of values is damaged: shades by the content, values without "
                "a unit"
            ),
            StudyWarning.VOI_LUT_UNUSABLE: self.tr(
                "The device's table of shades is damaged and is not used: check the window"
            ),
            StudyWarning.MASK_NOT_APPLIED: self.tr(
                "Subtraction (DSA): the device's mask is not subtracted, frames are as stored"
            ),
            StudyWarning.SOUND_LEFT_OUT: self.tr("The sound of the video is not played"),
            StudyWarning.REPORT_CUT: self.tr(
                "The report is longer than any device's: only its beginning is shown"
            ),
            StudyWarning.REPORT_EMPTY: self.tr(
                "The report has no values: the study may hold another one"
            ),
            StudyWarning.TEXT_CHARSET_GUESSED: self.tr(
                "The letters of the text are a guess: the file does not say its encoding"
            ),
            StudyWarning.TEXT_CUT: self.tr("The text is very long: only its beginning is shown"),
            StudyWarning.LETTERS_MISSING: self.tr(
                "Some characters cannot be shown: a square stands for each"
            ),
            StudyWarning.PARTS_LEFT_OUT: self.tr(
                "Some parts of the document are not shown: notes, objects, hidden or deleted words"
            ),
            StudyWarning.ACTIVE_CONTENT: self.tr(
                "The document holds scripts or macros: they are not run"
            ),
            StudyWarning.FILES_INSIDE: self.tr(
                "The document holds other files: they are not opened"
            ),
            StudyWarning.PAGES_HIDDEN: self.tr("The file holds further pages than this one"),
        }
        return words.get(warning) or self.tr("The file has an unknown peculiarity")
