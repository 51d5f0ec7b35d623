import { currentLanguage } from '../i18n';
import { date, personName, text, type Dataset } from '../dicom/json';
import { seriesPath, type SlideName } from './address';
import type { Pyramid } from './pyramid';
import { word } from './words';

/** What is told to the reader instead of a slide. */
export class NoSlide extends Error {
  /** @param again whether it may go well the next time */
  constructor(
    message: string,
    readonly again: boolean,
  ) {
    super(message);
  }
}

/** The slide; NoSlide where there is none to be shown. */
export async function askPyramid(root: string, of: SlideName): Promise<Pyramid> {
  let response: Response;
  try {
    response = await fetch(`${seriesPath(root, of)}/slide`, { headers: { Accept: 'application/json' } });
  } catch {
    throw new NoSlide(word('failed'), true);
  }
  switch (response.status) {
    case 200:
      return (await response.json()) as Pyramid;
    case 404:
      throw new NoSlide(word('notFound'), false);
    case 401:
    case 403:
    case 410:
      throw new NoSlide(word('ended'), false);
    case 422: {
      const { error } = (await response.json()) as { error?: unknown };
      throw new NoSlide(word('notShown') + String(error), false);
    }
    default:
      throw new NoSlide(word('failed'), true);
  }
}

/** Whose slide it is and of when, in one line; empty where that cannot be told. */
export async function askHeading(root: string, study: string): Promise<string> {
  const response = await fetch(`${root}/studies?StudyInstanceUID=${study}`, {
    headers: { Accept: 'application/dicom+json' },
  });
  if (response.status !== 200) {
    return '';
  }
  const found = ((await response.json()) as Dataset[]).find((one) => text(one, '0020000D') === study);
  return found === undefined
    ? ''
    : [personName(found, '00100010', currentLanguage()), date(text(found, '00080020')), text(found, '00081030')]
        .filter((part) => part !== '')
        .join(' · ');
}

/** What a link wants written over the images; empty for none. */
export async function askWatermark(link: string): Promise<string> {
  if (link === '') {
    return '';
  }
  const response = await fetch(`${link}/context`, { headers: { Accept: 'application/json' } });
  const said = response.ok ? ((await response.json()) as { watermark?: unknown }).watermark : '';
  return typeof said === 'string' ? said.slice(0, 80) : '';
}
