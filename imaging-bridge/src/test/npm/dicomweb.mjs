// Images stored, found and fetched over HTTP by clients that are not ours: node dicomweb.mjs BASE PUBLIC-BASE SAMPLES
import assert from 'node:assert/strict';
import dicomweb from 'dicomweb-client';
import { PNG } from 'pngjs';
import XMLHttpRequest from 'xhr2';
import { EXPLICIT, bytes, file, madeByHand, naturalizeDataset, parse, same, step, write } from './support.mjs';

globalThis.XMLHttpRequest = XMLHttpRequest;
const [url, publicBase, samples] = process.argv.slice(2);
const connect = (options) => new dicomweb.api.DICOMwebClient({ url, verbose: false, ...options });
const client = connect({ headers: { 'X-AE-Title': 'HAIDU' } });
// Metadata name values relative to the server (RFC 3986); the client takes whole addresses only.
const absolute = (reference) => new URL(reference, url).href;

const sample = (name) => {
  const buffer = file(`${samples}/${name}`);
  return { buffer, ...parse(buffer) };
};
const slices = ['01', '02', '03'].map((number) => sample(`series/ct-3slice-${number}.dcm`));
// Of an implicit file dcmjs takes for unsigned what Pixel Representation says to be signed.
slices[0].signed = { PixelPaddingValue: -2000 };
const ct = sample('CT1_UNC.dcm');
const lossless = sample('CT1_JPLL.dcm');
const color = sample('US1_UNC.dcm');
const runLength = sample('US1_RLE.dcm');
const chinese = sample('charset/gb18030.dcm');
const report = sample('sr.dcm');
const made = madeByHand('2.25.317205893012');

const at = ({ dataset }) => ({
  studyInstanceUID: dataset.StudyInstanceUID,
  seriesInstanceUID: dataset.SeriesInstanceUID,
  sopInstanceUID: dataset.SOPInstanceUID,
});
const uids = (found) => found.map(naturalizeDataset).map((each) => each.SOPInstanceUID).sort();
const uidsOf = (sent) => sent.map(({ dataset }) => dataset.SOPInstanceUID).sort();
const stow = async (options) => naturalizeDataset(JSON.parse(await client.storeInstances(options)));

await step('many instances are stored by one request', async () => {
  const sent = [...slices, ct, lossless, color, runLength, chinese, report];
  const answer = await stow({ datasets: sent.map(({ buffer }) => buffer) });
  assert.equal(answer.FailedSOPSequence, undefined);
  const items = answer.ReferencedSOPSequence;
  assert.deepEqual(items.map((item) => item.ReferencedSOPInstanceUID).sort(), uidsOf(sent));
  assert.ok(items.every((item) => item.WarningReason === undefined && item.RetrieveURL.startsWith(`${publicBase}/studies/`)));
});

await step('what dcmjs has written is stored, into its study', async () => {
  const answer = await stow({ datasets: [write(made.dataset)], studyInstanceUID: made.dataset.StudyInstanceUID });
  assert.equal(answer.RetrieveURL, `${publicBase}/studies/${made.dataset.StudyInstanceUID}`);
  assert.equal(answer.ReferencedSOPSequence.length, 1);
});

await step('the same again is no news, and other bytes under its UID are kept apart', async () => {
  const again = await stow({ datasets: [write(made.dataset)] });
  assert.equal(again.ReferencedSOPSequence[0].WarningReason, undefined);
  const other = await stow({ datasets: [write({ ...made.dataset, StudyDescription: 'something else' })] });
  assert.equal(other.ReferencedSOPSequence[0].WarningReason, 0xb000);
  assert.equal(other.ReferencedSOPSequence[0].RetrieveURL || '', '');
});

await step('an instance of another study is refused', async () => {
  await assert.rejects(client.storeInstances({ datasets: [ct.buffer], studyInstanceUID: '1.2.3' }), (error) => {
    const failed = naturalizeDataset(JSON.parse(error.response)).FailedSOPSequence[0];
    return error.status === 409 && failed.ReferencedSOPInstanceUID === ct.dataset.SOPInstanceUID && failed.FailureReason === 0xa900;
  });
});

await step('a client that takes no part is refused', async () => {
  const stranger = connect({ headers: { 'X-AE-Title': 'STRANGER' } });
  await assert.rejects(stranger.storeInstances({ datasets: [ct.buffer] }), (error) => error.status === 403);
});

await step('studies are found by name, number, date and modality', async () => {
  const find = async (queryParams) =>
    (await client.searchForStudies({ queryParams })).map(naturalizeDataset);
  for (const queryParams of [
    { PatientName: '欧阳*' },
    { PatientName: 'ouyang^*' },
    { PatientID: 'DCMJS-1' },
    { AccessionNumber: 'ACC-DCMJS' },
    { StudyDate: '20261030-20261102' },
    { StudyInstanceUID: made.dataset.StudyInstanceUID, ModalitiesInStudy: 'OT' },
  ]) {
    const found = await find(queryParams);
    assert.equal(found.length, 1, JSON.stringify(queryParams));
    const [study] = found;
    assert.equal(study.StudyInstanceUID, made.dataset.StudyInstanceUID);
    assert.deepEqual({ ...study.PatientName[0] }, { Alphabetic: 'Ouyang^XiuYing', Ideographic: '欧阳^秀英' });
    assert.equal(study.StudyDate, '20261101');
    assert.equal(study.NumberOfStudyRelatedSeries, 1);
    assert.equal(study.NumberOfStudyRelatedInstances, 1);
  }
  assert.equal((await find({ PatientName: '王^*' }))[0].PatientName[0].Ideographic, '王^小东');
  assert.equal((await find({ PatientName: '欧阳*', includefield: 'StudyDescription' }))[0].StudyDescription, made.dataset.StudyDescription);
  assert.deepEqual(await find({ PatientName: '李*' }), []);
});

await step('pages of studies follow one another', async () => {
  const seen = [];
  for (let offset = 0; ; offset += 2) {
    const page = await client.searchForStudies({ queryParams: { limit: 2, offset } });
    seen.push(...page.map((each) => naturalizeDataset(each).StudyInstanceUID));
    if (page.length < 2) {
      break;
    }
  }
  const sent = [...slices, ct, lossless, color, runLength, chinese, report, made].map(({ dataset }) => dataset.StudyInstanceUID);
  assert.deepEqual(seen.sort(), [...new Set(sent)].sort());
});

await step('series and instances are found within their study', async () => {
  const { studyInstanceUID, seriesInstanceUID } = at(slices[0]);
  const series = (await client.searchForSeries({ studyInstanceUID })).map(naturalizeDataset);
  assert.equal(series.length, 1);
  assert.equal(series[0].SeriesInstanceUID, seriesInstanceUID);
  assert.equal(series[0].Modality, 'CT');
  assert.equal(series[0].NumberOfSeriesRelatedInstances, 3);
  assert.deepEqual(uids(await client.searchForInstances({ studyInstanceUID, seriesInstanceUID })), uidsOf(slices));
  assert.deepEqual(uids(await client.searchForInstances({ studyInstanceUID })), uidsOf(slices));
  const [second] = await client.searchForInstances({ studyInstanceUID, queryParams: { SOPInstanceUID: slices[1].dataset.SOPInstanceUID } });
  assert.equal(naturalizeDataset(second).Rows, 512);
});

// All elements of the standard but pixels and what says how text is encoded; nothing, however it is said, is null.
const empty = (value) => value === null || value === '' || (Array.isArray(value) && value.length === 0);
const plain = (value) => {
  if (empty(value)) {
    return null;
  }
  if (value.InlineBinary !== undefined) {
    return value.InlineBinary;
  }
  if (value instanceof ArrayBuffer) {
    return bytes(value).toString('base64');
  }
  if (Array.isArray(value)) {
    return value.length === 1 ? plain(value[0]) : value.map(plain);
  }
  return typeof value === 'object' ? Object.fromEntries(Object.keys(value).map((key) => [key, plain(value[key])])) : value;
};
const comparable = (dict) => {
  const isPrivate = (tag) => parseInt(tag[3], 16) % 2 === 1;
  const standard = Object.fromEntries(Object.entries(dict).filter(([tag]) => !isPrivate(tag) && !tag.endsWith('0000')));
  const { _vrMap, PixelData, SpecificCharacterSet, ...rest } = naturalizeDataset(standard);
  return plain(rest);
};

await step('metadata say what the files say', async () => {
  for (const sent of [ct, chinese, report, color, lossless]) {
    const found = await client.retrieveStudyMetadata(at(sent));
    const one = found.find((each) => naturalizeDataset(each).SOPInstanceUID === sent.dataset.SOPInstanceUID);
    assert.deepEqual(comparable(one), comparable(sent.dict), sent.dataset.SOPInstanceUID);
  }
  const three = await client.retrieveStudyMetadata(at(slices[0]));
  assert.deepEqual(uids(three), uidsOf(slices));
  assert.equal((await client.retrieveSeriesMetadata(at(slices[0]))).length, 3);
  assert.equal((await client.retrieveInstanceMetadata(at(made)))[0]['00081030'].Value[0], made.dataset.StudyDescription);
});

await step('instances come back with every element and every pixel', async () => {
  for (const sent of [ct, slices[0], chinese, report, color]) {
    const got = parse(await client.retrieveInstance(at(sent)));
    assert.equal(got.syntax, EXPLICIT);
    assert.deepEqual(comparable(got.dict), { ...comparable(sent.dict), ...sent.signed });
    if (sent.dataset.PixelData) {
      same(got.dataset.PixelData[0], sent.dataset.PixelData[0], 'pixels');
    }
  }
  const got = parse(await client.retrieveInstance(at(made)));
  same(got.dataset.PixelData[0], made.pixels, 'pixels of what was made by hand');
  assert.equal(got.dataset.PatientName[0].Ideographic, '欧阳^秀英');
});

await step('compressed instances come decoded to whoever says nothing of compression', async () => {
  const got = parse(await client.retrieveInstance(at(lossless)));
  assert.equal(got.syntax, EXPLICIT);
  same(got.dataset.PixelData[0], ct.dataset.PixelData[0], 'decoded pixels');
});

await step('a study and a series come whole', async () => {
  for (const got of [await client.retrieveStudy(at(slices[0])), await client.retrieveSeries(at(slices[0]))]) {
    const byUid = new Map(got.map(parse).map(({ dataset }) => [dataset.SOPInstanceUID, dataset]));
    assert.equal(byUid.size, 3);
    slices.forEach(({ dataset }) => same(byUid.get(dataset.SOPInstanceUID).PixelData[0], dataset.PixelData[0], 'pixels of a slice'));
  }
  const both = (await client.retrieveStudy(at(lossless))).map(parse);
  assert.equal(both.length, 2);
  both.forEach(({ dataset }) => same(dataset.PixelData[0], ct.dataset.PixelData[0], 'decoded pixels of a study'));
});

await step('frames come alone, in the order in which they are asked for', async () => {
  const frames = await client.retrieveInstanceFrames({ ...at(made), frameNumbers: [2, 1] });
  assert.equal(frames.length, 2);
  same(frames[0], made.frame(2), 'frame 2');
  same(frames[1], made.frame(1), 'frame 1');
  await assert.rejects(client.retrieveInstanceFrames({ ...at(made), frameNumbers: [3] }), (error) => error.status === 404);
});

await step('compressed frames come decoded or as they are', async () => {
  const frames = (sent, mediaTypes) => client.retrieveInstanceFrames({ ...at(sent), frameNumbers: [1], mediaTypes });
  const [decoded] = await frames(lossless);
  same(decoded, ct.dataset.PixelData[0], 'decoded frame');
  const joined = Buffer.concat(lossless.dataset.PixelData.map(bytes));
  const [kept] = await frames(lossless, [{ mediaType: 'image/jpeg', transferSyntaxUID: '1.2.840.10008.1.2.4.70' }]);
  same(kept, joined, 'JPEG lossless frame');
  assert.equal(kept.contentType, 'image/jpeg');
  assert.equal(kept.transferSyntaxUID, '1.2.840.10008.1.2.4.70');
  const both = [{ mediaType: 'application/octet-stream', transferSyntaxUID: '*' }, { mediaType: 'image/*', transferSyntaxUID: '*' }];
  assert.equal((await frames(ct, both))[0].byteLength, ct.dataset.PixelData[0].byteLength);
  const [runs] = await frames(runLength, [{ mediaType: 'image/x-dicom-rle', transferSyntaxUID: '1.2.840.10008.1.2.5' }]);
  same(runs, runLength.dataset.PixelData[0], 'RLE frame');
  await assert.rejects(frames(ct, [{ mediaType: 'image/jp2', transferSyntaxUID: '1.2.840.10008.1.2.4.90' }]), (error) => error.status === 406);
});

await step('values that metadata name by an address are there', async () => {
  const [metadata] = await client.retrieveInstanceMetadata(at(ct));
  const BulkDataURI = absolute(metadata['7FE00010'].BulkDataURI);
  const [whole] = await client.retrieveBulkData({ BulkDataURI });
  same(whole, ct.dataset.PixelData[0], 'bulk data');
  const single = connect({ singlepart: 'bulkdata' });
  const [part] = await single.retrieveBulkData({ BulkDataURI, headers: { Range: 'bytes=1000-1999' } });
  same(part, bytes(ct.dataset.PixelData[0]).subarray(1000, 2000), 'part of bulk data');
  const [compressed] = await client.retrieveInstanceMetadata(at(lossless));
  const parts = await client.retrieveBulkData({ BulkDataURI: absolute(compressed['7FE00010'].BulkDataURI) });
  same(parts[0], Buffer.concat(lossless.dataset.PixelData.map(bytes)), 'compressed bulk data');
});

await step('pictures show the pixels', async () => {
  const png = [{ mediaType: 'image/png' }];
  const picture = async (asked) => PNG.sync.read(bytes((await asked)[0]));
  const grey = await picture(client.retrieveInstanceFramesRendered({ ...at(made), frameNumbers: [2], mediaTypes: png }));
  assert.deepEqual([grey.width, grey.height], [5, 6]);
  same(grey.data.filter((_, i) => i % 4 === 0), made.frame(2), 'grey levels');
  const rgb = await picture(client.retrieveInstanceRendered({ ...at(color), mediaTypes: png }));
  same(rgb.data.filter((_, i) => i % 4 !== 3), color.dataset.PixelData[0], 'colours');
  const small = await picture(client.retrieveInstanceRendered({ ...at(color), mediaTypes: png, queryParams: { viewport: '64,48' } }));
  assert.deepEqual([small.width, small.height], [64, 48]);
  const windowed = await picture(
    client.retrieveInstanceRendered({ ...at(made), mediaTypes: png, queryParams: { window: '100.5,2,linear' } }),
  );
  const black = made.frame(1).map((value) => (value <= 99 ? 0 : value > 100 ? 255 : 128));
  same(windowed.data.filter((_, i) => i % 4 === 0), black, 'a narrow window');
  const [jpeg] = await client.retrieveInstanceRendered(at(ct));
  assert.equal(bytes(jpeg).readUInt16BE(0), 0xffd8);
  const thumbnail = await picture(client.retrieveInstanceThumbnail({ ...at(ct), mediaTypes: png }));
  assert.equal(Math.max(thumbnail.width, thumbnail.height), 200);
});

await step('an address of WADO-URI gives the file as it came', async () => {
  const address = connect({ wadoURLPrefix: 'wado' }).buildInstanceWadoURIUrl(at(lossless));
  const got = parse(await (await fetch(address)).arrayBuffer());
  assert.equal(got.syntax, lossless.syntax);
  same(Buffer.concat(got.dataset.PixelData.map(bytes)), Buffer.concat(lossless.dataset.PixelData.map(bytes)), 'fragments');
});

await step('what is not there is 404', async () => {
  await assert.rejects(client.retrieveStudyMetadata({ studyInstanceUID: '1.2.3' }), (error) => error.status === 404);
  await assert.rejects(client.retrieveInstance({ ...at(ct), sopInstanceUID: '1.2.3' }), (error) => error.status === 404);
});
