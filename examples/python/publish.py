#!/usr/bin/python3
"""Publishes one image as an event and waits until the brokers have it.

    apt-get install python3-confluent-kafka python3-avro
    ./publish.py --brokers H:P --registry URL --study UID --facility CODE [--topic xray.events]
                 [--accession NUMBER] [--body-part HAND] [--priority STAT] IMAGE

Prints the event's id. docs/publishing.md says what each field is for.
"""

import argparse
import hashlib
import io
import json
import mimetypes
import pathlib
import struct
import sys
import urllib.request
from datetime import datetime, timezone

import avro.io
import avro.schema
from confluent_kafka import Producer

# librdkafka's default is a megabyte; the topic's max.message.bytes still holds.
LARGEST_RECORD = 40 << 20


def parse():
    parser = argparse.ArgumentParser(description="Publishes one image as an event.")
    for name in ("--brokers", "--registry", "--study", "--facility"):
        parser.add_argument(name, required=True)
    parser.add_argument("--topic", default="xray.events")
    parser.add_argument("--accession")
    parser.add_argument("--body-part")
    parser.add_argument("--priority", default="ROUTINE")
    parser.add_argument("image", type=pathlib.Path)
    return parser.parse_args()


def registered(registry, subject):
    """Id and schema as they are: a publisher registers nothing."""
    url = f"{registry}/subjects/{subject}/versions/latest"
    with urllib.request.urlopen(url, timeout=30) as answer:
        latest = json.load(answer)
    return latest["id"], avro.schema.parse(latest["schema"])


def event_of(options, schema):
    data = options.image.read_bytes()
    said = {
        # Of study and picture: sent again it is the same event, and another picture is another.
        "eventId": hashlib.sha256(options.study.encode() + b"\n" + data).hexdigest(),
        "studyInstanceUid": options.study,
        "accessionNumber": options.accession,
        "bodyPart": options.body_part,
        "facility": options.facility,
        "priority": options.priority,
        "publishedAt": datetime.now(timezone.utc),
        "contentType": "application/dicom"
        if options.image.suffix == ".dcm"
        else mimetypes.guess_type(options.image)[0] or "application/octet-stream",
        # avro finds the union's branch by its fields; fastavro wants
        # ("org.osteon.event.InlineImage", {"data": data}).
        "image": {"data": data},
    }
    # avro writes no defaults of its own accord.
    return {f.name: f.default for f in schema.fields if f.has_default} | said


def framed(schema_id, schema, event):
    """Confluent's framing: a zero, the schema's id in four bytes, Avro binary."""
    out = io.BytesIO()
    out.write(struct.pack(">bI", 0, schema_id))
    avro.io.DatumWriter(schema).write(event, avro.io.BinaryEncoder(out))
    return out.getvalue()


def main():
    options = parse()
    schema_id, schema = registered(options.registry, options.topic + "-value")
    event = event_of(options, schema)
    # Idempotent, so that librdkafka's own retries write no record twice; it asks for acks=all.
    producer = Producer(
        {
            "bootstrap.servers": options.brokers,
            "enable.idempotence": True,
            "message.max.bytes": LARGEST_RECORD,
        }
    )
    failures = []
    producer.produce(
        options.topic,
        key=options.study.encode(),  # keeps a study's images in order
        value=framed(schema_id, schema, event),
        on_delivery=lambda error, _: failures.append(error) if error else None,
    )
    # Not sent is not arrived: only the report says so.
    if producer.flush(120) or failures:
        sys.exit(f"not published: {failures or 'no answer in two minutes'}")
    print(event["eventId"])


main()
