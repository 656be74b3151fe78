import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offline_queue import Package, Part, QueueError, pack, unpack

FORM: dict[str, object] = {"name": "赵钱孙", "age": 81, "address": {"room": "1-302"}, "pages": [1, 2]}
PARTS = (Part("a.pdf", "application/pdf", b"%PDF-1"), Part("b.jpg", "image/jpeg", b""))


def test_form_and_parts_are_read_back() -> None:
    assert unpack(pack(FORM, PARTS)) == Package(FORM, PARTS)


@given(st.lists(st.binary(max_size=50), max_size=5))
def test_parts_keep_their_bytes_and_order(documents: list[bytes]) -> None:
    parts = [Part(f"{place}", "application/octet-stream", data) for place, data in enumerate(documents)]
    assert unpack(pack({}, parts)).parts == tuple(parts)


def test_two_parts_of_one_name_are_refused() -> None:
    with pytest.raises(QueueError, match=r"package\.malformed"):
        pack({}, [PARTS[0], PARTS[0]])


def test_a_form_that_is_no_json_is_refused_without_telling_its_contents() -> None:
    with pytest.raises(QueueError, match=r"package\.malformed") as caught:
        pack({"name": {"赵钱孙": object()}})
    assert "赵钱孙" not in str(caught.value)


def test_a_part_of_other_bytes_is_refused() -> None:
    with pytest.raises(QueueError, match=r"package\.part-damaged"):
        unpack(pack(FORM, PARTS).replace(b"%PDF", b"%PDG"))


@pytest.mark.parametrize("stream", [b"", b"\x00\x00\x00\x02{}", b"\xff\xff\xff\xff{}", b"\x00\x00\x00\x01["])
def test_what_is_no_package_is_refused(stream: bytes) -> None:
    with pytest.raises(QueueError, match=r"package\.malformed"):
        unpack(stream)


def test_bytes_after_the_last_part_are_refused() -> None:
    with pytest.raises(QueueError, match=r"package\.malformed"):
        unpack(pack(FORM, PARTS) + b"x")


def test_a_negative_size_is_refused() -> None:
    entry = {"name": "a", "media_type": "b", "size": -1, "sha256": ""}
    manifest = json.dumps({"version": 1, "form": {}, "parts": [entry]}).encode()
    with pytest.raises(QueueError, match=r"package\."):
        unpack(len(manifest).to_bytes(4, "big") + manifest[:-1] + b"}")


def test_a_layout_of_the_future_is_refused() -> None:
    manifest = b'{"version":2,"form":{},"parts":[]}'
    with pytest.raises(QueueError, match="version 2"):
        unpack(len(manifest).to_bytes(4, "big") + manifest)


def test_nothing_personal_is_in_a_repr() -> None:
    package = unpack(pack(FORM, PARTS))
    assert "赵钱孙" not in repr(package)
    assert "PDF-1" not in repr(package)
