// Moving pictures in a browser: node test/browser/cine.mjs http://127.0.0.1:8081, a bridge of its own.
import { equal, Harness, PATIENCE } from './harness.mjs';
import { part10, store, storeCt } from './phantom.mjs';

const [, , base] = process.argv;
const FRAMES = 12;
const SIZE = 64;
/** Frames per second: what the data set recommends, and what is taken where it says nothing. */
const RECOMMENDED = 20;
const USUAL = 10;
const WATCHED_MILLIS = 2_000;

const [ULTRASOUND, CT] = ['1.2.3.40', '1.2.3.41'];

/** The frames of a heart that gets brighter. */
function heart() {
  const pixels = new Uint8Array(FRAMES * SIZE * SIZE);
  for (let i = 0; i < FRAMES; i++) {
    pixels.fill(grey(i), i * SIZE * SIZE, (i + 1) * SIZE * SIZE);
  }
  const instance = `${ULTRASOUND}.1.1`;
  return part10(
    [
      ['0008,0016', 'UI', '1.2.840.10008.5.1.4.1.1.3.1'],
      ['0008,0018', 'UI', instance],
      ['0008,0020', 'DA', '20260301'],
      ['0008,0060', 'CS', 'US'],
      ['0008,2144', 'IS', String(RECOMMENDED)],
      ['0010,0010', 'PN', 'Wang^Xiaodong'],
      ['0010,0020', 'LO', 'P7'],
      ['0020,000D', 'UI', ULTRASOUND],
      ['0020,000E', 'UI', `${ULTRASOUND}.1`],
      ['0020,0011', 'IS', '1'],
      ['0020,0013', 'IS', '1'],
      ['0028,0002', 'US', 1],
      ['0028,0004', 'CS', 'MONOCHROME2'],
      ['0028,0008', 'IS', String(FRAMES)],
      ['0028,0010', 'US', SIZE],
      ['0028,0011', 'US', SIZE],
      ['0028,0100', 'US', 8],
      ['0028,0101', 'US', 8],
      ['0028,0102', 'US', 7],
      ['0028,0103', 'US', 0],
      ['0028,1050', 'DS', '128'],
      ['0028,1051', 'DS', '256'],
      ['7FE0,0010', 'OW', pixels],
    ],
    instance,
  );
}

function grey(frame) {
  return 40 + 16 * frame;
}

await store(`${base}/dicomweb`, [heart()]);
await storeCt(`${base}/dicomweb`, { name: 'Wang^Xiaodong', patient: 'P7', size: SIZE, thickness: 5, study: CT, series: `${CT}.1`, date: '20260301', description: 'Chest', frameOfReference: `${CT}.9` }, 12);

const harness = await Harness.start(base);

/** What is seen for a while: which frame and which grey, whenever it changes, in milliseconds. */
function watched(page, millis = WATCHED_MILLIS) {
  return page.evaluate(
    (during) =>
      new Promise((resolve) => {
        const root = document.querySelector('.viewport');
        const seen = [];
        const begin = performance.now();
        const look = (now) => {
          const [frame] = root.dataset.shown.split('/');
          if (seen.length === 0 || seen[seen.length - 1].frame !== Number(frame)) {
            const canvas = root.querySelector('canvas.image');
            const [level] = canvas.getContext('2d').getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data;
            seen.push({ frame: Number(frame), level, at: now });
          }
          if (now - begin < during) {
            requestAnimationFrame(look);
          } else {
            resolve(seen);
          }
        };
        requestAnimationFrame(look);
      }),
    millis,
  );
}

/** Each frame follows the one before, and they come at a rate; machines that do other things too may be somewhat late. */
function moves(seen, rate) {
  const steps = seen.slice(1).map(({ frame }, i) => (frame - seen[i].frame + FRAMES) % FRAMES);
  equal(steps.every((step) => step === 1), true, `the order of ${seen.map(({ frame }) => frame).join(' ')}`);
  const found = ((seen.length - 1) * 1000) / (seen[seen.length - 1].at - seen[0].at);
  if (!(found > 0.8 * rate && found < 1.1 * rate)) {
    throw new Error(`${found.toFixed(1)} frames per second instead of ${rate}`);
  }
  console.log(`${found.toFixed(1)} frames per second of ${rate}`);
}

const isPlaying = (page) => page.getAttribute('[data-command=cine]', 'aria-pressed');

async function stands(page) {
  equal(await isPlaying(page), 'false', 'playing');
  equal((await watched(page, 500)).length, 1, 'frames seen after the end');
}

await harness.check('a film plays at the rate that its data set recommends, and stops', {}, async (page) => {
  await harness.open(page, ULTRASOUND);
  await page.waitForLoadState('networkidle', { timeout: PATIENCE });
  equal(await isPlaying(page), 'true', 'playing');
  const seen = await watched(page);
  moves(seen, RECOMMENDED);
  equal(seen.map(({ level }) => level), seen.map(({ frame }) => grey(frame - 1)), 'greys');
  await page.click('[data-command=cine]');
  await stands(page);
});

await harness.check('a stack plays at the usual rate by a key, and stops by it', {}, async (page) => {
  await harness.open(page, CT);
  await page.waitForLoadState('networkidle', { timeout: PATIENCE });
  await page.keyboard.press('Space');
  await page.waitForFunction(() => document.querySelector('[data-command=cine]').getAttribute('aria-pressed') === 'true');
  moves(await watched(page), USUAL);
  await page.keyboard.press('Space');
  await stands(page);
});

await harness.end();
