#!/usr/bin/env python3
"""Reads finished frames from longtake.frames, without any Java: schemas/README.md has all that is needed.

    read_frames.py --bootstrap 127.0.0.1:9092 --out frames
    kcat -b 127.0.0.1:9092 -C -t longtake.frames -o beginning -e -q -X isolation.level=read_committed \
         -f '%p %o %K %S\\n%k%s' > frames.kcat;   read_frames.py --input frames.kcat --out frames

Needs kcat (for --bootstrap) and the Python package fastavro. Writes one file per video: <video_id>.rgb (8-bit RGB, frame by
frame) or <video_id>.h264 (elementary stream; ffmpeg -i reads it), and prints its frames and SHA-256. The checksum is in
plain Python, which does some megabytes a second: this is an example, not for production.
"""

import argparse
import hashlib
import io
import json
import pathlib
import re
import subprocess
import sys

try:
    import fastavro
except ImportError:  # said by main, so that --help needs nothing
    fastavro = None

KCAT_FORMAT = r"%p %o %K %S\n%k%s"
SUFFIX = {"raw": ".rgb", "h264": ".h264"}
CHUNK_LIMIT = 786432
BATCH_LIMIT = 256 << 20
UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


# --- Avro single-object encoding: C3 01, the schema's fingerprint (8 bytes, little endian), the record ---------------


def canonical(schema):
    """The parsing canonical form of a schema whose names are all defined where they are first used."""
    if isinstance(schema, str):
        return json.dumps(schema)
    if isinstance(schema, list):
        return "[" + ",".join(canonical(branch) for branch in schema) + "]"
    kind = schema["type"]
    if kind == "array":
        return '{"type":"array","items":%s}' % canonical(schema["items"])
    if kind == "map":
        return '{"type":"map","values":%s}' % canonical(schema["values"])
    if kind in ("record", "enum"):
        name = schema["name"]
        if "." not in name and schema.get("namespace"):
            name = schema["namespace"] + "." + name
        if kind == "enum":
            return '{"name":"%s","type":"enum","symbols":%s}' % (name, json.dumps(schema["symbols"], separators=(",", ":")))
        fields = ",".join('{"name":"%s","type":%s}' % (field["name"], canonical(field["type"])) for field in schema["fields"])
        return '{"name":"%s","type":"record","fields":[%s]}' % (name, fields)
    return canonical(kind)  # a primitive with attributes, such as a logical type


def rabin64(data):
    """CRC-64-AVRO, as the Avro specification defines it."""
    empty = 0xC15D213AA4D7A795
    table = []
    for i in range(256):
        for _ in range(8):
            i = (i >> 1) ^ (empty if i & 1 else 0)
        table.append(i)
    fingerprint = empty
    for byte in data:
        fingerprint = (fingerprint >> 8) ^ table[(fingerprint ^ byte) & 0xFF]
    return fingerprint


class Kind:
    """One kind of record: its schema, and the ten bytes that every record of it starts with."""

    def __init__(self, path):
        definition = json.loads(path.read_text(encoding="utf-8"))
        self.schema = fastavro.parse_schema(definition)
        self.header = b"\xc3\x01" + rabin64(canonical(definition).encode("utf-8")).to_bytes(8, "little")

    def read(self, value):
        """The record, or None if the bytes are of another kind or broken."""
        if value is None or value[:10] != self.header:
            return None
        try:
            return fastavro.schemaless_reader(io.BytesIO(value[10:]), self.schema)
        except Exception:  # garbage can break a decoder in any way
            return None


# --- CRC-32C (Castagnoli) -------------------------------------------------------------------------------------------


def _crc32c_table():
    table = []
    for i in range(256):
        for _ in range(8):
            i = (i >> 1) ^ (0x82F63B78 if i & 1 else 0)
        table.append(i)
    return table


_CRC32C = _crc32c_table()


def crc32c(data):
    table, crc = _CRC32C, 0xFFFFFFFF
    for byte in data:
        crc = (crc >> 8) ^ table[(crc ^ byte) & 0xFF]
    return crc ^ 0xFFFFFFFF


# --- Records, as kcat prints them -----------------------------------------------------------------------------------


def kcat_records(stream):
    """Yields (place, key, value). The lengths come first, so that any byte may follow."""
    while header := stream.readline():
        partition, offset, key_length, value_length = (int(field) for field in header.split())
        key, value = take(stream, key_length), take(stream, value_length)
        yield f"partition {partition}, offset {offset}", key, value


def take(stream, length):
    if length < 0:
        return None  # null is not the same as empty
    data = stream.read(length)
    if len(data) != length:
        sys.exit(f"input ends in the middle of a record: expected {length} bytes, found {len(data)}")
    return data


def open_records(arguments):
    if arguments.input:
        try:
            return open(arguments.input, "rb"), None
        except OSError as fault:
            sys.exit(f"--input cannot be read: {fault}")
    command = ["kcat", "-b", arguments.bootstrap, "-C", "-t", arguments.topic, "-o", "beginning", "-e", "-q"]
    command += ["-X", "isolation.level=read_committed", "-f", KCAT_FORMAT]
    try:
        kcat = subprocess.Popen(command, stdout=subprocess.PIPE)
    except FileNotFoundError:
        sys.exit("kcat is missing: apt-get install kcat, or write its output to a file for --input")
    return kcat.stdout, kcat


# --- Batches and videos ----------------------------------------------------------------------------------------------


class Video:
    """Writes each batch once, in order of segment, as soon as all before it are there."""

    def __init__(self, directory, batch):
        self.batch = batch
        self.path = directory / (batch["video_id"] + SUFFIX[batch["codec"]]) if batch["codec"] in SUFFIX else None
        self.file = self.path.open("wb") if self.path else None
        self.digest = hashlib.sha256()
        self.waiting = {}  # segment -> (batch, packets)
        self.next_segment = 0
        self.frames = 0
        self.complete = False

    def has(self, segment):
        return segment < self.next_segment or segment in self.waiting

    def add(self, batch, packets):
        self.waiting[batch["segment"]] = batch, packets
        while not self.complete and self.next_segment in self.waiting:
            batch, packets = self.waiting.pop(self.next_segment)
            if batch["first_frame"] != self.frames:
                print(f"skipped segment {batch['segment']} of {batch['video_id']}: expected it to start with frame {self.frames},"
                      f" found {batch['first_frame']}", file=sys.stderr)
                return
            if self.file:
                self.file.write(packets)
            self.digest.update(packets)
            self.frames += batch["frame_count"]
            self.next_segment += 1
            self.complete = batch["last"]

    def close(self):
        if self.file:
            self.file.close()
        b = self.batch
        state = "complete" if self.complete else f"incomplete, waits for segment {self.next_segment}"
        print(f"video {b['video_id']}: {self.frames} frames of {b['width']}x{b['height']} at {b['frame_rate']}/s, {b['codec']}, {state}")
        print(f"  sha256 {self.digest.hexdigest()}  {self.path or '(not written: ffv1 needs a container)'}")


def fits(chunk):
    """Whether a chunk's fields are possible: all that is checked before anything is kept."""
    size = chunk["batch_bytes"]
    if not UUID.fullmatch(chunk["video_id"]):  # it will name a file
        return False
    if not 1 <= size <= BATCH_LIMIT or chunk["chunk_count"] != -(-size // CHUNK_LIMIT):
        return False
    if not 0 <= chunk["chunk"] < chunk["chunk_count"] or chunk["segment"] < 0:
        return False
    if sum(chunk["packet_sizes"]) != size or len(chunk["packet_sizes"]) != chunk["frame_count"]:
        return False
    length = min(CHUNK_LIMIT, size - chunk["chunk"] * CHUNK_LIMIT)
    return len(chunk["data"]) == length and crc32c(chunk["data"]) == chunk["crc32c"]


def description(chunk):
    """The fields that all chunks of a batch have in common; they tell which chunks belong together."""
    own = ("chunk", "crc32c", "data")
    return tuple((name, tuple(value) if isinstance(value, list) else value) for name, value in chunk.items() if name not in own)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--bootstrap", help="host:port of a Kafka broker, read by kcat")
    source.add_argument("--input", help="file of records in kcat's format " + KCAT_FORMAT.replace("%", "%%"))
    parser.add_argument("--topic", default="longtake.frames")
    parser.add_argument("--video", help="only this video")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("."), help="folder for the videos")
    parser.add_argument("--schemas", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[2] / "schemas")
    arguments = parser.parse_args()
    if fastavro is None:
        sys.exit("the Python package fastavro is missing: pip install fastavro")

    frame_chunk = Kind(arguments.schemas / "FrameChunk.avsc")
    arguments.out.mkdir(parents=True, exist_ok=True)
    videos, incomplete, skipped, copies = {}, {}, 0, 0
    stream, kcat = open_records(arguments)
    for place, key, value in kcat_records(stream):
        chunk = frame_chunk.read(value)
        if chunk is None or key != chunk["video_id"].encode("utf-8") or not fits(chunk):
            print(f"skipped {place}: not a frame chunk, or a damaged one", file=sys.stderr)
            skipped += 1
            continue
        if arguments.video not in (None, chunk["video_id"]):
            continue
        video = videos.get(chunk["video_id"])
        if video and video.has(chunk["segment"]):
            copies += chunk["chunk"] == 0
            continue
        batch = description(chunk)
        parts = incomplete.setdefault(batch, {})
        parts[chunk["chunk"]] = chunk["data"]
        if len(parts) < chunk["chunk_count"]:
            continue
        del incomplete[batch]
        packets = b"".join(parts[i] for i in range(chunk["chunk_count"]))
        if crc32c(packets) != chunk["batch_crc32c"]:
            print(f"skipped {place}: its batch has another checksum", file=sys.stderr)
            skipped += 1
            continue
        if not video:
            video = videos[chunk["video_id"]] = Video(arguments.out, chunk)
        video.add(chunk, packets)
    if kcat and kcat.wait() != 0:
        sys.exit(f"kcat ended with {kcat.returncode}")
    for video in videos.values():
        video.close()
    print(f"{len(videos)} videos, {copies} second copies of batches dropped, {skipped} records skipped")


if __name__ == "__main__":
    main()
