"""Looks whether platform and queue answer, and for newer keys and catalogues, from a thread of its own."""

import random
import threading
import time
from collections.abc import Callable

from kiosk.backend import BackendClient, BackendError
from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue_keeper import CatalogueKeeper
from kiosk.key_keeper import KeyKeeper
from offline_queue import MAX_CONTAINER_BYTES, QueueClient, QueueError

INTERVAL_S = 5.0
NEWS_S = 60.0
"""Keys and catalogue change a few times a year: a district is not asked for them with every look."""
_LOOKS = 3
"""For so many looks a resident is taken to be there still."""
NO_QUEUE = "item.needs-queue"


class LineWatch:
    """Tells changes only.

    Args:
        backend: A client of its own.
        queue: Told to try at once when the platform is back.
        keeper: Asked to refresh while the platform answers.
        on_change: Takes True or False, on the watch's thread.
        on_catalogue: Takes a newer catalogue, on the watch's thread.
        on_storage: Takes why the queue would store nothing, or None, on the watch's thread.
        interval_s: How often to look.
        keys: Asked to refresh while the platform answers.
        news_s: How often keys and catalogue are asked for. When the line is back, all terminals of a district
            hear of it at once, so each asks at a moment of its own within that time.
        dice: Uniform 0..1.
        occupied: Whether somebody stands at the terminal, who may need the line; any thread.
    """

    def __init__(
        self,
        backend: BackendClient,
        queue: QueueClient,
        keeper: CatalogueKeeper,
        on_change: Callable[[bool], None],
        on_catalogue: Callable[[Catalogue], None],
        on_storage: Callable[[str | None], None],
        interval_s: float = INTERVAL_S,
        keys: KeyKeeper | None = None,
        news_s: float = NEWS_S,
        dice: Callable[[], float] = random.random,
        occupied: Callable[[], bool] = lambda: False,
    ) -> None:
        self._occupied = occupied
        self._keys = keys
        self._news_s = news_s
        self._dice = dice
        self._news_at_s = time.monotonic()
        self._backend = backend
        self._queue = queue
        self._keeper = keeper
        self._on_change = on_change
        self._on_catalogue = on_catalogue
        self._on_storage = on_storage
        self._interval_s = interval_s
        self._storage: str | None = None
        self._unreachable = 0
        self._online: bool | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="line-watch", daemon=True)

    def start(self) -> None:
        """Start looking."""
        self._thread.start()

    def close(self) -> None:
        """Stop looking; a question under way is left to its own time limit."""
        self._stopped.set()
        self._thread.join(1.0)

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._look()
            self._stopped.wait(self._interval_s)

    def _look(self) -> None:
        self._leave_line()
        storage = self._obstacle()
        if storage != self._storage:
            self._storage = storage
            self._on_storage(storage)
        online = self._answers()
        if self._stopped.is_set():
            return
        if online is not self._online:
            if online and self._online is False:
                self._tell_queue(self._queue.kick)
                self._news_at_s = time.monotonic() + self._news_s * self._dice()
            self._online = online
            self._on_change(online)
        if online and time.monotonic() >= self._news_at_s:
            self._news_at_s = time.monotonic() + self._news_s
            self._hear_news()

    def _leave_line(self) -> None:
        if self._occupied():
            self._tell_queue(lambda: self._queue.leave_line(_LOOKS * self._interval_s))

    def _hear_news(self) -> None:
        self._leave_line()  # a slow line takes its time for news
        if self._keys is not None:
            self._keys.refresh(self._backend)
        newer = self._keeper.refresh(self._backend)
        if newer is not None:
            self._on_catalogue(newer)

    def _obstacle(self) -> str | None:
        try:
            self._queue.admit(MAX_CONTAINER_BYTES)
        except QueueError as error:
            if error.code != "queue.unreachable":
                return error.code
            # A queue that is being started again is back before the next look.
            self._unreachable += 1
            return NO_QUEUE if self._unreachable > 1 else self._storage
        self._unreachable = 0
        return None

    def _answers(self) -> bool:
        try:
            self._backend.ping()
        except BackendError:
            return False
        return True

    def _tell_queue(self, tell: Callable[[], None]) -> None:
        try:
            tell()
        except QueueError:
            # A queue that is being restarted looks for the platform by itself, and hears of a resident later.
            return
