"""A device signing key inside a TPM: it can be used on this machine, started as it was, and nowhere else."""

import hashlib
import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Final, Self

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from offline_queue.device_key import Algorithm, DevicePublicKey, DeviceSignature
from offline_queue.errors import REMEDIES, DeviceKeyError
from offline_queue.file_key import making, write_private

INTERPRETER: Final = "/usr/bin/python3"
"""Debian's own, for which ``python3-tpm2-pytss`` is installed."""
_HELPER: Final = Path(__file__).with_name("tpm_helper.py")
_MAKE_TIMEOUT_S: Final = 20.0
"""Making an ECC key takes a slow TPM some seconds."""


@dataclass(frozen=True, slots=True)
class Tpm:
    """Where the TPM is, and what of the machine's start the key depends on.

    Args:
        tcti: TSS name of the connection, ``device:/dev/tpmrm0``.
        pcrs: PCR bank and numbers, such as ``sha256:7`` (secure boot); empty for none.
        patience_s: How long a signature may take; it takes some hundred milliseconds. The queue answers
            nobody meanwhile, and whoever waits for the receipt must hear that it is stored, signed or not.
    """

    tcti: str = "device:/dev/tpmrm0"
    pcrs: str = "sha256:7"
    patience_s: float = 5.0


class TpmSigner:
    """Signs with ECDSA P-256 in the TPM, through a process of its own for each signature.

    Args:
        tpm: Where the TPM is.
        key: The wrapped key, as ``make`` wrote it.
    """

    warning: ClassVar[str] = ""

    def __init__(self, tpm: Tpm, key: dict[str, str]) -> None:
        self._tpm = tpm
        self._key = key
        try:
            point = ec.EllipticCurvePublicNumbers(int(key["x"], 16), int(key["y"], 16), ec.SECP256R1())
            raw = point.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
        except (KeyError, ValueError, TypeError) as error:
            raise DeviceKeyError("device-key.unreadable", "no point of the curve") from error
        self.public = DevicePublicKey(Algorithm.P256, raw)

    @classmethod
    def load(cls, path: Path, tpm: Tpm) -> Self:
        """Read the wrapped key. It is no secret, but another file in its place would be another terminal.

        Raises:
            DeviceKeyError: ``device-key.missing``, ``device-key.bad-permissions``,
                ``device-key.unreadable``.
        """
        try:
            state = path.stat()
            if state.st_uid != os.geteuid() or state.st_mode & 0o022:
                raise DeviceKeyError("device-key.bad-permissions", f"{path.name}: others can change it")
            key: dict[str, str] = json.loads(path.read_bytes())
            return cls(tpm, {name: str(key[name]) for name in ("private", "public", "pcrs", "x", "y")})
        except FileNotFoundError as error:
            raise DeviceKeyError("device-key.missing", path.name) from error
        except PermissionError as error:
            raise DeviceKeyError("device-key.bad-permissions", path.name) from error
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise DeviceKeyError("device-key.unreadable", path.name) from error

    @classmethod
    def make(cls, path: Path, tpm: Tpm) -> Self:
        """Create a key in the TPM and keep its wrapped form; a key that exists is never replaced.

        Raises:
            DeviceKeyError: What ``load`` and ``sign`` raise; ``device-key.unreadable`` also when the disk
                refuses a new one.
        """
        with making(path):
            if path.exists():
                return cls.load(path, tpm)
            made = _ask({"do": "make", "tcti": tpm.tcti, "pcrs": tpm.pcrs}, _MAKE_TIMEOUT_S)
            key = {**made, "pcrs": tpm.pcrs}
            signer = cls(tpm, key)
            write_private(path, json.dumps(key, indent=1).encode() + b"\n")
        return signer

    def sign(self, message: bytes) -> DeviceSignature:
        """Sign with ECDSA P-256 over SHA-256.

        Raises:
            DeviceKeyError: ``device-key.tpm-absent``, ``device-key.pcr-changed``,
                ``device-key.bad-permissions`` or ``device-key.tpm-failed``.
        """
        digest = hashlib.sha256(message).hexdigest()
        request = {"do": "sign", "tcti": self._tpm.tcti, "key": self._key, "digest": digest}
        signed = _ask(request, self._tpm.patience_s)
        try:
            value = bytes.fromhex(signed["r"] + signed["s"])
        except (KeyError, ValueError) as error:
            raise DeviceKeyError("device-key.tpm-failed", "no signature") from error
        return DeviceSignature(self.public.kid, value)


def _ask(request: dict[str, Any], timeout_s: float) -> dict[str, str]:
    # The helper sees nothing of our environment: no search path of Python, no settings of the TSS.
    command = [INTERPRETER, "-I", str(_HELPER)]
    quiet = {"TSS2_LOG": "all+NONE", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(
            command,
            input=json.dumps(request).encode() + b"\n",
            capture_output=True,
            env=quiet,
            timeout=timeout_s,
            check=False,
        )
        answer: dict[str, str] = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise DeviceKeyError("device-key.tpm-failed", "no answer in time") from error
    except (OSError, ValueError) as error:
        raise DeviceKeyError("device-key.tpm-failed", "the helper ended") from error
    if "error" in answer:
        known = answer["error"] if answer["error"] in REMEDIES else "device-key.tpm-failed"
        raise DeviceKeyError(known, answer.get("detail", ""))
    return answer
