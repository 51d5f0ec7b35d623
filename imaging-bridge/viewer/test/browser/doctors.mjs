// What doctors are offered, as a gateway names them: node test/browser/doctors.mjs http://127.0.0.1:8081 where-pictures-go
// It is the 10th of November 2025. Practitioner/1 is a doctor of Organization/haidu, Practitioner/3 of Organization/clinic. Patient P7 of the hospital is X9 of XIAMEI, and P8 is X8.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { equal, Harness, PATIENCE, shown, state } from './harness.mjs';
import { storeCt } from './phantom.mjs';

const [, , base, pictures] = process.argv;
mkdirSync(pictures, { recursive: true });

const about = { patient: 'P7', name: 'Wang^XiaoDong=王^小东', size: 128, thickness: 3 };
const current = { ...about, study: '1.2.3.7', series: '1.2.3.7.1', date: '20251103', description: 'Chest', frameOfReference: '1.2.3.7.9' };
const elsewhere = { ...about, patient: 'X9', study: '1.2.3.5', series: '1.2.3.5.1', date: '20230301', description: 'Chest elsewhere', frameOfReference: '1.2.3.5.9' };
const longAgo = { ...about, patient: 'P8', name: 'Li^Hua=李^华', study: '1.2.3.8', series: '1.2.3.8.1', date: '20240101', description: 'Long ago', frameOfReference: '1.2.3.8.9' };
const noBusiness = { ...longAgo, patient: 'X8', study: '1.2.3.3', series: '1.2.3.3.1', date: '20251108', description: 'No business of theirs', frameOfReference: '1.2.3.3.9' };
await storeCt(`${base}/dicomweb`, current, 3);
await storeCt(`${base}/dicomweb`, longAgo, 3);
await storeCt(`${base}/dicomweb`, elsewhere, 3, 'XIAMEI');
await storeCt(`${base}/dicomweb`, noBusiness, 3, 'XIAMEI');

const harness = await Harness.start(base);
const as = (requester, organization) => ({ extraHTTPHeaders: { 'X-Requester': requester, 'X-Requester-Organization': organization } });
const doctor = as('Practitioner/1', 'Organization/haidu');
const listed = (page) => page.locator('.study .study-head').allTextContents();
const said = (page, words) => page.waitForFunction((wanted) => document.body.innerText.includes(wanted), words);
/** What the browser itself notes of an answer. */
const refused = (status) => (message) => message.includes(`status of ${status}`);

await harness.check('a doctor whose hospital has the patient in its care is offered priors of another hospital, and sees them beside', doctor, async (page) => {
  await harness.open(page, current.study);
  await page.waitForSelector('.study:nth-of-type(2)');
  equal(await listed(page), ['2025-11-03CT · Chest', '2023-03-01CT · Chest elsewhere'], 'studies');
  await page.click('.tool[aria-haspopup=menu]:has-text("Layout")');
  await page.click('.menu .entry:has-text("1 × 2")');
  await shown(page, '', 1);
  equal((await state(page, 1)).image.startsWith('1.2.3.5.1.'), true, 'the prior');
  await page.screenshot({ path: join(pictures, 'doctor-priors.png') });
});

await harness.check('where it has not, the doctor is offered what the own hospital has', doctor, async (page) => {
  await harness.open(page, longAgo.study);
  await page.waitForLoadState('networkidle', { timeout: PATIENCE });
  equal(await listed(page), ['2024-01-01CT · Long ago'], 'studies');
});

await harness.check('a study that is none of a doctor’s business is not there', doctor, async (page) => {
  await page.goto(`${base}/view/?StudyInstanceUIDs=${noBusiness.study}`);
  await said(page, 'There is no such study, or none that you may look at');
  await page.screenshot({ path: join(pictures, 'doctor-none.png') });
});

await harness.check('nor is one of another hospital to a doctor of a third', { ...as('Practitioner/3', 'Organization/clinic'), locale: 'zh-CN' }, async (page) => {
  await page.goto(`${base}/view/?StudyInstanceUIDs=${current.study}`);
  await said(page, '没有此检查，或您无权查看');
});

await harness.check(
  'who is no doctor is told so',
  as('Practitioner/9', 'Organization/haidu'),
  async (page) => {
    await page.goto(`${base}/view/?StudyInstanceUIDs=${current.study}`);
    await said(page, 'You have no right to look at images');
    equal(await listed(page), [], 'studies');
    await page.screenshot({ path: join(pictures, 'doctor-nobody.png') });
  },
  refused(403),
);

await harness.check('OHIF lists the studies of the own hospital', doctor, async (page) => {
  await page.goto(`${base}/view/ohif`);
  await page.getByText('Long ago').first().waitFor();
  await page.getByText('Chest', { exact: true }).first().waitFor();
  const text = await page.evaluate(() => document.body.innerText);
  equal([text.includes('No business'), text.includes('Chest elsewhere')], [false, false], 'studies of another hospital');
  await page.screenshot({ path: join(pictures, 'doctor-ohif.png') });
});

await harness.end();
