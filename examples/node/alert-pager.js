// Pages someone for each alert, once: page, remember, commit, in that order.
//
//   node alert-pager.js --brokers H:P --registry URL --topic xray.alerts --ledger FILE --url http://…
//                       [--group NAME] [--count N]
//
// POSTs each alert as JSON with the alert's id as Idempotency-Key, so that a paging service drops what a crash
// between paging and remembering sends again. Prints the ids it paged. Ends after --count pages, or on a signal.
'use strict'

const fs = require('fs')
const { Kafka, logLevel } = require('kafkajs')
const { SchemaRegistry } = require('@kafkajs/confluent-schema-registry')

function parse (argv) {
  const options = { group: 'alert-pager', count: '0' }
  for (let i = 0; i < argv.length; i += 2) options[argv[i].replace(/^--/, '')] = argv[i + 1]
  for (const name of ['brokers', 'registry', 'topic', 'ledger', 'url']) {
    if (!options[name]) throw new Error(`--${name} is missing`)
  }
  return options
}

class Ledger {
  constructor (file) {
    this.ids = new Set(fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n') : [])
    this.file = fs.openSync(file, 'a')
  }

  holds (id) { return this.ids.has(id) }

  add (id) {
    fs.writeSync(this.file, `${id}\n`)
    fs.fsyncSync(this.file)
    this.ids.add(id)
  }
}

// STAT first, then what is critical, then in order of arrival.
function byUrgency (a, b) {
  const rank = (alert) => (alert.priority === 'STAT' ? 0 : 2) + (alert.severity === 'CRITICAL' ? 0 : 1)
  return rank(a) - rank(b)
}

async function page (url, alert) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': alert.alertId },
    body: JSON.stringify(alert, (_, value) => (typeof value === 'bigint' ? String(value) : value))
  })
  if (!answer.ok) throw new Error(`the paging service answered ${answer.status}`)
}

async function main () {
  const options = parse(process.argv.slice(2))
  const ledger = new Ledger(options.ledger)
  const registry = new SchemaRegistry({ host: options.registry })
  const kafka = new Kafka({
    clientId: 'alert-pager', brokers: options.brokers.split(','), logLevel: logLevel.NOTHING
  })
  const consumer = kafka.consumer({ groupId: options.group, readUncommitted: false })
  await consumer.connect()
  await consumer.subscribe({ topic: options.topic, fromBeginning: true })
  let paged = 0
  let finish
  const finished = new Promise((resolve) => { finish = resolve })
  process.once('SIGTERM', finish)
  process.once('SIGINT', finish)
  await consumer.run({
    // A batch is resolved, and so committed, only when each alert of it was paged and remembered.
    eachBatchAutoResolve: true,
    eachBatch: async ({ batch, heartbeat }) => {
      const alerts = await Promise.all(batch.messages.map((message) => registry.decode(message.value)))
      for (const alert of alerts.sort(byUrgency)) {
        // What is for the review list pages no one.
        if (alert.severity !== 'REVIEW' && !ledger.holds(alert.alertId)) {
          await page(options.url, alert)
          ledger.add(alert.alertId)
          console.log(alert.alertId)
          paged++
        }
        await heartbeat()
      }
      if (Number(options.count) > 0 && paged >= Number(options.count)) finish()
    }
  })
  await finished
  await consumer.disconnect()
}

main().then(() => process.exit(0), (error) => {
  console.error(String(error && error.stack ? error.stack : error))
  process.exit(1)
})
