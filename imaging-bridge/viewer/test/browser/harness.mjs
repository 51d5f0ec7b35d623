import { chromium } from 'playwright-core';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What leaves no browser: data in addresses and in memory, and the parts of the browser that show a PDF. */
const OWN = /^(data|blob|chrome|chrome-extension):/;

/** Slow machines build and test at the same time. */
export const PATIENCE = 60_000;

const NO_GPU = ['--disable-gpu'];

/** WebGL computed by the processor. */
export const SOFTWARE_GPU = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

export class Harness {
  constructor(base, browser) {
    this.base = base;
    this.browser = browser;
    this.failures = 0;
  }

  static async start(base, gpu = NO_GPU) {
    const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
    return new Harness(base, await chromium.launch({ executablePath, args: [...FLAGS, ...gpu], timeout: PATIENCE }));
  }

  /**
   * Runs a check on a page of its own; whatever it says on the console about policies or errors fails it too.
   *
   * @param {(message: string, url: string) => boolean} allowed errors on the console that belong to the check
   */
  async check(name, options, act, allowed = () => false) {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US', ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const wrong = [];
    page.on('pageerror', (error) => wrong.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !allowed(message.text(), message.location().url)) {
        wrong.push(message.text());
      }
    });
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(this.base) && !OWN.test(url)) {
        wrong.push(`asks ${url}`);
      }
    });
    const began = performance.now();
    try {
      await act(page);
      if (wrong.length > 0) {
        throw new Error(wrong.join('\n'));
      }
      console.log(`ok ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
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

/**
 * Fails where what is seen at 1:1 differs by more than one, as rounding does, from what the server renders without loss, or from greys or colours.
 *
 * @param expected the address of a picture, or a grey, or red, green and blue, for each pixel
 * @param {{size?: number, most?: number}} options side of the square that is expected, and by how much it may differ
 */
export async function alike(page, expected, what, { size = 512, most: allowed = 1 } = {}) {
  const sent = typeof expected === 'string' ? expected : Buffer.from(expected).toString('base64');
  const found = await page.evaluate(
    async ([value, isAddress, size, allowed]) => {
      const root = document.querySelector('.viewport');
      const [a, b, , d, e, f] = root.dataset.matrix.split(' ').map(Number);
      if (a !== 1 || b !== 0 || d !== 1) {
        return `not 1:1 but ${root.dataset.matrix}`;
      }
      let width = size;
      let height = size;
      let at;
      if (isAddress) {
        const response = await fetch(value, { headers: { Accept: 'image/png' } });
        const picture = await createImageBitmap(await response.blob());
        ({ width, height } = picture);
        const canvas = document.createElement('canvas');
        canvas.width = width;
        canvas.height = height;
        const context = canvas.getContext('2d');
        context.drawImage(picture, 0, 0);
        const { data } = context.getImageData(0, 0, width, height);
        at = (i) => data[i];
      } else {
        const levels = atob(value);
        const colors = levels.length === 3 * width * height;
        at = (i) => levels.charCodeAt(colors ? 3 * (i >> 2) + (i & 3) : i >> 2);
      }
      const { data } = root.querySelector('canvas.image').getContext('2d').getImageData(e, f, width, height);
      let most = 0;
      for (let i = 0; i < data.length; i++) {
        if ((i & 3) !== 3 && Math.abs(data[i] - at(i)) > allowed) {
          return `sample ${i & 3} of pixel ${(i >> 2) % width}, ${Math.floor((i >> 2) / width)} is ${data[i]} instead of ${at(i)}`;
        }
        most = Math.max(most, (i & 3) === 3 ? 0 : data[i]);
      }
      return most > 100 ? '' : 'nothing bright is seen';
    },
    [sent, typeof expected === 'string', size, allowed],
  );
  if (found !== '') {
    throw new Error(`${what}: ${found}`);
  }
}
