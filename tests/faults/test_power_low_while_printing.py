import threading
from pathlib import Path

import pytest

from devices.device_set import open_devices
from devices.facades import PowerSupply, ReceiptPrinter
from devices.health import Severity
from devices.model import DeviceSpec, Kind, PrintJob, PrintOutcome, PrintResult, TextBlock
from devices.sim.escpos_printer import SimulatedPrinter, Trouble
from devices.sim.nut_ups import NutUps
from tests.wire.puppets import Told, until


@pytest.mark.skipif(not NutUps.installed(), reason="needs nut-server (requirements/system-test.txt)")
def test_a_battery_that_ends_in_the_middle_of_a_print_lets_it_finish_and_is_told(tmp_path: Path) -> None:
    told = Told()
    results: list[PrintResult] = []

    def print_slip(printer: ReceiptPrinter) -> None:
        results.append(printer.print(PrintJob("slip-1", (TextBlock("回执"),))))

    with NutUps() as ups, SimulatedPrinter(tmp_path) as paper:
        specs = [
            DeviceSpec("power-1", Kind.POWER, "nut", {"ups": ups.name, "port": ups.port, "poll_s": 0.1}),
            DeviceSpec("printer-1", Kind.PRINTER, "escpos-tcp", {"port": paper.port, "host": "127.0.0.1"}),
        ]
        with open_devices(specs, told) as devices:
            printer, power = devices.printer, devices.power
            assert isinstance(printer, ReceiptPrinter)
            assert isinstance(power, PowerSupply)
            until(lambda: all(health.code == "device.ok" for health in devices.health()))
            paper.trouble(Trouble.BUSY, on=True)
            printing = threading.Thread(target=print_slip, args=(printer,))
            printing.start()
            until(lambda: devices.statuses()[1].busy)
            ups.low()
            told.wait(lambda _: "power.battery-low" in told.codes())
            assert not results
            paper.trouble(Trouble.BUSY, on=False)
            printing.join()
            assert results == [PrintResult("slip-1", PrintOutcome.PRINTED)]
            until(lambda: power.state().ending)
            assert devices.health()[0].severity is Severity.BLOCK
            ups.restored()
            until(lambda: devices.health()[0].code == "device.ok" and not power.state().ending)
