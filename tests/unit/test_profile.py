import base64
import json
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from devices import driver_names
from devices.model import DeviceSpec, Kind
from devices.registry import make_driver
from kiosk.device_profile import device_specs
from kiosk.session.access import Access
from kiosk.session.limits import Limits
from kiosk.wiring import facts_of, limits_of, queue_socket
from provisioning.profile import (
    PlatformKeys,
    ProfileError,
    QueuePart,
    TerminalProfile,
    load_platform_keys,
    load_profile,
    load_token,
)

# The first import of this driver changes the environment, which no test may do.
import_module("devices.camera.camera")
EXAMPLE = Path(__file__).parents[2] / "deploy" / "profile.example.toml"
KEY = bytes(range(32))
KEYS = {"seal_keys": {"seal-1": KEY}, "ack_keys": {"ack-1": KEY}, "catalogue_keys": {"catalogue-1": KEY}}


def _profile() -> dict[str, Any]:
    return {
        "terminal": {"number": "T0421", "place": {"zh": "示范大厅", "en": "Example hall"}},
        "paths": {"data": "data", "runtime": "/run/zhiwang"},
        "platform": {
            "url": "https://platform.example",
            "progress_url": "https://progress.example",
            "keys": "enrolled/platform.json",
            "token": "enrolled/token",
        },
        "devices": {"idcard-1": {"kind": "id-card", "driver": "sdt", "options": {"port": "/dev/ttyUSB0"}}},
    }


def _loaded(tmp_path: Path, profile: Mapping[str, Any]) -> TerminalProfile:
    path = tmp_path / "terminal.toml"
    path.write_bytes(tomli_w.dumps(profile).encode())
    return load_profile(path)


def _refused(tmp_path: Path, profile: Mapping[str, Any]) -> ProfileError:
    with pytest.raises(ProfileError) as refusal:
        _loaded(tmp_path, profile)
    return refusal.value


def _platform_file(tmp_path: Path, keys: Mapping[str, Mapping[str, bytes]]) -> Path:
    path = tmp_path / "platform.json"
    told = {
        use: {kid: base64.b64encode(key).decode() for kid, key in known.items()}
        for use, known in keys.items()
    }
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


def test_a_short_profile_is_filled_with_the_usual_values(tmp_path: Path) -> None:
    profile = _loaded(tmp_path, _profile())
    assert profile.terminal.hotline == "12345"
    assert (profile.panel.width_px, profile.panel.height_px, profile.panel.width_mm) == (1080, 1920, 268.0)
    assert profile.platform.timeout_s == 5.0
    assert profile.platform.ca_file is None
    assert limits_of(profile) == Limits()


def test_relative_paths_are_read_from_the_folder_of_the_profile(tmp_path: Path) -> None:
    raw = _profile()
    raw["platform"]["ca_file"] = "ca.pem"
    profile = _loaded(tmp_path, raw)
    assert profile.paths.data == tmp_path / "data"
    assert profile.paths.runtime == Path("/run/zhiwang")
    assert profile.platform.keys == tmp_path / "enrolled" / "platform.json"
    assert profile.platform.token == tmp_path / "enrolled" / "token"
    assert profile.platform.ca_file == tmp_path / "ca.pem"


def test_a_limit_of_the_profile_takes_the_place_of_the_usual_one_alone(tmp_path: Path) -> None:
    limits = limits_of(
        _loaded(tmp_path, _profile() | {"limits": {"answering": {"idle_s": 7, "warning_s": 3}}})
    )
    assert (limits.answering.idle_s, limits.answering.warning_s) == (7, 3)
    assert limits.browsing == Limits().browsing


def test_more_time_and_the_extension_are_configured_too(tmp_path: Path) -> None:
    given = {"session": {"idle_s": 600, "warning_s": 60, "patient_idle_s": 900}, "extension_s": 120}
    limits = limits_of(_loaded(tmp_path, _profile() | {"limits": given}))
    assert limits.session.lasting(Access(slow=True)).idle_s == 900
    assert limits.session.lasting(Access(slow=True)).warning_s == 120
    assert limits.extension_s == 120


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("terminal.number", "t-0421"),
        ("terminal.place.zh", ""),
        ("terminal.colour", "red"),
        ("panel.width_mm", 27.0),
        ("platform.url", "ftp://platform.example"),
        ("platform.url", "http://platform.example"),
        ("platform.url", "http://127.0.0.1.example:8000"),
        ("platform.url", "http://127.0.0.1@platform.example"),
        ("platform.timeout_s", 0),
        ("platform.guides_url", "guides.example"),
        ("devices.idcard-1.kind", "toaster"),
        ("limits.lunch", {"idle_s": 1, "warning_s": 1}),
        ("limits.result", {"idle_s": 0, "warning_s": 1}),
        ("limits.extension_s", 0),
    ],
)
def test_a_wrong_value_is_refused_by_its_key(tmp_path: Path, key: str, value: object) -> None:
    raw = _profile()
    *folders, name = key.split(".")
    part = raw
    for folder in folders:
        part = part.setdefault(folder, {})
    part[name] = value
    refusal = _refused(tmp_path, raw)
    assert refusal.code == "profile.bad-key"
    assert refusal.key.startswith(key)
    assert key in str(refusal)


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "[::1]:8000"])
def test_without_tls_only_this_very_machine_is_spoken_to(tmp_path: Path, host: str) -> None:
    raw = _profile()
    raw["platform"]["url"] = f"http://{host}"
    assert _loaded(tmp_path, raw).platform.url == f"http://{host}"


@pytest.mark.parametrize("key", ["terminal", "terminal.place", "paths.runtime", "platform.keys", "devices"])
def test_a_missing_key_is_named(tmp_path: Path, key: str) -> None:
    raw = _profile()
    *folders, name = key.split(".")
    part = raw
    for folder in folders:
        part = part[folder]
    del part[name]
    refusal = _refused(tmp_path, raw)
    assert (refusal.code, refusal.key) == ("profile.bad-key", key)


def test_a_device_is_called_family_and_number(tmp_path: Path) -> None:
    raw = _profile()
    raw["devices"]["Reader"] = raw["devices"].pop("idcard-1")
    assert _refused(tmp_path, raw).key.startswith("devices.Reader")


def test_a_refusal_does_not_repeat_the_value(tmp_path: Path) -> None:
    raw = _profile()
    raw["platform"]["url"] = "very-secret-mistake"
    assert "very-secret-mistake" not in str(_refused(tmp_path, raw))


def test_a_profile_that_is_not_there_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"terminal\.toml") as refusal:
        load_profile(tmp_path / "terminal.toml")
    assert refusal.value.code == "profile.unreadable"


@pytest.mark.parametrize("content", [b"[terminal\n", b"\xff\xfe"])
def test_a_profile_that_is_no_toml_is_unreadable(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "terminal.toml"
    path.write_bytes(content)
    with pytest.raises(ProfileError) as refusal:
        load_profile(path)
    assert refusal.value.code == "profile.unreadable"


def test_the_public_keys_of_the_platform_are_read_as_raw_bytes(tmp_path: Path) -> None:
    read = load_platform_keys(_platform_file(tmp_path, KEYS))
    assert read == PlatformKeys(KEYS["seal_keys"], KEYS["ack_keys"], KEYS["catalogue_keys"])


@pytest.mark.parametrize(
    "keys",
    [
        KEYS | {"seal_keys": {}},
        KEYS | {"ack_keys": {"ack-1": KEY[:-1]}},
        {use: known for use, known in KEYS.items() if use != "catalogue_keys"},
    ],
)
def test_a_key_that_is_missing_or_cut_short_is_refused(
    tmp_path: Path, keys: Mapping[str, Mapping[str, bytes]]
) -> None:
    with pytest.raises(ProfileError) as refusal:
        load_platform_keys(_platform_file(tmp_path, keys))
    assert (refusal.value.code, refusal.value.key) == ("profile.bad-platform-file", "platform.keys")


def test_a_file_of_keys_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProfileError) as refusal:
        load_platform_keys(tmp_path / "platform.json")
    assert refusal.value.code == "profile.bad-platform-file"


def test_the_token_is_read_without_its_line_end(tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.touch(mode=0o600)
    path.write_text("abc\n", encoding="ascii")
    assert load_token(path) == "abc"


@pytest.mark.parametrize(("mode", "content"), [(0o640, "abc"), (0o604, "abc"), (0o600, "\n")])
def test_a_token_that_others_can_read_or_that_is_empty_is_refused(
    tmp_path: Path, mode: int, content: str
) -> None:
    path = tmp_path / "token"
    path.write_text(content, encoding="ascii")
    path.chmod(mode)
    with pytest.raises(ProfileError) as refusal:
        load_token(path)
    assert (refusal.value.code, refusal.value.key) == ("profile.bad-platform-file", "platform.token")
    assert not content.strip() or content not in str(refusal.value)


def test_a_token_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="cannot be read"):
        load_token(tmp_path / "token")


def test_the_example_loads_and_names_a_terminal_with_all_its_devices() -> None:
    profile = load_profile(EXAMPLE)
    assert {spec.kind for spec in device_specs(profile)} == set(Kind)
    assert {spec.driver for spec in device_specs(profile)} == set(driver_names())
    assert queue_socket(profile) == Path("/run/zhiwang/queue.sock")
    assert facts_of(profile).number == "T0421"


def test_the_example_spells_out_the_usual_time_limits() -> None:
    profile = load_profile(EXAMPLE)
    assert limits_of(profile) == Limits()
    assert all(given is not None for _, given in profile.limits)


@pytest.mark.parametrize("spec", device_specs(load_profile(EXAMPLE)), ids=lambda spec: spec.name)
def test_every_driver_takes_the_options_of_the_example(spec: DeviceSpec) -> None:
    make_driver(spec).close()


def test_the_example_spells_out_the_usual_queue() -> None:
    assert load_profile(EXAMPLE).queue == QueuePart()


@pytest.mark.parametrize(("key", "value"), [("check_hour", 24), ("max_waiting", 0), ("keep_share", 0.9)])
def test_a_queue_out_of_bounds_is_told_by_its_key(tmp_path: Path, key: str, value: float) -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace("[queue] ", f"[queue]\n{key} = {value}\n#", 1)
    path = tmp_path / "terminal.toml"
    kept = [
        line for line in text.splitlines() if not line.startswith(f"{key} =") or line == f"{key} = {value}"
    ]
    path.write_text("\n".join(kept), encoding="utf-8")
    with pytest.raises(ProfileError, match=rf"queue\.{key}"):
        load_profile(path)
