// Publishes one image as an event and waits until the brokers have it.
//
//   npm ci
//   node publish.js --brokers H:P --registry URL --study UID --facility CODE [--topic xray.events]
//                   [--accession NUMBER] [--body-part HAND] [--priority STAT] IMAGE
//
// Prints the event's id. docs/publishing.md says what each field is for.
'use strict'

const crypto = require('crypto')
const fs = require('fs')
const path = require('path')
const { parseArgs } = require('util')
const { Kafka, logLevel } = require('kafkajs')
const { SchemaRegistry } = require('@kafkajs/confluent-schema-registry')

const TYPES = { '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.png': 'image/png', '.dcm': 'application/dicom' }

function parse () {
  const text = { type: 'string' }
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      brokers: text,
      registry: text,
      study: text,
      facility: text,
      topic: { type: 'string', default: 'xray.events' },
      accession: text,
      'body-part': text,
      priority: { type: 'string', default: 'ROUTINE' }
    }
  })
  for (const name of ['brokers', 'registry', 'study', 'facility']) {
    if (!values[name]) throw new Error(`--${name} is missing`)
  }
  if (positionals.length !== 1) throw new Error('name one image')
  return { ...values, file: positionals[0] }
}

// Fields that are left out take their defaults from the schema.
function eventOf (options) {
  const data = fs.readFileSync(options.file)
  return {
    // Of study and picture: sent again it is the same event, and another picture is another.
    eventId: crypto.createHash('sha256').update(`${options.study}\n`).update(data).digest('hex'),
    studyInstanceUid: options.study,
    accessionNumber: options.accession ?? null,
    bodyPart: options['body-part'] ?? null,
    facility: options.facility,
    priority: options.priority,
    publishedAt: Date.now(),
    contentType: TYPES[path.extname(options.file).toLowerCase()] ?? 'application/octet-stream',
    // This client asks for a union's branch by its full name.
    image: { 'org.osteon.event.InlineImage': { data } }
  }
}

async function main () {
  const options = parse()
  const event = eventOf(options)
  const registry = new SchemaRegistry({ host: options.registry })
  // A publisher registers nothing: `osteon topics` has, and writing to the registry is not its right.
  const id = await registry.getLatestSchemaId(`${options.topic}-value`)
  const value = await registry.encode(id, event)
  const kafka = new Kafka({ clientId: 'publish', brokers: options.brokers.split(','), logLevel: logLevel.NOTHING })
  // Idempotent, so that kafkajs' own retries write no record twice.
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 })
  await producer.connect()
  try {
    // The key keeps a study's images in order. -1: all in-sync replicas have it.
    await producer.send({ topic: options.topic, acks: -1, messages: [{ key: event.studyInstanceUid, value }] })
  } finally {
    await producer.disconnect()
  }
  console.log(event.eventId)
}

main().catch((error) => {
  console.error(String(error.message ?? error))
  process.exitCode = 1
})
