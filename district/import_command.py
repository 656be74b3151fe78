"""``python -m district import``: into the folder itself, or through the server while that holds it."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

import requests

from district.acceptance.importing import ImportedOut, take
from district.home import Home, HomeError, InUseError, open_services
from district.stick import Report, bring_in, read_manifest
from district.times import Now

_TIMEOUT_S: Final = 60.0


def import_folder(
    home: Home, folder: Path, catalogue_folder: Path | None, now: Now, *, unsigned: bool = False
) -> Iterator[Report]:
    """Bring in every container of ``folder`` and report on each.

    Args:
        home: The platform; when its server runs, the server is asked to take them.
        folder: An export of a terminal.
        catalogue_folder: As the server has it; unused while it runs.
        now: The present.
        unsigned: Take what a terminal with a device key did not sign, too.

    Raises:
        StickError: The folder is no export.
        HomeError: The platform cannot be used.
        KeysMissingError: It was never initialised.
        CatalogueError: The catalogue's folder cannot be read as one.
    """
    read_manifest(folder)
    try:
        with open_services(home, catalogue_folder, now, serves=False) as services:
            yield from bring_in(folder, partial(take, services, unsigned=unsigned))
    except InUseError:
        yield from _through_server(home, folder, unsigned=unsigned)


def _through_server(home: Home, folder: Path, *, unsigned: bool) -> Iterator[Report]:
    try:
        url = json.loads(home.ready_file.read_bytes())["url"]
        token = home.operator_token.read_text(encoding="ascii").strip()
    except (OSError, ValueError, KeyError) as error:
        raise HomeError(f"{home.root} is in use, but its server does not answer yet") from error
    with requests.Session() as session:
        session.trust_env = False
        session.headers["Authorization"] = f"Bearer {token}"

        def ask(receipt_no: str, container: bytes, device_signature: str) -> ImportedOut:
            answer = session.post(
                f"{url}/v1/desk/containers",
                params={"receipt_no": receipt_no, "proof": "unsigned" if unsigned else "signed"},
                headers={"Device-Signature": device_signature},
                data=container,
                timeout=_TIMEOUT_S,
            )
            answer.raise_for_status()
            return ImportedOut.model_validate_json(answer.content)

        try:
            yield from bring_in(folder, ask)
        except (requests.RequestException, ValueError) as error:
            raise HomeError("the server stopped answering; import again, nothing is taken twice") from error
