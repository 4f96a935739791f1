"""The file format of models, as `crates/text/src/archive.rs` documents it."""

import struct
import zlib

MAGIC = b"OTKLIK\0\1"


def write(kind, sections):
    """The bytes of a model of a kind, from a dictionary of sections."""
    head = MAGIC + kind.encode().ljust(8, b"\0") + struct.pack("<I", len(sections))
    table = b"".join(
        name.encode() + struct.pack("<II", len(data), zlib.crc32(data)) for name, data in sections.items())
    return head + table + b"".join(sections.values())


def read(data, kind):
    """The sections of a model."""
    if data[:16] != MAGIC + kind.encode().ljust(8, b"\0"):
        raise ValueError(f"not a {kind} model")
    count, = struct.unpack_from("<I", data, 16)
    start, sections = 20 + 12 * count, {}
    for number in range(count):
        name, length, checksum = struct.unpack_from("<4sII", data, 20 + 12 * number)
        section = data[start:start + length]
        if zlib.crc32(section) != checksum:
            raise ValueError(f"section {name} is damaged")
        sections[name.decode()], start = section, start + length
    return sections
