# Property 32: the device key in a TPM: signing, a machine that was started differently, no TPM, no rights.
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from offline_queue import FileSigner, Notary, QueueError, Tpm, TpmSigner
from offline_queue.device_key import public_key_from_text
from offline_queue.receipt_code import verify_receipt
from tests.support.listening import is_heard

HAVE_TPM = shutil.which("swtpm") is not None and Path("/usr/lib/python3/dist-packages/tpm2_pytss").is_dir()
pytestmark = pytest.mark.skipif(
    not HAVE_TPM, reason="swtpm and python3-tpm2-pytss are not installed (requirements/system-test.txt)"
)
NUMBER, ID, DIGEST = "T0421-000137-96", bytes(16), bytes(range(32))
EXTEND = """
import sys
from tpm2_pytss import ESAPI, ESYS_TR, TCTILdr, TPM2_ALG, TPML_DIGEST_VALUES, TPMT_HA, TPMU_HA
name, _, conf = sys.argv[1].partition(":")
with TCTILdr(name, conf) as line, ESAPI(line) as esapi:
    value = TPMT_HA(hashAlg=TPM2_ALG.SHA256, digest=TPMU_HA(sha256=b"other firmware".ljust(32)))
    esapi.pcr_extend(ESYS_TR.PCR7, TPML_DIGEST_VALUES([value]))
"""


class SoftwareTpm:
    """A TPM that is a process; ``off`` takes it away, ``on`` starts the machine again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.tpm = Tpm(f"swtpm:path={folder}/s")

    def on(self) -> None:
        command = ["swtpm", "socket", "--tpm2", "--tpmstate", f"dir={self._folder}"]
        command += ["--server", f"type=unixio,path={self._folder}/s"]
        command += ["--ctrl", f"type=unixio,path={self._folder}/s.ctrl"]
        command += ["--flags", "not-need-init,startup-clear"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline_s = time.monotonic() + 20
        while not is_heard(self._folder / "s"):
            assert self._process.poll() is None
            assert time.monotonic() < deadline_s
            time.sleep(0.01)

    def off(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(20)
        for name in ("s", "s.ctrl"):
            (self._folder / name).unlink(missing_ok=True)
        self._process = None

    def measure_something_else(self) -> None:
        command = ["/usr/bin/python3", "-I", "-c", EXTEND, self.tpm.tcti]
        subprocess.run(command, check=True, capture_output=True, timeout=30)


@pytest.fixture
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoftwareTpm]:
    made = SoftwareTpm(tmp_path_factory.mktemp("t"))
    made.on()
    yield made
    made.off()


def test_a_receipt_signed_in_the_tpm_is_proven_by_the_public_key(
    machine: SoftwareTpm, tmp_path: Path
) -> None:
    signer = TpmSigner.make(tmp_path / "device-key.tpm.json", machine.tpm)
    public = public_key_from_text(signer.public.as_text())
    notary = Notary(lambda: signer)
    link = f"https://x/?receipt={NUMBER}&proof={notary.receipt(NUMBER, ID, DIGEST)}"
    assert verify_receipt(link, {public.kid: public}).receipt_no == NUMBER
    assert notary.code == ""


def test_the_key_signs_again_after_the_machine_was_started_anew(machine: SoftwareTpm, tmp_path: Path) -> None:
    path = tmp_path / "device-key.tpm.json"
    made = TpmSigner.make(path, machine.tpm)
    machine.off()
    machine.on()
    again = TpmSigner.make(path, machine.tpm)
    # More often than a TPM has room for objects that nobody takes out again.
    for _ in range(5):
        made.public.verify(again.sign(b"x").value, b"x")


def test_a_machine_that_was_started_differently_does_not_sign(machine: SoftwareTpm, tmp_path: Path) -> None:
    signer = TpmSigner.make(tmp_path / "device-key.tpm.json", machine.tpm)
    machine.measure_something_else()
    with pytest.raises(QueueError, match=r"device-key\.pcr-changed"):
        signer.sign(b"x")


def test_without_the_tpm_applications_go_on_unsigned_until_it_is_back(
    machine: SoftwareTpm, tmp_path: Path
) -> None:
    path = tmp_path / "device-key.tpm.json"
    TpmSigner.make(path, machine.tpm)
    notary = Notary(lambda: TpmSigner.load(path, machine.tpm))
    machine.off()
    assert (notary.receipt(NUMBER, ID, DIGEST), notary.code) == ("", "device-key.tpm-absent")
    machine.on()
    assert notary.receipt(NUMBER, ID, DIGEST)
    assert notary.code == ""


def test_a_tpm_that_hangs_costs_the_signature_and_not_the_receipt(
    machine: SoftwareTpm, tmp_path: Path
) -> None:
    path = tmp_path / "device-key.tpm.json"
    TpmSigner.make(path, machine.tpm)
    machine.off()
    # It is signed while the terminal waits for the queue's answer, 20 seconds at most.
    assert Tpm().patience_s <= 5
    with socket.socket(socket.AF_UNIX) as deaf, socket.socket(socket.AF_UNIX) as control:
        for listener, suffix in ((deaf, ""), (control, ".ctrl")):
            listener.bind(machine.tpm.tcti.partition("=")[2] + suffix)
            listener.listen()
        notary = Notary(lambda: TpmSigner.load(path, replace(machine.tpm, patience_s=0.3)))
        assert (notary.receipt(NUMBER, ID, DIGEST), notary.code) == ("", "device-key.tpm-failed")


def test_a_key_copied_to_another_machine_is_useless(
    machine: SoftwareTpm, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path / "device-key.tpm.json"
    TpmSigner.make(path, machine.tpm)
    other = SoftwareTpm(tmp_path_factory.mktemp("o"))
    other.on()
    try:
        with pytest.raises(QueueError, match=r"device-key\.tpm-failed"):
            TpmSigner.load(path, other.tpm).sign(b"x")
    finally:
        other.off()


def test_a_device_that_is_not_there_is_absent(tmp_path: Path) -> None:
    with pytest.raises(QueueError, match=r"device-key\.tpm-absent"):
        TpmSigner.make(tmp_path / "key.json", Tpm(f"device:{tmp_path}/tpmrm0"))


def test_a_key_file_that_others_can_change_is_refused(machine: SoftwareTpm, tmp_path: Path) -> None:
    path = tmp_path / "device-key.tpm.json"
    TpmSigner.make(path, machine.tpm)
    path.chmod(0o622)
    with pytest.raises(QueueError, match=r"device-key\.bad-permissions"):
        TpmSigner.load(path, machine.tpm)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"private": 1}'])
def test_a_key_file_that_is_none_is_unreadable(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "device-key.tpm.json"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(QueueError, match=r"device-key\.unreadable"):
        TpmSigner.load(path, Tpm())


def test_a_key_bound_to_nothing_signs_whatever_was_started(machine: SoftwareTpm, tmp_path: Path) -> None:
    unbound = replace(machine.tpm, pcrs="")
    signer = TpmSigner.make(tmp_path / "device-key.tpm.json", unbound)
    machine.measure_something_else()
    signer.public.verify(signer.sign(b"x").value, b"x")


def test_a_key_in_a_file_says_that_it_is_one(tmp_path: Path) -> None:
    assert FileSigner.make(tmp_path / "device-key.pem").warning == "device-key.in-file"
