import random

import pytest

from tests.torture.disk_model import DiskModel, Operation, Style

STYLES = [style for style in Style for _ in range(50)]


def cuts(model: DiskModel) -> list[dict[str, bytes]]:
    dice = random.Random(7)
    return [model.after_cut(dice, style)[0] for style in STYLES]


def made(*operations: Operation) -> DiskModel:
    model = DiskModel({}, ["", "d"])
    for operation in operations:
        model.apply(operation)
    return model


WRITTEN = (Operation("create", "d/new"), Operation("write", "d/new", data=b"x" * 1000))
FLUSHED = (*WRITTEN, Operation("flush", "d/new"))


def test_what_was_never_flushed_may_be_whole_torn_empty_or_gone() -> None:
    left = {files.get("d/new") for files in cuts(made(*WRITTEN))}
    assert {None, b"", b"x" * 1000} <= left
    assert any(data and b"\0" in data for data in left)


def test_a_flushed_file_can_still_lose_its_name() -> None:
    left = {files.get("d/new") for files in cuts(made(*FLUSHED))}
    assert left == {None, b"x" * 1000}


def test_a_flushed_file_in_a_flushed_folder_is_certain() -> None:
    left = {files.get("d/new") for files in cuts(made(*FLUSHED, Operation("flush", "d")))}
    assert left == {b"x" * 1000}


def test_a_rename_is_whole_or_not_there() -> None:
    renamed = made(*FLUSHED, Operation("flush", "d"), Operation("rename", "d/new", new_path="d/final"))
    assert {tuple(files) for files in cuts(renamed)} == {("d/new",), ("d/final",)}


def test_a_removed_name_may_come_back_until_its_folder_is_flushed() -> None:
    removed = made(*FLUSHED, Operation("flush", "d"), Operation("unlink", "d/new"))
    assert {tuple(files) for files in cuts(removed)} == {("d/new",), ()}
    removed.apply(Operation("flush", "d"))
    assert {tuple(files) for files in cuts(removed)} == {()}


@pytest.mark.parametrize("style", [Style.NOTHING, Style.ALL])
def test_what_is_certain_is_the_same_after_every_cut(style: Style) -> None:
    model = DiskModel({"d/old": b"1234"}, ["", "d"])
    model.apply(Operation("write", "d/old", offset=2, data=b"56"))
    model.apply(Operation("flush", "d/old"))
    assert model.after_cut(random.Random(1), style)[0] == {"d/old": b"1256"}
