// Where the recording is asked for: the page's own address says which one, and from whom.

export interface Recording {
  study: string;
  series: string;
  instance: string;
}

export interface Wish {
  layout: '3x4' | '6x2' | '12x1' | '';
  speed: 12.5 | 25 | 50;
  gain: 5 | 10 | 20;
  /** Seconds from the beginning of the recording. */
  offset: number;
  language: 'zh' | 'en';
}

const UID = /^(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))*$/;
const FILM = /^\/film\/open\/([A-Za-z0-9_-]+)\//;

/** DICOMweb's root: that of the link if the page was opened through one, else the hub's. */
export function root(pathname: string): string {
  const film = FILM.exec(pathname);
  return film ? `/film/open/${film[1]}/dicomweb` : '/dicomweb';
}

/** The recording that an address names; null where it names none. */
export function recording(search: string): Recording | null {
  const parameters = new URLSearchParams(search);
  const uid = (name: string): string | null => {
    const value = parameters.get(name);
    return value !== null && value.length <= 64 && UID.test(value) ? value : null;
  };
  const study = uid('study');
  const series = uid('series');
  const instance = uid('instance');
  return study && series && instance ? { study, series, instance } : null;
}

/** The address of a drawing. */
export function drawing(base: string, of: Recording, wish: Wish): string {
  const parameters = new URLSearchParams();
  if (wish.layout) {
    parameters.set('layout', wish.layout);
  }
  parameters.set('speed', String(wish.speed));
  parameters.set('gain', String(wish.gain));
  if (wish.offset > 0) {
    parameters.set('offset', String(Math.round(wish.offset * 1000) / 1000));
  }
  parameters.set('lang', wish.language);
  return `${base}/studies/${of.study}/series/${of.series}/instances/${of.instance}/rendered?${parameters}`;
}
