from pathlib import Path

from devices.scanner.usb import UsbWatch

NAME = "genesys:libusb:001:004"


def plug(sysfs: Path, folder: str, number: int, usb_id: str = "04a9:1912", serial: str = "S1") -> Path:
    place = sysfs / folder
    place.mkdir(parents=True)
    vendor, product = usb_id.split(":")
    files = {"busnum": "1", "devnum": str(number), "idVendor": vendor, "idProduct": product, "serial": serial}
    for name, text in files.items():
        (place / name).write_text(f"{text}\n")
    return place


def pull(place: Path) -> None:
    for path in place.iterdir():
        path.unlink()
    place.rmdir()


def test_of_a_device_that_is_described_by_nothing_nothing_is_known(tmp_path: Path) -> None:
    watch = UsbWatch(tmp_path, None)
    assert watch.present() is None
    watch.attach("airscan:e0:Office MFP")
    assert watch.present() is None


def test_a_machine_without_usb_has_no_device(tmp_path: Path) -> None:
    assert UsbWatch(tmp_path / "none", "04a9:1912").present() is False


def test_what_a_device_is_follows_from_the_address_in_its_name(tmp_path: Path) -> None:
    place = plug(tmp_path, "1-2", 4)
    plug(tmp_path, "1-3", 5, "046d:c077")
    (tmp_path / "1-2:1.0").mkdir()
    watch = UsbWatch(tmp_path, None)
    watch.attach(NAME)
    assert watch.present() is True
    assert watch.serial == watch.serial_at(NAME) == "S1"
    pull(place)
    assert watch.present() is False
    watch.detach()
    assert watch.present() is False
    plug(tmp_path, "1-4", 9)
    assert watch.present() is True


def test_a_device_that_came_back_under_another_number_is_not_the_one_that_is_open(tmp_path: Path) -> None:
    place = plug(tmp_path, "1-2", 4)
    watch = UsbWatch(tmp_path, "04a9:1912")
    watch.attach("fujitsu:fi-7160:7788")
    pull(place)
    plug(tmp_path, "1-2", 5)
    assert watch.present() is False
    watch.detach()
    assert watch.present() is True


def test_an_address_on_another_machine_is_no_address_here(tmp_path: Path) -> None:
    plug(tmp_path, "1-2", 4)
    watch = UsbWatch(tmp_path, None)
    watch.attach(f"net:192.0.2.1:{NAME}")
    assert watch.present() is None
