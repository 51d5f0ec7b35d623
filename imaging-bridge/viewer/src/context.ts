/** Where the page was opened, and what follows from it. */
export interface Context {
  /** Of DICOMweb. */
  root: string;
  /** Of the studies to be seen first; empty for all that the root lists. */
  studies: string[];
  /** Whether it was opened by a link that shows certain studies only. */
  link: boolean;
  watermark: string;
}

const LINK = /^(.*\/film\/open\/[^/]+)\//;

export async function contextOf(location: Location): Promise<Context> {
  const parameters = new URLSearchParams(location.search);
  const named = (parameters.get('StudyInstanceUIDs') ?? parameters.get('StudyInstanceUID') ?? '')
    .split(/[,\\]/)
    .map((uid) => uid.trim())
    .filter((uid) => /^[0-9.]{1,64}$/.test(uid));
  const link = LINK.exec(location.pathname)?.[1];
  if (link === undefined) {
    return { root: '/dicomweb', studies: named, link: false, watermark: '' };
  }
  return { root: `${link}/dicomweb`, studies: named, link: true, watermark: await watermark(`${link}/context`) };
}

/** What is to be written over the images: who shares them, and to whom. */
async function watermark(address: string): Promise<string> {
  const response = await fetch(address, { headers: { Accept: 'application/json' }, credentials: 'same-origin' });
  if (!response.ok) {
    return '';
  }
  const said = (await response.json()) as { watermark?: unknown };
  return typeof said.watermark === 'string' ? said.watermark.slice(0, 80) : '';
}
