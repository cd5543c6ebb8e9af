// Turns results into FHIR R4 transaction bundles: a DiagnosticReport and an Observation, both preliminary.
//
//   node fhir-bridge.js --brokers H:P --registry URL --topic xray.results --url https://fhir.example/base
//                       [--group NAME] [--count N]
//
// Without --url each bundle is printed as a line of JSON. Ids are the result's own, so what comes twice is the
// same PUT twice. examples/fhir-bridge does the same in Java with HAPI FHIR.
'use strict'

const WORDS = {
  HEALTHY: 'no fracture found',
  FRACTURED: 'fracture',
  BEYOND_REPAIR: 'complex fracture or non-union, urgent orthopaedic review',
  UNKNOWN: 'unknown'
}
const LABELS = 'urn:osteon:label'
const INTERPRETATIONS = { NONE: 'N', DOUBT: 'IND', DEFINITE: 'A', CRITICAL: 'AA' }
const NOTICE = 'Preliminary, by a program, for research use only; not for clinical decisions.'

function concept (system, code, display) {
  return { coding: [{ system, code, display }], text: display }
}

function label (code) {
  return { coding: [{ system: LABELS, code }], text: WORDS[code] }
}

// Never N beside a referral: a picture that was not answered is not said to be normal.
function interpretation (result) {
  const code = INTERPRETATIONS[result.finding]
  if (!code || (code === 'N' && result.decision === 'REFER')) return {}
  const system = 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation'
  return { interpretation: [{ coding: [{ system, code }] }] }
}

// Whose order and whose patient, where the event said it.
function filed (result) {
  const type = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'ACSN' }] }
  return {
    ...(result.accessionNumber && {
      basedOn: [{ type: 'ServiceRequest', identifier: { type, value: result.accessionNumber } }]
    }),
    ...(result.patientPseudonym && {
      subject: {
        type: 'Patient',
        identifier: { system: 'urn:osteon:patient-pseudonym', value: result.patientPseudonym }
      }
    })
  }
}

function imagingStudy (result) {
  return {
    type: 'ImagingStudy',
    identifier: { system: 'urn:dicom:uid', value: `urn:oid:${result.studyInstanceUid}` }
  }
}

function device (result) {
  return {
    resourceType: 'Device',
    id: 'model',
    identifier: [{ system: 'urn:osteon:model-sha256', value: result.model.sha256 }],
    deviceName: [{ name: result.model.name, type: 'model-name' }],
    version: [{ value: result.model.version }]
  }
}

function observation (result, when) {
  const referred = result.decision === 'REFER'
  const answer = referred
    ? {
        dataAbsentReason: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'unknown' }],
          text: `Referred to a person: ${result.referReason}`
        }
      }
    : { valueCodeableConcept: label(result.label) }
  const site = [result.bodyPart, result.laterality, result.viewPosition].filter(Boolean).join(' ')
  return {
    resourceType: 'Observation',
    id: result.resultId,
    contained: [device(result)],
    identifier: [{ system: 'urn:osteon:result', value: result.resultId }],
    ...filed(result),
    status: 'preliminary',
    category: [concept('http://terminology.hl7.org/CodeSystem/observation-category', 'imaging', 'Imaging')],
    code: { text: 'Fracture classification of a radiograph' },
    issued: when,
    ...answer,
    ...interpretation(result),
    ...(site && { bodySite: { text: site } }),
    note: [{ text: NOTICE }],
    device: { reference: '#model' },
    derivedFrom: [imagingStudy(result)],
    component: result.probabilities.map((each) => ({
      code: label(each.label),
      valueQuantity: { value: Number(each.probability.toFixed(4)), system: 'http://unitsofmeasure.org', code: '1' }
    }))
  }
}

function report (result, when) {
  const words = result.decision === 'REFER'
    ? `Referred to a person: ${result.referReason}.`
    : `The model sees: ${WORDS[result.label]}.`
  return {
    resourceType: 'DiagnosticReport',
    id: result.resultId,
    identifier: [{ system: 'urn:osteon:result', value: result.resultId }],
    ...filed(result),
    status: 'preliminary',
    category: [concept('http://terminology.hl7.org/CodeSystem/v2-0074', 'RAD', 'Radiology')],
    code: concept('http://loinc.org', '18748-4', 'Diagnostic imaging study'),
    issued: when,
    result: [{ reference: `Observation/${result.resultId}` }],
    imagingStudy: [imagingStudy(result)],
    conclusion: `${words} ${NOTICE}`
  }
}

/** A transaction that can be sent any number of times. */
function bundle (result) {
  const when = new Date(Number(result.processedAt)).toISOString()
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [observation(result, when), report(result, when)].map((resource) => ({
      resource,
      request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` }
    }))
  }
}

async function main (argv) {
  const { Kafka, logLevel } = require('kafkajs')
  const { SchemaRegistry } = require('@kafkajs/confluent-schema-registry')
  const options = { group: 'fhir-bridge', count: '0' }
  for (let i = 0; i < argv.length; i += 2) options[argv[i].replace(/^--/, '')] = argv[i + 1]
  const registry = new SchemaRegistry({ host: options.registry })
  const kafka = new Kafka({
    clientId: 'fhir-bridge', brokers: options.brokers.split(','), logLevel: logLevel.NOTHING
  })
  const consumer = kafka.consumer({ groupId: options.group, readUncommitted: false })
  await consumer.connect()
  await consumer.subscribe({ topic: options.topic, fromBeginning: true })
  let sent = 0
  let finish
  const finished = new Promise((resolve) => { finish = resolve })
  process.once('SIGTERM', finish)
  process.once('SIGINT', finish)
  await consumer.run({
    eachMessage: async ({ message }) => {
      const body = JSON.stringify(bundle(await registry.decode(message.value)))
      if (options.url) {
        const answer = await fetch(options.url, {
          method: 'POST', headers: { 'content-type': 'application/fhir+json' }, body
        })
        if (!answer.ok) throw new Error(`the FHIR server answered ${answer.status}`)
      } else {
        console.log(body)
      }
      if (++sent === Number(options.count)) finish()
    }
  })
  await finished
  await consumer.disconnect()
}

module.exports = { bundle }

if (require.main === module) {
  main(process.argv.slice(2)).then(() => process.exit(0), (error) => {
    console.error(String(error && error.stack ? error.stack : error))
    process.exit(1)
  })
}
