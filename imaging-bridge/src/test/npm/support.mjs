// What the scripts share: named steps, and data sets as dcmjs reads and writes them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

// The one that dcmjs-dimse uses too, so that it is silenced for both.
const dcmjs = createRequire(import.meta.url)('dcmjs');
const { DicomDict, DicomMessage, DicomMetaDictionary } = dcmjs.data;
dcmjs.log.setLevel('error');
dcmjs.log.getLogger('validation.dcmjs').setLevel('silent');

export const { naturalizeDataset } = DicomMetaDictionary;
export const EXPLICIT = '1.2.840.10008.1.2.1';

export async function step(name, run) {
  try {
    await run();
  } catch (error) {
    console.log(`not ok ${name}`);
    throw error;
  }
  console.log(`ok ${name}`);
}

/** Bytes of any kind as one that can be compared. */
export const bytes = (any) => (ArrayBuffer.isView(any) ? Buffer.from(any.buffer, any.byteOffset, any.byteLength) : Buffer.from(any));

export function same(actual, expected, what) {
  assert.equal(bytes(actual).length, bytes(expected).length, `length of ${what}`);
  assert.ok(bytes(actual).equals(bytes(expected)), what);
}

/** The ArrayBuffer of a file, as the clients want it. */
export function file(path) {
  const read = readFileSync(path);
  return read.buffer.slice(read.byteOffset, read.byteOffset + read.byteLength);
}

/** A file of PS3.10 as dcmjs understands it. */
export function parse(buffer) {
  const { meta, dict } = DicomMessage.readFile(buffer);
  return { syntax: meta['00020010'].Value[0], dict, dataset: naturalizeDataset(dict) };
}

/** A file of PS3.10 in explicit little endian as dcmjs writes it. */
export function write(dataset) {
  const file = new DicomDict(
    DicomMetaDictionary.denaturalizeDataset({
      FileMetaInformationVersion: new Uint8Array([0, 1]).buffer,
      MediaStorageSOPClassUID: dataset.SOPClassUID,
      MediaStorageSOPInstanceUID: dataset.SOPInstanceUID,
      TransferSyntaxUID: EXPLICIT,
      ImplementationClassUID: '2.25.80302813137786398554742050926734630921',
    }),
  );
  file.dict = DicomMetaDictionary.denaturalizeDataset(dataset);
  return file.write();
}

/** Two frames of 6 rows and 5 columns, of a patient with a Chinese name. */
export function madeByHand(uid) {
  const pixels = new Uint8Array(2 * 30).map((_, i) => (i * 53) % 256);
  const dataset = {
    _vrMap: { PixelData: 'OB' },
    SpecificCharacterSet: 'ISO_IR 192',
    SOPClassUID: '1.2.840.10008.5.1.4.1.1.7.2',
    SOPInstanceUID: `${uid}.3`,
    StudyInstanceUID: `${uid}.1`,
    SeriesInstanceUID: `${uid}.2`,
    PatientName: [{ Alphabetic: 'Ouyang^XiuYing', Ideographic: '欧阳^秀英' }],
    PatientID: 'DCMJS-1',
    PatientBirthDate: '19680401',
    PatientSex: 'F',
    StudyDate: '20261101',
    StudyTime: '081500',
    StudyDescription: '胸部平扫：未见异常',
    AccessionNumber: 'ACC-DCMJS',
    Modality: 'OT',
    SeriesNumber: 7,
    InstanceNumber: 1,
    NumberOfFrames: 2,
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    Rows: 6,
    Columns: 5,
    BitsAllocated: 8,
    BitsStored: 8,
    HighBit: 7,
    PixelRepresentation: 0,
    WindowCenter: 128,
    WindowWidth: 256,
    PixelData: [pixels.buffer],
  };
  return { dataset, pixels, frame: (number) => pixels.subarray((number - 1) * 30, number * 30) };
}
