import socket
import time
from collections.abc import Callable, Generator

import pytest

from devices.errors import DeviceError, Remedy
from devices.power.nut import NutSupply, make
from devices.sim.link import Link
from devices.sim.listening import Listener
from devices.sim.nut_ups import NutUps
from tests.support.promises import keeps

pytestmark = pytest.mark.skipif(
    not NutUps.installed(), reason="needs nut-server (requirements/system-test.txt)"
)


@pytest.fixture(scope="module")
def real_ups() -> Generator[NutUps]:
    with NutUps() as started:
        yield started


@pytest.fixture
def ups(real_ups: NutUps) -> NutUps:
    real_ups.restored()
    real_ups.fresh()
    real_ups.start_driver()
    real_ups.start()
    return real_ups


@pytest.fixture
def driver(ups: NutUps) -> Generator[NutSupply]:
    made = supply(ups.port, ups.name)
    until_code(made, "device.ok")
    yield made
    made.close()


def supply(port: int, name: str = "bench", dead_s: float = 600.0) -> NutSupply:
    return make("power-1", {"ups": name, "port": port, "dead_s": dead_s, "timeout_s": 0.5})


def look(driver: NutSupply) -> DeviceError | None:
    try:
        assert driver.tick() == ()
    except DeviceError as error:
        return error
    return None


def code(driver: NutSupply) -> str:
    error = look(driver)
    return "device.ok" if error is None else error.code


def until_code(driver: NutSupply, wanted: str, timeout_s: float = 20.0) -> None:
    end_s = time.monotonic() + timeout_s
    while (now := code(driver)) != wanted:
        assert time.monotonic() < end_s, now
        time.sleep(0.02)


def test_mains_that_go_and_come_are_told_with_charge_and_time(ups: NutUps, driver: NutSupply) -> None:
    ups.on_battery(charge_percent=64)
    until_code(driver, "power.on-battery")
    assert driver.readings() == {
        "status": "OB DISCHRG",
        "on_battery": True,
        "ending": False,
        "charge_percent": 64.0,
        "runtime_s": 900.0,
    }
    ups.low()
    until_code(driver, "power.battery-low")
    assert driver.readings()["ending"] is True
    ups.restored()
    until_code(driver, "device.ok")
    assert driver.readings()["on_battery"] is False


def test_the_identity_is_the_supplys_own(ups: NutUps, driver: NutSupply) -> None:
    del ups
    assert driver.open() == {"vendor": "Example", "model": "Bench A", "serial": "0001"}


def test_a_worn_battery_is_told(ups: NutUps, driver: NutSupply) -> None:
    ups.worn()
    until_code(driver, "power.replace-battery")


def test_a_killed_upsd_is_told_at_once_and_found_again(ups: NutUps, driver: NutSupply) -> None:
    def kill_and_look() -> tuple[float]:
        ups.kill()
        began_s = time.monotonic()
        error = look(driver)
        took_s = time.monotonic() - began_s
        assert error is not None
        assert (error.code, error.remedy) == ("power.service-down", Remedy.RETRY)
        assert driver.readings() == {"status": "", "ending": False}
        ups.start()
        until_code(driver, "device.ok")
        return (took_s,)

    assert keeps((1.0,), kill_and_look)


def test_data_that_is_no_longer_fresh_is_told(ups: NutUps, driver: NutSupply) -> None:
    ups.stale()
    until_code(driver, "power.stale-data")
    ups.fresh()
    until_code(driver, "device.ok")


def test_a_supply_that_upsd_does_not_know_is_a_mistake_of_the_profile(ups: NutUps) -> None:
    driver = supply(ups.port, "another")
    with pytest.raises(DeviceError, match=r"power\.refused \(UNKNOWN-UPS\)") as caught:
        driver.open()
    driver.close()
    assert caught.value.remedy is Remedy.SERVICE


# Servers that say what upsd would, or would not -------------------------------------------------------


@pytest.fixture
def pretend() -> Generator[Callable[[Callable[[socket.socket], None]], int]]:
    listeners: list[Listener] = []

    def begin(serve: Callable[[socket.socket], None]) -> int:
        listening = socket.create_server(("127.0.0.1", 0))
        listeners.append(Listener(listening, serve))
        return listening.getsockname()[1]

    yield begin
    for listener in listeners:
        listener.close()


Pretend = Callable[[Callable[[socket.socket], None]], int]


def upsd_saying(status: str) -> Callable[[socket.socket], None]:
    def serve(asking: socket.socket) -> None:
        while asking.recv(100):
            asking.sendall(
                f'BEGIN LIST VAR bench\nVAR bench ups.status "{status}"\nEND LIST VAR bench\n'.encode()
            )

    return serve


def test_a_connection_that_upsd_closed_while_nobody_asked_costs_nothing(pretend: Pretend) -> None:
    with Link("127.0.0.1", pretend(upsd_saying("OL"))) as cable:
        driver = supply(cable.port)
        assert code(driver) == "device.ok"
        cable.cut()
        cable.restore()
        assert code(driver) == "device.ok"
        driver.close()


def test_a_supply_lost_while_on_battery_counts_as_ending(pretend: Pretend) -> None:
    with Link("127.0.0.1", pretend(upsd_saying("OB DISCHRG"))) as cable:
        driver = supply(cable.port, dead_s=0.3)
        assert code(driver) == "power.on-battery"
        cable.cut()
        assert code(driver) == "power.service-down"
        until_code(driver, "power.battery-low")
        cable.restore()
        assert code(driver) == "power.on-battery"
        driver.close()


def test_a_supply_lost_while_its_battery_ends_goes_on_ending(pretend: Pretend) -> None:
    with Link("127.0.0.1", pretend(upsd_saying("OB LB"))) as cable:
        driver = supply(cable.port)
        assert code(driver) == "power.battery-low"
        cable.cut()
        assert code(driver) == "power.battery-low"
        assert driver.readings()["ending"] is True
        driver.close()


def test_a_supply_lost_on_mains_becomes_a_matter_for_service(pretend: Pretend) -> None:
    with Link("127.0.0.1", pretend(upsd_saying("OL"))) as cable:
        driver = supply(cable.port, dead_s=0.2)
        assert code(driver) == "device.ok"
        cable.cut()
        errors: list[DeviceError] = []
        while not errors or errors[-1].remedy is not Remedy.SERVICE:
            error = look(driver)
            assert error is not None
            errors.append(error)
        assert {error.code for error in errors} == {"power.service-down"}
        assert errors[0].remedy is Remedy.RETRY
        driver.close()


def failure(port: int) -> tuple[str, float]:
    driver = supply(port)
    began_s = time.monotonic()
    wrong = code(driver)
    driver.close()
    return wrong, time.monotonic() - began_s


def test_a_server_that_never_answers_costs_the_time_limit(pretend: Pretend) -> None:
    def serve(asking: socket.socket) -> None:
        while asking.recv(100):
            pass

    wrong, took_s = failure(pretend(serve))
    assert wrong == "power.service-down"
    assert took_s < 5.0


def test_a_server_that_hangs_up_at_once_is_told(pretend: Pretend) -> None:
    assert failure(pretend(lambda _: None))[0] == "power.service-down"


def test_a_server_that_hangs_up_in_the_middle_is_told(pretend: Pretend) -> None:
    def serve(asking: socket.socket) -> None:
        asking.recv(100)
        asking.sendall(b'BEGIN LIST VAR bench\nVAR bench ups.status "O')

    assert failure(pretend(serve))[0] == "power.service-down"


def test_a_byte_now_and_then_does_not_stretch_the_time_limit(pretend: Pretend) -> None:
    def serve(asking: socket.socket) -> None:
        asking.recv(100)
        asking.settimeout(0.05)
        for byte in b"BEGIN LIST VAR bench\n" * 100:
            asking.sendall(bytes([byte]))
            try:
                asking.recv(1)
            except TimeoutError:
                continue

    wrong, took_s = failure(pretend(serve))
    assert wrong == "power.service-down"
    assert took_s < 3.0


@pytest.mark.parametrize("answer", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\xff\xfe\n", b"x" * 70_000])
def test_what_is_no_upsd_is_told_as_garbage(pretend: Pretend, answer: bytes) -> None:
    def serve(asking: socket.socket) -> None:
        asking.recv(100)
        asking.sendall(answer)
        asking.recv(100)

    assert failure(pretend(serve))[0] == "power.garbled"


def test_a_refused_question_is_told_by_its_word(pretend: Pretend) -> None:
    def serve(asking: socket.socket) -> None:
        asking.recv(100)
        asking.sendall(b"ERR ACCESS-DENIED\n")
        asking.recv(100)

    assert failure(pretend(serve))[0] == "power.refused"


def test_there_is_nothing_to_command(pretend: Pretend) -> None:
    with pytest.raises(KeyError):
        supply(pretend(lambda _: None)).command("shut down", {})
