from collections.abc import Mapping
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.scanner.offer import TOPICS, Choice, Offer, UnfitError, can_duplex, mode_kind, source_kind
from devices.scanner.options import Profile
from devices.values.scanner import ModeKind, SourceKind

SOURCES = {
    SourceKind.FLATBED: ["Flatbed", "FlatBed", "Platen", "Normal", "Document Table", "Flatbed (glass)"],
    SourceKind.FEEDER: [
        "ADF",
        "ADF Front",
        "ADF Simplex",
        "Automatic Document Feeder",
        "Automatic Document Feeder(left aligned)",
        "Automatic Document Feeder(centrally aligned)",
        "Document Feeder",
        "Sheetfed Scanner",
    ],
    SourceKind.FEEDER_BACK: ["ADF Back", "ADF Rear"],
    SourceKind.DUPLEX: [
        "ADF Duplex",
        "Duplex",
        "Automatic Document Feeder(left aligned,Duplex)",
        "ADF - Both Sides",
        "ADF (double-sided)",
    ],
    SourceKind.OTHER: [
        "Transparency Adapter",
        "TPU8x10",
        "Negative Film",
        "Card Duplex",
        "Auto",
        "",
        "Slide Feeder",
    ],
}
MODES = {
    ModeKind.COLOUR: ["Color", "24bit Color", "Colour", "color (RGB)", "RGB"],
    ModeKind.GRAY: ["Gray", "Grayscale", "True Gray", "Grey", "8-bit Gray"],
    ModeKind.LINEART: ["Lineart", "Black & White", "Binary", "Line art", "Monochrome"],
    ModeKind.OTHER: ["Halftone", "Gray[Error Diffusion]", "Color Lineart", "Infrared", "Auto", ""],
}
DEVICE = {
    "source": Offer("source", "string", choices=("Flatbed", "ADF Back", "ADF Front", "ADF Duplex")),
    "mode": Offer("mode", "string", choices=("Halftone", "Black & White", "True Gray", "24bit Color")),
    "resolution": Offer("resolution", "int", choices=(100, 200, 300)),
    "tl-x": Offer("tl-x", "fixed", least=0.0, most=215.9),
    "tl-y": Offer("tl-y", "fixed", least=0.0, most=296.9),
    "br-x": Offer("br-x", "fixed", least=0.0, most=215.9),
    "br-y": Offer("br-y", "fixed", least=0.0, most=296.9),
    "threshold": Offer("threshold", "int", least=0, most=255),
    "lamp": Offer("lamp", "bool"),
    "gamma": Offer("gamma", "fixed", settable=False),
}


def said(offers: Mapping[str, Offer], **profile: Any) -> list[Choice]:
    wanted = msgspec.convert(profile, Profile)
    return [choice for topic in TOPICS for choice in topic(offers, wanted)]


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, names in SOURCES.items() for name in names]
)
def test_a_source_is_known_by_what_back_ends_call_it(kind: SourceKind, name: str) -> None:
    assert source_kind(name) is kind
    assert source_kind(name.upper()) is kind


@pytest.mark.parametrize(("kind", "name"), [(kind, one) for kind, names in MODES.items() for one in names])
def test_a_mode_is_known_by_what_back_ends_call_it(kind: ModeKind, name: str) -> None:
    assert mode_kind(name) is kind


@given(st.text(max_size=40))
def test_every_name_has_a_kind(name: str) -> None:
    assert source_kind(name) in SourceKind
    assert mode_kind(name) in ModeKind


@pytest.mark.parametrize(
    ("profile", "choices"),
    [
        ({}, []),
        ({"source": "feeder"}, [("source", "ADF Front")]),
        ({"source": "flatbed"}, [("source", "Flatbed")]),
        ({"source": "adf back"}, [("source", "ADF Back")]),
        ({"source": "feeder", "duplex": True}, [("source", "ADF Duplex")]),
        ({"mode": "color"}, [("mode", "24bit Color")]),
        ({"mode": "gray"}, [("mode", "True Gray")]),
        ({"mode": "lineart"}, [("mode", "Black & White")]),
        ({"mode": "Halftone", "dpi": 200}, [("mode", "Halftone"), ("resolution", 200)]),
        ({"extra": {"threshold": 100, "lamp": True}}, [("threshold", 100), ("lamp", True)]),
        ({"page": "A5"}, [("tl-x", 0.0), ("tl-y", 0.0), ("br-x", 148.0), ("br-y", 210.0)]),
        ({"page": "A4"}, [("tl-x", 0.0), ("tl-y", 0.0), ("br-x", 210.0), ("br-y", 296.9)]),
    ],
)
def test_a_profile_is_said_in_the_devices_words(profile: dict[str, Any], choices: list[Choice]) -> None:
    assert said(DEVICE, **profile) == choices


@pytest.mark.parametrize(
    ("profile", "complaint"),
    [
        ({"source": "Tray 2"}, "source: 'Tray 2' is none of Flatbed, ADF Back, ADF Front, ADF Duplex"),
        ({"dpi": 150}, "dpi: 150 is none of 100, 200, 300"),
        ({"extra": {"threshold": 256}}, "threshold: 256 is not from 0 to 255"),
        ({"extra": {"threshold": "dark"}}, "threshold: 'dark' is not of the option's type, int"),
        ({"extra": {"lamp": 1}}, "lamp: 1 is not of the option's type, bool"),
        ({"extra": {"gamma": 2.0}}, "gamma: 'gamma' cannot be set now"),
        ({"extra": {"shutter": 1}}, "shutter: the scanner has no option 'shutter'"),
        ({"page": {"width_mm": 210, "height_mm": 330}}, "page: 210x330 mm do not fit, br-y reaches 296.9"),
    ],
)
def test_what_the_device_does_not_offer_is_named_with_what_it_does(
    profile: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(UnfitError) as caught:
        said(DEVICE, **profile)
    assert str(caught.value) == complaint


def test_both_sides_are_taken_by_a_switch_where_no_source_does() -> None:
    glass = {"source": Offer("source", "string", choices=("Flatbed", "ADF"))}
    switch = {"duplex": Offer("duplex", "bool")}
    mode = {"adf-mode": Offer("adf-mode", "string", choices=("Simplex", "Duplex"))}
    feeder = ("source", "ADF")
    assert said(glass | switch, source="feeder", duplex=True) == [feeder, ("duplex", True)]
    assert said(glass | mode, source="feeder", duplex=True) == [feeder, ("adf-mode", "Duplex")]
    assert [can_duplex(offers) for offers in (glass | switch, glass | mode, glass, DEVICE)] == [
        True,
        True,
        False,
        True,
    ]
    with pytest.raises(UnfitError, match="duplex: the scanner cannot take both sides"):
        said(glass, source="feeder", duplex=True)


def test_a_page_is_measured_in_pixels_where_the_device_does_so() -> None:
    names = ("tl-x", "tl-y", "br-x", "br-y")
    offers = {name: Offer(name, "int", least=0, most=5000, in_pixels=True) for name in names}
    offers["resolution"] = Offer("resolution", "int", least=50, most=600)
    assert said(offers, page="A5", dpi=254)[1:] == [("tl-x", 0), ("tl-y", 0), ("br-x", 1480), ("br-y", 2100)]
    with pytest.raises(UnfitError, match="measures in pixels, so dpi"):
        said(offers, page="A5")


settings = st.one_of(st.text(max_size=8), st.integers(-1000, 1000), st.floats(), st.booleans())
sizes = st.floats(min_value=1, max_value=1500)


@given(
    st.builds(
        Profile,
        dpi=st.one_of(st.none(), st.integers(50, 1200)),
        mode=st.one_of(st.none(), st.sampled_from([*ModeKind, "Color"]), st.text(min_size=1, max_size=12)),
        source=st.one_of(st.none(), st.sampled_from([*SourceKind]), st.text(min_size=1, max_size=12)),
        duplex=st.booleans(),
        page=st.sampled_from([None, "A4", "A5", "A6", "ID-1"]),
        extra=st.dictionaries(st.sampled_from([*DEVICE, "other"]), settings, max_size=3),
    )
)
def test_whatever_a_profile_asks_for_is_what_the_device_offers_or_is_refused(profile: Profile) -> None:
    try:
        choices = [choice for topic in TOPICS for choice in topic(DEVICE, profile)]
    except UnfitError:
        return
    for name, value in choices:
        offer = DEVICE[name]
        assert offer.settable
        assert not offer.choices or value in offer.choices
        if isinstance(value, int | float) and offer.least is not None and offer.most is not None:
            assert offer.least <= value <= offer.most
