"""Sends each message of a file (separated by an empty line) on one connection and prints what was answered: python3-hl7's client."""

import sys

import hl7
from hl7.client import MLLPClient

with open(sys.argv[2], encoding="utf-8") as file:
    messages = [m for m in file.read().split("\n\n") if m.strip()]
with MLLPClient("127.0.0.1", int(sys.argv[1]), encoding="utf-8") as client:
    for message in messages:
        answer = client.send_message(message.strip().replace("\n", "\r"))
        msa = hl7.parse(answer.decode("utf-8").strip("\x0b\x1c\r").rstrip()).segment("MSA")
        print(msa[1], msa[2])
