import signal
import socket
import subprocess
import sys
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from devices.device_set import open_devices
from devices.model import CardRead, Kind, PrintJob, PrintOutcome, TextBlock
from devices.sim.bench import device_specs, network_port
from devices.sim.cards import load_cards
from devices.sim.control import BadOrderError, BenchClient
from devices.sim.wlt_helper import portrait
from devices.values.idcard import CardPhoto
from tests.wire.puppets import Told, until

CARDS = load_cards()


@pytest.fixture(scope="module")
def run_dir(tmp_path_factory: pytest.TempPathFactory) -> Generator[Path]:
    folder = tmp_path_factory.mktemp("bench")
    with socket.create_server(("127.0.0.1", 0)) as beyond:
        target = f"127.0.0.1:{beyond.getsockname()[1]}"
        with subprocess.Popen(
            [sys.executable, "-m", "devices.sim", "--run-dir", str(folder), "--link-to", target]
        ) as bench:
            until(lambda: (folder / "bench.json").exists() or bench.poll() is not None, 30.0)
            yield folder
            bench.send_signal(signal.SIGTERM)
            assert bench.wait(10.0) == 0
    assert not (folder / "bench.json").exists()


@pytest.fixture
def client(run_dir: Path) -> Generator[BenchClient]:
    with BenchClient(run_dir / "control.sock") as hand:
        yield hand


def test_the_bench_has_one_device_of_each_kind(run_dir: Path) -> None:
    assert [spec.kind for spec in device_specs(run_dir)] == [
        Kind.ID_CARD,
        Kind.SCANNER,
        Kind.CAMERA,
        Kind.PRINTER,
        Kind.CODE_SCANNER,
    ]


def test_a_whole_terminal_works_on_the_bench(run_dir: Path, client: BenchClient) -> None:
    told = Told()
    with open_devices(device_specs(run_dir), told) as devices:
        told.wait(lambda _: told.codes().count("device.ok") == 5, 30.0)
        assert devices.id_card is not None
        devices.id_card.arm()
        client.place_card("resident-zhou")
        record = CARDS["resident-zhou"].record
        portrayed = replace(record, photo=CardPhoto(portrait(record.photo_wlt)))
        told.wait(lambda events: CardRead("idcard-1", portrayed) in events)
        assert devices.scanner is not None
        first_page = devices.scanner.scan().pixels
        client.lay_page("resident-zhou")
        assert not np.array_equal(devices.scanner.scan().pixels, first_page)
        assert devices.camera is not None
        devices.camera.start_preview()
        assert devices.camera.still(10.0).pixels.size
        camera = devices.camera
        until(lambda: camera.latest() is not None)
        assert devices.printer is not None
        result = devices.printer.print(PrintJob("job-1", (TextBlock("回执"),)))
        assert result.outcome is PrintOutcome.PRINTED
        assert [path.suffix for path in client.slips()] == [".png"]
        client.paper(out=True)
        told.wait(lambda _: "printer.paper-out" in told.codes())
        client.paper()
        client.pull_card()


def test_the_network_cable_can_be_cut_and_mended(run_dir: Path, client: BenchClient) -> None:
    port = network_port(run_dir)
    assert port is not None
    client.cut_network()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5.0)
    client.restore_network()
    socket.create_connection(("127.0.0.1", port), timeout=5.0).close()


def test_an_unknown_card_is_refused_with_the_names_of_those_there_are(client: BenchClient) -> None:
    with pytest.raises(BadOrderError, match="resident-chen"):
        client.place_card("resident-nobody")
    with pytest.raises(BadOrderError, match="new-address"):
        client.force_status("fly", 0x41)


def test_a_bench_ends_with_the_program_that_started_it(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "devices.sim", "--run-dir", str(tmp_path)], stdin=subprocess.PIPE
    ) as bench:
        until(lambda: (tmp_path / "bench.json").exists() or bench.poll() is not None, 30.0)
        assert network_port(tmp_path) is None
        with BenchClient(tmp_path / "control.sock") as client, pytest.raises(BadOrderError, match="no cable"):
            client.cut_network()
        assert bench.stdin is not None
        bench.stdin.close()
        assert bench.wait(10.0) == 0
