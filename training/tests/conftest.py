"""One thread: the tests share the machine, and the pictures are small."""

import pytest
import torch

torch.set_num_threads(1)


@pytest.fixture(autouse=True, scope="session")
def few_bootstraps():
    """Intervals of tests need not be narrow, and a version has hundreds of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("osteon_training.figures.BOOTSTRAPS", 40)
        yield
