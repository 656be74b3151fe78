from kiosk.catalogue.reports import load_reports


def test_a_dozen_kinds_are_offered_each_by_a_code_of_its_own() -> None:
    book = load_reports()
    codes = [kind.code for kind in book.kinds]
    assert len(codes) == len(set(codes)) == 12
    assert all(kind.title.en and kind.hint.en for kind in book.kinds)


def test_what_is_reported_is_sample_content_and_marked_so() -> None:
    assert load_reports().item.sample
    assert "样例" in load_reports().item.department.zh


def test_a_code_that_is_not_offered_is_no_kind() -> None:
    assert load_reports().kind("nonsense") is None
