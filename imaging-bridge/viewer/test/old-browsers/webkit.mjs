// WebKit 612.1, the engine of Safari 15.0, as JavaFX 18 has it: a process of its own, which takes and gives lines of JSON.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Page } from './page.mjs';

/** What Safari 15 has on phones and this build of its engine has not, so far as pages use it. */
export const STAND_INS = {
  script: `
    window.ResizeObserver = class {
      constructor(told) { this.told = told; }
      observe(element) {
        let before = '';
        const look = () => {
          const now = element.clientWidth + 'x' + element.clientHeight;
          if (now !== before) { before = now; this.told([]); }
          requestAnimationFrame(look);
        };
        look();
      }
    };`,
  style: (text) => text.replace(/env\(safe-area-inset-[a-z]+\)/g, '0px'),
};

/** What is said of words that the browser does not know and passes over, as it should. */
const PASSED_OVER = /^Viewport argument key "viewport-fit"|^Unrecognized Content-Security-Policy directive 'worker-src'/;

/** Starts it; `words` is the command line. */
export async function webkit(words) {
  const process = spawn(words[0], words.slice(1), { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(process, 'exit');
  const asked = new Map();
  let current;
  let next = 1;
  createInterface({ input: process.stdout }).on('line', (line) => {
    const { id, value, error, complaint } = JSON.parse(line);
    if (complaint !== undefined) {
      if (!PASSED_OVER.test(complaint)) {
        current?.complaints.push(complaint);
      }
    } else if (error !== undefined) {
      asked.get(id).reject(new Error(error));
    } else {
      asked.get(id).resolve(value);
    }
  });
  ended.then(() => asked.forEach(({ reject }) => reject(new Error('the browser has ended'))));
  const send = (act, parameters = {}) =>
    new Promise((resolve, reject) => {
      asked.set(next, { resolve, reject });
      process.stdin.write(`${JSON.stringify({ id: next++, act, ...parameters })}\n`);
    });
  return {
    name: await send('name'),
    hasTouch: false,
    hasWebAssembly: false,
    async open({ width, height }) {
      current = new WebKitPage(send);
      await send('open', { width, height });
      return current;
    },
    async end() {
      process.stdin.end();
      await ended;
    },
  };
}

class WebKitPage extends Page {
  constructor(send) {
    super();
    this.send = send;
  }

  load(address) {
    return this.send('load', { address });
  }

  async run(script) {
    // What it gives may come later.
    await this.send('run', {
      script: `window.told = null; Promise.resolve().then(() => ${script}).then((value) => { window.told = { value }; },
        (error) => { window.told = { error: String(error) }; }); ''`,
    });
    for (;;) {
      const told = await this.send('run', { script: `'told' in window ? JSON.stringify(window.told) : 'gone'` });
      if (told === 'gone') {
        throw new Error('there is another page now');
      }
      if (told !== 'null') {
        const { value, error } = JSON.parse(told);
        if (error !== undefined) {
          throw new Error(error);
        }
        return value;
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** A mouse, since this build knows no fingers; its pointer events are those of one finger. */
  async fingers(...steps) {
    const [first, ...others] = steps.map(([[x, y]]) => ({ x, y }));
    await this.send('move', first);
    await this.send('press');
    for (const step of others) {
      await this.send('move', step);
    }
    await this.send('release');
  }

  async picture(path) {
    // What is seen lags behind what is there.
    await new Promise((resolve) => setTimeout(resolve, 300));
    return this.send('picture', { path });
  }

  end() {}
}
