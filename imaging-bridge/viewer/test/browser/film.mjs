// Drives cloud film in a browser: node test/browser/film.mjs http://127.0.0.1:8081 study [where-pictures-go [study-of-an-ecg]]
import { readFile } from 'node:fs/promises';
import { createServer, request as ask } from 'node:http';
import { join } from 'node:path';
import { equal, Harness, shown } from './harness.mjs';

const [, , base, study, pictures, electrocardiogram] = process.argv;
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 3, locale: 'zh-CN' };
/** 10 Mbit/s and 50 ms there and back, on a processor that is four times slower than this one. */
const NETWORK = { offline: false, latency: 50, downloadThroughput: 1_250_000, uploadThroughput: 1_250_000 };
const SLOWER = 4;
const TRIES = 5;
/** What is demanded of a quiet machine is 800 ms; this one may be building something at the same time. */
const LONGEST_MILLIS = Number(process.env.LONGEST_MILLIS ?? 4_000);

async function issue(more) {
  const response = await fetch(`${base}/film`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Requester': 'test' },
    body: JSON.stringify({ studyInstanceUid: study, secondFactor: 'none', ...more }),
  });
  const link = await response.json();
  if (response.status !== 201) {
    throw new Error(`no link: ${response.status} ${JSON.stringify(link)}`);
  }
  // The link names the address of the public; the test asks the server itself.
  const hash = link.url.indexOf('#');
  return { ...link, address: `${base}/film/open/${link.id}${link.url.slice(hash)}`, secret: link.url.slice(hash + 1) };
}

function image(page) {
  return page.waitForFunction(
    () => {
      const img = document.querySelector('.image img');
      return img !== null && img.complete && img.naturalWidth > 0;
    },
    undefined,
    { polling: 'raf' },
  );
}

async function picture(page, name) {
  if (pictures !== undefined) {
    await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  }
}

const harness = await Harness.start(base);

const times = [];
for (let i = 0; i < TRIES; i++) {
  await harness.check(`a phone shows the first image, try ${i + 1}`, PHONE, async (page) => {
    const link = await issue({});
    const client = await page.context().newCDPSession(page);
    await client.send('Network.enable');
    await client.send('Network.emulateNetworkConditions', NETWORK);
    await client.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    const began = performance.now();
    await page.goto(link.address, { waitUntil: 'commit' });
    await image(page);
    times.push(performance.now() - began);
    await picture(page, 'film-phone');
  });
}
await harness.check('in time', {}, async () => {
  const sorted = times.slice().sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  console.log(`first image after ${Math.round(median)} ms (median of ${times.length}; ${sorted.map(Math.round).join(', ')})`);
  if (!(median <= LONGEST_MILLIS)) {
    throw new Error(`${median} ms`);
  }
});

await harness.check('the secret is in no address, no Referer and not in the history', PHONE, async (page) => {
  const link = await issue({});
  const told = [];
  page.on('request', (request) => {
    const { referer } = request.headers();
    if (request.url().includes(link.secret) && request.url() !== link.address) {
      told.push(request.url());
    }
    if (referer !== undefined && referer !== '') {
      told.push(`Referer ${referer}`);
    }
  });
  await page.goto(link.address);
  await image(page);
  equal(await page.evaluate(() => location.href), `${base}/film/open/${link.id}`, 'address');
  equal(await page.evaluate(() => document.cookie), '', 'cookies that scripts see');
  equal(told, [], 'told');
});

await harness.check('all images open in the viewer, by the link alone', PHONE, async (page) => {
  const link = await issue({ watermark: '南安市医院' });
  await page.goto(link.address);
  await image(page);
  await page.tap('a.button');
  await page.waitForURL(`${base}/film/open/${link.id}/view**`);
  await shown(page);
  await picture(page, 'film-viewer');
});

await harness.check('a doctor opens the same link on a desk', { locale: 'en-US' }, async (page) => {
  const link = await issue({});
  await page.goto(link.address);
  await image(page);
  equal(await page.evaluate(() => document.documentElement.lang), 'en', 'language');
  await picture(page, 'film-desk');
  await page.click('a.button');
  await shown(page, 'original');
});

await harness.check('a phone takes the original images as one file', PHONE, async (page) => {
  const link = await issue({ scope: { originals: true } });
  await page.goto(link.address);
  await image(page);
  await picture(page, 'film-originals');
  const [download] = await Promise.all([page.waitForEvent('download'), page.tap('a[download]')]);
  equal(download.suggestedFilename(), 'DICOM.zip', 'name');
  const bytes = await readFile(await download.path());
  equal(bytes.subarray(0, 4).toString('latin1'), 'PK\u0003\u0004', 'beginning');
  equal(bytes.subarray(-22, -18).toString('latin1'), 'PK\u0005\u0006', 'end');
});

if (electrocardiogram !== undefined) {
  await harness.check('an electrocardiogram is seen on the first page, and opens on its own', PHONE, async (page) => {
    const link = await issue({ studyInstanceUid: electrocardiogram, watermark: '南安市医院' });
    await page.goto(link.address);
    await image(page);
    await picture(page, 'film-ecg');
    await page.tap('a.button');
    await page.waitForURL(`${base}/film/open/${link.id}/ecg?study=${electrocardiogram}&**`);
    await page.locator('svg').first().waitFor();
  });
}

/** Between the browser and the server: holds the answer to a secret back, all of it or its second part, until it is told what to do with it. */
async function withholding(marker) {
  let tell;
  const told = new Promise((resolve) => {
    tell = resolve;
  });
  const between = createServer((request, response) => {
    const headers = { ...request.headers, 'accept-encoding': 'identity' };
    request.pipe(ask(base + request.url, { method: request.method, headers }, async (answer) => {
      if (!request.url.includes('/session')) {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
        return;
      }
      const parts = [];
      for await (const part of answer) {
        parts.push(part);
      }
      const body = Buffer.concat(parts);
      const first = body.indexOf(marker) + marker.length;
      if (first > 0) {
        response.writeHead(answer.statusCode, answer.headers);
        response.write(body.subarray(0, first));
      }
      if ((await told) === 'break') {
        response.destroy();
      } else {
        response.end(body.subarray(first));
      }
    }));
  });
  await new Promise((resolve) => between.listen(0, '127.0.0.1', resolve));
  return { base: `http://127.0.0.1:${between.address().port}`, tell, close: () => between.close() };
}

/** A check of a link that is opened through something that withholds. */
async function late(name, marker, act, allowed) {
  const between = await withholding(marker);
  const behind = new Harness(between.base, harness.browser);
  await behind.check(name, PHONE, async (page) => {
    const link = await issue({});
    await page.goto(between.base + link.address.slice(base.length));
    await act(page, between.tell);
  }, allowed);
  harness.failures += behind.failures;
  between.close();
}

await late('the first image does not wait for the report', '<!--rest-->', async (page, tell) => {
  await image(page);
  equal(await page.locator('a.button').count(), 0, 'of the rest');
  tell('go on');
  await page.locator('a.button').waitFor();
  equal(await page.locator('h1').count(), 1, 'headings');
  equal(await page.locator('#print').count(), 1, 'of the rest, once it is there');
});

await late('what is broken off says so, and what is there stays', '<!--rest-->', async (page, tell) => {
  await image(page);
  tell('break');
  await page.getByText('网络不可用').waitFor();
  equal(await page.locator('.image img').count(), 1, 'images');
}, (message) => message.includes('ERR_INCOMPLETE_CHUNKED_ENCODING'));

await late('who waits long is told so', 'never there', async (page, tell) => {
  await page.locator('#state').waitFor({ state: 'visible' });
  await picture(page, 'film-opening');
  tell('go on');
  await image(page);
});

await harness.end();

// What follows is refused, which browsers write on the console as errors.
const browser = await Harness.start(base);
const context = await browser.browser.newContext(PHONE);
const page = await context.newPage();

const guarded = await issue({ secondFactor: 'code' });
await page.goto(guarded.address);
await page.locator('#factor').waitFor();
await picture(page, 'film-code');
await page.fill('#factor', guarded.code === '000000' ? '000001' : '000000');
await page.tap('#form button');
await page.waitForFunction(() => document.getElementById('wrong').textContent.endsWith('4'));
await page.fill('#factor', guarded.code);
await page.tap('#form button');
await image(page);
console.log('ok a code is asked for, and a wrong one is refused');

const link = await issue({});
await page.goto(link.address);
await image(page);
await fetch(`${base}/film/${link.id}`, { method: 'DELETE', headers: { 'X-Requester': 'test' } });
const after = await page.reload();
equal(after.status(), 410, 'status of a revoked link');
equal(await page.locator('img').count(), 0, 'images of a revoked link');
await picture(page, 'film-ended');
await page.goto('about:blank');
await page.goto(`${base}/film/open/${link.id}#${'A'.repeat(43)}`);
await page.waitForFunction(() => /失效|无效/.test(document.body.textContent));
console.log('ok a revoked link says so, and a wrong one says nothing more');
const failed = process.exitCode;
await browser.end();
process.exitCode = failed;
