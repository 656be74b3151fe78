import socket
import subprocess
import sys

from devices.sim.listening import kept_port, port_of

SERVE = """
import sys
from kiosk.demo.still_core import StillCore
from ui.app import KioskApp
from ui.host import QtHost
from ui.environment import Display, ScreenSettings
from ui.vnc import listening_sockets

settings = ScreenSettings(width_px=270, height_px=480, display=Display.VNC, vnc_port=int(sys.argv[1]))
with QtHost(settings, lambda *_: None) as host:
    with KioskApp(host, StillCore()) as app:
        print(*listening_sockets().values(), flush=True)
        app.run()
"""


def test_the_vnc_server_answers_on_loopback_and_listens_nowhere_else() -> None:
    keeper = kept_port()
    port = port_of(keeper)
    server = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with keeper, server:
        try:
            assert server.stdout is not None
            assert server.stdout.readline().split() == ["127.0.0.1"]
            with socket.create_connection(("127.0.0.1", port), timeout=20) as viewer:
                assert viewer.recv(12) == b"RFB 003.003\n"
        finally:
            server.kill()
