// Drives the viewer in a browser through the forms in which pixels come: node test/browser/forms.mjs http://127.0.0.1:8081
// Every image is made and compressed here and stored, so that what has to be seen is known.
import {
  byDcmtk,
  byHtj2k,
  byHtj2kRpcl,
  byHtj2kWithLoss,
  byJpeg,
  byJpeg2000,
  byJpeg2000WithLoss,
  byJpegLs,
  byJpegLsWithLoss,
  byRle,
} from './codecs.mjs';
import { alike, equal, Harness, shown, state } from './harness.mjs';
import { part10, store } from './phantom.mjs';

const [, , base] = process.argv;
const SIZE = 192;
const JPEG = '1.2.840.10008.1.2.4.';
const RLE = '1.2.840.10008.1.2.5';
const NATIVE = '1.2.840.10008.1.2.1';

/** Values from -1500 to 1500 in waves, with an edge: what no lossy codec keeps. */
const values = Int16Array.from({ length: SIZE * SIZE }, (_, i) => {
  const [x, y] = [i % SIZE, Math.floor(i / SIZE)];
  return x > 150 ? ((x * 31 + y * 17) % 3000) - 1500 : Math.round(700 * Math.sin(x / 17) + 700 * Math.cos(y / 23));
});
const WINDOW = { center: 40, width: 3000 };
const greys = Uint8Array.from(values, (value) =>
  Math.round(255 * Math.min(1, Math.max(0, (value - (WINDOW.center - 0.5)) / (WINDOW.width - 1) + 0.5))),
);
const signed = { size: SIZE, bits: 16, samples: 1, signed: true, bytes: new Uint8Array(values.buffer) };

const colors = Uint8Array.from({ length: SIZE * SIZE * 3 }, (_, i) => {
  const [x, y] = [Math.floor(i / 3) % SIZE, Math.floor(i / 3 / SIZE)];
  return Math.round([x, y, 255 - ((x + y) >> 1)][i % 3] * (1 + 0.3 * Math.sin(x / 9))) & 0xff;
});
const coloured = { size: SIZE, bits: 8, samples: 3, signed: false, bytes: colors };

const harness = await Harness.start(base);
/** A study for each image; others than those of an earlier run against the same server. */
const ROOT = `1.2.3.50.${Date.now()}`;
let next = 1;

/** The elements of an image, in the order of their tags. */
function described(uid, kind, more) {
  const elements = {
    '0008,0016': ['UI', '1.2.840.10008.5.1.4.1.1.7'],
    '0008,0018': ['UI', `${uid}.1.1`],
    '0008,0020': ['DA', '20251103'],
    '0008,0030': ['TM', '101500'],
    '0008,0060': ['CS', 'OT'],
    '0010,0010': ['PN', 'Forms^Of^Pixels'],
    '0010,0020': ['LO', 'P8'],
    '0010,0030': ['DA', ''],
    '0010,0040': ['CS', ''],
    '0020,000D': ['UI', uid],
    '0020,000E': ['UI', `${uid}.1`],
    '0020,0011': ['IS', '1'],
    '0020,0013': ['IS', '1'],
    '0028,0010': ['US', SIZE],
    '0028,0011': ['US', SIZE],
    ...kind,
    ...more,
  };
  return Object.entries(elements)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([tag, [vr, value]]) => [tag, vr, value]);
}

const grey = (bitsStored, isSigned) => ({
  '0028,0002': ['US', 1],
  '0028,0004': ['CS', 'MONOCHROME2'],
  '0028,0100': ['US', 16],
  '0028,0101': ['US', bitsStored],
  '0028,0102': ['US', bitsStored - 1],
  '0028,0103': ['US', isSigned ? 1 : 0],
  '0028,1050': ['DS', String(WINDOW.center)],
  '0028,1051': ['DS', String(WINDOW.width)],
});
const rgb = (photometric) => ({
  '0028,0002': ['US', 3],
  '0028,0004': ['CS', photometric],
  '0028,0006': ['US', 0],
  '0028,0100': ['US', 8],
  '0028,0101': ['US', 8],
  '0028,0102': ['US', 7],
  '0028,0103': ['US', 0],
});

/** Stores an image and tells the UID of its study. */
async function stored(syntax, kind, frame, more = {}) {
  const uid = `${ROOT}.${next++}`;
  const pixels = syntax === NATIVE ? { '7FE0,0010': ['OW', frame] } : { '7FE0,0010': ['OB', [frame]] };
  await store(`${base}/dicomweb`, [part10(described(uid, kind, { ...more, ...pixels }), `${uid}.1.1`, syntax)]);
  return uid;
}

const rendered = (uid) => `/dicomweb/studies/${uid}/series/${uid}.1/instances/${uid}.1.1/rendered`;

async function seen(page, uid) {
  await page.goto(`${base}/view/?StudyInstanceUIDs=${uid}`);
  await shown(page, 'original');
  await page.keyboard.press('x');
  await page.waitForFunction(() => document.querySelector('.viewport').dataset.matrix.startsWith('1 0 0 1 '));
  return (await page.textContent('.corner.bottom.right')).trim();
}

/** Asks of frames that the server had to decode, and of pictures. */
function asks(page) {
  const found = { decoded: 0, rendered: 0 };
  page.on('request', (request) => {
    found.decoded += /transfer-syntax=1\.2\.840\.10008\.1\.2\.1$/.test(request.headers().accept ?? '') ? 1 : 0;
    found.rendered += /\/rendered/.test(request.url()) ? 1 : 0;
  });
  return found;
}

/** The server makes no pictures of HTJ2K, neither large nor small ones. */
const notRendered = (message, url) => (/ 406 /.test(message) && /\/rendered/.test(url)) || (/ 40[46] /.test(message) && /\/thumbnail/.test(url));

const LOSSLESS = 'Diagnostic · original pixels';

await harness.check('signed sixteen bits are the same in every lossless form', {}, async (page) => {
  const found = asks(page);
  for (const [name, syntax, compress] of [
    ['HTJ2K lossless', `${JPEG}201`, byHtj2k],
    ['HTJ2K lossless by resolution', `${JPEG}202`, byHtj2kRpcl],
    ['HTJ2K without loss', `${JPEG}203`, byHtj2k],
    ['JPEG 2000', `${JPEG}90`, byJpeg2000],
    ['JPEG-LS', `${JPEG}80`, byJpegLs],
    ['RLE', RLE, byRle],
    ['nothing', NATIVE, ({ bytes }) => bytes],
  ]) {
    const uid = await stored(syntax, grey(16, true), compress(signed));
    equal(await seen(page, uid), LOSSLESS, name);
    await alike(page, greys, name, { size: SIZE, most: 0 });
  }
  equal(found.decoded, 0, 'frames that the server had to decode');
}, notRendered);

await harness.check('JPEG lossless of signed sixteen bits', {}, async (page) => {
  const uid = `${ROOT}.${next++}`;
  const plain = part10(described(uid, grey(16, true), { '7FE0,0010': ['OW', signed.bytes] }), `${uid}.1.1`);
  const file = byDcmtk('dcmcjpeg', ['+e1', '+un'], plain);
  if (file === undefined) {
    console.log('skipped: JPEG lossless, as dcmcjpeg is not installed');
    return;
  }
  await store(`${base}/dicomweb`, [file]);
  equal(await seen(page, uid), LOSSLESS, 'quality');
  await alike(page, greys, 'JPEG lossless', { size: SIZE, most: 0 });
});

await harness.check('colours are the same in every lossless form', {}, async (page) => {
  const found = asks(page);
  for (const [name, syntax, photometric, compress] of [
    ['HTJ2K lossless', `${JPEG}201`, 'YBR_RCT', byHtj2k],
    ['JPEG 2000', `${JPEG}90`, 'YBR_RCT', byJpeg2000],
    ['JPEG-LS', `${JPEG}80`, 'RGB', byJpegLs],
    ['RLE', RLE, 'RGB', byRle],
  ]) {
    const uid = await stored(syntax, rgb(photometric), compress(coloured));
    equal(await seen(page, uid), LOSSLESS, name);
    await alike(page, colors, name, { size: SIZE, most: 0 });
  }
  equal(found.decoded, 0, 'frames that the server had to decode');
}, notRendered);

await harness.check('what lost something says so, and by how much', {}, async (page) => {
  for (const [name, syntax, kind, frame, more] of [
    ['HTJ2K', `${JPEG}203`, grey(16, true), byHtj2kWithLoss(signed), {}],
    ['HTJ2K that denies it', `${JPEG}203`, grey(16, true), byHtj2kWithLoss(signed), { '0028,2110': ['CS', '00'] }],
    ['JPEG 2000', `${JPEG}91`, grey(16, true), byJpeg2000WithLoss(signed), {}],
    ['JPEG-LS', `${JPEG}81`, grey(16, true), byJpegLsWithLoss(signed), {}],
    ['JPEG', `${JPEG}50`, rgb('YBR_FULL_422'), byJpeg(coloured), {}],
  ]) {
    const uid = await stored(syntax, kind, frame, more);
    const ratio = (SIZE * SIZE * (kind['0028,0002'][1] === 3 ? 3 : 2)) / (frame.length + (frame.length & 1));
    const expected = `Original pixels · lossy ≈ ${ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(1)}:1`;
    equal(await seen(page, uid), expected, name);
    equal(await page.evaluate(() => document.querySelector('.corner.bottom.right').classList.contains('original')), false, `${name} marked as if nothing were lost`);
    await alike(page, kind['0028,0002'][1] === 3 ? colors : greys, name, { size: SIZE, most: name === 'JPEG' ? 90 : 40 });
  }
  const uid = await stored(NATIVE, grey(16, true), signed.bytes, {
    '0028,2110': ['CS', '01'],
    '0028,2112': ['DS', '12.5'],
    '0028,2114': ['CS', 'ISO_10918_1'],
  });
  equal(await seen(page, uid), 'Original pixels · lossy JPEG 12.5:1', 'decompressed again');
  await page.click('[data-command=language]');
  await page.waitForFunction(() => document.querySelector('.corner.bottom.right').textContent === '原始像素 · 有损压缩 JPEG 12.5:1');
}, notRendered);

await harness.check('JPEG of twelve bits is decoded by the server, and said to be lossy', {}, async (page) => {
  const found = asks(page);
  const uid = `${ROOT}.${next++}`;
  const twelve = Uint16Array.from(values, (value) => value + 1500);
  const kind = { ...grey(12, false), '0028,1052': ['DS', '-1500'], '0028,1053': ['DS', '1'] };
  const plain = part10(described(uid, kind, { '7FE0,0010': ['OW', new Uint8Array(twelve.buffer)] }), `${uid}.1.1`);
  const file = byDcmtk('dcmcjpeg', ['+ee', '+bt', '+un', '+q', '98'], plain);
  if (file === undefined) {
    console.log('skipped: JPEG of twelve bits, as dcmcjpeg is not installed');
    return;
  }
  await store(`${base}/dicomweb`, [file]);
  equal(/lossy JPEG \d+(\.\d+)?:1$/.test(await seen(page, uid)), true, `quality, which is ${await page.textContent('.corner.bottom.right')}`);
  equal(found.decoded > 0, true, 'asked of the server');
  await alike(page, rendered(uid), 'twelve bits', { size: SIZE });
});

for (const [where, options] of [
  ['a desktop', {}],
  ['a phone', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
]) {
  await harness.check(`HTJ2K on ${where} comes as it is stored at once, without a word of failure`, options, async (page) => {
    const found = asks(page);
    const uid = await stored(`${JPEG}201`, grey(16, true), byHtj2k(signed));
    const answer = await fetch(base + rendered(uid));
    equal(answer.status, 406, `the picture: ${await answer.text()}`);
    await page.addInitScript(() => {
      window.said = [];
      new MutationObserver(() => {
        const message = document.querySelector('.message:not([hidden])');
        const notice = document.querySelector('.notice:not([hidden])');
        window.said.push(...[message, notice].filter((one) => one !== null).map((one) => one.textContent));
      }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    });
    await page.goto(`${base}/view/?StudyInstanceUIDs=${uid}`);
    await shown(page, 'original');
    equal(await page.evaluate(() => window.said.filter((one) => one !== '')), [], 'said');
    equal(found.rendered <= 1, true, `pictures asked for, ${found.rendered}`);
  }, notRendered);
}

await harness.check('an HTJ2K frame that is cut is not shown at all', {}, async (page) => {
  const whole = byHtj2k(signed);
  const uid = await stored(`${JPEG}201`, grey(16, true), whole.subarray(0, whole.length >> 1));
  await page.goto(`${base}/view/?StudyInstanceUIDs=${uid}`);
  await page.waitForSelector('.message:not([hidden])');
  equal(await page.textContent('.message'), 'Cannot be shown: the codestream is cut', 'said');
  equal((await state(page)).quality, '', 'shown');
}, (message, url) => notRendered(message, url) || (/ 4\d\d /.test(message) && /\/frames\//.test(url)));

await harness.check('segmented palettes and overlays in unused bits look as the server draws them', {}, async (page) => {
  const found = asks(page);
  const word = (...words) => new Uint8Array(Uint16Array.from(words).buffer);
  const palette = (bits, segments) => ({
    '0028,0002': ['US', 1],
    '0028,0004': ['CS', 'PALETTE COLOR'],
    '0028,0100': ['US', 8],
    '0028,0101': ['US', 8],
    '0028,0102': ['US', 7],
    '0028,0103': ['US', 0],
    ...Object.fromEntries(['1', '2', '3'].map((color) => [`0028,110${color}`, ['US', [256, 0, bits]]])),
    ...Object.fromEntries(['1', '2', '3'].map((color, i) => [`0028,122${color}`, ['OW', segments[i]]])),
  });
  const indices = Uint8Array.from({ length: SIZE * SIZE }, (_, i) => ((i % SIZE) + Math.floor(i / SIZE)) & 0xff);
  const sixteen = [
    word(0, 1, 0, 1, 255, 0xffff),
    // A ramp of 64 four times over.
    word(0, 1, 0, 1, 63, 0xff00, 2, 2, 0, 0, 2, 2, 0, 0, 2, 2, 0, 0),
    word(0, 2, 0xff00, 0x8000, 1, 254, 0),
  ];
  const eight = [
    Uint8Array.of(0, 1, 0, 1, 255, 255),
    Uint8Array.of(0, 1, 10, 1, 127, 250, 2, 2, 0, 0, 0, 0),
    Uint8Array.of(0, 1, 255, 1, 255, 0),
  ];
  for (const [name, kind] of [
    ['a palette of sixteen bits', palette(16, sixteen)],
    ['a palette of eight bits', palette(8, eight)],
  ]) {
    const uid = await stored(NATIVE, kind, indices);
    equal(await seen(page, uid), LOSSLESS, name);
    await alike(page, rendered(uid), name, { size: SIZE });
  }
  const over = {
    '6000,0010': ['US', SIZE],
    '6000,0011': ['US', SIZE],
    '6000,0040': ['CS', 'G'],
    '6000,0050': ['SS', [1, 1]],
    '6000,0100': ['US', 16],
    '6000,0102': ['US', 13],
  };
  const kind = { ...grey(12, false), '0028,1052': ['DS', '-1500'], '0028,1053': ['DS', '1'] };
  const marked = Uint16Array.from(values, (value, i) => (value + 1500) | (Math.floor(i / SIZE) % 24 < 3 ? 0x2000 : 0));
  const frame = { ...signed, bits: 16, signed: false, bytes: new Uint8Array(marked.buffer) };
  for (const [name, syntax, bytes] of [
    ['an overlay', NATIVE, frame.bytes],
    ['an overlay under RLE', RLE, byRle(frame)],
    ['an overlay under JPEG-LS', `${JPEG}80`, byJpegLs(frame)],
  ]) {
    const uid = await stored(syntax, kind, bytes, over);
    equal(await seen(page, uid), LOSSLESS, name);
    await alike(page, rendered(uid), name, { size: SIZE });
    const lines = Uint8Array.from(greys, (level, i) => (Math.floor(i / SIZE) % 24 < 3 ? 255 : level));
    await alike(page, lines, `${name} as it was made`, { size: SIZE, most: 0 });
  }
  equal(found.decoded, 0, 'frames that the server had to decode');
});

await harness.check('ultrasound is measured within its region, and says where a length comes from', {}, async (page) => {
  const drag = async (from, to) => {
    const [, , , , e, f] = (await state(page)).matrix.split(' ').map(Number);
    const { x, y } = await page.evaluate(() => document.querySelector('.viewport').getBoundingClientRect().toJSON());
    await page.keyboard.press('l');
    await page.mouse.move(x + e + from[0], y + f + from[1]);
    await page.mouse.down();
    await page.mouse.move(x + e + to[0], y + f + to[1], { steps: 3 });
    await page.mouse.up();
    await page.waitForFunction(() => document.querySelector('.viewport').dataset.measured !== '');
    const { measured } = await state(page);
    await page.keyboard.press('Delete');
    await page.waitForFunction(() => document.querySelector('.viewport').dataset.measured === '');
    return measured;
  };
  // A section of 0.5 mm by 0.25 mm in the left half.
  const region = [
    ['0018,6012', 'US', 1],
    ['0018,6018', 'UL', 0],
    ['0018,601A', 'UL', 0],
    ['0018,601C', 'UL', 95],
    ['0018,601E', 'UL', SIZE - 1],
    ['0018,6024', 'US', 3],
    ['0018,6026', 'US', 3],
    ['0018,602C', 'FD', 0.05],
    ['0018,602E', 'FD', 0.025],
  ];
  await seen(page, await stored(NATIVE, rgb('RGB'), colors, { '0008,0060': ['CS', 'US'], '0018,6011': ['SQ', [region]] }));
  equal(await drag([10, 20], [90, 20]), '40.0 mm', 'across');
  equal(await drag([20, 20], [20, 180]), '40.0 mm', 'down');
  equal(await drag([20, 20], [120, 20]), '100 px', 'out of the region');
  const detector = { '0008,0060': ['CS', 'DX'], '0018,1164': ['DS', '0.2\\0.2'] };
  await seen(page, await stored(NATIVE, grey(16, true), signed.bytes, detector));
  equal(await drag([20, 20], [120, 20]), '20.0 mm (on the detector)', 'of a projection');
  await seen(page, await stored(NATIVE, grey(16, true), signed.bytes, { ...detector, '0028,0030': ['DS', '0.1\\0.1'] }));
  equal(await drag([20, 20], [120, 20]), '10.0 mm (calibrated)', 'where it was calibrated');
  await seen(page, await stored(NATIVE, grey(16, true), signed.bytes));
  equal(await drag([20, 20], [120, 20]), '100 px', 'where no spacing is told');
});

await harness.end();
