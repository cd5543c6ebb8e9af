"""What a data scientist writes: a consumer that decodes with Pillow and classifies with PyTorch.

Usage: consumer.py BOOTSTRAP EVENTS RESULTS SCHEMA MODEL SIDE BATCH THREADS COUNT; prints images a second
between the first tenth and the last.
"""

import io
import json
import sys
import time

import avro.io
import avro.schema
import numpy
import torch
from confluent_kafka import Consumer, Producer
from PIL import Image

bootstrap, events, results, schema, model, side, batch, threads, count = sys.argv[1:]
side, batch, count = int(side), int(batch), int(count)
torch.set_num_threads(int(threads))
reader = avro.io.DatumReader(avro.schema.parse(open(schema).read()))
network = torch.jit.load(model).eval()
consumer = Consumer(
    {
        "bootstrap.servers": bootstrap,
        "group.id": f"python-{batch}-{time.time()}",
        "auto.offset.reset": "earliest",
        "fetch.message.max.bytes": 50_000_000,
    }
)
consumer.subscribe([events])
producer = Producer({"bootstrap.servers": bootstrap})


def plane(value):
    event = reader.read(avro.io.BinaryDecoder(io.BytesIO(value[5:])))
    picture = Image.open(io.BytesIO(event["image"]["data"])).convert("L").resize((side, side))
    return event["eventId"], torch.from_numpy(numpy.array(picture)).unsqueeze(0)


seen, idle, tenth = 0, 0, 0.0
with torch.no_grad():
    while seen < count:
        messages = consumer.consume(batch, timeout=1)
        idle = 0 if messages else idle + 1
        if idle == 60:
            sys.exit("no message for a minute")
        pairs = [plane(m.value()) for m in messages if m.error() is None]
        if not pairs:
            continue
        logits = network(torch.stack([pixels for _, pixels in pairs]))
        logits = logits[0] if isinstance(logits, tuple) else logits
        for (name, _), row in zip(pairs, logits.softmax(1).tolist()):
            producer.produce(results, json.dumps({"eventId": name, "probabilities": row}))
        producer.poll(0)
        if seen < count // 10 <= seen + len(pairs):
            first, tenth = seen + len(pairs), time.time()
        seen += len(pairs)
producer.flush()
print((seen - first) / (time.time() - tenth))
consumer.close()
