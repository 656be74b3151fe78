"""A private CUPS: the real scheduler with configuration, spool and socket of its own."""

import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

_FILES: Final = """\
SystemGroup root
ServerRoot {dir}/root
RequestRoot {dir}/spool
CacheDir {dir}/cache
StateDir {dir}/state
TempDir {dir}/tmp
AccessLog {dir}/log/access
ErrorLog {dir}/log/error
PageLog {dir}/log/page
Printcap
SyncOnClose No
"""
_SETTINGS: Final = """\
LogLevel warn
Listen {socket}
Browsing No
WebInterface No
DefaultAuthType None
DirtyCleanInterval 0
JobKillDelay 1
PreserveJobFiles {keep_documents}
PreserveJobHistory 600
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  <Limit {forbidden}>
    AuthType None
    Require user nobody-here
    Order deny,allow
  </Limit>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
_NOTHING: Final = "CUPS-Move-Job"
_STARTS_WITHIN_S: Final = 10.0
_LOOK_S: Final = 0.01


class CupsServer:
    """One scheduler; a context manager. Not for several threads at once.

    Its spool is emptied whenever it is started, as on a terminal, where it lies in memory: no document
    outlives the scheduler, and no job is printed again by one that was started anew.

    Args:
        run_dir: Where everything lies; short, because of the socket, and open to all for looking, because
            a scheduler that runs as root works as another user. Removed at the end.
    """

    def __init__(self, run_dir: Path) -> None:
        self.run_dir = run_dir
        self.socket_path = run_dir / "s"
        self._process: subprocess.Popen[bytes] | None = None
        self._settings = {"keep_documents": "No", "forbidden": _NOTHING}

    def __enter__(self) -> Self:
        """Lay everything out and start."""
        self.run_dir.mkdir(parents=True, exist_ok=True)
        for name in ("root", "spool", "cache", "state", "tmp", "log"):
            (self.run_dir / name).mkdir(exist_ok=True)
        self.run_dir.chmod(0o755)
        (self.run_dir / "tmp").chmod(0o777)
        (self.run_dir / "files.conf").write_text(_FILES.format(dir=self.run_dir), encoding="ascii")
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop, and remove everything."""
        self.kill()
        shutil.rmtree(self.run_dir, ignore_errors=True)

    # The scheduler --------------------------------------------------------------------------------

    def start(self, *, empty_spool: bool = True) -> None:
        """Start it, and return when it answers; nothing when it runs already.

        Raises:
            TimeoutError: It does not.
        """
        if self._process is not None:
            return
        if empty_spool:
            for path in (self.run_dir / "spool").glob("[cd]*"):
                path.unlink()
            (self.run_dir / "cache" / "job.cache").unlink(missing_ok=True)
        settings = _SETTINGS.format(socket=self.socket_path, **self._settings)
        (self.run_dir / "cupsd.conf").write_text(settings, encoding="ascii")
        files = ["-c", str(self.run_dir / "cupsd.conf"), "-s", str(self.run_dir / "files.conf")]
        self._process = subprocess.Popen(
            [_program("cupsd"), "-f", *files], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        end_s = time.monotonic() + _STARTS_WITHIN_S
        while not self._answers():
            if time.monotonic() > end_s:
                raise TimeoutError("the scheduler does not answer")
            time.sleep(_LOOK_S)

    def kill(self) -> None:
        """End it at once, with all its filters and back ends, as systemd would."""
        process, self._process = self._process, None
        if process is None:
            return
        family = [process.pid, *_descendants(process.pid)]
        for pid in family:
            with suppress(ProcessLookupError):  # it was faster
                os.kill(pid, signal.SIGKILL)
        process.wait()
        self.socket_path.unlink(missing_ok=True)

    def restart(self, *, empty_spool: bool = True) -> None:
        """Kill it and start it again."""
        self.kill()
        self.start(empty_spool=empty_spool)

    def freeze(self) -> None:
        """Let it accept connections and answer nothing."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it answer again, also what it was asked meanwhile."""
        self._signal(signal.SIGCONT)

    def set_up(self, *, keep_documents: bool = False, forbid_cancel: bool = False) -> None:
        """Change its settings, which starts it anew; its queues stay."""
        self._settings = {
            "keep_documents": "Yes" if keep_documents else "No",
            "forbidden": "Cancel-Job" if forbid_cancel else _NOTHING,
        }
        self.restart()

    # Its queues -----------------------------------------------------------------------------------

    def add_queue(self, name: str, device_uri: str, error_policy: str = "abort-job") -> None:
        """Make a queue for a printer that speaks IPP Everywhere, or change one.

        Raises:
            TimeoutError: The printer does not tell what it can do.
        """
        policy = f"printer-error-policy={error_policy}"
        self._admin("lpadmin", "-p", name, "-E", "-v", device_uri, "-m", "everywhere", "-o", policy)
        # The scheduler asks the printer what it can do after it has answered; until then the queue is raw.
        end_s = time.monotonic() + _STARTS_WITHIN_S
        while "Everywhere" not in self._admin("lpoptions", "-p", name):
            if time.monotonic() > end_s:
                raise TimeoutError("the scheduler does not get to know the printer")
            time.sleep(_LOOK_S)

    def remove_queue(self, name: str) -> None:
        """Remove a queue with its jobs."""
        self._admin("lpadmin", "-x", name)

    def pause(self, name: str, *, on: bool) -> None:
        """Stop a queue or let it go on; jobs wait meanwhile."""
        self._admin("cupsdisable" if on else "cupsenable", name)

    def reject(self, name: str, *, on: bool) -> None:
        """Let a queue refuse new jobs or take them again."""
        self._admin("cupsreject" if on else "cupsaccept", name)

    def set_policy(self, name: str, error_policy: str) -> None:
        """Say what a queue does with a job that fails."""
        self._admin("lpadmin", "-p", name, "-o", f"printer-error-policy={error_policy}")

    def hold_new_jobs(self, name: str, *, on: bool) -> None:
        """Let a queue hold every new job, or print it at once."""
        until = "job-hold-until-default=" + ("indefinite" if on else "no-hold")
        self._admin("lpadmin", "-p", name, "-o", until)

    def cancel_everything(self) -> None:
        """Cancel every job, as an operator would."""
        self._admin("cancel", "-a")

    def documents(self) -> list[Path]:
        """Return the files of documents that lie in the spool now."""
        return sorted((self.run_dir / "spool").glob("d*"))

    def history(self) -> list[Path]:
        """Return the files in which the scheduler remembers jobs now."""
        return sorted((self.run_dir / "spool").glob("c*"))

    def page_log(self) -> list[str]:
        """Return what the scheduler has written down of each job that was printed."""
        path = self.run_dir / "log" / "page"
        return path.read_text("utf-8").splitlines() if path.exists() else []

    def _admin(self, program: str, *arguments: str) -> str:
        environment = os.environ | {"CUPS_SERVER": str(self.socket_path)}
        command = [_program(program), *arguments]
        done = subprocess.run(command, env=environment, check=True, timeout=30, capture_output=True)
        return done.stdout.decode("utf-8", "replace")

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(self.socket_path))
            except OSError:
                return False
        return True

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None:
            os.kill(self._process.pid, number)


def _program(name: str) -> str:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/bin") or name


def _descendants(pid: int) -> list[int]:
    try:
        words = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    children = [int(word) for word in words]
    return children + [grandchild for child in children for grandchild in _descendants(child)]
