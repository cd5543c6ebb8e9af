"""An HL7 listener of another make (Debian's python3-hl7), as an integration engine has them.

listener.py PORT LOG PLAN: each message becomes a line of LOG, `verdict control-id hex-of-message`. The first messages get the
verdicts of PLAN (AA, AE, AR, or `lost`: the connection ends without an answer), all others AA; a restart goes on where it was.
"""

import asyncio
import os
import sys

import hl7.mllp

PORT, LOG, PLAN = int(sys.argv[1]), sys.argv[2], sys.argv[3].split(",")


def record(message):
    """What this one gets; on disk before anybody hears of it."""
    before = sum(1 for _ in open(LOG)) if os.path.exists(LOG) else 0
    verdict = PLAN[before] if before < len(PLAN) else "AA"
    with open(LOG, "a") as log:
        log.write(f"{verdict} {message.segment('MSH')(10)} {str(message).encode().hex()}\n")
    return verdict


async def serve(reader, writer):
    try:
        while True:
            message = await reader.readmessage()
            verdict = record(message)
            if verdict == "lost":
                writer.close()
                return
            writer.writemessage(message.create_ack(verdict))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def main():
    server = await hl7.mllp.start_hl7_server(serve, "127.0.0.1", PORT, encoding="utf-8")
    async with server:
        await server.serve_forever()


asyncio.run(main())
