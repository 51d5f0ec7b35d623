// Drives OHIF in a browser: node test/browser/ohif.mjs http://127.0.0.1:8081 where-the-samples-lie where-pictures-go
// The server holds CT1_UNC, CT1_JPLL and CT1_J2KR; what else is needed is stored here.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { equal, Harness, PATIENCE, SOFTWARE_GPU } from './harness.mjs';
import { document as pdf, store, storeCt } from './phantom.mjs';
import { segmentation } from './seg.mjs';

const [, , base, samples, pictures] = process.argv;
const CT = '1.3.6.1.4.1.5962.1.2.1.20040826185059.5457';
const SLICES = 40;
const LIKE = 0.97;

const about = { patient: 'P7', name: 'Wang^XiaoDong=王^小东', size: 128, thickness: 3 };
const chest = { ...about, study: '1.2.3.7', series: '1.2.3.7.1', date: '20251103', description: 'Chest', frameOfReference: '1.2.3.7.9' };
const report = { ...about, study: '1.2.3.8', series: '1.2.3.8.1', date: '20251104' };
await storeCt(`${base}/dicomweb`, chest, SLICES);
await store(`${base}/dicomweb`, [pdf(report, '1.2.3.8.1.1')]);
// With a study of its own, so that the series above has nothing beside it.
const marked = { ...about, patient: 'P8', name: 'Li^Hua=李^华', study: '1.2.3.9', series: '1.2.3.9.1', date: '20251103', description: 'Marked', frameOfReference: '1.2.3.9.9' };
await storeCt(`${base}/dicomweb`, marked, 12);
await store(`${base}/dicomweb`, [segmentation(marked, [0, 1, 2, 3, 4, 5], '1.2.3.9.2')]);
mkdirSync(pictures, { recursive: true });

const harness = await Harness.start(base, SOFTWARE_GPU);
const desk = { viewport: { width: 1440, height: 900 } };
/** Where the processor has to do what graphics cards do. */
const small = { viewport: { width: 760, height: 480 } };

await harness.check('CT1 looks like what the server renders, uncompressed, as JPEG lossless and as JPEG 2000', desk, async (page) => {
  await open(page, `viewer?StudyInstanceUIDs=${CT}`);
  const seen = new Map();
  for (let i = 0; i < 3; i++) {
    if (i > 0) {
      await scroll(page, 1);
    }
    const image = await shown(page);
    const likeness = await like(page, image);
    if (!(likeness > LIKE)) {
      throw new Error(`${image} is like what the server renders by ${likeness} only`);
    }
    seen.set(image, likeness);
  }
  equal(seen.size, 3, 'images');
  await page.screenshot({ path: join(pictures, 'ohif-ct1.png') });
});

await harness.check('another slice is another picture', desk, async (page) => {
  await open(page, `viewer?StudyInstanceUIDs=${chest.study}`);
  const first = await shown(page);
  const before = await greys(page);
  await scroll(page, 12);
  const second = await shown(page);
  const after = await greys(page);
  equal(first === second, false, 'the same slice');
  equal((await like(page, second)) > LIKE, true, 'the picture of the slice');
  equal(before.filter((grey, i) => Math.abs(grey - after[i]) > 10).length > 50, true, 'a change');
  await page.screenshot({ path: join(pictures, 'ohif-chest.png') });
});

await harness.check('reformats in three planes and a volume, by WebGL', small, async (page) => {
  await open(page, `viewer?StudyInstanceUIDs=${chest.study}&hangingprotocolId=mpr`);
  await page.waitForFunction(() => document.querySelectorAll('canvas.cornerstone-canvas').length === 3, undefined, { timeout: PATIENCE });
  for (const number of [0, 1, 2]) {
    await page.waitForFunction(bright, [number, 0.02], { timeout: PATIENCE });
  }
  await page.screenshot({ path: join(pictures, 'ohif-mpr.png') });
  await open(page, `viewer?StudyInstanceUIDs=${chest.study}&hangingprotocolId=only3D`);
  await page.waitForFunction(bright, [0, 0.02], { timeout: PATIENCE });
});

await harness.check('the list of studies finds the patient, and opens the study', desk, async (page) => {
  await page.goto(`${base}/view/ohif`);
  await page.getByText('Wang, XiaoDong').first().waitFor();
  await page.getByText('CompressedSamples, CT1').first().waitFor();
  await page.locator('input[type=text], input:not([type])').first().fill('Wang');
  await page.getByText('CompressedSamples, CT1').first().waitFor({ state: 'detached' });
  await page.screenshot({ path: join(pictures, 'ohif-list.png') });
  await page.getByText('Chest', { exact: true }).first().dblclick();
  await page.waitForURL((url) => url.pathname.startsWith('/view/ohif/viewer') && url.search.includes(chest.study));
  await shown(page);
  await page.reload();
  await shown(page);
});

await harness.check('a segmentation over its images', desk, async (page) => {
  await open(page, `viewer?StudyInstanceUIDs=${marked.study}`);
  await shown(page);
  equal(await page.evaluate(coloured, 0.001), false, 'colour in CT');
  await page.getByText('SEG', { exact: true }).first().dblclick();
  await page.waitForFunction(() => window.cornerstoneTools.segmentation.state.getSegmentations().length === 1, undefined, { timeout: PATIENCE });
  const yes = page.getByRole('button', { name: 'Yes' });
  await yes.waitFor({ timeout: 10_000 }).then(() => yes.click(), () => undefined);
  await page.waitForFunction(coloured, 0.02, { timeout: PATIENCE });
  await page.screenshot({ path: join(pictures, 'ohif-segmentation.png') });
});

await harness.check('a document', desk, async (page) => {
  const received = page.waitForResponse(`**/dicomweb/studies/${report.study}/**/bulkdata/00420011`);
  await page.goto(`${base}/view/ohif/viewer?StudyInstanceUIDs=${report.study}`);
  await page.waitForSelector('object[type="application/pdf"]');
  const address = await page.evaluate(() => document.querySelector('object[type="application/pdf"]').data);
  equal(address.startsWith(`blob:${base}/`), true, address);
  equal((await received).status(), 200, 'status');
  await page.waitForTimeout(1500);
  await page.screenshot({ path: join(pictures, 'ohif-document.png') });
});

await harness.check('a file that lies on the desk is shown and sent nowhere', desk, async (page) => {
  const sent = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET' || request.url().includes('/dicomweb')) {
      sent.push(`${request.method()} ${request.url()}`);
    }
  });
  await page.goto(`${base}/view/ohif/localbasic`);
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByText('Load files').click()]);
  await chooser.setFiles(join(samples, 'CT1_J2KR.dcm'));
  await page.waitForURL((url) => url.pathname === '/view/ohif/viewer/dicomlocal');
  await page.waitForFunction(bright, [0, 0.3], { timeout: PATIENCE });
  equal(sent, [], 'requests');
});

await harness.check('the viewer opens the same study in OHIF, in its language', { ...desk, locale: 'zh-CN' }, async (page) => {
  await page.goto(`${base}/view/?StudyInstanceUIDs=${chest.study}`);
  await page.waitForFunction(() => document.querySelector('.viewport')?.dataset.quality === 'original');
  await page.screenshot({ path: join(pictures, 'viewer-with-ohif.png') });
  const [opened] = await Promise.all([page.context().waitForEvent('page'), page.click('[data-command=ohif]')]);
  equal(opened.url(), `${base}/view/ohif/viewer?StudyInstanceUIDs=${chest.study}&lng=zh`, 'the address');
  await shown(opened);
  await opened.getByText('检查').first().waitFor();
  await opened.screenshot({ path: join(pictures, 'ohif-zh.png') });
});

await harness.end();

async function open(page, path) {
  await page.goto(`${base}/view/ohif/${path}`);
  await page.waitForSelector('canvas.cornerstone-canvas');
}

/** Waits until the image that is wanted is drawn; its path below the root of DICOMweb. */
async function shown(page) {
  await page.waitForFunction(
    () => {
      const viewport = window.cornerstone?.getRenderingEngines()?.[0]?.getViewports()?.[0];
      return viewport?.getCurrentImageId?.() !== undefined && viewport.viewportStatus === 'rendered';
    },
    undefined,
    { timeout: PATIENCE },
  );
  await page.waitForFunction(bright, [0, 0.05], { timeout: PATIENCE });
  const id = await page.evaluate(() => window.cornerstone.getRenderingEngines()[0].getViewports()[0].getCurrentImageId());
  return new URL(id.replace(/^wadors:/, ''), base).pathname.replace(/\/frames\/1$/, '');
}

async function scroll(page, by) {
  const number = () => page.evaluate(() => window.cornerstone.getRenderingEngines()[0].getViewports()[0].getCurrentImageIdIndex());
  const from = await number();
  await page.mouse.move(800, 450);
  for (let i = 1; i <= by; i++) {
    await page.mouse.wheel(0, 100);
    await page.waitForFunction(
      (at) => {
        const viewport = window.cornerstone.getRenderingEngines()[0].getViewports()[0];
        return viewport.getCurrentImageIdIndex() === at && viewport.viewportStatus === 'rendered';
      },
      from + i,
      { timeout: PATIENCE },
    );
  }
  await page.waitForTimeout(300);
}

/** Whether more than that part of a canvas is not black. */
function bright([number, part]) {
  const canvas = document.querySelectorAll('canvas.cornerstone-canvas')[number];
  if (canvas === undefined || canvas.width === 0 || canvas.height === 0) {
    return false;
  }
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let found = 0;
  for (let i = 0; i < data.length; i += 4) {
    found += data[i] + data[i + 1] + data[i + 2] > 60 ? 1 : 0;
  }
  return found > (part * data.length) / 4;
}

/** Whether more than that part of the first canvas has a colour. */
function coloured(part) {
  const canvas = document.querySelector('canvas.cornerstone-canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let found = 0;
  for (let i = 0; i < data.length; i += 4) {
    found += Math.max(data[i], data[i + 1], data[i + 2]) - Math.min(data[i], data[i + 1], data[i + 2]) > 30 ? 1 : 0;
  }
  return found > (part * data.length) / 4;
}

/** 64 by 64 greys of the image as it is seen: square, in the middle, as high as the viewport. */
function greys(page) {
  return page.evaluate(() => {
    const canvas = document.querySelector('canvas.cornerstone-canvas');
    const { width, height } = canvas;
    const side = Math.min(width, height);
    const small = document.createElement('canvas');
    small.width = small.height = 64;
    const context = small.getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.drawImage(canvas, (width - side) / 2, (height - side) / 2, side, side, 0, 0, 64, 64);
    return [...context.getImageData(0, 0, 64, 64).data].filter((_, i) => i % 4 === 0);
  });
}

/** How far the greys go with those that the server renders in the same window: Pearson's correlation. */
async function like(page, image) {
  const seen = await greys(page);
  const rendered = await page.evaluate(async (address) => {
    const { lower, upper } = window.cornerstone.getRenderingEngines()[0].getViewports()[0].getProperties().voiRange;
    const response = await fetch(`${address}?window=${(lower + upper) / 2},${upper - lower + 1},linear`, { headers: { Accept: 'image/png' } });
    const picture = await createImageBitmap(await response.blob());
    const small = document.createElement('canvas');
    small.width = small.height = 64;
    const context = small.getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.drawImage(picture, 0, 0, 64, 64);
    return [...context.getImageData(0, 0, 64, 64).data].filter((_, i) => i % 4 === 0);
  }, `${image}/rendered`);
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [a, b] = [mean(seen), mean(rendered)];
  const sum = (term) => seen.reduce((total, value, i) => total + term(value - a, rendered[i] - b), 0);
  return sum((x, y) => x * y) / Math.sqrt(sum((x) => x * x) * sum((_, y) => y * y));
}
