// The main story, told by a client that is not ours: node story.mjs BASE
import assert from 'node:assert/strict';
import { Client } from 'fhir-kit-client';

const client = new Client({ baseUrl: process.argv[2] });
const idCard = { system: 'urn:oid:2.16.156.10011.1.3', value: '11010519491231002X' };
const healthCard = { system: 'http://hospital.test/card', value: 'H-1' };
const searchBy = (card) => `${card.system}|${card.value}`;
const resources = (bundle) => (bundle.entry ?? []).map((entry) => entry.resource);

async function step(name, run) {
  await run();
  console.log(`ok ${name}`);
}

await step('the capability statement says FHIR R4', async () => {
  const capabilities = await client.capabilityStatement();
  assert.equal(capabilities.fhirVersion, '4.0.1');
});

let patient;
await step('a patient with two cards is created once', async () => {
  const body = {
    resourceType: 'Patient',
    identifier: [idCard, healthCard],
    name: [{ text: '张三', family: '张', given: ['三'] }],
  };
  const options = { headers: { 'If-None-Exist': `identifier=${encodeURIComponent(searchBy(idCard))}` } };
  patient = await client.create({ resourceType: 'Patient', body, options });
  const again = await client.create({ resourceType: 'Patient', body, options });
  assert.equal(again.id, patient.id);
});

await step('a transaction puts reports and their results in', async () => {
  const entry = [];
  for (let i = 0; i < 5; i++) {
    const result = `urn:uuid:00000000-0000-4000-8000-00000000000${i}`;
    const subject = { reference: `Patient?identifier=${searchBy(healthCard)}` };
    const code = { coding: [{ system: 'http://loinc.org', code: '718-7' }] };
    entry.push({
      fullUrl: result,
      request: { method: 'POST', url: 'Observation' },
      resource: { resourceType: 'Observation', status: 'final', code, subject, valueQuantity: { value: 130 + i, unit: 'g/L' } },
    });
    entry.push({
      request: { method: 'POST', url: 'DiagnosticReport' },
      resource: {
        resourceType: 'DiagnosticReport',
        status: 'final',
        code: { text: '血常规' },
        subject,
        effectiveDateTime: `2026-01-0${i + 1}T08:00:00+08:00`,
        result: [{ reference: result }],
      },
    });
  }
  const answer = await client.transaction({ body: { resourceType: 'Bundle', type: 'transaction', entry } });
  assert.equal(answer.type, 'transaction-response');
  assert.deepEqual(answer.entry.map((each) => each.response.status.slice(0, 3)), Array(10).fill('201'));
});

const newestFirst = (card) => ({
  resourceType: 'DiagnosticReport',
  searchParams: { 'patient.identifier': searchBy(card), _sort: '-date', _include: 'DiagnosticReport:result' },
});

await step('either card finds the reports, newest first, with their results', async () => {
  for (const card of [idCard, healthCard]) {
    const found = resources(await client.search(newestFirst(card)));
    const reports = found.filter((each) => each.resourceType === 'DiagnosticReport');
    assert.deepEqual(reports.map((each) => each.effectiveDateTime.slice(0, 10)),
      ['2026-01-05', '2026-01-04', '2026-01-03', '2026-01-02', '2026-01-01']);
    const results = new Set(found.filter((each) => each.resourceType === 'Observation').map((each) => `Observation/${each.id}`));
    assert.ok(reports.every((each) => results.has(each.result[0].reference)));
  }
});

await step('a search by POST finds the same', async () => {
  const found = await client.search({ ...newestFirst(idCard), options: { postSearch: true } });
  assert.equal(resources(found).filter((each) => each.resourceType === 'DiagnosticReport').length, 5);
});

await step('pages follow one another to the end', async () => {
  const search = newestFirst(idCard);
  let page = await client.search({ ...search, searchParams: { ...search.searchParams, _include: [], _count: 2 } });
  const seen = [];
  while (page) {
    seen.push(...resources(page).map((each) => each.id));
    page = await client.nextPage({ bundle: page });
  }
  assert.equal(seen.length, 5);
  assert.equal(new Set(seen).size, 5);
});

await step('a patch makes a version, and history has both', async () => {
  const jsonPatch = [{ op: 'add', path: '/birthDate', value: '1949-12-31' }];
  const patched = await client.patch({ resourceType: 'Patient', id: patient.id, jsonPatch });
  assert.equal(patched.meta.versionId, '2');
  const history = resources(await client.history({ resourceType: 'Patient', id: patient.id }));
  assert.deepEqual(history.map((each) => each.meta.versionId), ['2', '1']);
  const first = await client.vread({ resourceType: 'Patient', id: patient.id, version: '1' });
  assert.equal(first.birthDate, undefined);
});

await step('what is referred to cannot be deleted', async () => {
  await assert.rejects(client.delete({ resourceType: 'Patient', id: patient.id }), (error) => error.response.status === 409);
});

await step('a refusal is an OperationOutcome', async () => {
  await assert.rejects(
    client.search({ resourceType: 'Patient', searchParams: { colour: 'blue' } }),
    (error) => error.response.status === 400 && error.response.data.resourceType === 'OperationOutcome',
  );
});
