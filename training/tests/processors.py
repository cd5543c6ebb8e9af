"""What tests need of the CPU that they run on."""

import platform
from pathlib import Path

import pytest

# On an x86 CPU without VNNI oneDNN's int8 was seen to answer otherwise; serving leaves int8 out there.
int8_holds = platform.machine() != "x86_64" or "vnni" in Path("/proc/cpuinfo").read_text()
needs_vnni = pytest.mark.skipif(
    not int8_holds,
    reason="This CPU has no VNNI: int8 does not hold here.",
)
