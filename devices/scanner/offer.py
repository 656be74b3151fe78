"""What a scanner offers and how a profile is said in its words; pure.

Back ends agree on the names of SANE's well-known options (SANE standard 1.06, chapter 4.5) and on little
else: a feeder is ``ADF``, ``ADF Front``, ``Automatic Document Feeder(left aligned)`` and more.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from devices.scanner.options import Profile, Setting, Size
from devices.values.scanner import ModeKind, SourceKind


class UnfitError(Exception):
    """The device does not offer what the profile asks for; says which key and what there is."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One option of the device as it is now.

    Args:
        name: SANE's name, with hyphens.
        kind: Type of its value.
        settable: Whether it is active and can be set by software.
        choices: The values that it takes, empty where others than these are taken too.
        least: Smallest number, or None.
        most: Largest number, or None.
        in_pixels: Whether a length counts pixels and not millimetres.
    """

    name: str
    kind: Literal["bool", "int", "fixed", "string", "other"]
    settable: bool = True
    choices: tuple[str | float, ...] = ()
    least: float | None = None
    most: float | None = None
    in_pixels: bool = False


Offers = Mapping[str, Offer]
Choice = tuple[str, Setting]
"""SANE's name of an option, and the value it is to have."""

_FILM: Final = re.compile(r"transparen|\btp[ua]\b|negative|slide|film|positive|\bcard\b")
_DUPLEX: Final = re.compile(r"duplex|both sides|(two|double|2) ?sided")
_FEEDS: Final = re.compile(r"\badf\b|feeder|sheet ?fed|sheet ?feed")
_BACK: Final = re.compile(r"\b(back|rear)\b")
_GLASS: Final = re.compile(r"flat ?bed|platen|glass|document table|^normal$")

_DITHERED: Final = re.compile(r"halftone|dither|diffusion|infrared")
_LINEART: Final = re.compile(r"line ?art|binary|black (and )?white|\bb w\b|monochrome|\b1 ?bit\b")
_GRAY: Final = re.compile(r"gr[ae]y")
_COLOUR: Final = re.compile(r"colou?r|\brgb\b")


def source_kind(name: str) -> SourceKind:
    """Return what SANE's name of a source means."""
    words = _words(name)
    if _FILM.search(words):
        return SourceKind.OTHER
    if _DUPLEX.search(words):
        return SourceKind.DUPLEX
    if _FEEDS.search(words):
        return SourceKind.FEEDER_BACK if _BACK.search(words) else SourceKind.FEEDER
    return SourceKind.FLATBED if _GLASS.search(words) else SourceKind.OTHER


def mode_kind(name: str) -> ModeKind:
    """Return what SANE's name of a mode means."""
    words = _words(name)
    found = [
        kind
        for pattern, kind in (
            (_LINEART, ModeKind.LINEART),
            (_GRAY, ModeKind.GRAY),
            (_COLOUR, ModeKind.COLOUR),
        )
        if pattern.search(words)
    ]
    return ModeKind.OTHER if _DITHERED.search(words) or len(found) != 1 else found[0]


def _words(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", name.casefold()).strip()


def names(offers: Offers, option: str) -> tuple[str, ...]:
    """Return the names that an option takes, none where the device has not the option."""
    offer = offers.get(option)
    return () if offer is None else tuple(value for value in offer.choices if isinstance(value, str))


def can_duplex(offers: Offers) -> bool:
    """Return whether the device takes both sides of a page at once."""
    return bool(_of_kind(names(offers, "source"), SourceKind.DUPLEX, source_kind) or _sides_switch(offers))


# A profile in the device's words, in the order in which SANE wants it: the source decides the rest ------


def _source(offers: Offers, profile: Profile) -> Iterator[Choice]:
    offered = names(offers, "source")
    if profile.duplex and (both := _of_kind(offered, SourceKind.DUPLEX, source_kind)):
        yield "source", both
    elif profile.source is not None:
        yield "source", _named(offers, "source", profile.source, source_kind)


def _sides(offers: Offers, profile: Profile) -> Iterator[Choice]:
    if not profile.duplex or _of_kind(names(offers, "source"), SourceKind.DUPLEX, source_kind):
        return
    switch = _sides_switch(offers)
    if switch is None:
        raise UnfitError("duplex: the scanner cannot take both sides")
    yield switch


def _sides_switch(offers: Offers) -> Choice | None:
    if "duplex" in offers and offers["duplex"].kind == "bool":  # kvs1025, kvs20xx
        return "duplex", True
    modes = names(offers, "adf-mode")  # epson2, magicolor
    both = next((mode for mode in modes if _DUPLEX.search(_words(mode))), None)
    return None if both is None else ("adf-mode", both)


def _mode(offers: Offers, profile: Profile) -> Iterator[Choice]:
    if profile.mode is not None:
        yield "mode", _named(offers, "mode", profile.mode, mode_kind)


def _dpi(offers: Offers, profile: Profile) -> Iterator[Choice]:
    if profile.dpi is not None:
        yield "resolution", _fitting(_offer(offers, "resolution", "dpi"), profile.dpi, "dpi")


_SLACK_MM: Final = 1.5
"""So much less than a page a glass may be: 215.9 x 296.9 is sold as A4."""


def _page(offers: Offers, profile: Profile) -> Iterator[Choice]:
    size = profile.size
    if size is None:
        return
    for option, length_mm in (("page-width", size.width_mm), ("page-height", size.height_mm)):
        if option in offers and offers[option].settable:  # size of the sheets, before the part of them
            yield option, _length(offers[option], length_mm, size, profile)
    for option in ("tl-x", "tl-y"):
        corner = _offer(offers, option, "page")
        yield option, corner.least or 0.0 if corner.kind == "fixed" else int(corner.least or 0)
    for option, length_mm in (("br-x", size.width_mm), ("br-y", size.height_mm)):
        yield option, _length(_offer(offers, option, "page"), length_mm, size, profile)


def _length(offer: Offer, length_mm: float, size: Size, profile: Profile) -> float:
    per_mm = 1.0
    if offer.in_pixels:
        if profile.dpi is None:
            raise UnfitError("page: the scanner measures in pixels, so dpi must be given too")
        per_mm = profile.dpi / 25.4
    start = max(offer.least or 0.0, 0.0)
    wanted = start + length_mm * per_mm
    if offer.most is not None and wanted > offer.most:
        if wanted - offer.most > _SLACK_MM * per_mm:
            wanted_mm = f"{size.width_mm:g}x{size.height_mm:g} mm"
            raise UnfitError(f"page: {wanted_mm} do not fit, {offer.name} reaches {offer.most:g}")
        wanted = offer.most
    return wanted if offer.kind == "fixed" else int(wanted)


def _extra(offers: Offers, profile: Profile) -> Iterator[Choice]:
    for name, value in profile.extra.items():
        yield name, _fitting(_offer(offers, name, name), value, name)


TOPICS: Final[Sequence[Callable[[Offers, Profile], Iterator[Choice]]]] = (
    _source,
    _sides,
    _mode,
    _dpi,
    _page,
    _extra,
)
"""Each is asked with the options as the choices of those before have left them.

Raises:
    UnfitError: The device does not offer it.
"""


def _offer(offers: Offers, option: str, key: str) -> Offer:
    offer = offers.get(option)
    if offer is None:
        raise UnfitError(f"{key}: the scanner has no option {option!r}")
    if not offer.settable:
        raise UnfitError(f"{key}: {option!r} cannot be set now")
    return offer


def _of_kind(
    offered: Sequence[str], kind: SourceKind | ModeKind, kind_of: Callable[[str], SourceKind | ModeKind]
) -> str | None:
    return next((name for name in offered if kind_of(name) is kind), None)


def _named(
    offers: Offers, option: str, wanted: str, kind_of: Callable[[str], SourceKind | ModeKind]
) -> Setting:
    offer = _offer(offers, option, option)
    offered = names(offers, option)
    if not offered or wanted in offered:
        return _fitting(offer, wanted, option)
    for name in offered:
        if name.casefold() == wanted.casefold():
            return name
    word = "colour" if wanted.casefold() == "color" else wanted.casefold()
    for kind in (*SourceKind, *ModeKind):
        if kind == word and kind is not SourceKind.OTHER and (name := _of_kind(offered, kind, kind_of)):
            return name
    raise UnfitError(f"{option}: {wanted!r} is none of {', '.join(offered)}")


def _fitting(offer: Offer, value: Setting, key: str) -> Setting:
    """Return the value as the option wants it."""
    match offer.kind:
        case "bool" if isinstance(value, bool):
            return value
        case "string" if isinstance(value, str):
            fits = value
        case "int" if isinstance(value, int) and not isinstance(value, bool):
            fits = value
        case "fixed" if isinstance(value, int | float) and not isinstance(value, bool):
            fits = float(value)
        case _:
            raise UnfitError(f"{key}: {value!r} is not of the option's type, {offer.kind}")
    if offer.choices and fits not in offer.choices:
        raise UnfitError(f"{key}: {value!r} is none of {', '.join(str(one) for one in offer.choices)}")
    if isinstance(fits, int | float) and not (
        (offer.least is None or fits >= offer.least) and (offer.most is None or fits <= offer.most)
    ):
        raise UnfitError(f"{key}: {value!r} is not from {offer.least:g} to {offer.most:g}")
    return fits
