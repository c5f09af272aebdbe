"""Videos as clips: MP4, MOV and AVI files, and MPEG-2, H.264 and HEVC inside DICOM files."""

from dataclasses import replace
from typing import Final

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace, VideoReformatter

from workstation.studies.errors import Unreadable, UnreadableFile
from workstation.studies.imaging import ClipInfo, FrameTimeSource
from workstation.studies.opened import Pixels
from workstation.studies.readers.dicom_file import DicomFile
from workstation.studies.readers.dicom_image import clip_info
from workstation.studies.readers.dicom_values import integer
from workstation.studies.readers.encapsulated import fragments
from workstation.studies.readers.frame_shape import frame_shape
from workstation.studies.readers.video_cursor import VideoCursor
from workstation.studies.readers.video_streams import Frames, open_frames
from workstation.studies.warnings import StudyWarning

_HIGH_DEFINITION: Final = 720
"""Rows from which colours are those of ITU-R BT.709 where a video does not say."""
_UNSAID: Final = 2
_ASSUMED_MS: Final = 1000 / 30
_ASPECTS: Final = (0.1, 10.0)


class VideoClip:
    """An open video, upright by its own rotation; sound is left out."""

    def __init__(self, cursor: VideoCursor, info: ClipInfo, turns: int) -> None:
        self.info = info
        self._cursor = cursor
        self._turns = turns
        self._reformatter = VideoReformatter()

    def render(self, index: int, into: Pixels) -> None:
        """Draws frame `index`."""
        frame = self._cursor.frame(index)
        height, width = into.shape[:2] if self._turns % 2 == 0 else into.shape[1::-1]
        if (frame.width, frame.height) != (width, height):
            raise UnreadableFile(Unreadable.DAMAGED)
        try:
            shown = self._reformatter.reformat(
                frame, format="bgra", src_colorspace=_colorspace(frame)
            )
        except (av.FFmpegError, ValueError) as error:
            raise UnreadableFile(Unreadable.DAMAGED) from error
        plane = shown.planes[0]
        rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        into[...] = np.rot90(rows[:height, : 4 * width].reshape(height, width, 4), self._turns)
        into[..., 3] = 255


def open_video(data: memoryview) -> VideoClip:
    """A video file.

    Raises:
        UnreadableFile: not one that is read here, or not one frame in it.
    """
    frames = open_frames(data)
    cursor = VideoCursor(frames)
    first = cursor.frame(0)
    turns = round(first.rotation / 90) % 4
    sideways = turns % 2 == 1
    edges, source = _times(frames)
    return VideoClip(
        cursor,
        ClipInfo(
            frame_count=frames.count,
            frames_announced=frames.count,
            width=first.height if sideways else first.width,
            height=first.width if sideways else first.height,
            pixel_aspect=_pixel_aspect(frames, sideways=sideways),
            frame_times_ms=edges,
            time_source=source,
            regions=(),
            patient_name="",
            patient_birth_date=None,
            taken_on=None,
            taken_at=None,
            title="",
            modality="",
            warnings=_warnings(frames, source),
            format=_format(bytes(data[:12])),
        ),
        turns,
    )


def open_dicom_video(file: DicomFile) -> VideoClip:
    """A DICOM file whose pixels are a video (PS3.5 8.2.5 to 8.2.9).

    Its times are those of the data set, else of the stream.

    Raises:
        UnreadableFile: no video, not one frame in it, or of another size than the data set says.
    """
    if file.pixels is None or file.pixels.announced is not None:
        raise UnreadableFile(Unreadable.TRUNCATED, frames_readable=0)
    spans = fragments(file.pixels.value).spans
    stream = b"".join(bytes(file.pixels.value[slice(*span)]) for span in spans)
    frames = open_frames(memoryview(stream))
    shape = frame_shape(file.dataset)
    cursor = VideoCursor(frames)
    first = cursor.frame(0)
    if (first.width, first.height) != (shape.columns, shape.rows):
        raise UnreadableFile(Unreadable.DAMAGED)
    announced = max(integer(file.dataset, "NumberOfFrames") or 1, 1)
    info = clip_info(file.dataset, shape, min(frames.count, announced), announced)
    edges, source = _times(frames)
    if info.time_source is FrameTimeSource.ASSUMED and source is FrameTimeSource.VIDEO:
        left = tuple(w for w in info.warnings if w is not StudyWarning.FRAME_TIMES_UNKNOWN)
        times = edges[: info.frame_count + 1]
        info = replace(info, frame_times_ms=times, time_source=source, warnings=left)
    return VideoClip(cursor, info, turns=0)


def _format(head: bytes) -> str:
    """By the first box, or the RIFF header."""
    if head[:4] == b"RIFF":
        return "AVI"
    return "MOV" if head[4:8] != b"ftyp" or head[8:12] == b"qt  " else "MP4"


def _times(frames: Frames) -> tuple[tuple[float, ...], FrameTimeSource]:
    if frames.edges_ms is None:
        assumed = tuple(_ASSUMED_MS * place for place in range(frames.count + 1))
        return assumed, FrameTimeSource.ASSUMED
    still = frames.count == 1
    return frames.edges_ms, FrameTimeSource.STILL if still else FrameTimeSource.VIDEO


def _warnings(frames: Frames, source: FrameTimeSource) -> tuple[StudyWarning, ...]:
    given = {
        StudyWarning.FRAME_TIMES_UNKNOWN: source is FrameTimeSource.ASSUMED,
        StudyWarning.SOUND_LEFT_OUT: frames.sound,
    }
    return tuple(code for code, is_given in given.items() if is_given)


def _pixel_aspect(frames: Frames, *, sideways: bool) -> float:
    """Height of a pixel over its width."""
    wide = frames.pixel_width
    if not _ASPECTS[0] <= wide <= _ASPECTS[1]:
        return 1.0
    return wide if sideways else 1 / wide


def _colorspace(frame: VideoFrame) -> Colorspace | None:
    """None: as the video says."""
    if frame.colorspace != _UNSAID:
        return None
    return Colorspace.ITU709 if frame.height >= _HIGH_DEFINITION else Colorspace.ITU601
