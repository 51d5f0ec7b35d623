// Images stored, found and fetched over associations by a toolkit that is not ours: node dimse.mjs HUB-PORT OWN-PORT SAMPLES
import assert from 'node:assert/strict';
import { once } from 'node:events';
import dimse from 'dcmjs-dimse';
import { EXPLICIT, bytes, file, madeByHand, parse, same, step } from './support.mjs';

const { Client, Dataset, Scp, Server } = dimse;
const { CEchoRequest, CFindRequest, CGetRequest, CMoveRequest, CStoreRequest, NActionRequest, NCreateRequest, NSetRequest } = dimse.requests;
const { CEchoResponse, CStoreResponse, NEventReportResponse } = dimse.responses;
const { PresentationContextResult, RejectReason, SopClass, Status } = dimse.constants;
dimse.log.setLevel('silent');
const [hubPort, ownPort] = process.argv.slice(2, 4).map(Number);
const samples = process.argv[4];

const LOSSLESS = '1.2.840.10008.1.2.4.70';
const COERCION = 0xb000;
const UNICODE = { SpecificCharacterSet: 'ISO_IR 192' };
const path = (name) => `${samples}/${name}`;
const ct = parse(file(path('CT1_UNC.dcm'))).dataset;
const lossless = parse(file(path('CT1_JPLL.dcm'))).dataset;
const chinese = parse(file(path('charset/gb18030.dcm'))).dataset;
const slices = ['01', '02', '03'].map((number) => path(`series/ct-3slice-${number}.dcm`));
const slice = slices.map((name) => parse(file(name)).dataset);
const made = madeByHand('2.25.317205893013');

/** One association with these requests; what was answered to each, and what the hub asked for meanwhile. */
async function associate(requests, { as = 'CT1', hub = 'COUNTYHUB', linger = 0 } = {}) {
  const client = new Client();
  const seen = { answers: requests.map(() => []), stored: [], reports: [], rejected: undefined };
  requests.forEach((request, i) => {
    request.on('response', (response) => seen.answers[i].push(response));
    client.addRequest(request);
  });
  client.on('associationRejected', (rejection) => (seen.rejected = rejection));
  client.on('cStoreRequest', (request, answer) => {
    seen.stored.push(request.getDataset());
    const response = CStoreResponse.fromRequest(request);
    response.setStatus(Status.Success);
    answer(response);
  });
  client.on('nEventReportRequest', (request, answer) => {
    seen.reports.push(request);
    const response = NEventReportResponse.fromRequest(request);
    response.setStatus(Status.Success);
    answer(response);
  });
  await new Promise((resolve, reject) => {
    client.on('closed', resolve);
    client.on('networkError', reject);
    client.send('127.0.0.1', hubPort, as, hub, { associationLingerTimeout: linger });
  });
  return seen;
}

const statuses = (answers) => answers.map((each) => each.getStatus());
const last = (answers) => answers.at(-1).getStatus();
const name = (value) => ({ ...(Array.isArray(value) ? value[0] : value) });

/** The data sets that a question finds. */
async function find(request, options) {
  const [answers] = (await associate([request], options)).answers;
  assert.equal(last(answers), Status.Success);
  const pending = answers.slice(0, -1);
  assert.ok(pending.every((each) => (each.getStatus() & 0xfffe) === Status.Pending));
  return pending.map((each) => each.getDataset().getElements());
}

await step('C-ECHO is answered', async () => {
  const { answers } = await associate([new CEchoRequest()]);
  assert.deepEqual(statuses(answers[0]), [Status.Success]);
});

await step('an unknown title, and a hub of another title, are rejected', async () => {
  const unknown = await associate([new CEchoRequest()], { as: 'NOBODY' });
  assert.equal(unknown.rejected.reason, RejectReason.CallingAeNotRecognized);
  assert.deepEqual(unknown.answers, [[]]);
  const other = await associate([new CEchoRequest()], { hub: 'OTHERHUB' });
  assert.equal(other.rejected.reason, RejectReason.CalledAeNotRecognized);
});

const store = (any) => new CStoreRequest(any);
const madeDataset = (more) => new Dataset({ ...made.dataset, ...more }, EXPLICIT);

await step('C-STORE takes images of several kinds over one association, and compressed ones', async () => {
  // Over one, the toolkit would compress all images of a class for which it has a context with compression.
  for (const sent of [[path('CT1_UNC.dcm'), path('charset/gb18030.dcm'), ...slices, madeDataset()], [path('CT1_JPLL.dcm')]]) {
    const { answers } = await associate(sent.map(store));
    assert.deepEqual(answers.map(statuses), sent.map(() => [Status.Success]));
  }
});

await step('the same again succeeds, and other bytes under its UID are kept apart', async () => {
  const { answers } = await associate([store(madeDataset()), store(madeDataset({ StudyDescription: 'something else' }))]);
  assert.deepEqual(answers.map(last), [Status.Success, COERCION]);
});

await step('whoever may not store is told', async () => {
  const { answers } = await associate([store(madeDataset())], { as: 'READING1' });
  assert.equal(last(answers[0]), Status.NotAuthorized);
});

await step('C-FIND finds studies by Chinese names, numbers and dates', async () => {
  for (const keys of [
    { ...UNICODE, PatientName: '欧阳*' },
    { PatientName: 'OUYANG*' },
    { PatientID: 'DCMJS-1' },
    { AccessionNumber: 'ACC-DCMJS' },
    { StudyDate: '20261030-20261102', ModalitiesInStudy: 'OT' },
  ]) {
    const found = await find(CFindRequest.createStudyFindRequest(keys));
    assert.equal(found.length, 1, JSON.stringify(keys));
    const [study] = found;
    assert.equal(study.StudyInstanceUID, made.dataset.StudyInstanceUID);
    assert.deepEqual(name(study.PatientName), { Alphabetic: 'Ouyang^XiuYing', Ideographic: '欧阳^秀英' });
    assert.equal(study.StudyDescription, made.dataset.StudyDescription);
    assert.equal(Number(study.NumberOfStudyRelatedInstances), 1);
  }
  const [dong] = await find(CFindRequest.createStudyFindRequest({ ...UNICODE, PatientName: '*小东*' }));
  assert.equal(dong.StudyInstanceUID, chinese.StudyInstanceUID);
  assert.equal(name(dong.PatientName).Ideographic, '王^小东');
  assert.deepEqual(await find(CFindRequest.createStudyFindRequest({ ...UNICODE, PatientName: '李*' })), []);
});

await step('C-FIND finds series and instances', async () => {
  const { StudyInstanceUID, SeriesInstanceUID } = slice[0];
  const series = await find(CFindRequest.createSeriesFindRequest({ StudyInstanceUID }));
  assert.deepEqual(series.map((each) => each.SeriesInstanceUID), [SeriesInstanceUID]);
  assert.equal(series[0].Modality, 'CT');
  assert.equal(Number(series[0].NumberOfSeriesRelatedInstances), 3);
  const images = await find(CFindRequest.createImageFindRequest({ StudyInstanceUID, SeriesInstanceUID }));
  assert.deepEqual(
    images.map((each) => [each.SOPInstanceUID, Number(each.InstanceNumber)]).sort(),
    slice.map((each) => [each.SOPInstanceUID, each.InstanceNumber]).sort(),
  );
});

const byUid = (datasets) => new Map(datasets.map((each) => each.getElements()).map((each) => [each.SOPInstanceUID, each]));
const counts = (answer) => [answer.getCompleted(), answer.getFailures(), answer.getWarnings()];

await step('C-GET gives a study, decoded where that is needed', async () => {
  const got = await associate([CGetRequest.createStudyGetRequest(ct.StudyInstanceUID)]);
  const [answers] = got.answers;
  assert.equal(last(answers), Status.Success);
  assert.deepEqual(counts(answers.at(-1)), [2, 0, 0]);
  const stored = byUid(got.stored);
  assert.deepEqual([...stored.keys()].sort(), [ct.SOPInstanceUID, lossless.SOPInstanceUID].sort());
  same(stored.get(ct.SOPInstanceUID).PixelData[0], ct.PixelData[0], 'pixels');
  same(stored.get(lossless.SOPInstanceUID).PixelData[0], ct.PixelData[0], 'decoded pixels');
  const [hand] = (await associate([CGetRequest.createStudyGetRequest(made.dataset.StudyInstanceUID)])).stored;
  same(hand.getElements().PixelData[0], made.pixels, 'pixels of what was made by hand');
  assert.deepEqual(name(hand.getElements().PatientName), { Alphabetic: 'Ouyang^XiuYing', Ideographic: '欧阳^秀英' });
  const one = slice[1];
  const image = await associate([CGetRequest.createImageGetRequest(one.StudyInstanceUID, one.SeriesInstanceUID, one.SOPInstanceUID)]);
  assert.deepEqual([...byUid(image.stored).keys()], [one.SOPInstanceUID]);
});

/** A workstation that takes every image in the first transfer syntax that is proposed. */
const received = [];
class Workstation extends Scp {
  associationRequested(association) {
    this.sender = association.getCallingAeTitle();
    association.getPresentationContexts().forEach(({ id }) => {
      const context = association.getPresentationContext(id);
      context.setResult(PresentationContextResult.Accept, context.getTransferSyntaxUids()[0]);
    });
    this.sendAssociationAccept();
  }
  cEchoRequest(request, answer) {
    answer(CEchoResponse.fromRequest(request));
  }
  cStoreRequest(request, answer) {
    received.push({ sender: this.sender, dataset: request.getDataset() });
    const response = CStoreResponse.fromRequest(request);
    response.setStatus(Status.Success);
    answer(response);
  }
  associationReleaseRequested() {
    this.sendAssociationReleaseResponse();
  }
}

await step('C-MOVE sends as it is kept to whoever takes that', async () => {
  const server = new Server(Workstation);
  server.on('networkError', () => {});
  server.listen(ownPort);
  await once(server.server, 'listening');
  try {
    const move = async (request) => (await associate([request], { as: 'READING1' })).answers[0];
    const { StudyInstanceUID, SeriesInstanceUID } = slice[0];
    const answers = await move(CMoveRequest.createSeriesMoveRequest('READING1', StudyInstanceUID, SeriesInstanceUID));
    assert.equal(last(answers), Status.Success);
    assert.deepEqual(counts(answers.at(-1)), [3, 0, 0]);
    assert.ok(received.every(({ sender }) => sender === 'COUNTYHUB'));
    const stored = byUid(received.splice(0).map(({ dataset }) => dataset));
    slice.forEach((sent) => same(stored.get(sent.SOPInstanceUID).PixelData[0], sent.PixelData[0], 'pixels of a slice'));

    const one = lossless;
    await move(CMoveRequest.createImageMoveRequest('READING1', one.StudyInstanceUID, one.SeriesInstanceUID, one.SOPInstanceUID));
    const [{ dataset }] = received.splice(0);
    assert.equal(dataset.getTransferSyntaxUid(), LOSSLESS);
    const joined = (fragments) => Buffer.concat(fragments.map(bytes));
    same(joined(dataset.getElements().PixelData), joined(one.PixelData), 'fragments');

    assert.equal(last(await move(CMoveRequest.createStudyMoveRequest('NOWHERE', StudyInstanceUID))), Status.MoveDestinationUnknown);
  } finally {
    server.close();
  }
});

await step('storage is committed for what is kept, and for nothing else', async () => {
  const request = new NActionRequest(SopClass.StorageCommitmentPushModel, '1.2.840.10008.1.20.1.1', 1);
  const reference = (uid) => ({ ReferencedSOPClassUID: made.dataset.SOPClassUID, ReferencedSOPInstanceUID: uid });
  request.setDataset(
    new Dataset({
      TransactionUID: '2.25.317205893014',
      ReferencedSOPSequence: [reference(made.dataset.SOPInstanceUID), reference('1.2.3.4')],
    }),
  );
  const { answers, reports } = await associate([request], { linger: 1500 });
  assert.deepEqual(statuses(answers[0]), [Status.Success]);
  assert.equal(reports.length, 1);
  assert.equal(reports[0].getEventTypeId(), 2);
  const report = reports[0].getDataset().getElements();
  assert.equal(report.TransactionUID, '2.25.317205893014');
  assert.deepEqual(report.ReferencedSOPSequence.map((item) => item.ReferencedSOPInstanceUID), [made.dataset.SOPInstanceUID]);
  assert.deepEqual(report.FailedSOPSequence.map((item) => [item.ReferencedSOPInstanceUID, item.FailureReason]), [['1.2.3.4', 0x0112]]);
});

await step('a modality finds its worklist', async () => {
  const planned = (item) => CFindRequest.createWorklistFindRequest({ ...UNICODE, ScheduledProcedureStepSequence: [item] });
  const step = { ScheduledStationAETitle: 'CT1', Modality: 'CT', ScheduledProcedureStepStartDate: '20261130', ScheduledProcedureStepStartTime: '' };
  const found = await find(planned(step));
  assert.equal(found.length, 1);
  assert.equal(found[0].AccessionNumber, 'A1');
  assert.equal(found[0].PatientID, 'P-A1');
  assert.deepEqual(name(found[0].PatientName), { Alphabetic: 'ZHANG^SAN', Ideographic: '张^三' });
  assert.equal(found[0].ScheduledProcedureStepSequence[0].ScheduledProcedureStepStartTime, '083000');
  assert.equal((await find(planned({ ...step, ScheduledProcedureStepStartDate: '20261130-20261201' }))).length, 2);
  assert.equal((await find(CFindRequest.createWorklistFindRequest({ ...UNICODE, PatientName: '*五' })))[0].AccessionNumber, 'A3');
});

await step('a modality tells of its work', async () => {
  const uid = '2.25.317205893015';
  const begun = new NCreateRequest(SopClass.ModalityPerformedProcedureStep, uid);
  begun.setDataset(
    new Dataset({
      ...UNICODE,
      PatientName: [{ Alphabetic: 'Ouyang^XiuYing', Ideographic: '欧阳^秀英' }],
      PatientID: 'DCMJS-1',
      PerformedProcedureStepID: 'S1',
      PerformedStationAETitle: 'CT1',
      PerformedProcedureStepStartDate: '20261101',
      PerformedProcedureStepStartTime: '081500',
      PerformedProcedureStepStatus: 'IN PROGRESS',
      Modality: 'OT',
      ScheduledStepAttributesSequence: [{ StudyInstanceUID: made.dataset.StudyInstanceUID, AccessionNumber: 'ACC-DCMJS' }],
      PerformedSeriesSequence: [],
    }),
  );
  const ended = new NSetRequest(SopClass.ModalityPerformedProcedureStep, uid);
  ended.setDataset(
    new Dataset({
      PerformedProcedureStepStatus: 'COMPLETED',
      PerformedProcedureStepEndDate: '20261101',
      PerformedProcedureStepEndTime: '082000',
      PerformedSeriesSequence: [
        {
          SeriesInstanceUID: made.dataset.SeriesInstanceUID,
          ProtocolName: '胸部',
          ReferencedImageSequence: [
            { ReferencedSOPClassUID: made.dataset.SOPClassUID, ReferencedSOPInstanceUID: made.dataset.SOPInstanceUID },
          ],
        },
      ],
    }),
  );
  for (const request of [begun, ended]) {
    assert.deepEqual(statuses((await associate([request])).answers[0]), [Status.Success]);
  }
  const again = new NSetRequest(SopClass.ModalityPerformedProcedureStep, uid);
  again.setDataset(new Dataset({ PerformedProcedureStepStatus: 'DISCONTINUED' }));
  assert.equal(last((await associate([again])).answers[0]), Status.ProcessingFailure);
});

// The toolkit looks every second whether its connections are too old, for a while after they are closed.
process.exit(0);
