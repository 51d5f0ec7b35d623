// Made-up CT images: a body with two lungs, a spine and vessels that run through the slices. Explicit little endian, PS3.10.

const CT = '1.2.840.10008.5.1.4.1.1.2';
const PDF = '1.2.840.10008.5.1.4.1.1.104.1';

const ITEM = Buffer.from([0xfe, 0xff, 0x00, 0xe0]);
const LONG = new Set(['OB', 'OW', 'SQ', 'UN', 'UT']);

/**
 * One slice as a DICOM file.
 *
 * @param {{study: string, series: string, instance: string, patient: string, name: string, date: string, description: string,
 *   frameOfReference: string, number: number, slices: number, size: number, thickness: number}} slice
 */
export function ctSlice(slice) {
  const { size, number, thickness } = slice;
  const spacing = 360 / size;
  const elements = [
    ['0008,0005', 'CS', 'ISO_IR 192'],
    ['0008,0016', 'UI', CT],
    ['0008,0018', 'UI', slice.instance],
    ['0008,0020', 'DA', slice.date],
    ['0008,0030', 'TM', '093000'],
    ['0008,0060', 'CS', 'CT'],
    ['0008,0080', 'LO', '海都县人民医院'],
    ['0008,1030', 'LO', slice.description],
    ['0008,103E', 'LO', '胸部平扫 1.0 B31f'],
    ['0010,0010', 'PN', slice.name],
    ['0010,0020', 'LO', slice.patient],
    ['0010,0030', 'DA', '19650412'],
    ['0010,0040', 'CS', 'M'],
    ['0018,0015', 'CS', 'CHEST'],
    ['0018,0050', 'DS', String(thickness)],
    ['0020,000D', 'UI', slice.study],
    ['0020,000E', 'UI', slice.series],
    ['0020,0011', 'IS', '2'],
    ['0020,0013', 'IS', String(number + 1)],
    ['0020,0032', 'DS', `-180\\-180\\${(-number * thickness).toFixed(3)}`],
    ['0020,0037', 'DS', '1\\0\\0\\0\\1\\0'],
    ['0020,0052', 'UI', slice.frameOfReference],
    ['0028,0002', 'US', 1],
    ['0028,0004', 'CS', 'MONOCHROME2'],
    ['0028,0010', 'US', size],
    ['0028,0011', 'US', size],
    ['0028,0030', 'DS', `${spacing}\\${spacing}`],
    ['0028,0100', 'US', 16],
    ['0028,0101', 'US', 12],
    ['0028,0102', 'US', 11],
    ['0028,0103', 'US', 0],
    ['0028,1050', 'DS', '40'],
    ['0028,1051', 'DS', '400'],
    ['0028,1052', 'DS', '-1024'],
    ['0028,1053', 'DS', '1'],
    ['0028,1054', 'LO', 'HU'],
    ['7FE0,0010', 'OW', pixels(slice)],
  ];
  return part10(elements, slice.instance);
}

function pixels({ size, number, slices }) {
  const values = new Uint16Array(size * size);
  const along = number / Math.max(1, slices - 1);
  const girth = 0.8 + 0.15 * Math.sin(along * Math.PI);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const u = ((x + 0.5) / size) * 2 - 1;
      const v = ((y + 0.5) / size) * 2 - 1;
      values[y * size + x] = hounsfield(u, v, along, girth) + 1024;
    }
  }
  return new Uint8Array(values.buffer);
}

function hounsfield(u, v, along, girth) {
  const noise = Math.round(12 * Math.sin(u * 917 + v * 1311 + along * 733));
  const inside = (x, y, a, b) => ((u - x) / a) ** 2 + ((v - y) / b) ** 2 < 1;
  if (!inside(0, 0, girth, girth * 0.72)) {
    return -1000;
  }
  if (!inside(0, 0, girth - 0.05, girth * 0.72 - 0.05)) {
    return -100 + noise;
  }
  if (inside(0, 0.47, 0.11, 0.1)) {
    return 420 + noise;
  }
  if (inside(0.06 * Math.sin(along * 9), 0.26, 0.06, 0.06)) {
    return 180 + noise;
  }
  const lung = 0.16 + 0.14 * Math.sin(along * Math.PI);
  for (const side of [-1, 1]) {
    if (inside(side * 0.4, 0, lung, lung * 1.5)) {
      const vessel = Math.sin(u * 26 + along * 21) * Math.cos(v * 23 - along * 17) > 0.93;
      return vessel ? 30 : -860 + 2 * noise;
    }
  }
  return 45 + noise;
}

const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';

/**
 * A DICOM file of elements in the order of their tags: [tag, VR, value]; the fragments of compressed frames are a list of bytes.
 *
 * @param {string} syntax transfer syntax of the pixels
 */
export function part10(elements, instance, syntax = EXPLICIT_LITTLE_ENDIAN) {
  const meta = encode([
    ['0002,0001', 'OB', new Uint8Array([0, 1])],
    ['0002,0002', 'UI', elements.find(([tag]) => tag === '0008,0016')[2]],
    ['0002,0003', 'UI', instance],
    ['0002,0010', 'UI', syntax],
    ['0002,0012', 'UI', '1.2.826.0.1.3680043.9.7433.1'],
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(meta.length);
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), encode([['0002,0000', 'UL', length]]), meta, encode(elements)]);
}

function encode(elements) {
  return Buffer.concat(
    elements.map(([tag, vr, value]) => {
      const fragments = Array.isArray(value) && value[0] instanceof Uint8Array;
      const body = fragments ? encapsulated(value) : bytes(vr, value);
      const head = Buffer.alloc(LONG.has(vr) ? 12 : 8);
      head.writeUInt16LE(parseInt(tag.slice(0, 4), 16), 0);
      head.writeUInt16LE(parseInt(tag.slice(5), 16), 2);
      head.write(vr, 4, 'latin1');
      if (LONG.has(vr)) {
        head.writeUInt32LE(fragments ? 0xffffffff : body.length, 8);
      } else {
        head.writeUInt16LE(body.length, 6);
      }
      return Buffer.concat([head, body]);
    }),
  );
}

/** Fragments behind an empty table of offsets (PS3.5 section A.4). */
function encapsulated(fragments) {
  const item = (body) => {
    const even = body.length + (body.length & 1);
    const whole = Buffer.alloc(8 + even);
    whole.writeUInt32LE(0xe000fffe, 0);
    whole.writeUInt32LE(even, 4);
    whole.set(body, 8);
    return whole;
  };
  const end = Buffer.from([0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0]);
  return Buffer.concat([item(new Uint8Array(0)), ...fragments.map(item), end]);
}

function bytes(vr, value) {
  if (vr === 'SQ') {
    return Buffer.concat(value.map((item) => Buffer.concat([ITEM, length(encode(item)), encode(item)])));
  }
  if (value instanceof Uint8Array) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
  if (vr === 'US' || vr === 'SS') {
    const values = [value].flat();
    const words = Buffer.alloc(2 * values.length);
    values.forEach((one, i) => (vr === 'US' ? words.writeUInt16LE(one, 2 * i) : words.writeInt16LE(one, 2 * i)));
    return words;
  }
  if (vr === 'UL' || vr === 'FD') {
    const number = Buffer.alloc(vr === 'UL' ? 4 : 8);
    if (vr === 'UL') {
      number.writeUInt32LE(value);
    } else {
      number.writeDoubleLE(value);
    }
    return number;
  }
  const text = Buffer.from(value, 'utf8');
  return text.length % 2 === 0 ? text : Buffer.concat([text, Buffer.from(vr === 'UI' ? '\0' : ' ')]);
}

/** A document of one page as a DICOM file, long enough to be bulk data. */
export function document(about, instance) {
  const text = 'BT /F1 24 Tf 40 100 Td (Findings: none) Tj ET';
  const pdf = [
    '%PDF-1.4',
    '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj',
    '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj',
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj',
    `4 0 obj<</Length ${text.length}>>stream`,
    text,
    'endstream endobj',
    '5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj',
    `% ${'.'.repeat(200_000)}`,
    'trailer<</Root 1 0 R>>',
    '%%EOF',
  ].join('\n');
  const elements = [
    ['0008,0005', 'CS', 'ISO_IR 192'],
    ['0008,0016', 'UI', PDF],
    ['0008,0018', 'UI', instance],
    ['0008,0020', 'DA', about.date],
    ['0008,0060', 'CS', 'DOC'],
    ['0010,0010', 'PN', about.name],
    ['0010,0020', 'LO', about.patient],
    ['0020,000D', 'UI', about.study],
    ['0020,000E', 'UI', about.series],
    ['0020,0011', 'IS', '1'],
    ['0020,0013', 'IS', '1'],
    ['0042,0011', 'OB', new TextEncoder().encode(pdf)],
    ['0042,0012', 'LO', 'application/pdf'],
  ];
  return part10(elements, instance);
}

function length(of) {
  const four = Buffer.alloc(4);
  four.writeUInt32LE(of.length);
  return four;
}

/** A series of slices, stored by STOW-RS at a root, some in each request. */
export async function storeCt(root, about, slices, sender) {
  for (let from = 0; from < slices; from += 40) {
    const files = [];
    for (let number = from; number < Math.min(slices, from + 40); number++) {
      files.push(ctSlice({ ...about, number, slices, instance: `${about.series}.${number + 1}` }));
    }
    await store(root, files, sender);
  }
}

/**
 * Stores DICOM files by STOW-RS in one request.
 *
 * @param {string} [sender] what the system that sends them calls itself
 */
export async function store(root, files, sender) {
  const begin = Buffer.from('\r\n--upload\r\nContent-Type: application/dicom\r\n\r\n');
  const response = await fetch(`${root}/studies`, {
    method: 'POST',
    headers: {
      'Content-Type': 'multipart/related; type="application/dicom"; boundary=upload',
      ...(sender === undefined ? {} : { 'X-AE-Title': sender }),
    },
    body: Buffer.concat([...files.flatMap((file) => [begin, file]), Buffer.from('\r\n--upload--\r\n')]),
  });
  if (response.status !== 200) {
    throw new Error(`storing answered ${response.status}: ${await response.text()}`);
  }
}
