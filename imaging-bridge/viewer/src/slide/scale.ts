/** A pixel of 0.25 µm is what a lens of 40 times shows; so a millimetre on the slide is seen 0.01 mm / pixel times as large. */
const MILLIMETRES_AT_ONE = 0.01;

export const MAGNIFICATIONS = [1, 2, 5, 10, 20, 40] as const;

/** How much is magnified when a pixel of the screen is so many millimetres of the slide. */
export function magnification(millimetresPerPixel: number): number {
  return MILLIMETRES_AT_ONE / millimetresPerPixel;
}

/** And the other way round. */
export function millimetresPerPixel(magnification: number): number {
  return MILLIMETRES_AT_ONE / magnification;
}

export function magnificationText(value: number): string {
  return `${value >= 10 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(2)}×`;
}

/** The longest round length (1, 2 or 5 of a power of ten) that is no longer than so many pixels. */
export function scaleBar(millimetresPerPixel: number, most: number): { pixels: number; text: string } {
  const longest = millimetresPerPixel * most;
  const power = 10 ** Math.floor(Math.log10(longest));
  const step = [5, 2, 1].find((one) => one * power <= longest * (1 + 1e-9)) ?? 1;
  const length = step * power;
  return { pixels: length / millimetresPerPixel, text: round(length) };
}

/** A round length; three digits at most. */
function round(millimetres: number): string {
  return millimetres < 0.9995
    ? `${Number((millimetres * 1_000).toPrecision(3))} µm`
    : `${Number(millimetres.toPrecision(3))} mm`;
}

/** A length that was measured. */
export function lengthText(millimetres: number): string {
  if (millimetres >= 1) {
    return `${millimetres.toFixed(2)} mm`;
  }
  const micrometres = millimetres * 1_000;
  return `${micrometres >= 100 ? micrometres.toFixed(0) : micrometres.toFixed(1)} µm`;
}
