"""What a doctor should know about a file that is shown nevertheless."""

from enum import StrEnum


class StudyWarning(StrEnum):
    """A code that the window turns into words; the file is shown, with this said beside it."""

    NAME_CHARSET_GUESSED = "name_charset_guessed"
    """The file does not say in which letters the name is written; the reading is a guess."""
    NO_CALIBRATION = "no_calibration"
    """Some lead has no valid sensitivity: its samples are the device's raw numbers, not mV."""
    SAMPLES_MISSING = "samples_missing"
    """The file holds fewer samples than it announces; what is there is shown."""
    CHECKSUM_WRONG = "checksum_wrong"
    """A checksum in the file, or its size, does not fit: some sample may be damaged."""
    LEADS_DERIVED = "leads_derived"
    """III, aVR, aVL, aVF were computed from I and II."""
    LEAD_NAME_UNKNOWN = "lead_name_unknown"
    """Some channel's name is not in the standard's list; it is shown under its own name."""
    DEVICE_UNIT_IGNORED = "device_unit_ignored"
    """The device gave a unit that cannot be (an axis in ms); the quantity's own unit is shown."""
    OTHER_GROUPS_HIDDEN = "other_groups_hidden"
    """The file holds further recordings than the one that is shown."""
    FRAMES_MISSING = "frames_missing"
    """The clip is cut off: see `frames_announced` and `frame_count`."""
    FRAME_TIMES_UNKNOWN = "frame_times_unknown"
    """No usable frame time in the file: 30 frames a second are an assumption."""
    FRAME_TIMES_MENDED = "frame_times_mended"
    """Frame times did not fit the number of frames or were not positive; they were mended."""
    REGIONS_IGNORED = "regions_ignored"
    """Some ultrasound region was absurd (not finite, upside down) and was left out."""
    PAGES_HIDDEN = "pages_hidden"
    """The file holds further pages than the one that is shown."""
