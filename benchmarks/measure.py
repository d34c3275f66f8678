"""How the benchmarks measure and what they print."""

import time
from collections.abc import Callable
from contextlib import suppress
from statistics import median

import psutil


def seconds(*paths: Callable[[], object], rounds: int = 7) -> list[float]:
    """The median time of each path, in seconds. They take turns, so that a busy moment of the machine falls on all."""
    for path in paths:
        path()
    times: list[list[float]] = [[] for _ in paths]
    for _ in range(rounds):
        for path, taken in zip(paths, times, strict=True):
            start = time.perf_counter()
            path()
            taken.append(time.perf_counter() - start)
    return [median(taken) for taken in times]


def processor_seconds(*paths: Callable[[], object], rounds: int = 7) -> list[float]:
    """The processor time that each path takes in this process and all below it, in seconds, busy or not."""
    taken = [0.0 for _ in paths]
    for _ in range(rounds):
        for place, path in enumerate(paths):
            start = _processor_time()
            path()
            taken[place] += _processor_time() - start
    return [seconds / rounds for seconds in taken]


def _processor_time() -> float:
    me, total = psutil.Process(), 0.0
    for process in [me, *me.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):
            total += sum(process.cpu_times()[:4])  # its own, and that of its children who have ended
    return total


def once(path: Callable[[], object]) -> float:
    """The time of one run, in seconds, for work that is long enough to average itself."""
    start = time.perf_counter()
    path()
    return time.perf_counter() - start


def line(name: str, figure: float, unit: str, baseline: str = "", ratio: float | None = None) -> None:
    """Print `name: figure unit (baseline …, ratio …)`."""
    beside = f" (baseline {baseline}, ratio {ratio:.2f})" if ratio is not None else f" ({baseline})" if baseline else ""
    print(f"{name}: {figure:.3g} {unit}{beside}", flush=True)
