// What calipers say, from millimetres on the page.

/** Milliseconds between two places, and how many such intervals a minute has. */
export function interval(millimetres: number, speed: number): { milliseconds: number; perMinute: number | null } {
  const milliseconds = (Math.abs(millimetres) / speed) * 1000;
  return { milliseconds, perMinute: milliseconds > 0 ? 60_000 / milliseconds : null };
}

/** Millivolts between two heights; the page counts from above. */
export function millivolts(from: number, to: number, gain: number): number {
  return (from - to) / gain;
}

/** Where an interval comes again, to both sides, within bounds; not where its own ends are. */
export function marched(first: number, second: number, least: number, most: number): number[] {
  const step = Math.abs(second - first);
  const places: number[] = [];
  if (step < 1) {
    return places;
  }
  for (let at = Math.min(first, second) - step; at >= least; at -= step) {
    places.push(at);
  }
  for (let at = Math.max(first, second) + step; at <= most; at += step) {
    places.push(at);
  }
  return places;
}

export function timeText(millimetres: number, speed: number): string {
  const { milliseconds, perMinute } = interval(millimetres, speed);
  return `${Math.round(milliseconds)} ms` + (perMinute !== null && perMinute < 1000 ? ` · ${Math.round(perMinute)} bpm` : '');
}

export function voltageText(from: number, to: number, gain: number): string {
  return `${millivolts(from, to, gain).toFixed(2)} mV`;
}
