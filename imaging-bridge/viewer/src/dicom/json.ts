/** Reads the DICOM JSON model (PS3.18 annex F). */

export interface Attribute {
  vr: string;
  Value?: unknown[];
  InlineBinary?: string;
  BulkDataURI?: string;
}

export type Dataset = Record<string, Attribute | undefined>;

export type Language = 'zh' | 'en';

/** All values as text; empty ones are ''. */
export function texts(dataset: Dataset, tag: string): string[] {
  return (dataset[tag]?.Value ?? []).map((value) =>
    value === null || value === undefined || typeof value === 'object' ? '' : String(value).trim(),
  );
}

/** The first value as text, '' where there is none. */
export function text(dataset: Dataset, tag: string): string {
  return texts(dataset, tag)[0] ?? '';
}

/** All values that are finite numbers; DS and IS may come as text. */
export function numbers(dataset: Dataset, tag: string): number[] {
  return (dataset[tag]?.Value ?? [])
    .filter((value) => value !== null && value !== '')
    .map(Number)
    .filter(Number.isFinite);
}

export function number(dataset: Dataset, tag: string): number | undefined {
  return numbers(dataset, tag)[0];
}

/** The items of a sequence. */
export function items(dataset: Dataset, tag: string): Dataset[] {
  return (dataset[tag]?.Value ?? []).filter((item): item is Dataset => typeof item === 'object' && item !== null);
}

interface PersonName {
  Alphabetic?: string;
  Ideographic?: string;
  Phonetic?: string;
}

/**
 * A person's name as it is read: in Chinese characters where there are any and the reader reads Chinese, else in letters; family name first, as
 * the standard orders it (PS3.5 section 6.2.1).
 */
export function personName(dataset: Dataset, tag: string, language: Language): string {
  const value = dataset[tag]?.Value?.[0];
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'string' ? readable(value, language) : '';
  }
  const groups = value as PersonName;
  const order =
    language === 'zh'
      ? [groups.Ideographic, groups.Alphabetic, groups.Phonetic]
      : [groups.Alphabetic, groups.Ideographic, groups.Phonetic];
  return readable(order.find((group) => group !== undefined && group.replace(/\^/g, '').trim() !== '') ?? '', language);
}

const HAN = /[\u2E80-\u9FFF\uF900-\uFAFF]|[\uD840-\uD88D][\uDC00-\uDFFF]/;

/** Chinese names are written without a space between family and given name. */
function readable(group: string, _language: Language): string {
  const parts = group.split('^').map((part) => part.trim());
  if (HAN.test(group)) {
    return parts.slice(0, 3).join('');
  }
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = parts;
  return [prefix, family, given, middle, suffix].filter((part) => part !== '').join(' ');
}

/** A date of DICOM (YYYYMMDD) with hyphens; what is no date stays as it is. */
export function date(value: string): string {
  return /^\d{8}/.test(value) ? `${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6, 8)}` : value;
}

/** A time of DICOM (HHMMSS.FFFFFF) to the minute. */
export function time(value: string): string {
  return /^\d{4}/.test(value) ? `${value.slice(0, 2)}:${value.slice(2, 4)}` : value;
}

/** The bytes of a value that stands in the JSON itself; undefined where it stands elsewhere. */
export function inlineBytes(attribute: Attribute | undefined): Uint8Array | undefined {
  if (attribute?.InlineBinary === undefined) {
    return undefined;
  }
  const binary = atob(attribute.InlineBinary);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) {
    bytes[i] = binary.charCodeAt(i);
  }
  return bytes;
}
