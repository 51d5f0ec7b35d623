/** From pixels of an image to those of the canvas and back. */

/** x' = a x + c y + e, y' = b x + d y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export interface Placement {
  /** 1 shows the whole image. */
  zoom: number;
  panX: number;
  panY: number;
  /** Quarter turns to the right. */
  turns: number;
  flipped: boolean;
}

export const PLACED: Placement = { zoom: 1, panX: 0, panY: 0, turns: 0, flipped: false };

export interface Size {
  width: number;
  height: number;
}

/** Pixels of the canvas for one of the image, when the whole image is shown. */
export function fit(image: Size, aspect: number, canvas: Size, turns: number): number {
  const high = image.height * aspect;
  const [width, height] = turns % 2 === 0 ? [image.width, high] : [high, image.width];
  return Math.min(canvas.width / width, canvas.height / height);
}

/** @param aspect height of a pixel of the image, its width being 1 */
export function matrix(image: Size, aspect: number, canvas: Size, placement: Placement): Matrix {
  const scale = fit(image, aspect, canvas, placement.turns) * placement.zoom;
  const cos = [1, 0, -1, 0][placement.turns & 3];
  const sin = [0, 1, 0, -1][placement.turns & 3];
  const wide = placement.flipped ? -scale : scale;
  const high = scale * aspect;
  const a = cos * wide;
  const b = sin * wide;
  const c = -sin * high;
  const d = cos * high;
  let e = canvas.width / 2 + placement.panX - (a * image.width + c * image.height) / 2;
  let f = canvas.height / 2 + placement.panY - (b * image.width + d * image.height) / 2;
  // Pixel upon pixel: half a one aside would blur everything.
  if (Math.abs(scale - 1) < 1e-6 && aspect === 1) {
    e = Math.round(e);
    f = Math.round(f);
  }
  return [a, b, c, d, e, f];
}

export function apply([a, b, c, d, e, f]: Matrix, x: number, y: number): [number, number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

export function inverse([a, b, c, d, e, f]: Matrix): Matrix {
  const determinant = a * d - b * c;
  return [
    d / determinant,
    -b / determinant,
    -c / determinant,
    a / determinant,
    (c * f - d * e) / determinant,
    (b * e - a * f) / determinant,
  ];
}

/** The placement after a zoom that keeps a point of the canvas where it is. */
export function zoomed(placement: Placement, factor: number, at: { x: number; y: number }, canvas: Size): Placement {
  const zoom = Math.min(40, Math.max(0.2, placement.zoom * factor));
  const applied = zoom / placement.zoom;
  const fromX = at.x - canvas.width / 2;
  const fromY = at.y - canvas.height / 2;
  return {
    ...placement,
    zoom,
    panX: fromX - (fromX - placement.panX) * applied,
    panY: fromY - (fromY - placement.panY) * applied,
  };
}
