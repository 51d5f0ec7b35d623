import type { Image, Measured, Spacing } from '../model/image';
import { modalityValue } from '../pixels/grey';
import type { Grey } from '../pixels/pixels';

/** Measurements; points are in pixels of the image, the corner of the first one being 0, 0. */

export type Point = readonly [x: number, y: number];

export type Shape = 'length' | 'angle' | 'cobb' | 'ellipse' | 'rectangle' | 'probe';

export interface Measurement {
  shape: Shape;
  points: Point[];
}

/** How many points a shape has. */
export const POINTS: Record<Shape, number> = { length: 2, angle: 3, cobb: 4, ellipse: 2, rectangle: 2, probe: 1 };

/** A distance: in millimetres only where the data set tells the spacing of pixels. */
export interface Distance {
  value: number;
  unit: 'mm' | 'px';
  /** Of what it is a distance; undefined where it is counted in pixels. */
  measured?: Measured;
}

export function distance(from: Point, to: Point, spacing: Spacing | undefined): Distance {
  const wide = to[0] - from[0];
  const high = to[1] - from[1];
  return spacing === undefined
    ? { value: Math.hypot(wide, high), unit: 'px' }
    : { value: Math.hypot(wide * spacing.column, high * spacing.row), unit: 'mm', measured: spacing.measured };
}

/** The angle at the second point in degrees, 0 to 180; pixels that are not square are taken as they are. */
export function angle([first, apex, last]: Point[], aspect: number): number {
  const a = [first[0] - apex[0], (first[1] - apex[1]) * aspect];
  const b = [last[0] - apex[0], (last[1] - apex[1]) * aspect];
  const turn = Math.atan2(a[0] * b[1] - a[1] * b[0], a[0] * b[0] + a[1] * b[1]);
  return (Math.abs(turn) * 180) / Math.PI;
}

/**
 * The angle between two lines in degrees, 0 to 180, as Cobb measures a spine: both are taken to run to the same side of what leads from the one to the
 * other, whichever end was drawn first. Where they lie upon each other the smaller angle is meant.
 */
export function cobb([from, to, start, end]: Point[], aspect: number): number {
  const first = [to[0] - from[0], (to[1] - from[1]) * aspect];
  const second = [end[0] - start[0], (end[1] - start[1]) * aspect];
  const along = [start[0] + end[0] - from[0] - to[0], (start[1] + end[1] - from[1] - to[1]) * aspect];
  const side = (line: number[]): number => along[0] * line[1] - along[1] * line[0];
  const turn = Math.atan2(first[0] * second[1] - first[1] * second[0], first[0] * second[0] + first[1] * second[1]);
  const between = (Math.abs(turn) * 180) / Math.PI;
  const sides = side(first) * side(second);
  return sides === 0 ? Math.min(between, 180 - between) : sides > 0 ? between : 180 - between;
}

export interface Statistics {
  count: number;
  mean: number;
  deviation: number;
  least: number;
  most: number;
}

/** Values of the modality of the pixels whose centres lie inside; undefined where there are none. */
export function statistics(shape: Shape, [one, other]: Point[], grey: Grey, image: Image): Statistics | undefined {
  const [left, right] = [Math.min(one[0], other[0]), Math.max(one[0], other[0])];
  const [top, bottom] = [Math.min(one[1], other[1]), Math.max(one[1], other[1])];
  const [middleX, middleY] = [(left + right) / 2, (top + bottom) / 2];
  const [radiusX, radiusY] = [(right - left) / 2, (bottom - top) / 2];
  let count = 0;
  let mean = 0;
  let squares = 0;
  let least = Infinity;
  let most = -Infinity;
  for (let y = Math.max(0, Math.ceil(top - 0.5)); y < Math.min(grey.height, bottom - 0.5 + 1e-9); y++) {
    for (let x = Math.max(0, Math.ceil(left - 0.5)); x < Math.min(grey.width, right - 0.5 + 1e-9); x++) {
      if (shape === 'ellipse' && ((x + 0.5 - middleX) / radiusX) ** 2 + ((y + 0.5 - middleY) / radiusY) ** 2 > 1) {
        continue;
      }
      const value = valueAt(grey, image, x, y);
      if (value !== undefined) {
        // Welford's way: sums of squares of large values would lose the small differences.
        count++;
        const before = value - mean;
        mean += before / count;
        squares += before * (value - mean);
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
  }
  return count === 0 ? undefined : { count, mean, deviation: Math.sqrt(squares / count), least, most };
}

/** The value of the modality of a pixel; undefined outside and where nothing was measured. */
export function valueAt(grey: Grey, image: Image, x: number, y: number): number | undefined {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  if (column < 0 || row < 0 || column >= grey.width || row >= grey.height) {
    return undefined;
  }
  const stored = grey.samples[row * grey.width + column];
  const { padding } = image;
  return Number.isNaN(stored) || (padding !== undefined && stored >= padding.low && stored <= padding.high)
    ? undefined
    : modalityValue(stored, image.modality);
}

/** Area of an ellipse or a rectangle. */
export function area(shape: Shape, [one, other]: Point[], spacing: Spacing | undefined): Distance {
  const factor = shape === 'ellipse' ? Math.PI / 4 : 1;
  const pixels = Math.abs((other[0] - one[0]) * (other[1] - one[1])) * factor;
  return spacing === undefined
    ? { value: pixels, unit: 'px' }
    : { value: pixels * spacing.row * spacing.column, unit: 'mm', measured: spacing.measured };
}
