const PATIENCE = 20_000;
const STEPS = 8;

/** A page in an old browser. What every browser has in its own way is added: load, run, fingers, picture, end. */
export class Page {
  /** What the browser has complained of: errors that nobody caught, and what a policy refused. */
  complaints = [];

  /** Calls a function within the page. */
  evaluate(act, ...parameters) {
    return this.run(`(${act})(...${JSON.stringify(parameters)})`);
  }

  /** Waits until a function within the page says something that counts as true, and gives it. */
  async until(what, holds, ...parameters) {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const said = await this.evaluate(holds, ...parameters).catch((error) => {
        if (error.message.includes('SyntaxError')) {
          throw error;
        }
        // Between two documents there is no page to be asked, or not all of it.
        return undefined;
      });
      if (said) {
        return said;
      }
      if (Date.now() > end) {
        throw new Error(`there is not after ${PATIENCE} ms: ${what}${this.complaints.map((one) => `\n${one}`).join('')}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /** Where the middle of what a selector finds is on the screen, brought there if need be. */
  place(selector, text = '') {
    return this.until(
      `${selector} ${text}`,
      (wanted, containing) => {
        const found = Array.from(document.querySelectorAll(wanted)).find((one) => one.textContent.includes(containing));
        if (found === undefined || found.getBoundingClientRect().width === 0) {
          return undefined;
        }
        found.scrollIntoView({ block: 'center', inline: 'center' });
        const { left, top, width, height } = found.getBoundingClientRect();
        return [left + width / 2, top + height / 2];
      },
      selector,
      text,
    );
  }

  async tap(selector, text) {
    const at = await this.place(selector, text);
    await this.fingers([at]);
  }

  /** One finger from a place to another. */
  drag([fromX, fromY], [toX, toY]) {
    return this.fingers(
      ...Array.from({ length: STEPS + 1 }, (_, i) => [[fromX + ((toX - fromX) * i) / STEPS, fromY + ((toY - fromY) * i) / STEPS]]),
    );
  }

  /** Writes into what has the focus. */
  write(text) {
    return this.evaluate((words) => document.execCommand('insertText', false, words), text);
  }
}
