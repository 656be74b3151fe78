"""How much the platform takes, and for how long it waits: the figures an operator may change."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Limits:
    """Figures of one platform.

    Args:
        upload_lifetime: Bytes of an unfinished upload are forgotten when none were added for so long; the
            submission itself is never forgotten.
        in_flight_s: How long a request waits for another one on the same submission before it is told to
            come back.
        requests_per_s: Requests about submissions that the platform is willing to serve, or None for as many
            as come.
        concurrent: Requests about submissions under way at the same time.
        code_tries: So many one-ID codes in a row may be none before a terminal has to wait.
        code_pause: For how long it then waits.
    """

    upload_lifetime: timedelta = timedelta(days=7)
    in_flight_s: float = 5.0
    requests_per_s: float | None = None
    concurrent: int = 200
    code_tries: int = 20
    code_pause: timedelta = timedelta(minutes=1)
