"""A device signing key in a file: honest about being one. Who copies the disk can sign as this terminal."""

import errno
import fcntl
import os
import stat
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar, Self

from cryptography.exceptions import InternalError, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from offline_queue.device_key import Algorithm, DevicePublicKey, DeviceSignature
from offline_queue.disk import Disk
from offline_queue.errors import DeviceKeyError


class FileSigner:
    """Signs with an Ed25519 key out of a PEM file of mode 0600.

    Args:
        private: The key.
    """

    warning: ClassVar[str] = "device-key.in-file"

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = DevicePublicKey(Algorithm.ED25519, private.public_key().public_bytes_raw())

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the key.

        Raises:
            DeviceKeyError: ``device-key.missing``, ``device-key.bad-permissions`` when anybody but its owner,
                who must be this user, could read or change it, ``device-key.unreadable``.
        """
        try:
            fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
        except FileNotFoundError as error:
            raise DeviceKeyError("device-key.missing", path.name) from error
        except PermissionError as error:
            raise DeviceKeyError("device-key.bad-permissions", path.name) from error
        except OSError as error:
            raise DeviceKeyError("device-key.unreadable", f"{path.name}: {error.strerror}") from error
        with os.fdopen(fd, "rb") as file:
            state = os.fstat(fd)
            if state.st_uid != os.geteuid() or stat.S_IMODE(state.st_mode) & 0o077:
                raise DeviceKeyError("device-key.bad-permissions", f"{path.name} must be 0600 and our own")
            try:
                private = load_pem_private_key(file.read(), None)
            except (OSError, ValueError, TypeError, UnsupportedAlgorithm, InternalError) as error:
                raise DeviceKeyError("device-key.unreadable", path.name) from error
        if not isinstance(private, Ed25519PrivateKey):
            raise DeviceKeyError("device-key.unreadable", f"{path.name} is not an Ed25519 key")
        return cls(private)

    @classmethod
    def make(cls, path: Path) -> Self:
        """Create the key, durably; a key that exists is never replaced.

        Raises:
            DeviceKeyError: What ``load`` raises about a key that exists; ``device-key.unreadable`` also when
                the disk refuses a new one.
        """
        with making(path):
            if path.exists() or path.is_symlink():
                return cls.load(path)
            private = Ed25519PrivateKey.generate()
            write_private(path, private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return cls(private)

    def sign(self, message: bytes) -> DeviceSignature:
        """Sign with Ed25519 (RFC 8032)."""
        return DeviceSignature(self.public.kid, self._private.sign(message))


@contextmanager
def making(path: Path) -> Generator[None]:
    """Make a key alone: of two who make one at the same time the second finds the first one's.

    Raises:
        DeviceKeyError: ``device-key.unreadable`` when the disk refuses.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)
    except OSError as error:
        name = errno.errorcode.get(error.errno or 0, "unknown")
        raise DeviceKeyError("device-key.unreadable", f"{path.name} cannot be made: {name}") from error


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, durably: whole, or not at all.

    Its folder is made where it is missing.

    Raises:
        OSError: The disk refuses.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    disk = Disk()
    temporary = path.with_suffix(".new")
    temporary.unlink(missing_ok=True)
    disk.write_temporary(temporary, [content])
    disk.publish(temporary, path)
