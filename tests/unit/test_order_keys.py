from pathlib import Path

from kiosk.order_keys import OrderKeys, load_order_keys

NUMBER = "44030619430517990X"
KEYS = OrderKeys(bytes(32))


def test_the_same_person_and_service_have_the_same_key_however_the_card_writes_the_number() -> None:
    assert KEYS.of(NUMBER, "old-age-allowance") == KEYS.of(NUMBER.lower(), "old-age-allowance")
    assert len(KEYS.of(NUMBER, "old-age-allowance")) == 16


def test_another_person_another_service_or_another_terminal_has_another_key() -> None:
    keys = {
        KEYS.of(NUMBER, "old-age-allowance"),
        KEYS.of("440306194305179908", "old-age-allowance"),
        KEYS.of(NUMBER, "residence-permit"),
        OrderKeys(bytes(31) + b"1").of(NUMBER, "old-age-allowance"),
    }
    assert len(keys) == 4


def test_nothing_of_the_number_stands_in_the_key() -> None:
    assert NUMBER.encode() not in KEYS.of(NUMBER, "old-age-allowance")


def test_the_secret_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "data" / "order-secret"
    first = load_order_keys(path).of(NUMBER, "a")
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_order_keys(path).of(NUMBER, "a") == first


def test_a_secret_that_was_cut_short_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "order-secret"
    first = load_order_keys(path).of(NUMBER, "a")
    path.write_bytes(b"short")
    assert load_order_keys(path).of(NUMBER, "a") != first
    assert len(path.read_bytes()) == 32
