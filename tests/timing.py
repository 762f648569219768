"""How long a piece of work takes, told the same on a busy machine as on a quiet one."""

import timeit
from collections.abc import Callable
from time import process_time


def seconds(work: Callable[[], object]) -> float:
    """The least processor time of three runs; `timeit` keeps the garbage collector out of them.

    A full collection walks whatever the whole suite has built so far, which says nothing of the work.
    """
    return min(timeit.repeat(work, timer=process_time, number=1, repeat=3))
