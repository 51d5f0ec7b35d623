// The page of electrocardiograms in a browser, by mouse and by fingers, under the policy that the server gives pages.
//
//     npx vite build --outDir DIRECTORY && node test/browser/ecg.mjs DIRECTORY [CHROMIUM]
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [, , built, executable = '/usr/bin/chromium'] = process.argv;
assert.ok(built && existsSync(join(built, 'ecg.html')), 'name the directory that vite has built');

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; " +
  "frame-ancestors 'self'; base-uri 'none'; form-action 'self'";
const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css' };

/** A drawing in the server's form: a square wave of 1 mV, twice a second. */
function drawing(parameters) {
  const speed = Number(parameters.get('speed'));
  const gain = Number(parameters.get('gain'));
  const seconds = Math.min(10, 250 / speed);
  const steps = [];
  for (let i = 0; i < seconds * 2; i++) {
    steps.push(`${(speed * 500) / 2} 0 0 ${gain * 1000 * (i % 2 ? 1 : -1)} ${(speed * 500) / 2} 0`);
  }
  const name = parameters.get('name') ?? '&lt;script&gt;alert(1)&lt;/script&gt;';
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" xml:lang="en" width="297mm" height="210mm" viewBox="0 0 297 210"' +
    ` data-layout="${parameters.get('layout') ?? '3x4'}" data-speed="${speed}" data-gain="${gain}"` +
    ` data-offset="${parameters.get('offset') ?? 0}" data-seconds="${seconds}" data-total="30" data-grid="11 46 275 150">` +
    `<title>ECG</title><rect width="297" height="210" fill="#fff"/><text x="11" y="13" font-size="4.5">${name}</text>` +
    '<clipPath id="ecg-grid"><rect x="11" y="46" width="275" height="150"/></clipPath><g clip-path="url(#ecg-grid)">' +
    `<path data-lead="II" transform="scale(.001)" fill="none" stroke="#000000" stroke-width="250" d="M26000 121000l${steps.join(' ')}"/>` +
    '</g></svg>'
  );
}

let answer = (parameters) => [200, drawing(parameters)];
const asked = [];
const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname.endsWith('/rendered')) {
    asked.push(url);
    const [status, body] = answer(url.searchParams);
    response.writeHead(status, { 'Content-Type': status === 200 ? 'image/svg+xml' : 'application/json' });
    response.end(body);
    return;
  }
  const asset = /^\/view\/assets\/([\w.-]+)$/.exec(url.pathname);
  const file = join(built, asset ? `assets/${asset[1]}` : 'ecg.html');
  if (!existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'Content-Type': TYPES[file.split('.').pop()], 'Content-Security-Policy': POLICY });
  response.end(readFileSync(file));
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const base = `http://127.0.0.1:${server.address().port}`;
const UIDS = 'study=1.2&series=1.3&instance=1.4';

const browser = await chromium.launch({
  executablePath: executable,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});

async function open(options, address) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(base + address);
  return { context, page, complaints };
}

const readout = (page) => page.textContent('.readout');
const viewBox = async (page) => (await page.getAttribute('.stage > svg', 'viewBox')).split(' ').map(Number);
const middle = async (locator) => {
  const box = await locator.boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

const checks = {
  async 'a mouse measures time and voltage'() {
    const { context, page, complaints } = await open({ viewport: { width: 1280, height: 800 }, locale: 'en-US' }, `/view/ecg?${UIDS}`);
    await page.waitForSelector('.stage > svg');
    assert.equal(asked.at(-1).pathname, '/dicomweb/studies/1.2/series/1.3/instances/1.4/rendered');
    await page.getByRole('button', { name: 'Time caliper' }).click();
    await page.getByRole('button', { name: 'Voltage caliper' }).click();
    assert.equal(await readout(page), '1000 ms · 60 bpm   1.00 mV');
    const pixels = 1280 / (await viewBox(page))[2];
    const at = await middle(page.locator('[data-grip="time second"]'));
    await page.mouse.move(at.x, at.y);
    await page.mouse.down();
    await page.mouse.move(at.x - 12.5 * pixels, at.y, { steps: 5 });
    await page.mouse.up();
    const milliseconds = Number(/^(\d+) ms/.exec(await readout(page))[1]);
    assert.ok(Math.abs(milliseconds - 500) <= 12, `${milliseconds} ms`);
    await page.locator('[data-grip="time second"]').focus();
    await page.keyboard.press('Shift+ArrowRight');
    assert.match(await readout(page), new RegExp(`^${milliseconds + 40} ms|^${milliseconds + 39} ms|^${milliseconds + 41} ms`));
    assert.equal(await page.locator('.march').count(), 0);
    await page.getByRole('button', { name: 'March out' }).click();
    assert.ok((await page.locator('.march').count()) >= 10);
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'fingers drag, and two of them zoom'() {
    const options = { viewport: { width: 390, height: 844 }, locale: 'zh-CN', hasTouch: true, isMobile: true };
    const { context, page, complaints } = await open(options, `/film/open/abc/ecg?${UIDS}`);
    await page.waitForSelector('.stage > svg');
    assert.equal(asked.at(-1).pathname, '/film/open/abc/dicomweb/studies/1.2/series/1.3/instances/1.4/rendered');
    assert.equal(asked.at(-1).searchParams.get('lang'), 'zh');
    const session = await context.newCDPSession(page);
    const touch = (type, ...points) => session.send('Input.dispatchTouchEvent', { type, touchPoints: points });
    await page.getByRole('button', { name: '时间卡尺' }).click();
    const at = await middle(page.locator('[data-grip="time second"]'));
    await touch('touchStart', { ...at, id: 1 });
    await touch('touchMove', { x: at.x + 30, y: at.y, id: 1 });
    await touch('touchEnd');
    assert.notEqual(await readout(page), '1000 ms · 60 bpm');
    const before = await viewBox(page);
    await touch('touchStart', { x: 150, y: 600, id: 1 }, { x: 250, y: 600, id: 2 });
    for (let i = 1; i <= 10; i++) {
      await touch('touchMove', { x: 150 - 5 * i, y: 600, id: 1 }, { x: 250 + 5 * i, y: 600, id: 2 });
    }
    await touch('touchEnd');
    const factor = before[2] / (await viewBox(page))[2];
    assert.ok(Math.abs(factor - 2) < 0.2, `closer by ${factor}`);
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'scales are the server’s, and a page is A4'() {
    const { context, page, complaints } = await open({ locale: 'en-US' }, `/view/ecg?${UIDS}`);
    await page.waitForSelector('.stage > svg');
    await page.getByLabel('Speed').selectOption('50');
    await page.waitForSelector('.stage > svg[data-speed="50"]');
    await page.getByRole('button', { name: 'Later' }).click();
    await page.waitForSelector('.stage > svg[data-offset="5"]');
    await page.getByLabel('Layout').selectOption('12x1');
    await page.waitForSelector('.stage > svg[data-layout="12x1"]');
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    assert.match(pdf, /\/Count 1\b/);
    const box = /\/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf);
    assert.ok(Math.abs(box[1] - 841.9) < 1 && Math.abs(box[2] - 595.3) < 1, box[0]);
    assert.deepEqual(complaints, []);
    await context.close();
  },

  async 'what a recording says is text, and anything else no drawing'() {
    const { context, page, complaints } = await open({ locale: 'en-US' }, `/view/ecg?${UIDS}`);
    await page.waitForSelector('.stage > svg');
    assert.equal(await page.textContent('.stage > svg text'), '<script>alert(1)</script>');
    assert.deepEqual(complaints, []);
    answer = (parameters) => {
      parameters.set('name', '</text><script>document.title = "ran"</script><text>');
      return [200, drawing(parameters)];
    };
    await page.reload();
    await page.getByText('It could not be loaded').waitFor();
    assert.equal(await page.locator('.stage > svg').count(), 0);
    assert.notEqual(await page.title(), 'ran');
    for (const [status, words] of [
      [410, 'the link has ended'],
      [404, 'There is no such ECG'],
      [422, 'cannot be drawn: no samples'],
      [500, 'could not be loaded'],
    ]) {
      answer = () => [status, '{"error":"no samples"}'];
      await page.reload();
      await page.getByText(words).waitFor();
    }
    answer = (parameters) => [200, drawing(parameters)];
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.waitForSelector('.stage > svg');
    await context.close();
  },
};

try {
  for (const [name, check] of Object.entries(checks)) {
    await check();
    console.log(`ok  ${name}`);
  }
} finally {
  await browser.close();
  server.close();
}
