"""The terminal profile: one TOML file from which everything starts.

Paths may be relative; they are read from the folder the file lies in.
"""

import base64
import binascii
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

ED25519_BYTES = 32
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class ProfileError(Exception):
    """The profile cannot be used.

    Args:
        code: ``profile.unreadable``, ``profile.bad-key`` or ``profile.bad-platform-file``.
        key: Dotted key that is wrong, or ``""``.
        remedy: What to write instead.
    """

    def __init__(self, code: str, key: str, remedy: str) -> None:
        super().__init__(f"{code}: {key}: {remedy}" if key else f"{code}: {remedy}")
        self.code = code
        self.key = key
        self.remedy = remedy


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Part):
    """One text in the languages of the screens."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class TerminalPart(_Part):
    """Who the terminal is.

    ``number`` stands in every receipt number: 2 to 12 capital letters and digits. ``neighbours`` are where to
    go instead, nearest first, each with its address. ``device_key`` says where the
    terminal's signing key is kept; ``tpm`` is the connection to the TPM as its library names it,
    ``tpm_pcrs`` what of the machine's start the key depends on (empty: nothing).
    """

    number: Annotated[str, Field(pattern=r"^[A-Z0-9]{2,12}$")]
    place: Words
    hotline: str = "12345"
    neighbours: tuple[Words, ...] = ()
    device_key: Literal["file", "tpm", "none"] = "file"
    tpm: Annotated[str, Field(pattern=r"^[a-z]+:\S+$")] = "device:/dev/tpmrm0"
    tpm_pcrs: Annotated[str, Field(pattern=r"^([a-z0-9_]+:[0-9]+(,[0-9]+)*)?$")] = "sha256:7"


class PanelPart(_Part):
    """The screen: its size in millimetres decides the size of everything on it.

    ``handwriting_model`` is zinnia's file of characters; without it nothing can be written with a finger.
    """

    width_px: Annotated[int, Field(ge=640, le=8192)] = 1080
    height_px: Annotated[int, Field(ge=480, le=8192)] = 1920
    width_mm: Annotated[float, Field(ge=100, le=2000)] = 268.0
    reach_mm: Annotated[float, Field(ge=200, le=2000)] = 370.0
    handwriting_model: Path = Path("/usr/share/tegaki/models/zinnia/handwriting-zh_CN.model")


class SpeechPart(_Part):
    """How the terminal reads its screens aloud.

    ``engine = "auto"`` takes espeak-ng where it is installed, else speech-dispatcher. ``clips`` is a folder
    of recorded clips. What is personal is read out only where ``headphones`` says that one person alone
    hears it: ``"sensor"`` asks the socket of the sound card, ``"present"`` is for a terminal with a handset
    and no loudspeaker.
    """

    engine: Literal["auto", "speech-dispatcher", "espeak-ng", "none"] = "auto"
    chinese: Literal["mandarin", "cantonese"] = "mandarin"
    clips: Path | None = None
    headphones: Literal["absent", "present", "sensor"] = "absent"


class PathsPart(_Part):
    """Where things are kept.

    ``data`` is on disk: the sealed queue, the district's catalogue, the journal. ``runtime`` must be in
    memory (below ``/run`` or ``/dev/shm``): sockets, and whatever a library insists on writing.
    """

    data: Path
    runtime: Path


class QueuePart(_Part):
    """What the sealed queue keeps free and when it looks after itself.

    Below ``amber_mb`` of room above what is kept, log and figures warn. ``max_waiting`` applications, or one
    older than ``max_waiting_h``, keep new visits from beginning; nothing that was taken is ever dropped.
    What lost its container on this terminal counts as neither: it can never be sent from here.
    ``check_hour`` is the hour, on the wall's clock, in which everything that is stored is looked through.
    """

    reserve_mb: Annotated[int, Field(ge=8, le=4096)] = 64
    amber_mb: Annotated[int, Field(ge=0, le=65536)] = 512
    keep_share: Annotated[float, Field(ge=0, le=0.5)] = 0.05
    max_waiting: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    max_waiting_h: Annotated[float, Field(gt=0, le=87600)] | None = None
    check_hour: Annotated[int, Field(ge=0, le=23)] = 3


class PlatformPart(_Part):
    """The unified acceptance platform.

    ``url`` is ``https``, but on this very machine: what is asked to fill in beforehand names people and is
    protected by TLS alone. ``keys`` is the file of public keys that enrolment hands out, ``token`` the
    terminal's credential.
    ``guides_url`` is the page that shows a guide on a phone, asked for with ``?item=…&lang=…``; without one
    the code on the screen holds the words themselves.
    """

    url: Annotated[str, Field(pattern=r"^https?://")]
    progress_url: Annotated[str, Field(pattern=r"^https?://")]
    guides_url: Annotated[str, Field(pattern=r"^https?://[^?#\s]+$")] | None = None
    keys: Path
    token: Path
    timeout_s: Annotated[float, Field(gt=0, le=120)] = 5.0
    ca_file: Path | None = None

    @field_validator("url")
    @classmethod
    def _is_protected(cls, url: str) -> str:
        if url.startswith("http://") and urlsplit(url).hostname not in _LOOPBACK:
            raise ValueError("must be https: without TLS, whoever is on the line reads names and numbers")
        return url


KindName = Literal[
    "id-card",
    "scanner",
    "camera",
    "printer",
    "smart-card",
    "face-camera",
    "page-printer",
    "code-scanner",
    "sensors",
    "power",
]
"""What a device is for; ``devices.model.Kind``, spelled out, for the profile may not know that room."""


class DevicePart(_Part):
    """One device: what it is for, which driver drives it, the driver's options, and its limits.

    ``enabled = false`` takes it out of use. Above ``memory_mb`` its process is started again; ``silence_s``
    is for drivers that are slower than others; ``usb`` is the port in sysfs (``"1-2.3"``) that is switched
    off and on when nothing else helped.
    """

    kind: KindName
    driver: Annotated[str, Field(min_length=1)]
    enabled: bool = True
    memory_mb: Annotated[int, Field(ge=64, le=8192)] = 768
    silence_s: Annotated[float, Field(ge=2, le=600)] | None = None
    usb: Annotated[str, Field(pattern=r"^[0-9]+-[0-9]+(\.[0-9]+)*$")] | None = None
    options: dict[str, Any] = Field(default_factory=dict[str, Any])


class LimitPart(_Part):
    """One time limit: seconds without a sign of life, then seconds of warning.

    The other two are for whoever asked for more time or listens; without them it is twice as long.
    """

    idle_s: Annotated[float, Field(gt=0, le=3600)]
    warning_s: Annotated[float, Field(ge=0, le=600)]
    patient_idle_s: Annotated[float, Field(gt=0, le=7200)] | None = None
    patient_warning_s: Annotated[float, Field(ge=0, le=1200)] | None = None


class LimitsPart(_Part):
    """How long the screens wait; what is left out is as usual."""

    browsing: LimitPart | None = None
    reading: LimitPart | None = None
    identified: LimitPart | None = None
    answering: LimitPart | None = None
    capturing: LimitPart | None = None
    result: LimitPart | None = None
    receipt: LimitPart | None = None
    rating: LimitPart | None = None
    ending: LimitPart | None = None
    session: LimitPart | None = None
    extension_s: Annotated[float, Field(gt=0, le=3600)] | None = None
    card_bell_s: Annotated[float, Field(ge=1, le=60)] | None = None
    card_staff_s: Annotated[float, Field(gt=0, le=3600)] | None = None


class TerminalProfile(_Part):
    """A whole profile."""

    terminal: TerminalPart
    panel: PanelPart = PanelPart()
    speech: SpeechPart = SpeechPart()
    paths: PathsPart
    platform: PlatformPart
    devices: dict[Annotated[str, Field(pattern=r"^[a-z]+-[0-9]+$")], DevicePart]
    queue: QueuePart = QueuePart()
    limits: LimitsPart = LimitsPart()


@dataclass(frozen=True, slots=True)
class PlatformKeys:
    """Public keys of the platform, pinned: key id → 32 raw bytes each.

    Args:
        seal: What applications are sealed to where there is no key set.
        ack: Who signs acknowledgements.
        catalogue: Who signs the catalogue.
        root: Who signs key sets; empty when enrolment handed out none.
        key_set: The signed set of seal keys as enrolment handed it out, JSON, not proven; or None.
    """

    seal: Mapping[str, bytes]
    ack: Mapping[str, bytes]
    catalogue: Mapping[str, bytes]
    root: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    key_set: bytes | None = None


def load_profile(path: Path) -> TerminalProfile:
    """Read and check a profile.

    Raises:
        ProfileError: Naming the key that is wrong and what it should be.
    """
    try:
        text = path.read_text(encoding="utf-8")
        raw = tomllib.loads(text)
    except OSError as error:
        raise ProfileError("profile.unreadable", "", f"{path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileError("profile.unreadable", "", f"{path} is not TOML: {error}") from error
    try:
        profile = TerminalProfile.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise ProfileError("profile.bad-key", key, first["msg"]) from error
    return _rooted(profile, path.parent.resolve())


def _rooted(profile: TerminalProfile, folder: Path) -> TerminalProfile:
    paths = profile.paths
    platform = profile.platform
    clips = profile.speech.clips
    return profile.model_copy(
        update={
            "speech": profile.speech.model_copy(update={"clips": None if clips is None else folder / clips}),
            "paths": PathsPart(data=folder / paths.data, runtime=folder / paths.runtime),
            "platform": platform.model_copy(
                update={
                    "keys": folder / platform.keys,
                    "token": folder / platform.token,
                    "ca_file": None if platform.ca_file is None else folder / platform.ca_file,
                }
            ),
        }
    )


def load_platform_keys(path: Path) -> PlatformKeys:
    """Read the public keys that enrolment handed out.

    Raises:
        ProfileError: ``profile.bad-platform-file``.
    """
    try:
        raw: Any = json.loads(path.read_text(encoding="utf-8"))
        told = raw.get("key_set")
        return PlatformKeys(
            # A platform whose keys are all of another suite hands out no X25519 key.
            seal={} if told is not None and raw["seal_keys"] == {} else _keys(raw["seal_keys"]),
            ack=_keys(raw["ack_keys"]),
            catalogue=_keys(raw["catalogue_keys"]),
            root=_keys(raw["root_keys"]) if raw.get("root_keys") else {},
            key_set=None if told is None else json.dumps(told, ensure_ascii=False).encode(),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, binascii.Error) as error:
        remedy = f"{path} must be the platform.json that enrolment handed out ({type(error).__name__})"
        raise ProfileError("profile.bad-platform-file", "platform.keys", remedy) from error


def _keys(raw: Mapping[str, str]) -> dict[str, bytes]:
    keys = {kid: base64.b64decode(text, validate=True) for kid, text in raw.items()}
    if not keys or any(len(key) != ED25519_BYTES for key in keys.values()):
        raise ValueError("a key is missing or has a wrong length")
    return keys


def load_token(path: Path) -> str:
    """Read the terminal's credential.

    Raises:
        ProfileError: ``profile.bad-platform-file``: missing, empty, or readable by others.
    """
    try:
        mode = path.stat().st_mode
        token = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError("profile.bad-platform-file", "platform.token", f"{path} cannot be read") from error
    if mode & 0o077:
        raise ProfileError("profile.bad-platform-file", "platform.token", f"chmod 600 {path}")
    if not token:
        raise ProfileError("profile.bad-platform-file", "platform.token", f"{path} is empty; enrol again")
    return token
