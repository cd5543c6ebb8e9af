"""A run that ends as if it were killed."""

from osteon_training.run import Run


class Killed(Exception):
    """In the place of SIGKILL, which would end the tests too."""


class KilledAfterTwo(Run):
    """Saves two epochs and no more."""

    def save(self, state):
        super().save(state)
        if len(state["curve"]) == 2:
            raise Killed
