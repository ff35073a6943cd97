"""Eight clients in processes of their own, each with its own connection: they do the same jobs at the same time."""

import dataclasses
import multiprocessing
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Protocol, Self

CLIENTS = 8


class Worker(Protocol):
    """What a client does with a job, with all that it needs at hand."""

    def do(self, job: Any) -> bool:
        """Whether it got what it wanted."""
        ...


# Makes a worker of the connection's parameters and the jobs of a round, before the clock runs.
Maker = Callable[[dict[str, Any], Sequence[Any]], Worker]


@dataclasses.dataclass(frozen=True)
class Outcome:
    """Outcome of a round of all clients; `seconds` from the common start to the last client's end."""

    won: int
    lost: int
    errors: list[str]
    seconds: float


class Clients:
    """The processes. Forked from this one, so that none of them spends seconds on starting.

    `makers`: each way of doing a job, by its name.
    """

    def __init__(self, makers: Mapping[str, Maker]) -> None:
        self._makers = makers

    def __enter__(self) -> Self:
        from django.db import connection

        context = multiprocessing.get_context("fork")
        self._parameters = {
            key: value
            for key, value in connection.get_connection_params().items()
            if key not in ("cursor_factory", "context")
        }
        connection.close()
        self._start = context.Barrier(CLIENTS)
        self._pipes = []
        self._processes = []
        for _ in range(CLIENTS):
            near, far = context.Pipe()
            process = context.Process(
                target=_serve, args=(far, self._start, self._parameters, self._makers), daemon=True
            )
            process.start()
            self._pipes.append(near)
            self._processes.append(process)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pipe in self._pipes:
            pipe.send(None)
        for process in self._processes:
            process.join(timeout=10)

    def run(self, how: str, jobs: Sequence[Any]) -> Outcome:
        """Deal the jobs round, so that the rivals for a thing come at the same time, and wait for all."""
        for number, pipe in enumerate(self._pipes):
            pipe.send((how, jobs[number::CLIENTS]))
        parts = [pipe.recv() for pipe in self._pipes]
        took = max(part[4] for part in parts) - min(part[3] for part in parts)
        return Outcome(
            sum(part[0] for part in parts),
            sum(part[1] for part in parts),
            [error for part in parts for error in part[2]],
            took,
        )


def _serve(pipe: Any, start: Any, parameters: dict[str, Any], makers: Mapping[str, Maker]) -> None:
    """A client's life: take a list of jobs, wait for the others, work through it, say what came of it."""
    while (work := pipe.recv()) is not None:
        how, jobs = work
        worker = makers[how](parameters, jobs)
        won, errors = 0, []
        start.wait()
        began = time.monotonic()
        for job in jobs:
            try:
                won += worker.do(job)
            except Exception as error:
                errors.append(repr(error))
        pipe.send((won, len(jobs) - won - len(errors), errors, began, time.monotonic()))
