"""What tests need of the CPU that they run on."""

import platform
from pathlib import Path

import pytest

# On an x86 CPU without VNNI oneDNN's int8 was seen to answer otherwise; serving leaves int8 out there.
needs_vnni = pytest.mark.skipif(
    platform.machine() == "x86_64" and "vnni" not in Path("/proc/cpuinfo").read_text(),
    reason="This CPU has no VNNI: int8 does not hold here.",
)
