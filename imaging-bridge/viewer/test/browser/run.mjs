// Drives the viewer in a browser: node test/browser/run.mjs http://127.0.0.1:8081 where-the-samples-lie
// The server takes XIAMEI for another hospital, whose patient X9 is this one's P7. It holds CT1_UNC, CT1_JPLL, CT1_J2KR and US1_RLE; what else is needed is stored here.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alike, equal, Harness, PATIENCE, shown, state } from './harness.mjs';
import { storeCt } from './phantom.mjs';

const [, , base, samples] = process.argv;
const CT = '1.3.6.1.4.1.5962.1.2.1.20040826185059.5457';
const US = '1.3.6.1.4.1.5962.1.2.13.20031208063649.855';
const SLICES = 40;

const about = { patient: 'P7', name: 'Wang^XiaoDong=王^小东', size: 128, thickness: 3 };
const current = { ...about, study: '1.2.3.7', series: '1.2.3.7.1', date: '20251103', description: 'Chest', frameOfReference: '1.2.3.7.9' };
const prior = { ...about, study: '1.2.3.6', series: '1.2.3.6.1', date: '20240612', description: 'Chest', frameOfReference: '1.2.3.6.9' };
await storeCt(`${base}/dicomweb`, current, SLICES);
await storeCt(`${base}/dicomweb`, prior, SLICES);

// The same person at another hospital, and somebody else there whose number is that of the first at this one.
const elsewhere = { ...about, patient: 'X9', study: '1.2.3.5', series: '1.2.3.5.1', date: '20230301', description: 'Chest elsewhere', frameOfReference: '1.2.3.5.9' };
const stranger = { ...about, name: 'Li^Si', study: '1.2.3.4', series: '1.2.3.4.1', date: '20250101', description: 'Of a stranger', frameOfReference: '1.2.3.4.9' };
await storeCt(`${base}/dicomweb`, elsewhere, 3, 'XIAMEI');
await storeCt(`${base}/dicomweb`, stranger, 3, 'XIAMEI');

const harness = await Harness.start(base);

await harness.check('CT1 shows the same greys uncompressed, as JPEG lossless and as JPEG 2000', {}, async (page) => {
  const decodedByServer = [];
  page.on('request', (request) => {
    if (/transfer-syntax=1\.2\.840\.10008\.1\.2\.1$/.test(request.headers().accept ?? '')) {
      decodedByServer.push(request.url());
    }
  });
  await harness.open(page, CT);
  await page.keyboard.press('Home');
  await page.keyboard.press('x');
  const found = new Set();
  for (let i = 0; i < 3; i++) {
    await page.waitForFunction((at) => document.querySelector('.viewport').dataset.shown === at, `${i + 1}/3`);
    await shown(page, 'original');
    const { image } = await state(page);
    const [instance] = image.split('/');
    found.add(instance);
    await alike(page, expectedCt(await metadata(CT, instance)), `CT1 ${i + 1}`);
    await alike(page, `${await path(CT, instance)}/rendered`, `CT1 ${i + 1} by the server`);
    await page.keyboard.press('ArrowDown');
  }
  equal(found.size, 3, 'images');
  equal(decodedByServer, [], 'frames that the server had to decode');
});

await harness.check('originals where a browser takes no WebAssembly under the policy of its worker', {}, async (page) => {
  const policies = [];
  await page.context().route(/worker[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    const policy = response.headers()['content-security-policy'].replace(" 'wasm-unsafe-eval'", '');
    policies.push(policy);
    await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
  });
  const decodedByServer = new Set();
  page.on('request', (request) => {
    if (/transfer-syntax=1\.2\.840\.10008\.1\.2\.1$/.test(request.headers().accept ?? '')) {
      decodedByServer.add(request.url());
    }
  });
  await harness.open(page, CT);
  await page.keyboard.press('Home');
  await page.keyboard.press('x');
  for (let i = 0; i < 3; i++) {
    await page.waitForFunction((at) => document.querySelector('.viewport').dataset.shown === at, `${i + 1}/3`);
    await shown(page, 'original');
    const [instance] = (await state(page)).image.split('/');
    await alike(page, expectedCt(await metadata(CT, instance)), `CT1 ${i + 1}`);
    await page.keyboard.press('ArrowDown');
  }
  equal(policies.length > 0 && policies.every((policy) => policy.includes("script-src 'self'")), true, 'the policy');
  // That of JPEG 2000.
  equal(decodedByServer.size, 1, 'frames that the server had to decode');
}, (message) => /WebAssembly|wasm/i.test(message));

await harness.check('US1_RLE shows the colours of the server', {}, async (page) => {
  await harness.open(page, US);
  await page.keyboard.press('x');
  await shown(page, 'original');
  const [instance] = (await state(page)).image.split('/');
  await alike(page, `${await path(US, instance)}/rendered`, 'US1');
});

await harness.check('scrolling shows no blank frame once all is loaded', {}, async (page) => {
  await harness.open(page, current.study);
  await page.waitForLoadState('networkidle', { timeout: PATIENCE });
  await page.keyboard.press('Home');
  for (let i = 1; i < SLICES; i++) {
    await page.mouse.move(700, 400);
    await page.mouse.wheel(0, 100);
    await page.waitForFunction((at) => document.querySelector('.viewport').dataset.shown === at, `${i + 1}/${SLICES}`, { timeout: 2000 });
    equal(await page.isVisible('.busy'), false, 'waiting');
  }
});

await harness.check('windows by key and by mouse, inversion, turning and reset', {}, async (page) => {
  await harness.open(page, current.study);
  await shown(page, 'original');
  await page.keyboard.press('1');
  await page.waitForFunction(() => document.querySelector('.corner.bottom.left').textContent.includes('W 1500  L -600'));
  await page.mouse.move(700, 400);
  await page.mouse.down({ button: 'right' });
  await page.mouse.move(750, 400);
  await page.mouse.up({ button: 'right' });
  await page.waitForFunction(() => document.querySelector('.corner.bottom.left').textContent.includes('W 1800'));
  await page.keyboard.press('0');
  await page.waitForFunction(() => document.querySelector('.corner.bottom.left').textContent.includes('W 400  L 40'));
  const before = (await state(page)).matrix;
  await page.keyboard.press('r');
  await page.waitForFunction((matrix) => document.querySelector('.viewport').dataset.matrix !== matrix, before);
  await page.keyboard.press('i');
  await page.waitForFunction(() => document.querySelector('[data-command=invert]').getAttribute('aria-pressed') === 'true');
  await page.keyboard.press('Escape');
  await page.waitForFunction((matrix) => document.querySelector('.viewport').dataset.matrix === matrix, before);
});

await harness.check('lengths in millimetres and values in Hounsfield units', {}, async (page) => {
  await harness.open(page, current.study);
  await shown(page, 'original');
  const [a, , , , e, f] = (await state(page)).matrix.split(' ').map(Number);
  const { x, y } = await page.evaluate(() => document.querySelector('.viewport').getBoundingClientRect().toJSON());
  const at = (column, row) => [x + e + a * column, y + f + a * row];
  await page.keyboard.press('l');
  await page.mouse.move(...at(20, 64));
  await page.mouse.down();
  await page.mouse.move(...at(52, 64), { steps: 3 });
  await page.mouse.up();
  // 32 pixels of 2.8125 mm.
  await page.waitForFunction(() => /^(89\.[5-9]|90\.[0-5]) mm$/.test(document.querySelector('.viewport').dataset.measured));
  await page.keyboard.press('v');
  await page.mouse.move(...at(2.5, 2.5));
  await page.mouse.down();
  await page.mouse.up();
  await page.waitForFunction(() => document.querySelector('.viewport').dataset.measured === '-1000 HU');
  await page.keyboard.press('q');
  await page.mouse.move(...at(1, 1));
  await page.mouse.down();
  await page.mouse.move(...at(5, 5), { steps: 3 });
  await page.mouse.up();
  await page.waitForFunction(() => document.querySelector('.viewport').dataset.measured.startsWith('-1000 ± 0 HU'));
});

await harness.check('the prior beside the current study, scrolled together', {}, async (page) => {
  await harness.open(page, current.study);
  await page.waitForSelector('.study:nth-of-type(2)');
  await page.click('.tool[aria-haspopup=menu]:has-text("Layout")');
  await page.click('.menu .entry:has-text("1 × 2")');
  await shown(page, '', 1);
  equal((await state(page, 1)).image.startsWith('1.2.3.6.1.'), true, 'the prior');
  const [from] = (await state(page, 1)).shown.split('/');
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction((to) => document.querySelectorAll('.viewport')[1].dataset.shown.startsWith(`${to}/`), Number(from) + 1);
});

await harness.check('earlier studies of the person from another hospital, and of nobody else', {}, async (page) => {
  const listed = () => page.locator('.study .study-head').allTextContents();
  await harness.open(page, current.study);
  await page.waitForSelector('.study:nth-of-type(3)');
  equal(await listed(), ['2025-11-03CT · Chest', '2024-06-12CT · Chest', '2023-03-01CT · Chest elsewhere'], 'studies');
  await page.click('.study:nth-of-type(3) .study-head');
  await page.click('.study:nth-of-type(3) .series-open');
  await page.waitForFunction(() => document.querySelector('.viewport').dataset.image.startsWith('1.2.3.5.1.'));
  equal((await page.textContent('.corner.top.left')).includes('X9'), true, 'the number at the other hospital');
  // The other way round: the server says whose number that of the other hospital is.
  await harness.open(page, elsewhere.study);
  await page.waitForSelector('.study:nth-of-type(3)');
  equal(await listed(), ['2023-03-01CT · Chest elsewhere', '2025-11-03CT · Chest', '2024-06-12CT · Chest'], 'studies from the other hospital');
  // The stranger's number is that of somebody else at the hospital that asks.
  await harness.open(page, stranger.study);
  await page.waitForLoadState('networkidle', { timeout: PATIENCE });
  equal(await listed(), ['2025-01-01CT · Of a stranger'], 'studies of the stranger');
});

await harness.check('angles, Cobb angles, and nothing beside the image', {}, async (page) => {
  await harness.open(page, current.study);
  await shown(page, 'original');
  const [a, , , , e, f] = (await state(page)).matrix.split(' ').map(Number);
  const { x, y } = await page.evaluate(() => document.querySelector('.viewport').getBoundingClientRect().toJSON());
  const drag = async (from, to) => {
    await page.mouse.move(x + e + a * from[0], y + f + a * from[1]);
    await page.mouse.down();
    await page.mouse.move(x + e + a * to[0], y + f + a * to[1], { steps: 3 });
    await page.mouse.up();
  };
  const measured = () => page.evaluate(() => document.querySelector('.viewport').dataset.measured);
  const said = (pattern) => page.waitForFunction((one) => new RegExp(one).test(document.querySelector('.viewport').dataset.measured), pattern.source);
  await page.keyboard.press('a');
  await drag([60, 20], [40, 20]);
  await drag([60, 40], [60, 40]);
  await said(/^(44\.[5-9]|45\.[0-5])°$/);
  // Begun, and given up for another tool.
  await drag([100, 100], [90, 90]);
  await page.keyboard.press('c');
  await drag([20, 70], [50, 60]);
  equal(await measured(), '', 'said of one line');
  await drag([50, 110], [20, 100]);
  // Twice the slope of one in three.
  await said(/^Cobb (36\.[4-9]|37\.[0-3])°$/);
  await page.keyboard.press('q');
  await drag([100, 100], [300, 120]);
  // As far as the image goes: 28 × 20 pixels of 2.8125 mm.
  await said(/; 4[34]\.\d\d cm²;/);
  await drag([-20, 64], [-10, 80]);
  await said(/; 4[34]\.\d\d cm²;|^$/);
});

await harness.check('reformats in three planes', {}, async (page) => {
  await harness.open(page, current.study);
  await page.click('[data-command=mpr]');
  for (const number of [0, 1, 2]) {
    await page.waitForFunction((at) => document.querySelectorAll('.viewport')[at]?.dataset.image?.startsWith('mpr/'), number);
  }
  const titles = await page.locator('.corner.bottom.left').allTextContents();
  equal(['Axial', 'Coronal', 'Sagittal'].map((name, i) => titles[i].includes(name)), [true, true, true], 'planes');
  equal(await page.locator('.viewport').count(), 4, 'viewports');
});

await harness.check('a phone: previews first, a finger scrolls, two fingers zoom', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2, locale: 'zh-CN' }, async (page) => {
  await harness.open(page, current.study);
  equal((await state(page)).quality, 'preview', 'quality');
  equal((await page.textContent('.corner.bottom.right')).includes('非诊断用'), true, 'what is said of it');
  equal((await page.textContent('.corner.top.left')).startsWith('王小东'), true, 'the name');
  const touch = await page.context().newCDPSession(page);
  const send = (type, ...points) => touch.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
  const before = await state(page);
  await send('touchStart', [195, 300]);
  for (let y = 310; y <= 400; y += 10) {
    await send('touchMove', [195, y]);
  }
  await send('touchEnd');
  await page.waitForFunction((at) => document.querySelector('.viewport').dataset.shown !== at, before.shown);
  await send('touchStart', [150, 400], [240, 400]);
  for (let by = 5; by <= 60; by += 5) {
    await send('touchMove', [150 - by, 400], [240 + by, 400]);
  }
  await send('touchEnd');
  await page.waitForFunction((scale) => Number(document.querySelector('.viewport').dataset.matrix.split(' ')[0]) > 1.5 * scale, Number(before.matrix.split(' ')[0]));
  // A closer look asks for the original.
  await shown(page, 'original');
  equal(await page.isVisible('[data-command=ohif]'), false, 'a viewer for desks');
});

await harness.check('a link: its own root, its watermark, and no question about other studies', {}, async (page) => {
  const asked = [];
  await page.route('**/film/open/abc/**', async (route) => {
    const url = route.request().url();
    asked.push(url.slice(url.indexOf('/film/')));
    if (url.endsWith('/view')) {
      await route.fulfill({ response: await route.fetch({ url: `${base}/view/` }) });
    } else if (url.endsWith('/context')) {
      await route.fulfill({ json: { watermark: 'Haidu 2025-11-03' } });
    } else {
      const target = url.replace('/film/open/abc/dicomweb', '/dicomweb');
      await route.fulfill({ response: await route.fetch({ url: target.endsWith('/dicomweb/studies') ? `${target}?StudyInstanceUID=${current.study}` : target }) });
    }
  });
  await page.goto(`${base}/film/open/abc/view`);
  await shown(page, 'original');
  equal(asked.filter((one) => /studies\?/.test(one)), [], 'searches');
  const marked = await page.evaluate(() => {
    const canvas = document.querySelector('canvas.marks');
    const { data } = canvas.getContext('2d').getImageData(40, 150, 300, 300);
    return data.some((value) => value > 0);
  });
  equal(marked, true, 'a watermark');
  equal(await page.isVisible('[data-command=ohif]'), false, 'a viewer that asks for more than the link shows');
  // What is still being loaded is loaded by the routes, or not at all.
  await page.goto('about:blank');
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

await harness.check('another language', {}, async (page) => {
  await harness.open(page, current.study);
  await page.click('[data-command=language]');
  await page.waitForFunction(() => document.querySelector('[data-tool=scroll] .label').textContent === '翻页');
  equal(await page.getAttribute('html', 'lang'), 'zh-CN', 'lang');
});

await harness.end();

/** The greys that the values of CT1_UNC have in the window of the data set, or in that of all that occurs. */
function expectedCt(header) {
  const file = readFileSync(join(samples, 'CT1_UNC.dcm'));
  const pixels = new Int16Array(512 * 512);
  const start = file.length - pixels.byteLength - trailing(file);
  for (let i = 0; i < pixels.length; i++) {
    pixels[i] = file.readInt16LE(start + 2 * i);
  }
  const value = (tag) => header[tag]?.Value?.[0];
  const padding = value('00280120');
  const slope = Number(value('00281053') ?? 1);
  const intercept = Number(value('00281052') ?? 0);
  const kept = pixels.filter((one) => one !== padding);
  const low = kept.reduce((least, one) => Math.min(least, one), Infinity) * slope + intercept;
  const high = kept.reduce((most, one) => Math.max(most, one), -Infinity) * slope + intercept;
  const center = value('00281050');
  const width = value('00281051');
  return Uint8Array.from(pixels, (stored) => {
    if (stored === padding) {
      return 0;
    }
    const shade =
      center === undefined
        ? (stored * slope + intercept - low) / (high - low)
        : (stored * slope + intercept - (center - 0.5)) / (width - 1) + 0.5;
    return Math.round(255 * Math.min(1, Math.max(0, shade)));
  });
}

/** Bytes behind the pixels: where they begin is told by their element. */
function trailing(file) {
  const at = file.lastIndexOf(Buffer.from([0xe0, 0x7f, 0x10, 0x00]));
  const explicit = file.toString('latin1', at + 4, at + 6) === 'OW';
  return file.length - (at + (explicit ? 12 : 8)) - 512 * 512 * 2;
}

async function path(study, instance) {
  const [found] = await harness.json(`/studies/${study}/instances?SOPInstanceUID=${instance}`);
  return `/dicomweb/studies/${study}/series/${found['0020000E'].Value[0]}/instances/${instance}`;
}

async function metadata(study, instance) {
  return (await harness.json((await path(study, instance)).slice('/dicomweb'.length) + '/metadata'))[0];
}
