"""Event files are what TensorBoard reads."""

import struct

from osteon_training.tensorboard import EventFile, crc32c, event, record


def test_the_checksum_is_castagnolis():
    # RFC 3720, B.4
    assert crc32c(b"\x00" * 32) == 0x8A9136AA
    assert crc32c(bytes(range(32))) == 0x46DD794E


def test_records_frame_their_bytes(tmp_path):
    file = EventFile(tmp_path)
    file.scalars(3, {"loss": 0.5})
    data = file.file.read_bytes()
    found = []
    while data:
        (length,) = struct.unpack("<Q", data[:8])
        found.append(data[12 : 12 + length])
        assert record(found[-1]) == data[: length + 16]
        data = data[length + 16 :]
    assert found[0].endswith(b"brain.Event:2")
    assert b"loss" in found[1] and struct.pack("<f", 0.5) in found[1]


def test_an_event_is_the_protocol_buffer_that_its_schema_says():
    # wall_time (1, double), step (2, varint 300), summary (5) { value (1) { tag (1), simple_value (2) } }
    wanted = b"\x09" + struct.pack("<d", 1.5) + b"\x10\xac\x02" + b"\x2a\x0a\x0a\x08\x0a\x01a\x15"
    assert event(1.5, 300, {"a": 2.0}) == wanted + struct.pack("<f", 2.0)
