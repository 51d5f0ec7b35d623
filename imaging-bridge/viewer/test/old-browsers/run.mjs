// Cloud film and what it opens, in a browser of the age of patients' phones:
//     node run.mjs {"browser": "chromium" | "webkit", "command": […], "base", "study", "ecg", "slide", "pictures"}
// What is handed to the page is in the language of the old browser: no ?. and no ??.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from './chromium.mjs';
import { proxy } from './proxy.mjs';
import { STAND_INS, webkit } from './webkit.mjs';

const how = JSON.parse(process.argv[2]);
const PHONE = { width: 390, height: 780, language: 'zh-CN' };
/** Millimetres between pixels of the CT. */
const SPACING = 0.661468;
const DECODED = /transfer-syntax=1\.2\.840\.10008\.1\.2\.1$/;

mkdirSync(how.pictures, { recursive: true });
const browser = how.browser === 'webkit' ? await webkit(how.command) : await chromium(how.command[0]);
const between = await proxy(how.base, how.browser === 'webkit' ? STAND_INS : undefined);
console.log(browser.name);
let failures = 0;

/** @param {(one: {path: string, status: number}) => boolean} refused answers that belong to the check */
async function check(name, act, refused = () => false) {
  const page = await browser.open(PHONE);
  between.asked.length = 0;
  const began = performance.now();
  try {
    await act(page);
    const failed = between.asked.filter((one) => one.status >= 400 && !refused(one)).map(({ path, status }) => `${status} ${path}`);
    // That an answer was a refusal is said above.
    const complaints = page.complaints.filter((one) => !one.startsWith('Failed to load resource'));
    if (failed.length + complaints.length > 0) {
      throw new Error([...failed, ...complaints].join('\n'));
    }
    console.log(`ok ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failures++;
    await picture(page, 'failed').catch(() => undefined);
    console.log(`not ok ${name}\n${error.stack ?? error}\n${page.complaints.join('\n')}`);
  } finally {
    await page.end();
  }
}

function picture(page, name) {
  return page.picture(join(how.pictures, `old-${how.browser}-${name}.png`));
}

async function issue(more) {
  const response = await fetch(`${how.base}/film`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Requester': 'test' },
    body: JSON.stringify({ studyInstanceUid: how.study, secondFactor: 'none', watermark: '南安市医院', ...more }),
  });
  const link = await response.json();
  if (response.status !== 201) {
    throw new Error(`no link: ${response.status} ${JSON.stringify(link)}`);
  }
  return { ...link, address: `${between.base}/film/open/${link.id}?lang=${more.lang ?? 'zh-CN'}${link.url.slice(link.url.indexOf('#'))}` };
}

const revoke = (link) => fetch(`${how.base}/film/${link.id}`, { method: 'DELETE', headers: { 'X-Requester': 'test' } });

await check(
  'a patient opens a link with its second factor, until it is revoked',
  async (page) => {
    const link = await issue({ secondFactor: 'code' });
    await page.load(link.address);
    await page.until('a question for the code', () => document.activeElement.id === 'factor');
    await picture(page, 'film-code');
    await page.write(link.code === '000000' ? '000001' : '000000');
    await page.tap('#form button');
    await page.until('a refusal', () => document.getElementById('wrong').textContent.endsWith('4'));
    await page.write(link.code);
    await page.tap('#form button');
    await page.until('the image', imageIsPainted);
    await page.until('the report', () => document.body.textContent.includes('双肺纹理清晰，未见实变影。'));
    await picture(page, 'film');
    await page.tap('header a', 'English');
    await page.until('English', () => document.documentElement.lang === 'en' && document.body.textContent.includes('Open all images'));
    await page.until('the image', imageIsPainted);
    await picture(page, 'film-english');
    await revoke(link);
    await page.run('location.reload()');
    await page.until('that it has ended', () => document.body.textContent.includes('This link has ended'));
    await picture(page, 'film-ended');
  },
  ({ path, status }) => (status === 401 && path.includes('/session')) || status === 410,
);

/** Opens a link, and what its button opens. */
async function opened(page, more) {
  const link = await issue(more);
  await page.load(link.address);
  await page.until('the image', imageIsPainted);
  await picture(page, `film-of-${more.studyInstanceUid ?? how.study}`);
  await page.tap('a.button');
  return link;
}

await check('the viewer: scrolling, windows, original pixels, a length, in both languages', async (page) => {
  const link = await opened(page, {});
  await page.until('a preview', isShown, 'preview');
  await page.until('Chinese', () => document.querySelector('[data-tool=scroll] .label').textContent === '翻页');
  await picture(page, 'viewer');

  await scroll(page, 1);
  await page.until('the second image', isAt, '2/3');
  await scroll(page, -1);
  await page.until('the first image', isAt, '1/3');

  await page.tap('[data-tool=window]');
  const [x, y] = await page.place('.viewport');
  await page.drag([x - 60, y], [x + 60, y + 40]);
  await page.until('original pixels', isShown, 'original');
  const window = await page.until('a window', () => /W [\d.]+ {2}L -?[\d.]+/.exec(document.querySelector('.corner.bottom.left').textContent)[0]);
  await picture(page, 'viewer-window');
  await page.tap('[data-command=reset]');
  await page.until('the window as it was', (before) => !document.querySelector('.corner.bottom.left').textContent.includes(before), window);

  await page.tap('[data-command=actual]');
  await page.tap('[data-tool=scroll]');
  for (let i = 1; i <= 3; i++) {
    if (i > 1) {
      await scroll(page, 1);
    }
    await page.until(`image ${i}`, isAt, `${i}/3`);
    await page.until('original pixels', isShown, 'original');
    const [instance] = (await state(page)).image.split('/');
    const found = await page.evaluate(difference, `/film/open/${link.id}/dicomweb${await path(instance)}/rendered`);
    if (found !== '') {
      throw new Error(`image ${i} is not what the server renders without loss: ${found}`);
    }
  }
  await picture(page, 'viewer-original');
  const byServer = new Set(between.asked.filter(({ accept }) => DECODED.test(accept)).map((one) => one.path)).size;
  // One of the three is JPEG 2000, whose decoder is WebAssembly.
  if (byServer !== (browser.hasWebAssembly ? 0 : 1)) {
    throw new Error(`${byServer} frames were decoded by the server`);
  }

  await page.tap('[data-command=fit]');
  await page.tap('[data-command=measure]');
  await page.place('.menu .entry');
  await picture(page, 'viewer-menu');
  await page.tap('.menu .entry', '长度');
  await page.drag([x - 50, y], [x + 50, y]);
  await page.until(
    'the length between the ends',
    (across) => {
      const { measured, matrix } = document.querySelector('.viewport').dataset;
      return Math.abs((parseFloat(measured) * Number(matrix.split(' ')[0])) / (across * devicePixelRatio) - 1) < 0.02 && measured.endsWith(' mm');
    },
    100 * SPACING,
  );
  await picture(page, 'viewer-measured');

  if (browser.hasTouch) {
    await page.tap('[data-tool=scroll]');
    const before = Number((await state(page)).matrix.split(' ')[0]);
    await page.fingers(...Array.from({ length: 10 }, (_, i) => [[x - 40 - 6 * i, y + 100], [x + 40 + 6 * i, y + 100]]));
    await page.until('two fingers to zoom', (scale) => Number(document.querySelector('.viewport').dataset.matrix.split(' ')[0]) > 1.5 * scale, before);
  }
  await page.tap('.toggle');
  await page.until('the series', () => document.querySelector('.thumbnail img').naturalWidth > 0 && document.querySelector('.panel').getBoundingClientRect().left === 0);
  await picture(page, 'viewer-series');
  await page.tap('.toggle');
  await page.until('no series', () => document.querySelector('.panel').getBoundingClientRect().right <= 0);
  await page.tap('[data-command=help]');
  await page.place('.sheet');
  await picture(page, 'viewer-help');
  await page.tap('.sheet .tool');
  await page.tap('[data-command=language]');
  await page.until('English', () => document.querySelector('[data-tool=scroll] .label').textContent === 'Scroll');
  await revoke(link);
  await page.run('location.reload()');
  await page.until('the page of the link', () => location.pathname.endsWith('/view') === false);
}, ({ status }) => status === 410);

await check('an electrocardiogram is drawn and measured', async (page) => {
  await opened(page, { studyInstanceUid: how.ecg });
  await page.until('the drawing', () => document.querySelector('.stage > svg path').getBoundingClientRect().width > 100);
  await page.until('Chinese', () => document.documentElement.lang === 'zh-CN');
  await picture(page, 'ecg');
  await page.tap('.bar button', '时间卡尺');
  await page.tap('.bar button', '电压卡尺');
  const before = await page.until('what the calipers say', () => /^\d+ ms · \d+ bpm {3}-?[\d.]+ mV$/.exec(document.querySelector('.readout').textContent)[0]);
  const [x, y] = await page.place('[data-grip="time second"]');
  await page.drag([x, y], [x + 40, y]);
  await page.until('another time', (said) => document.querySelector('.readout').textContent !== said && /ms/.test(document.querySelector('.readout').textContent), before);
  await picture(page, 'ecg-measured');
});

await check('a slide is seen as it is, and measured', async (page) => {
  await opened(page, { studyInstanceUid: how.slide });
  await page.until('the whole slide', slideIsSeen);
  await page.until('whose slide', () => document.querySelector('.heading').textContent.includes('张三'));
  await picture(page, 'slide');
  await page.tap('.times-button', '40×');
  await page.until('forty times', () => document.querySelector('.times').textContent === '40×');
  await page.tap('[data-tool=measure]');
  const [x, y] = await page.place('.stage');
  await page.drag([x - 100, y], [x + 100, y]);
  const said = await page.until('a length', () => document.querySelector('.ruler text').textContent);
  // At forty times a pixel of the screen is one of the slide: 0.25 µm.
  if (Math.abs(parseFloat(said) - 50) > 1) {
    throw new Error(`${said} instead of 50 µm`);
  }
  await picture(page, 'slide-measured');
  await page.tap('[data-tool=clear]');
  await page.until('no line', () => document.querySelector('.ruler text') === null);
  await page.tap('.picture');
  await page.until('the label', () => document.querySelector('.veil img').naturalWidth > 0);
  await picture(page, 'slide-label');
});

await browser.end();
between.end();
process.exitCode = failures === 0 ? 0 : 1;

/** Whether the first image is more than a place for one. */
function imageIsPainted() {
  const image = document.querySelector('.image img');
  if (image === null || !image.complete || image.naturalWidth === 0) {
    return false;
  }
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 64;
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0, 64, 64);
  const { data } = context.getImageData(0, 0, 64, 64);
  return new Set(data.filter((_, i) => i % 4 === 0)).size > 4;
}

/** One finger over the height of an image or a little more. */
async function scroll(page, by) {
  const [x, y] = await page.place('.viewport');
  await page.drag([x, y - 20 * by], [x, y + 16 * by]);
}

async function path(instance) {
  const response = await fetch(`${how.base}/dicomweb/studies/${how.study}/instances?SOPInstanceUID=${instance}`, { headers: { Accept: 'application/dicom+json', 'X-AE-Title': how.workstation } });
  const [found] = await response.json();
  return `/studies/${how.study}/series/${found['0020000E'].Value[0]}/instances/${instance}`;
}

function state(page) {
  return page.evaluate(() => ({ ...document.querySelector('.viewport').dataset }));
}

function isAt(place) {
  return document.querySelector('.viewport').dataset.shown === place;
}

/** By how much what is seen at 1:1 differs from a picture; empty where it does not, but for rounding. */
async function difference(address) {
  const root = document.querySelector('.viewport');
  const [a, b, , d, e, f] = root.dataset.matrix.split(' ').map(Number);
  if (a !== 1 || b !== 0 || d !== 1) {
    return `not 1:1 but ${root.dataset.matrix}`;
  }
  const blob = await (await fetch(address, { headers: { Accept: 'image/png' } })).blob();
  const image = new Image();
  await new Promise((resolve, reject) => {
    image.onload = resolve;
    image.onerror = () => reject(new Error('no picture'));
    image.src = URL.createObjectURL(blob);
  });
  const expected = document.createElement('canvas');
  expected.width = image.width;
  expected.height = image.height;
  expected.getContext('2d').drawImage(image, 0, 0);
  const seen = root.querySelector('canvas.image');
  // Of the canvas itself WebKit here may give what was there before.
  const copy = document.createElement('canvas');
  copy.width = seen.width;
  copy.height = seen.height;
  copy.getContext('2d').drawImage(seen, 0, 0);
  const left = Math.max(0, e);
  const top = Math.max(0, f);
  const width = Math.min(seen.width, e + image.width) - left;
  const height = Math.min(seen.height, f + image.height) - top;
  const found = copy.getContext('2d').getImageData(left, top, width, height).data;
  const wanted = expected.getContext('2d').getImageData(left - e, top - f, width, height).data;
  let most = 0;
  let brightest = 0;
  for (let i = 0; i < found.length; i++) {
    most = Math.max(most, Math.abs(found[i] - wanted[i]));
    brightest = Math.max(brightest, i % 4 === 3 ? 0 : found[i]);
  }
  return width < 256 ? `only ${width} pixels are seen` : brightest < 100 ? 'nothing bright is seen' : most > 1 ? `by ${most}` : '';
}

/** Whether each field of a SyntheticSlide that is looked at has its colour. */
function slideIsSeen() {
  const canvas = document.querySelector('.stage .openseadragon-canvas canvas');
  if (canvas === null || canvas.width === 0) {
    return false;
  }
  // Of the canvas itself WebKit here may give what was there before.
  const copy = document.createElement('canvas');
  copy.width = canvas.width;
  copy.height = canvas.height;
  copy.getContext('2d').drawImage(canvas, 0, 0);
  const [columns, rows] = [2400, 1800];
  const scale = Math.min(canvas.width / columns, canvas.height / rows);
  const at = (share, length, of) => length / 2 + (share - 0.5) * of * scale;
  return [[0, 0], [7, 0], [0, 7], [7, 7], [3, 5], [4, 2]].every(([column, row]) => {
    const x = at((column + 0.5) / 8, canvas.width, columns);
    const y = at((row + 0.5) / 8, canvas.height, rows);
    const [red, green, , opacity] = copy.getContext('2d').getImageData(x, y, 1, 1).data;
    return opacity === 255 && Math.abs(red - (30 + 28 * column)) <= 14 && Math.abs(green - (30 + 28 * row)) <= 14;
  });
}

function isShown(quality) {
  const data = (document.querySelector('.viewport') || { dataset: {} }).dataset;
  return data.quality === quality;
}
