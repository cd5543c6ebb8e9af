"""One thread: the tests share the machine, and the pictures are small."""

import torch

torch.set_num_threads(1)
