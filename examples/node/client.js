// An integration engine and a consumer in JavaScript: nothing of Osteon's own code.
//
//   node client.js publish --brokers H:P --registry URL --topic NAME --count N IMAGE...
//   node client.js read    --brokers H:P --registry URL --topic NAME --count N [--timeout SECONDS]
//
// Each prints one line of JSON: publish what it sent, read what it got. The registry's URL is the one that
// serves /subjects. Exit status 0 when all were sent or read, 1 otherwise.
'use strict'

const crypto = require('crypto')
const fs = require('fs')
const path = require('path')
const { Kafka, logLevel } = require('kafkajs')
const { COMPATIBILITY, SchemaRegistry, SchemaType } = require('@kafkajs/confluent-schema-registry')

const SCHEMA = path.join(__dirname, '..', '..', 'schemas', 'XRayEvent.avsc')
const TYPES = { '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.png': 'image/png' }

function parse (argv) {
  const options = { mode: argv[0], files: [], count: '1', timeout: '60', prefix: 'js' }
  for (let i = 1; i < argv.length; i++) {
    if (argv[i].startsWith('--')) {
      options[argv[i].slice(2)] = argv[++i]
    } else {
      options.files.push(argv[i])
    }
  }
  for (const name of ['brokers', 'registry', 'topic']) {
    if (!options[name]) throw new Error(`--${name} is missing`)
  }
  options.count = Number(options.count)
  return options
}

// This client asks for a union's branch by its full name.
function inline (data) {
  return { 'org.osteon.event.InlineImage': { data } }
}

function eventOf (options, i) {
  const file = options.files[i % options.files.length]
  const image = fs.readFileSync(file)
  return {
    eventId: `${options.prefix}-${i}`,
    studyInstanceUid: `2.25.${1000 + i}`,
    seriesInstanceUid: null,
    sopInstanceUid: null,
    accessionNumber: null,
    patientPseudonym: null,
    modality: 'DX',
    bodyPart: i % 2 ? 'WRIST' : null,
    laterality: null,
    viewPosition: 'PA',
    patientAgeYears: 40 + i,
    facility: 'klinik-süd',
    priority: i % 3 ? 'ROUTINE' : 'STAT',
    acquiredAt: null,
    publishedAt: Date.now(),
    contentType: TYPES[path.extname(file).toLowerCase()] || 'application/octet-stream',
    image: inline(image),
    attributes: { engine: 'kafkajs' }
  }
}

async function publish (options, kafka, registry) {
  const schema = fs.readFileSync(SCHEMA, 'utf8')
  // Registering what is registered gives the id that it has.
  const { id } = await registry.register(
    { type: SchemaType.AVRO, schema },
    { subject: `${options.topic}-value`, compatibility: COMPATIBILITY.FULL_TRANSITIVE })
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 })
  await producer.connect()
  const sent = []
  try {
    for (let i = 0; i < options.count; i++) {
      const event = eventOf(options, i)
      const value = await registry.encode(id, event)
      const [where] = await producer.send({
        topic: options.topic,
        acks: -1,
        messages: [{ key: event.studyInstanceUid, value, headers: { trace: `t-${i}` } }]
      })
      if (where.errorCode) throw new Error(`event ${event.eventId}: error ${where.errorCode}`)
      const image = event.image['org.osteon.event.InlineImage'].data
      sent.push({
        eventId: event.eventId,
        studyInstanceUid: event.studyInstanceUid,
        priority: event.priority,
        bodyPart: event.bodyPart,
        patientAgeYears: event.patientAgeYears,
        facility: event.facility,
        publishedAt: event.publishedAt,
        contentType: event.contentType,
        sha256: crypto.createHash('sha256').update(image).digest('hex')
      })
    }
  } finally {
    await producer.disconnect()
  }
  return { schemaId: id, events: sent }
}

async function read (options, kafka, registry) {
  const consumer = kafka.consumer({ groupId: `js-${crypto.randomUUID()}`, readUncommitted: false })
  await consumer.connect()
  await consumer.subscribe({ topic: options.topic, fromBeginning: true })
  const records = []
  try {
    await new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${records.length} of ${options.count} in ${options.timeout} s`)),
        1000 * Number(options.timeout))
      consumer.run({
        eachMessage: async ({ partition, message }) => {
          try {
            const value = await registry.decode(message.value)
            const headers = Object.fromEntries(
              Object.entries(message.headers || {}).map(([name, bytes]) => [name, String(bytes)]))
            records.push({ partition, offset: message.offset, key: String(message.key), headers, value })
          } catch (error) {
            clearTimeout(timer)
            reject(error)
          }
          if (records.length >= options.count) {
            clearTimeout(timer)
            resolve()
          }
        }
      }).catch(reject)
    })
  } finally {
    await consumer.disconnect()
  }
  return { records }
}

async function main () {
  const options = parse(process.argv.slice(2))
  const kafka = new Kafka({
    clientId: 'osteon-independent-client',
    brokers: options.brokers.split(','),
    logLevel: logLevel.NOTHING
  })
  const registry = new SchemaRegistry({ host: options.registry })
  const modes = { publish, read }
  if (!modes[options.mode]) throw new Error('say publish or read')
  const outcome = await modes[options.mode](options, kafka, registry)
  console.log(JSON.stringify(outcome, (_, value) => (typeof value === 'bigint' ? String(value) : value)))
}

main().then(() => process.exit(0), (error) => {
  console.error(String(error && error.stack ? error.stack : error))
  process.exit(1)
})
