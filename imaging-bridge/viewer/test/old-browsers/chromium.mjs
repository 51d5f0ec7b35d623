// Chromium 71, as Android 9 came with it: driven over a pipe, since what drives a current Chromium knows no browser of that age.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Page } from './page.mjs';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--no-zygote',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--hide-scrollbars',
  '--remote-debugging-pipe',
];

/** Starts it; `executable` is where it lies. */
export async function chromium(executable) {
  const profile = mkdtempSync(join(tmpdir(), 'chromium-'));
  const process = spawn(executable, [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const ended = once(process, 'exit');
  const connection = new Connection(process.stdio[3], process.stdio[4]);
  ended.then(() => connection.close());
  const { product } = await connection.send('Browser.getVersion');
  return {
    name: product,
    hasTouch: true,
    hasWebAssembly: true,
    async open(options) {
      const { browserContextId } = await connection.send('Target.createBrowserContext');
      const { targetId } = await connection.send('Target.createTarget', { url: 'about:blank', browserContextId });
      const { sessionId } = await connection.send('Target.attachToTarget', { targetId, flatten: true });
      const page = new ChromiumPage(connection, sessionId, () => connection.send('Target.disposeBrowserContext', { browserContextId }));
      await page.begin(options);
      return page;
    },
    async end() {
      process.kill();
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Messages of the DevTools protocol, each ended by a zero. */
class Connection {
  #next = 1;
  #asked = new Map();
  #listeners = new Map();
  #rest = [];

  constructor(into, from) {
    this.into = into;
    into.on('error', () => this.close());
    from.on('data', (bytes) => {
      let begin = 0;
      for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, begin)) {
        this.#take(JSON.parse(Buffer.concat([...this.#rest, bytes.subarray(begin, end)]).toString()));
        this.#rest = [];
        begin = end + 1;
      }
      this.#rest.push(bytes.subarray(begin));
    });
  }

  send(method, params = {}, sessionId = undefined) {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject, method });
      this.into.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  listen(sessionId, listener) {
    this.#listeners.set(sessionId, listener);
  }

  close() {
    this.#asked.forEach(({ reject, method }) => reject(new Error(`${method}: the browser has ended`)));
    this.#asked.clear();
  }

  #take({ id, result, error, method, params, sessionId }) {
    if (id === undefined) {
      this.#listeners.get(sessionId)?.(method, params);
      return;
    }
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    if (error === undefined) {
      asked?.resolve(result);
    } else {
      asked?.reject(new Error(`${asked.method}: ${error.message}`));
    }
  }
}

class ChromiumPage extends Page {
  #end;

  constructor(connection, sessionId, end) {
    super();
    this.send = (method, params) => connection.send(method, params, sessionId);
    this.#end = end;
    connection.listen(sessionId, (method, params) => this.#heard(method, params));
  }

  async begin({ width, height, language }) {
    await Promise.all(['Page.enable', 'Runtime.enable', 'Log.enable', 'Network.enable'].map((method) => this.send(method)));
    await this.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 2, mobile: true });
    await this.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 5 });
    const userAgent = 'Mozilla/5.0 (Linux; Android 9; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/71.0.3563.0 Mobile Safari/537.36';
    await this.send('Network.setUserAgentOverride', { userAgent, acceptLanguage: language });
  }

  #heard(method, params) {
    if (method === 'Runtime.exceptionThrown') {
      const { text, exception } = params.exceptionDetails;
      this.complaints.push(`${text} ${exception?.description ?? ''}`);
    } else if (method === 'Runtime.consoleAPICalled' && params.type === 'error') {
      this.complaints.push(params.args.map(({ value, description }) => value ?? description).join(' '));
    } else if (method === 'Log.entryAdded' && params.entry.level === 'error') {
      this.complaints.push(`${params.entry.text} ${params.entry.url ?? ''}`);
    }
  }

  load(address) {
    return this.send('Page.navigate', { url: address });
  }

  async run(script) {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', { expression: script, awaitPromise: true, returnByValue: true });
    if (exceptionDetails !== undefined) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }
    return result.value;
  }

  /** Fingers from place to place; each step has one place for each finger. */
  async fingers(...steps) {
    const points = (places) => places.map(([x, y], id) => ({ x, y, id }));
    await this.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: points(steps[0]) });
    for (const step of steps.slice(1)) {
      await this.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: points(step) });
    }
    if (steps.length > 1) {
      // Lifted while it moves it would go on by itself, and the browser would take the next tap for its end.
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await this.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  }

  async picture(path) {
    const { data } = await this.send('Page.captureScreenshot', { format: 'png' });
    writeFileSync(path, Buffer.from(data, 'base64'));
  }

  end() {
    return this.#end();
  }
}
