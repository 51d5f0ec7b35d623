// Measures what a reader waits for, each beside a floor: node speed.mjs {"base", "film", "stack", "slices", "slide", "tries"}
// film and stack are Study Instance UIDs; slide is {"study", "series"}. Prints a line of JSON for each figure.
import { createServer } from 'node:http';
import { Harness, PATIENCE, shown, state } from './harness.mjs';

const { base, film, stack, slices, slide, tries } = JSON.parse(process.argv[2]);
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 3, locale: 'zh-CN' };
const DESK = { viewport: { width: 1280, height: 800 }, locale: 'zh-CN' };
/** 10 Mbit/s and 50 ms there and back, on a processor that is four times slower than this one. */
const NETWORK = { offline: false, latency: 50, downloadThroughput: 1_250_000, uploadThroughput: 1_250_000 };
const SLOWER = 4;
/** As fast as a reader turns the wheel. */
const SLICES_PER_SECOND = 30;
/** Links that are opened before, since hospitals' servers have been running for days. */
const BEFORE = 40;
/** Milliseconds. A new window of a desktop's browser starts more processes than the page's, which a phone that has just read a QR code does not. */
const SETTLED = 2_000;

const harness = await Harness.start(base);
try {
  const link = await issue();
  const page = await filmOf(link);
  const file = await asFile(page);
  for (let i = 0; i < BEFORE; i++) {
    await open(await issue(), 'text/html');
  }
  const films = [];
  const files = [];
  for (let i = 0; i < tries; i++) {
    files.push(await seen(file.address, PHONE, 'first-image', true));
    films.push(await seen((await issue()).address, PHONE, 'first-image', true));
  }
  file.close();
  say('film', films, 'ms', `${Math.round(page.length / 1024)} KB`);
  say('film-floor', files, 'ms', 'the same page as a file');

  const without = [];
  const slides = [];
  for (let i = 0; i < tries; i++) {
    without.push(await seen('/view/slide', DESK, 'nothing', false));
    slides.push(await seen(`/view/slide?study=${slide.study}&series=${slide.series}`, DESK, 'slide', false));
  }
  say('slide', slides, 'ms', 'until every tile of the whole slide is drawn');
  say('slide-floor', without, 'ms', 'the page without a slide');
  await scroll();
} finally {
  await harness.end();
}

function say(what, values, unit, note) {
  const sorted = values.slice().sort((a, b) => a - b);
  console.log(JSON.stringify({ what, values: sorted.map((value) => Math.round(10 * value) / 10), unit, note }));
}

async function issue() {
  const response = await fetch(`${base}/film`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Requester': 'bench' },
    body: JSON.stringify({ studyInstanceUid: film, secondFactor: 'none' }),
  });
  if (response.status !== 201) {
    throw new Error(`no link: ${response.status} ${await response.text()}`);
  }
  const { id, url } = await response.json();
  // The link names the address of the public; the server itself is asked.
  const secret = url.slice(url.indexOf('#') + 1);
  return { id, secret, address: `${base}/film/open/${id}#${secret}` };
}

/** The page of a link, as whoever has opened it is told. */
async function filmOf(link) {
  const opened = await open(link, '*/*');
  const [cookie] = opened.headers.get('Set-Cookie').split(';');
  const answer = await fetch(`${base}/film/open/${link.id}`, { headers: { Cookie: cookie } });
  return answer.text();
}

async function open({ id, secret }, accept) {
  const opened = await fetch(`${base}/film/open/${id}/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: accept },
    body: JSON.stringify({ secret, factor: '' }),
  });
  if (!opened.ok) {
    throw new Error(`not opened: ${opened.status}`);
  }
  await opened.arrayBuffer();
  return opened;
}

/** The floor: a server that does nothing but send one page. */
async function asFile(html) {
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/' ? 200 : 404, { 'Content-Type': 'text/html;charset=utf-8' });
    response.end(request.url === '/' ? html : '');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/**
 * Milliseconds from the beginning of the navigation until the browser has painted something, in a browser that has nothing of it yet: an
 * element of that elementtiming (W3C Element Timing), a mark of that name (User Timing), or nothing but the page.
 */
async function seen(address, device, what, shaped) {
  const context = await harness.browser.newContext(device);
  try {
    const page = await context.newPage();
    await page.addInitScript(watch, what);
    const client = await context.newCDPSession(page);
    if (shaped) {
      await client.send('Network.enable');
      await client.send('Network.emulateNetworkConditions', NETWORK);
      await client.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    }
    const told = new Promise((resolve, reject) => {
      page.on('console', (message) => message.text().startsWith('seen ') && resolve(Number(message.text().slice(5))));
      setTimeout(() => reject(new Error(`${what} was not seen at ${address}`)), PATIENCE).unref();
    });
    await page.waitForTimeout(SETTLED);
    await page.goto(address.startsWith('http') ? address : base + address, { waitUntil: 'commit' });
    return await told;
  } finally {
    await context.close();
  }
}

/** Within the page. */
function watch(what) {
  const types = { 'first-image': 'element', slide: 'mark', nothing: 'paint' };
  new PerformanceObserver((list, observer) => {
    for (const entry of list.getEntries()) {
      const at = { element: entry.renderTime, mark: entry.startTime, paint: entry.startTime }[entry.entryType];
      const named = { element: entry.identifier === what, mark: entry.name === 'first-view', paint: entry.name === 'first-contentful-paint' };
      if (named[entry.entryType]) {
        observer.disconnect();
        console.log(`seen ${at}`);
        return;
      }
    }
  }).observe({ type: types[what], buffered: true });
}

/** Through a whole stack and back, once it is loaded, as fast as somebody turns a wheel. */
async function scroll() {
  const context = await harness.browser.newContext(DESK);
  const page = await context.newPage();
  await page.goto(`${base}/view/?StudyInstanceUIDs=${stack}`, { waitUntil: 'commit' });
  await shown(page);
  const began = Date.now();
  await page.waitForLoadState('networkidle', { timeout: 3 * PATIENCE });
  const loaded = Date.now() - began;
  await page.keyboard.press('Home');
  const result = await page.evaluate(turn, { slices, gap: 1000 / SLICES_PER_SECOND });
  const { quality } = await state(page);
  await context.close();
  say('scroll-blank', [result.blank], 'pictures', `of ${result.frames} pictures of the screen, ${slices} slices there and back; ${quality}; all loaded ${(loaded / 1000).toFixed(1)} s after the first`);
  say('scroll', result.times, 'ms', `${SLICES_PER_SECOND} a second asked for, ${result.perSecond.toFixed(1)} shown`);
}

/** Within the page: one step of the wheel after the other, and at each picture of the screen whether there is an image in it. */
async function turn({ slices, gap }) {
  const viewport = document.querySelector('.viewport');
  const busy = viewport.querySelector('.busy');
  const times = [];
  let blank = 0;
  let frames = 0;
  let running = true;
  const look = () => {
    frames++;
    if ((viewport.dataset.quality ?? '') === '' || !busy.hidden) {
      blank++;
    }
    if (running) {
      requestAnimationFrame(look);
    }
  };
  requestAnimationFrame(look);
  const begin = performance.now();
  for (let step = 1; step < 2 * slices - 1; step++) {
    const at = performance.now();
    const down = step < slices;
    const target = `${down ? step + 1 : 2 * slices - step - 1}/${slices}`;
    viewport.dispatchEvent(new WheelEvent('wheel', { deltaY: down ? 100 : -100, bubbles: true, cancelable: true }));
    while (viewport.dataset.shown !== target) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      if (performance.now() - at > 5_000) {
        throw new Error(`${target} is not shown`);
      }
    }
    times.push(performance.now() - at);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, gap - (performance.now() - at))));
  }
  const perSecond = times.length / ((performance.now() - begin) / 1000);
  running = false;
  return { blank, frames, times, perSecond };
}
