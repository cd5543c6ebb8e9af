"""Scalars in TensorBoard's event format, so that its users can look; Debian has no package that writes it.

A file is a sequence of records: length (uint64), masked CRC-32C of it, bytes, masked CRC-32C of them
(tensorflow/core/lib/io/record_writer.cc). The bytes are a protocol buffer `Event`
(tensorflow/core/util/event.proto), of which three fields are needed here.
"""

import struct
import time
from pathlib import Path
from typing import Dict

POLYNOMIAL = 0x82F63B78
MASK_DELTA = 0xA282EAD8
DOUBLE, VARINT, BYTES, FLOAT = 1, 0, 2, 5


def crc32c(data: bytes) -> int:
    """Castagnoli's CRC-32 (RFC 3720)."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (POLYNOMIAL if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def record(data: bytes) -> bytes:
    """One record around the bytes."""
    length = struct.pack("<Q", len(data))
    return length + _masked(length) + data + _masked(data)


def event(wall_time: float, step: int, scalars: Dict[str, float]) -> bytes:
    """An `Event` with a `Summary` of simple values."""
    values = b"".join(
        _bytes(1, _bytes(1, tag.encode()) + bytes([2 << 3 | FLOAT]) + struct.pack("<f", value))
        for tag, value in scalars.items()
    )
    head = bytes([1 << 3 | DOUBLE]) + struct.pack("<d", wall_time)
    return head + bytes([2 << 3 | VARINT]) + _varint(step) + _bytes(5, values)


class EventFile:
    """Appends to `events.out.tfevents.…` in a folder."""

    def __init__(self, folder: Path) -> None:
        now = time.time()
        self.file = folder / f"events.out.tfevents.{int(now)}.osteon"
        if not self.file.exists():
            head = bytes([1 << 3 | DOUBLE]) + struct.pack("<d", now)
            self._append(head + _bytes(3, b"brain.Event:2"))

    def scalars(self, step: int, values: Dict[str, float]) -> None:
        """One point of each curve."""
        self._append(event(time.time(), step, values))

    def _append(self, data: bytes) -> None:
        with open(self.file, "ab") as out:
            out.write(record(data))


def _masked(data: bytes) -> bytes:
    crc = crc32c(data)
    rotated = (crc >> 15 | crc << 17) & 0xFFFFFFFF
    return struct.pack("<I", (rotated + MASK_DELTA) & 0xFFFFFFFF)


def _bytes(number: int, data: bytes) -> bytes:
    return bytes([number << 3 | BYTES]) + _varint(len(data)) + data


def _varint(value: int) -> bytes:
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    parts.append(value)
    return bytes(parts)
