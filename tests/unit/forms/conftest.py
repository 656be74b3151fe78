from datetime import date

import pytest

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.loader import load_builtin
from kiosk.domain.identity import Holder
from kiosk.forms.loading import load_form
from kiosk.forms.model import Form


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_builtin()


def form_of(catalogue: Catalogue, code: str) -> Form:
    source = catalogue.form_source(code)
    assert source is not None
    return load_form(source)


@pytest.fixture(scope="session")
def allowance(catalogue: Catalogue) -> Form:
    return form_of(catalogue, "old-age-allowance")


@pytest.fixture(scope="session")
def registration(catalogue: Catalogue) -> Form:
    return form_of(catalogue, "residence-registration")


@pytest.fixture(scope="session")
def holder() -> Holder:
    return Holder(
        name="林阿婆",
        number="11010519491231002X",
        sex="2",
        ethnic="01",
        born=date(1949, 12, 31),
        address="广东省深圳市宝安区某路1号",
        issuer="深圳市公安局宝安分局",
        valid_until=None,
    )
