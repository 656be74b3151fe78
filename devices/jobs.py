"""Print jobs as plain values: how they cross from the program to the printer's process."""

from collections.abc import Mapping
from typing import Any

import msgspec

from devices.model import (
    BarcodeBlock,
    Block,
    GapBlock,
    PairBlock,
    PrintJob,
    PrintResult,
    QrBlock,
    RuleBlock,
    TextBlock,
)

_BLOCKS: Mapping[str, type[Block]] = {
    "text": TextBlock,
    "pair": PairBlock,
    "rule": RuleBlock,
    "gap": GapBlock,
    "qr": QrBlock,
    "barcode": BarcodeBlock,
}
_TAGS: Mapping[type[Block], str] = {kind: tag for tag, kind in _BLOCKS.items()}


def job_arguments(job: PrintJob) -> dict[str, Any]:
    """Return the arguments of the command ``print``.

    Returns:
        ``id``, ``reprint``, and ``blocks`` as pairs of tag and fields.
    """
    return {
        "id": job.id,
        "reprint": job.reprint,
        "blocks": [[_TAGS[type(block)], msgspec.to_builtins(block)] for block in job.blocks],
    }


def job_from(arguments: Mapping[str, Any]) -> PrintJob:
    """Return the job that ``job_arguments`` took apart.

    Raises:
        KeyError: A block has an unknown tag, or a field is missing (a bug of the caller).
        msgspec.ValidationError: A field has the wrong type (a bug of the caller).
    """
    blocks = tuple(msgspec.convert(fields, _BLOCKS[tag]) for tag, fields in arguments["blocks"])
    return PrintJob(id=arguments["id"], blocks=blocks, reprint=arguments["reprint"])


def result_answer(result: PrintResult) -> dict[str, Any]:
    """Return the answer of the command ``print``: ``job_id``, ``outcome`` and ``code``."""
    return {"job_id": result.job_id, "outcome": result.outcome.value, "code": result.code}


def result_from(answer: Mapping[str, Any]) -> PrintResult:
    """Return the result that ``result_answer`` took apart.

    Raises:
        msgspec.ValidationError: The answer is not one (a bug of the driver).
    """
    return msgspec.convert(dict(answer), PrintResult)
