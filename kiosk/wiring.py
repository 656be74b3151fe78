"""The composition root: a profile becomes one running terminal.

The only place that constructs collaborators.
"""

import threading
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from devices import DeviceEvent, DeviceSet, HealthChanged, open_devices
from kiosk.backend import BackendClient, HttpTransport
from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue_keeper import CatalogueKeeper
from kiosk.chronicle import Chronicle
from kiosk.clock import Clock, SystemClock
from kiosk.cut_off import once_answered
from kiosk.device_board import BoardWriter
from kiosk.device_profile import device_specs
from kiosk.domain.terminal import TerminalFacts
from kiosk.domain.text import Text
from kiosk.errands import Errands, Peers
from kiosk.journal import Journal
from kiosk.key_keeper import KeyKeeper
from kiosk.lanes import Lane
from kiosk.line_watch import LineWatch
from kiosk.log import logger
from kiosk.mailbox import Mailbox, Ticker
from kiosk.order_keys import load_order_keys
from kiosk.runtime import TICK_S, Core
from kiosk.sealing import Sealer
from kiosk.session.events import CutOffKnown, NetworkSeen, StorageSeen
from kiosk.session.limits import Limit, Limits
from kiosk.session.states import Attract
from offline_queue import (
    CheckPolicy,
    DeviceSigner,
    FileSigner,
    Notary,
    QueueClient,
    RoomPolicy,
    Tpm,
    TpmSigner,
    Upkeep,
    run_service,
    system_trust,
)
from offline_queue.errors import DeviceKeyError
from provisioning.profile import LimitPart, PlatformKeys, TerminalProfile, load_platform_keys, load_token

_MB: Final = 2**20


@dataclass(frozen=True, slots=True)
class Terminal:
    """One running terminal."""

    core: Core
    devices: DeviceSet
    queue: QueueClient


def queue_socket(profile: TerminalProfile) -> Path:
    """Return where the queue's process listens."""
    return profile.paths.runtime / "queue.sock"


def journal_file(profile: TerminalProfile) -> Path:
    """Return the open segment of the terminal's journal."""
    return profile.paths.data / "journal.jsonl"


def facts_of(profile: TerminalProfile) -> TerminalFacts:
    """Return what the terminal says about itself."""
    terminal = profile.terminal
    place = Text(terminal.place.zh, terminal.place.en)
    neighbours = tuple(Text(words.zh, words.en) for words in terminal.neighbours)
    platform = profile.platform
    return TerminalFacts(
        terminal.number, place, terminal.hotline, platform.progress_url, neighbours, platform.guides_url
    )


def limits_of(profile: TerminalProfile) -> Limits:
    """Return the time limits, the profile's in place of the usual ones."""
    given = {
        name: Limit(**part.model_dump()) if isinstance(part, LimitPart) else part
        for name, part in profile.limits
        if part is not None
    }
    return replace(Limits(), **given)


@contextmanager
def build_terminal(
    profile: TerminalProfile, mailbox: Mailbox, clock: Clock | None = None
) -> Generator[Terminal]:
    """Put one terminal together; leaving the block takes it apart in reverse order.

    The queue's process is not part of it: it runs on its own and outlives the screen.

    Raises:
        ProfileError: The profile's files cannot be used.
    """
    clock = clock or SystemClock()
    keys = load_platform_keys(profile.platform.keys)
    log = logger("terminal")
    with ExitStack() as stack:
        journal = stack.enter_context(
            Journal(journal_file(profile), clock, lambda segment: log.error("journal.broken", path=segment))
        )
        chronicle = Chronicle(journal, mailbox)
        stack.callback(chronicle.close)
        keeper = CatalogueKeeper(profile.paths.data, keys.catalogue, log.warning)
        facts, limits = facts_of(profile), limits_of(profile)
        core = Core(keeper.load(), facts, clock, limits, mailbox, cut_off=chronicle.cut_off)
        core.subscribe(chronicle.on_session)
        core.watch_effects(chronicle.on_effect)
        devices = stack.enter_context(_devices(profile, core))
        queue = QueueClient(queue_socket(profile))
        sealer = Sealer(facts.number, key_keeper(profile, keys).current, clock)
        order_keys = load_order_keys(profile.paths.data / "order-secret")
        backend = stack.enter_context(backend_client(profile))
        peers = Peers(devices, backend, queue, sealer, order_keys)
        errands = Errands(peers, facts, clock, limits.delivery_s, mailbox, core.handle)
        stack.callback(errands.close)
        core.attach(errands)
        watch = LineWatch(
            stack.enter_context(backend_client(profile)),
            queue,
            keeper,
            on_change=lambda online: core.post(NetworkSeen(online)),
            on_catalogue=_offering(core, mailbox),
            on_storage=lambda code: core.post(StorageSeen(code)),
            occupied=lambda: not isinstance(core.session.state, Attract),
            keys=key_keeper(profile, keys),  # the sealer has another: this one lives on the watch's thread
        )
        stack.callback(watch.close)
        watch.start()
        left = chronicle.storing
        if left is not None:
            lane = Lane[CutOffKnown]("cut-off", mailbox, core.handle)
            stack.callback(lane.close)
            lane.do(lambda: once_answered(left, queue))
        ticker = Ticker(mailbox, core.tick, TICK_S)
        stack.callback(ticker.close)
        ticker.start()
        yield Terminal(core, devices, queue)


@contextmanager
def _devices(profile: TerminalProfile, core: Core) -> Generator[DeviceSet]:
    """Open the devices and keep the board of them for whoever looks from another process."""
    writers: list[BoardWriter] = []
    log = logger("devices")

    def hear(event: DeviceEvent) -> None:
        core.post_device(event)
        if isinstance(event, HealthChanged):
            health = event.health
            tell = log.info if health.usable else log.warning
            tell(health.code, device=health.device, severity=health.severity.value, reason=health.detail)
        for writer in writers:
            writer.touch()

    with (
        open_devices(
            device_specs(profile), hear, on_note=lambda why: log.warning("hotplug.no-udev", reason=why)
        ) as devices,
        BoardWriter(profile.paths.runtime, devices.statuses) as writer,
    ):
        writers.append(writer)
        yield devices


def _offering(core: Core, mailbox: Mailbox) -> Callable[[Catalogue], None]:
    return lambda catalogue: mailbox.post(lambda: core.offer(catalogue))


def backend_client(profile: TerminalProfile) -> BackendClient:
    """Return a new client of the platform, for one lane.

    Raises:
        ProfileError: The profile's files cannot be used.
    """
    keys = load_platform_keys(profile.platform.keys)
    ca_file = profile.platform.ca_file
    return BackendClient(
        profile.platform.url,
        load_token(profile.platform.token),
        profile.terminal.number,
        timeout_s=profile.platform.timeout_s,
        catalogue_keys=keys.catalogue,
        ca_file=None if ca_file is None else str(ca_file),
    )


def key_keeper(profile: TerminalProfile, keys: PlatformKeys) -> KeyKeeper:
    """Return who knows what applications are sealed to, for one thread."""
    return KeyKeeper(profile.paths.data, keys, logger("keys").warning)


def device_signer(profile: TerminalProfile, *, make: bool = False) -> DeviceSigner:
    """Return the terminal's signing key, made when it is not there and ``make`` is set.

    Raises:
        DeviceKeyError: A ``device-key.*`` code.
    """
    terminal, folder = profile.terminal, profile.paths.data
    match terminal.device_key:
        case "file":
            path = folder / "device_key.pem"
            return FileSigner.make(path) if make else FileSigner.load(path)
        case "tpm":
            path, tpm = folder / "device_key.tpm.json", Tpm(terminal.tpm, terminal.tpm_pcrs)
            return TpmSigner.make(path, tpm) if make else TpmSigner.load(path, tpm)
        case "none":
            raise DeviceKeyError("device-key.missing", "the profile wants none")


def _room_policy(profile: TerminalProfile) -> RoomPolicy:
    part = profile.queue
    return RoomPolicy(
        reserve_bytes=part.reserve_mb * _MB,
        keep_share=part.keep_share,
        amber_bytes=part.amber_mb * _MB,
        max_waiting=part.max_waiting,
        max_waiting_s=None if part.max_waiting_h is None else part.max_waiting_h * 3600,
    )


def serve_queue(profile: TerminalProfile, stop: threading.Event, ready: Callable[[], None]) -> None:
    """Be the queue's process until ``stop`` is set.

    Raises:
        ProfileError: The profile's files cannot be used.
        StoreError: The queue's directory cannot be used.
    """
    keys = load_platform_keys(profile.platform.keys)
    ca_file = profile.platform.ca_file
    profile.paths.runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
    profile.paths.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    notary = Notary(lambda: device_signer(profile, make=profile.terminal.device_key == "file"))
    notary.look()
    with HttpTransport(
        profile.platform.url,
        load_token(profile.platform.token),
        profile.terminal.number,
        timeout_s=profile.platform.timeout_s,
        ca_file=None if ca_file is None else str(ca_file),
        sign=notary.announcement,
    ) as transport:
        run_service(
            profile.paths.data / "queue",
            queue_socket(profile),
            profile.terminal.number,
            transport,
            keys.ack,
            stop=stop,
            policy=_room_policy(profile),
            ready=ready,
            notary=notary,
            seal_keys=key_keeper(profile, keys).outlook,
            upkeep=Upkeep(system_trust(), CheckPolicy(hour=profile.queue.check_hour)),
        )
