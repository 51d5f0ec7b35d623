/** A slide is a series. */
export interface SlideName {
  study: string;
  series: string;
}

const UID = /^(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))*$/;
const LINK = /^(\/film\/open\/[A-Za-z0-9_-]+)\//;

/** The link by which the page was opened; empty where it was opened without one. */
export function link(pathname: string): string {
  return LINK.exec(pathname)?.[1] ?? '';
}

/** DICOMweb's root: that of the link, else the hub's. */
export function root(pathname: string): string {
  return `${link(pathname)}/dicomweb`;
}

/** The slide that an address names; undefined where it names none. */
export function slideName(search: string): SlideName | undefined {
  const parameters = new URLSearchParams(search);
  const study = parameters.get('study') ?? '';
  const series = parameters.get('series') ?? '';
  return isUid(study) && isUid(series) ? { study, series } : undefined;
}

function isUid(text: string): boolean {
  return text.length <= 64 && UID.test(text);
}

/** Of the series, below the root. */
export function seriesPath(root: string, of: SlideName): string {
  return `${root}/studies/${of.study}/series/${of.series}`;
}
