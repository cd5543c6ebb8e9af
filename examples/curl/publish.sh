#!/usr/bin/env bash
# Publishes one image through the gateway: JPEG, PNG or DICOM. Done when the brokers have it.
#
#   ./publish.sh http://gateway:8042 TOKEN_FILE IMAGE "study=2.25.7&bodyPart=HAND&priority=STAT"
#
# Prints {"eventId": …, "studyInstanceUid": …}. For DICOM the header says everything but the priority.
set -euo pipefail
gateway=$1 token=$2 image=$3 query=${4:-}
# The token goes by a pipe, because everyone on the machine may read a command line. Sent again after 503 (the gateway
# could not reach Kafka): the same image is the same event.
printf 'Authorization: Bearer %s\n' "$(<"$token")" |
  curl --silent --show-error --fail-with-body --retry 5 --header @- --header 'Content-Type: application/octet-stream' \
    --data-binary "@$image" "$gateway/events?$query"
