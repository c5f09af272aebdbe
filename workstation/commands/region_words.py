"""An ultrasound region as the command line says it (DICOM PS3.3 C.8.5.5)."""

from typing import Final

from workstation.commands.answers import RegionSaid
from workstation.studies.imaging import UltrasoundRegion

_FORMATS: Final = ("none", "2d", "m_mode", "spectral", "waveform", "graphics")
"""Region Spatial Format, C.8.5.5.1.1."""
_DATA: Final = (
    "none",
    "tissue",
    "colour_flow",
    "pw_spectral_doppler",
    "cw_spectral_doppler",
    "doppler_mean_trace",
    "doppler_mode_trace",
    "doppler_max_trace",
    "volume_trace",
    "volume_change_trace",
    "ecg_trace",
    "pulse_trace",
    "phonocardiogram_trace",
    "grey_bar",
    "colour_bar",
    "integrated_backscatter",
    "area_trace",
    "area_change_trace",
    "other_physiological_input",
)
"""Region Data Type, C.8.5.5.1.2."""


def region_said(number: int, region: UltrasoundRegion) -> RegionSaid:
    """One region; `number` counts from 1, in the file's order."""
    return RegionSaid(
        number=number,
        shows=_of(_FORMATS, region.spatial_format),
        data=_of(_DATA, region.data_type),
        x0=region.x0,
        y0=region.y0,
        x1=region.x1,
        y1=region.y1,
        unit_x=region.unit_x.name.lower(),
        unit_y=region.unit_y.name.lower(),
        delta_x=region.delta_x,
        delta_y=region.delta_y,
    )


def _of(words: tuple[str, ...], code: int) -> str:
    return words[code] if 0 <= code < len(words) else f"code {code}"
