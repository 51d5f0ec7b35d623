import { chromium } from 'playwright-core';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Slow machines build and test at the same time. */
export const PATIENCE = 60_000;

export class Harness {
  constructor(base, browser) {
    this.base = base;
    this.browser = browser;
    this.failures = 0;
  }

  static async start(base) {
    const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
    return new Harness(base, await chromium.launch({ executablePath, args: FLAGS, timeout: PATIENCE }));
  }

  /** Runs a check on a page of its own; whatever it says on the console about policies or errors fails it too. */
  async check(name, options, act) {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US', ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const wrong = [];
    page.on('pageerror', (error) => wrong.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') {
        wrong.push(message.text());
      }
    });
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(this.base) && !url.startsWith('data:') && !url.startsWith('blob:')) {
        wrong.push(`asks ${url}`);
      }
    });
    try {
      await act(page);
      if (wrong.length > 0) {
        throw new Error(wrong.join('\n'));
      }
      console.log(`ok ${name}`);
    } catch (error) {
      this.failures++;
      console.log(`not ok ${name}\n${error.stack ?? error}`);
    } finally {
      await context.close();
    }
  }

  async end() {
    await this.browser.close();
    process.exitCode = this.failures === 0 ? 0 : 1;
  }

  async open(page, study) {
    await page.goto(`${this.base}/view/?StudyInstanceUIDs=${study}`);
    await shown(page);
  }

  async json(path) {
    const response = await fetch(`${this.base}/dicomweb${path}`, { headers: { Accept: 'application/dicom+json' } });
    return response.json();
  }
}

export function equal(actual, expected, what) {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) {
    throw new Error(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
  }
}

/** Waits for a picture, of a quality if one is named, in the viewport of that number. */
export async function shown(page, quality = '', number = 0) {
  await page.waitForFunction(
    ([wanted, at]) => {
      const data = document.querySelectorAll('.viewport')[at]?.dataset;
      return data !== undefined && data.quality !== undefined && data.quality !== '' && (wanted === '' || data.quality === wanted);
    },
    [quality, number],
    { timeout: PATIENCE },
  );
}

export function state(page, number = 0) {
  return page.evaluate((at) => ({ ...document.querySelectorAll('.viewport')[at].dataset }), number);
}

/** The pixels of the image as they are seen at 1:1, red, green and blue in turn. */
export function seen(page, columns, rows) {
  return page.evaluate(
    ([width, height]) => {
      const root = document.querySelector('.viewport');
      const [a, b, , d, e, f] = root.dataset.matrix.split(' ').map(Number);
      if (a !== 1 || b !== 0 || d !== 1) {
        throw new Error(`not 1:1 but ${root.dataset.matrix}`);
      }
      const { data } = root.querySelector('canvas.image').getContext('2d').getImageData(e, f, width, height);
      return Array.from({ length: width * height * 3 }, (_, i) => data[4 * Math.floor(i / 3) + (i % 3)]);
    },
    [columns, rows],
  );
}

/** The same as the server renders it, without loss. */
export function rendered(page, path) {
  return page.evaluate(async (address) => {
    const response = await fetch(address, { headers: { Accept: 'image/png' } });
    const picture = await createImageBitmap(await response.blob());
    const canvas = document.createElement('canvas');
    canvas.width = picture.width;
    canvas.height = picture.height;
    const context = canvas.getContext('2d');
    context.drawImage(picture, 0, 0);
    const { data } = context.getImageData(0, 0, picture.width, picture.height);
    return Array.from({ length: picture.width * picture.height * 3 }, (_, i) => data[4 * Math.floor(i / 3) + (i % 3)]);
  }, path);
}

/** Fails where pixels differ by more than one, as rounding does. */
export function alike(actual, expected, what) {
  equal(actual.length, expected.length, `${what}: number of samples`);
  for (let i = 0; i < actual.length; i++) {
    if (Math.abs(actual[i] - expected[i]) > 1) {
      throw new Error(`${what}: sample ${i} is ${actual[i]}, expected ${expected[i]}`);
    }
  }
}
