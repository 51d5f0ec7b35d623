// What a link and its electrocardiogram look like on paper: node test/browser/print.mjs http://127.0.0.1:8081 study study-of-an-ecg where-files-go
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { equal, Harness } from './harness.mjs';

const [, , base, study, electrocardiogram, files] = process.argv;
const MILLIMETRE = 96 / 25.4;

async function open(page, studyInstanceUid) {
  const response = await fetch(`${base}/film`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Requester': 'test' },
    body: JSON.stringify({ studyInstanceUid, secondFactor: 'none', watermark: '南安市医院' }),
  });
  const { id, url } = await response.json();
  // What the browser would ask its user cannot be answered here; that it is asked is what counts.
  await page.addInitScript(() => {
    window.printed = 0;
    window.print = () => window.printed++;
  });
  await page.goto(`${base}/film/open/${id}${url.slice(url.indexOf('#'))}`);
  await page.waitForFunction(() => document.querySelector('.image img')?.naturalWidth > 0);
}

const seen = (page, selector) => page.locator(selector).evaluateAll((found) => found.filter((one) => one.getClientRects().length > 0).map((one) => one.textContent));

const harness = await Harness.start(base);

await harness.check('the page of a link prints its image and report, and nothing to press', { locale: 'zh-CN' }, async (page) => {
  await open(page, study);
  await page.click('#print');
  equal(await page.evaluate(() => window.printed), 1, 'calls of the browser’s print');
  await page.emulateMedia({ media: 'print' });
  equal(await seen(page, 'button, .button, header a'), [], 'controls on paper');
  equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)', 'paper');
  const note = page.locator('.image span');
  equal(await note.evaluate((one) => [getComputedStyle(one).color, getComputedStyle(one.parentElement).backgroundColor]), ['rgb(0, 0, 0)', 'rgb(255, 255, 255)'], 'ink and paper of what is said of the image');
  const below = await note.boundingBox();
  const { y, width, height } = await page.locator('.image img').boundingBox();
  equal(below.y >= y + height - 1, true, 'what is said of the image beside it');
  equal(width > 60 * MILLIMETRE && height <= 90 * MILLIMETRE + 1, true, `an image of ${width} × ${height} pixels`);
  await page.screenshot({ path: join(files, 'print-film.png'), fullPage: true });
  await writeFile(join(files, 'print-film.pdf'), await page.pdf({ format: 'A4', printBackground: true, margin: { top: '15mm', right: '15mm', bottom: '15mm', left: '15mm' } }));
});

await harness.check('an electrocardiogram prints as a page of true millimetres, and nothing to press', { locale: 'zh-CN' }, async (page) => {
  await open(page, electrocardiogram);
  await page.click('a.button');
  await page.waitForSelector('.stage > svg');
  await page.getByRole('button', { name: '放大' }).click();
  await page.getByRole('button', { name: '打印' }).click();
  equal(await page.evaluate(() => window.printed), 1, 'calls of the browser’s print');
  await page.emulateMedia({ media: 'print' });
  equal(await seen(page, '.bar, .readout, .message, button, select'), [], 'controls on paper');
  const { width, height } = await page.locator('.stage > svg').boundingBox();
  equal([Math.round(width / MILLIMETRE), Math.round(height / MILLIMETRE)], [297, 210], 'millimetres');
  await page.screenshot({ path: join(files, 'print-ecg.png'), fullPage: true });
  await writeFile(join(files, 'print-ecg.pdf'), await page.pdf({ preferCSSPageSize: true, printBackground: true }));
});

await harness.end();
