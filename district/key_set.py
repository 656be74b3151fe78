"""What terminals are told of the seal keys: made at the start, added to at a rotation, signed by the root."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from district import keys
from district.files import write_durably
from offline_queue.crypto import HPKE_AES
from offline_queue.errors import KeySetError
from offline_queue.keyset import KeyRole, KeySet, PlatformKey, sign_key_set, verify_key_set

PLATFORM_DAYS = 730
ESCROW_DAYS = 3650
_USES = {KeyRole.PLATFORM: keys.SEAL, KeyRole.ESCROW: keys.ESCROW}
_DAYS = {KeyRole.PLATFORM: PLATFORM_DAYS, KeyRole.ESCROW: ESCROW_DAYS}


def make_first(folder: Path, at: datetime) -> None:
    """Make an escrow key and the first key set; a set that exists stays as it is.

    Raises:
        KeysMissingError: The root key is not there.
    """
    if (folder / keys.KEY_SET).exists():
        return
    ring = keys.load(folder)
    kid, current = [pair for pair in ring.seal.items() if pair[0].startswith(f"{keys.SEAL}-")][-1]
    platform = PlatformKey(kid, keys.raw_public(current), not_after_ms=_last_day(KeyRole.PLATFORM, at))
    root = _root(folder)
    escrow = _new_key(folder, KeyRole.ESCROW, HPKE_AES, at, None)
    _publish(folder, root, KeySet(1, _milliseconds(at), (platform, escrow)))


def rotate(folder: Path, role: KeyRole, suite: int, at: datetime, days: int | None = None) -> PlatformKey:
    """Make a new key and tell it to the terminals from the next start of the platform on.

    Earlier keys stay in the set and in the folder: what was sealed to them is still opened.

    Args:
        folder: Of private keys; the root key has to be there.
        role: Whose key.
        suite: Its algorithms. A container has one suite: a platform key wants an escrow key of its own.
        at: The present.
        days: How long it is sealed to; None for the usual time.

    Raises:
        KeysMissingError: The root key is not there or is not the one that terminals pin, or ``init`` was
            never run; then no key was made.
    """
    known, root = read(folder), _root(folder)
    key = _new_key(folder, role, suite, at, days)
    _publish(folder, root, KeySet(known.version + 1, _milliseconds(at), (*known.keys, key)))
    return key


def read(folder: Path) -> KeySet:
    """Return the set in force.

    Raises:
        KeysMissingError: There is none, or it is not signed by the root key.
    """
    path = folder / keys.KEY_SET
    try:
        return verify_key_set(path.read_bytes(), keys.root_public(folder))
    except FileNotFoundError as error:
        raise keys.KeysMissingError("no key set") from error
    except KeySetError as error:
        raise keys.KeysMissingError(f"{path.name}: {error}") from error


def _new_key(folder: Path, role: KeyRole, suite: int, at: datetime, days: int | None) -> PlatformKey:
    key = keys.make_seal_key(folder, _USES[role], suite)
    return replace(key, role=role, not_after_ms=_last_day(role, at, days))


def _root(folder: Path) -> keys.SigningKey:
    root = keys.newest(folder, keys.ROOT)
    if keys.root_public(folder).get(root.kid) != root.public:
        # A set signed by it would be believed by nobody, in place of one that was.
        raise keys.KeysMissingError(f"{root.kid} is not the root key that terminals pin")
    return root


def _publish(folder: Path, root: keys.SigningKey, key_set: KeySet) -> None:
    write_durably(folder / keys.KEY_SET, sign_key_set(key_set, root.kid, root.private))


def _last_day(role: KeyRole, at: datetime, days: int | None = None) -> int:
    return _milliseconds(at + timedelta(days=_DAYS[role] if days is None else days))


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
