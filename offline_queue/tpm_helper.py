"""A process of its own that speaks to the TPM: one JSON line in, one JSON line out, until its input ends.

It is run by the system's interpreter, for which Debian packages the library ``tpm2_pytss``
(``python3-tpm2-pytss``); it imports nothing of this package. The signing key is an ECDSA P-256 key below an
ECC storage key of the owner hierarchy, which is derived anew each time and is the same each time; it can be
used only while the PCRs are as they were when it was made. Its two halves lie in a file as the TPM wrapped
them, useless anywhere else.
"""

import importlib
import json
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, Final

_POLICY_FAIL: Final = 0x9D
_FORMAT_ONE: Final = 0xBF
"""Error number of a response code of format one, without the session it is about (TPM 2.0 part 2, 6.6)."""


class RefusalError(Exception):
    """What is answered instead: a ``device-key.*`` code, and a detail."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


class Tpm:
    """One conversation with the TPM.

    Args:
        library: ``tpm2_pytss``.
        esapi: Its open connection.
    """

    def __init__(self, library: Any, esapi: Any) -> None:  # noqa: ANN401  # the library is not there when types are checked
        self._tss = library
        self._esapi = esapi

    def make(self, pcrs: str) -> dict[str, str]:
        """Create a signing key bound to the present value of ``pcrs`` (such as ``sha256:0,7``)."""
        with self._primary() as primary, self._policy(pcrs, trial=True) as session:
            policy = self._esapi.policy_get_digest(session)
            template = self._tss.TPM2B_PUBLIC.parse(
                "ecc:ecdsa-sha256:null",
                objectAttributes="sign|fixedtpm|fixedparent|sensitivedataorigin",
                authPolicy=bytes(policy),
            )
            private, public, *_ = self._esapi.create(primary, self._tss.TPM2B_SENSITIVE_CREATE(), template)
        point = public.publicArea.unique.ecc
        return {
            "private": private.marshal().hex(),
            "public": public.marshal().hex(),
            "x": _scalar(point.x),
            "y": _scalar(point.y),
        }

    def sign(self, key: dict[str, str], digest: bytes) -> dict[str, str]:
        """Sign a SHA-256 digest."""
        tss = self._tss
        private, _ = tss.TPM2B_PRIVATE.unmarshal(bytes.fromhex(key["private"]))
        public, _ = tss.TPM2B_PUBLIC.unmarshal(bytes.fromhex(key["public"]))
        with self._primary() as primary, self._flushed(self._esapi.load(primary, private, public)) as handle:
            scheme = tss.TPMT_SIG_SCHEME(scheme=tss.TPM2_ALG.NULL)
            ticket = tss.TPMT_TK_HASHCHECK(tag=tss.TPM2_ST.HASHCHECK, hierarchy=tss.TPM2_RH.NULL)
            with self._policy(key["pcrs"], trial=False) as session:
                signed = self._esapi.sign(handle, tss.TPM2B_DIGEST(digest), scheme, ticket, session1=session)
        value = signed.signature.ecdsa
        return {"r": _scalar(value.signatureR), "s": _scalar(value.signatureS)}

    @contextmanager
    def _primary(self) -> Generator[Any]:
        template = self._tss.TPM2B_PUBLIC.parse(
            "ecc", objectAttributes="userwithauth|restricted|decrypt|fixedtpm|fixedparent|sensitivedataorigin"
        )
        sensitive = self._tss.TPM2B_SENSITIVE_CREATE()
        handle, *_ = self._esapi.create_primary(sensitive, template, self._tss.ESYS_TR.OWNER)
        with self._flushed(handle) as primary:
            yield primary

    @contextmanager
    def _policy(self, pcrs: str, *, trial: bool) -> Generator[Any]:
        tss = self._tss
        session = self._esapi.start_auth_session(
            tpm_key=tss.ESYS_TR.NONE,
            bind=tss.ESYS_TR.NONE,
            session_type=tss.TPM2_SE.TRIAL if trial else tss.TPM2_SE.POLICY,
            symmetric=tss.TPMT_SYM_DEF(algorithm=tss.TPM2_ALG.NULL),
            auth_hash=tss.TPM2_ALG.SHA256,
        )
        with self._flushed(session):
            if pcrs:
                selection = tss.TPML_PCR_SELECTION.parse(pcrs)
                self._esapi.policy_pcr(session, tss.TPM2B_DIGEST(), selection)
            yield session

    @contextmanager
    def _flushed(self, handle: Any) -> Generator[Any]:  # noqa: ANN401  # the library's own handle
        # HARDWARE: a TPM holds three transient objects, and without a resource manager nobody clears them.
        try:
            yield handle
        finally:
            self._esapi.flush_context(handle)


@contextmanager
def connected(tcti: str) -> Generator[Tpm]:
    """Open the TPM that ``tcti`` names, such as ``device:/dev/tpmrm0``.

    Raises:
        RefusalError: A ``device-key.*`` code.
    """
    name, _, conf = tcti.partition(":")
    if name == "device" and not os.path.exists(conf):  # noqa: PTH110  # nothing is imported that need not be
        raise RefusalError("device-key.tpm-absent", conf)
    if name == "device" and not os.access(conf, os.R_OK | os.W_OK):
        raise RefusalError("device-key.bad-permissions", conf)
    try:
        tss = importlib.import_module("tpm2_pytss")
    except ImportError as error:
        raise RefusalError("device-key.tpm-absent", "python3-tpm2-pytss is not installed") from error
    try:
        line = tss.TCTILdr(name, conf)
    except tss.TSS2_Exception as error:
        raise RefusalError("device-key.tpm-absent", f"0x{error.rc:08x}") from error
    try:
        with line, tss.ESAPI(line) as esapi:
            yield Tpm(tss, esapi)
    except tss.TSS2_Exception as error:
        raise _refusal(error.rc) from error


def _refusal(code: int) -> RefusalError:
    if code >> 16:
        # The upper half names a layer of the library: the TPM itself was never reached.
        return RefusalError("device-key.tpm-absent", f"0x{code:08x}")
    if code & _FORMAT_ONE == _POLICY_FAIL:
        return RefusalError("device-key.pcr-changed", f"0x{code:08x}")
    return RefusalError("device-key.tpm-failed", f"0x{code:08x}")


def _scalar(value: object) -> str:
    return bytes(value).hex().rjust(64, "0")  # pyright: ignore[reportArgumentType]  # the library's buffer type


def _answer(request: dict[str, Any]) -> dict[str, str]:
    try:
        with connected(request["tcti"]) as tpm:
            if request["do"] == "make":
                return tpm.make(request["pcrs"])
            return tpm.sign(request["key"], bytes.fromhex(request["digest"]))
    except RefusalError as refusal:
        return {"error": refusal.code, "detail": refusal.detail}


def main() -> None:
    """Answer until the input ends."""
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_answer(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
