"""The device test's verdict by the four services' profiles."""

from dataclasses import replace

import pytest

from workstation.core.call_media import RelayReport, RelayState
from workstation.core.device_check import (
    Access,
    Adapter,
    CallProfile,
    Camera,
    Cause,
    Grade,
    Measured,
    Microphone,
    Network,
    Outlook,
    Part,
    Speaker,
    judge,
    read_profiles,
)
from workstation.resources import resource

UDP, TLS = "turn:turn.example:3478?transport=udp", "turns:turn.example:443?transport=tcp"
GOOD = Measured(
    Camera(Access.WORKS, "camera", 2592, 1944, 30.0, 120.0, 50.0),
    Microphone(Access.WORKS, "headset", -18.0, 0.0, -50.0),
    Speaker(Access.WORKS, "headset", True, True, True),
    Network(
        20.0,
        (RelayReport(UDP, RelayState.USABLE, 30.0),),
        up_kbit=5_000,
        down_kbit=18_000,
        delay_ms=40.0,
        adapters=(Adapter("eth0", False),),
    ),
)


@pytest.fixture(scope="module")
def profiles() -> dict[str, CallProfile]:
    """Those that ship, by their ids."""
    data = resource("call_profiles", "profiles.json").read_bytes()
    return {one.id: one for one in read_profiles(data)}


def test_good_devices_are_good_for_every_service(profiles: dict[str, CallProfile]) -> None:
    assert set(profiles) == {"oblako", "drclinics", "sokolov", "petersburg"}
    for profile in profiles.values():
        verdict = judge(GOOD, profile)
        assert verdict.outlook is Outlook.READY
        assert {one.grade for one in verdict.findings} == {Grade.GOOD}
        assert {one.part for one in verdict.findings} == set(Part)
        assert profile.title["ru"]


@pytest.mark.parametrize(
    ("service", "up_kbit", "cause", "outlook"),
    [
        ("oblako", 2_000, None, Outlook.READY),
        ("oblako", 1_400, Cause.SLOW_FOR_VIDEO, Outlook.UNEVEN_VIDEO),
        ("oblako", 511, Cause.SLOW_FOR_SOUND, Outlook.NOT_READY),
        ("drclinics", 999, Cause.SLOW_FOR_VIDEO, Outlook.UNEVEN_VIDEO),
        ("sokolov", 640, None, Outlook.READY),
        ("sokolov", 128, Cause.SLOW_FOR_VIDEO, Outlook.UNEVEN_VIDEO),
        ("sokolov", 127, Cause.SLOW_FOR_SOUND, Outlook.NOT_READY),
        ("petersburg", 100, None, Outlook.READY),
    ],
)
def test_speed_by_profile(
    profiles: dict[str, CallProfile],
    service: str,
    up_kbit: float,
    cause: Cause | None,
    outlook: Outlook,
) -> None:
    measured = replace(GOOD, network=replace(GOOD.network, up_kbit=up_kbit))
    verdict = judge(measured, profiles[service])
    assert verdict.of(Part.SPEED).cause is cause
    assert verdict.outlook is outlook


@pytest.mark.parametrize(
    ("service", "size", "is_enough"),
    [
        ("drclinics", (1280, 720), True),
        ("drclinics", (1024, 720), True),
        ("drclinics", (640, 480), False),
        ("petersburg", (2592, 1944), True),
        ("petersburg", (1920, 1080), False),
        ("oblako", (640, 480), True),
    ],
)
def test_the_cameras_size_by_profile(
    profiles: dict[str, CallProfile], service: str, size: tuple[int, int], is_enough: bool
) -> None:
    camera = replace(GOOD.camera, width=size[0], height=size[1])
    verdict = judge(replace(GOOD, camera=camera), profiles[service])
    assert verdict.of(Part.CAMERA).cause is (None if is_enough else Cause.TOO_SMALL)


def test_a_headset_is_asked_for_where_the_service_asks(profiles: dict[str, CallProfile]) -> None:
    measured = replace(GOOD, speaker=replace(GOOD.speaker, is_headset=False))
    assert judge(measured, profiles["petersburg"]).of(Part.SPEAKER).cause is Cause.NO_HEADSET
    assert judge(measured, profiles["oblako"]).of(Part.SPEAKER).grade is Grade.GOOD


@pytest.mark.parametrize(
    ("camera", "cause", "outlook"),
    [
        ({"access": Access.NONE}, Cause.NOT_FOUND, Outlook.SOUND_ONLY),
        ({"access": Access.BUSY}, Cause.BUSY, Outlook.SOUND_ONLY),
        ({"access": Access.NO_PERMISSION}, Cause.NO_PERMISSION, Outlook.SOUND_ONLY),
        ({"contrast": 1.0, "brightness": 2.0}, Cause.COVERED, Outlook.SOUND_ONLY),
        ({"brightness": 20.0}, Cause.DARK, Outlook.UNEVEN_VIDEO),
        ({"frame_rate": 5.0}, Cause.FEW_FRAMES, Outlook.UNEVEN_VIDEO),
    ],
)
def test_faults_of_the_camera_are_named(
    profiles: dict[str, CallProfile], camera: dict[str, object], cause: Cause, outlook: Outlook
) -> None:
    """busy in another program, no permission, none; dark and covered are told apart."""
    measured = replace(GOOD, camera=replace(GOOD.camera, **camera))  # type: ignore[arg-type]
    verdict = judge(measured, profiles["oblako"])
    assert (verdict.of(Part.CAMERA).cause, verdict.outlook) == (cause, outlook)


@pytest.mark.parametrize(
    ("microphone", "cause", "outlook"),
    [
        ({"access": Access.BUSY}, Cause.BUSY, Outlook.NOT_READY),
        ({"level_dbfs": -90.0}, Cause.SILENT, Outlook.NOT_READY),
        ({"level_dbfs": -45.0}, Cause.QUIET, Outlook.READY),
        ({"clipped": 0.05}, Cause.CLIPPING, Outlook.READY),
        ({"echo_db": -10.0}, Cause.ECHO, Outlook.READY),
    ],
)
def test_faults_of_the_microphone_are_named(
    profiles: dict[str, CallProfile],
    microphone: dict[str, object],
    cause: Cause,
    outlook: Outlook,
) -> None:
    measured = replace(
        GOOD,
        microphone=replace(GOOD.microphone, **microphone),  # type: ignore[arg-type]
    )
    verdict = judge(measured, profiles["oblako"])
    assert (verdict.of(Part.MICROPHONE).cause, verdict.outlook) == (cause, outlook)


@pytest.mark.parametrize(
    ("states", "cause"),
    [
        ({UDP: RelayState.USABLE}, None),
        ({}, None),
        ({UDP: RelayState.SILENT, TLS: RelayState.USABLE}, Cause.UDP_CLOSED),
        ({UDP: RelayState.SILENT, TLS: RelayState.SILENT}, Cause.NO_RELAY),
        ({UDP: RelayState.EXPIRED}, Cause.RELAY_CREDENTIALS),
        ({UDP: RelayState.SILENT, TLS: RelayState.UNTRUSTED}, Cause.RELAY_UNTRUSTED),
    ],
)
def test_walls_before_the_relay_are_named(
    profiles: dict[str, CallProfile], states: dict[str, RelayState], cause: Cause | None
) -> None:
    """blocked by a firewall (no UDP)."""
    relays = tuple(RelayReport(url, state) for url, state in states.items())
    measured = replace(GOOD, network=replace(GOOD.network, relays=relays))
    assert judge(measured, profiles["oblako"]).of(Part.RELAY).cause is cause


def test_several_adapters_and_a_vpn_are_named(profiles: dict[str, CallProfile]) -> None:
    """«работают 2 или более сетевых адаптера»."""
    cable, tunnel = Adapter("eth0", False), Adapter("tun0", True)
    for adapters, cause in (
        ((cable, tunnel), Cause.VPN),
        ((cable, Adapter("wlan0", False)), Cause.SEVERAL),
        ((cable,), None),
    ):
        measured = replace(GOOD, network=replace(GOOD.network, adapters=adapters))
        assert judge(measured, profiles["oblako"]).of(Part.ADAPTERS).cause is cause


def test_nothing_measured_is_nothing_good(profiles: dict[str, CallProfile]) -> None:
    verdict = judge(Measured(), profiles["oblako"])
    assert verdict.outlook is Outlook.NOT_READY
    assert verdict.of(Part.SERVER).cause is Cause.NO_ANSWER


@pytest.mark.parametrize(
    "data", [b"", b"{}", b'{"profiles": [{"id": 1}]}', b'{"profiles": [], "x": 1}']
)
def test_a_file_that_is_no_list_of_profiles_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        read_profiles(data)
