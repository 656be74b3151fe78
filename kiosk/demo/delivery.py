"""What became of an application: the queue's word, then the district's own."""

import time
from pathlib import Path
from typing import Any

from kiosk.demo.children import StageError
from kiosk.demo.stage import Stage
from offline_queue import QueueClient

DELIVERY_S = 60.0


def wait_for_case(queue: QueueClient, receipt_no: str, timeout_s: float = DELIVERY_S) -> str:
    """Return the case number once the signed acknowledgement is committed.

    Raises:
        StageError: It does not come in time.
    """
    deadline_s = time.monotonic() + timeout_s
    while time.monotonic() < deadline_s:
        status = queue.wait(receipt_no, 1.0)
        if status.acceptance_no is not None:
            return status.acceptance_no
    raise StageError(f"{receipt_no} was not delivered within {timeout_s:.0f} s")


def collect_case(stage: Stage, case_no: str, folder: Path) -> dict[str, Any]:
    """Fetch the case from the district's desk and write its documents into ``folder``.

    Returns:
        Submission id, item and the documents' names and sizes.

    Raises:
        StageError: The district does not hold the case, or not with all its documents.
    """
    case: dict[str, Any] = stage.desk(f"/cases/{case_no}/application").json()
    documents: list[dict[str, Any]] = []
    for attachment in case["attachments"]:
        data = stage.desk(f"/cases/{case_no}/attachments/{attachment['n']}").content
        if not data.startswith(b"%PDF"):
            raise StageError(f"attachment {attachment['n']} of {case_no} is no PDF")
        name = f"submitted-{attachment['name']}"
        (folder / name).write_bytes(data)
        documents.append({"name": name, "size_bytes": len(data)})
    if not documents:
        raise StageError(f"{case_no} came without documents")
    return {"submission_id": case["submission_id"], "district_item": case["item"], "documents": documents}
