import { inlineBytes, number, numbers, type Dataset } from '../dicom/json';
import type { Color, Grey } from './pixels';

/** A plane of single bits that is drawn in white over an image (PS3.3 section C.9.2). */
export interface Overlay {
  rows: number;
  columns: number;
  /** Of its first pixel within the image, from 0. */
  top: number;
  left: number;
  frames: number;
  /** Number of the image's frame over which its first one lies. */
  first: number;
  /** Eight pixels a byte, the first in the lowest bit; or the address where they are. */
  data: Uint8Array | string;
}

const GROUPS = Array.from({ length: 16 }, (_, i) => (0x6000 + 2 * i).toString(16).toUpperCase());

/** The overlays of a data set that lie beside its pixels; those within unused bits of them are left to previews. */
export function overlaysOf(dataset: Dataset): Overlay[] {
  const found: Overlay[] = [];
  for (const group of GROUPS) {
    const attribute = dataset[`${group}3000`];
    const data = inlineBytes(attribute) ?? attribute?.BulkDataURI;
    const rows = number(dataset, `${group}0010`) ?? 0;
    const columns = number(dataset, `${group}0011`) ?? 0;
    if (data !== undefined && rows > 0 && columns > 0) {
      const [top = 1, left = 1] = numbers(dataset, `${group}0050`);
      found.push({
        rows,
        columns,
        top: top - 1,
        left: left - 1,
        frames: number(dataset, `${group}0015`) ?? 1,
        first: number(dataset, `${group}0051`) ?? 1,
        data,
      });
    }
  }
  return found;
}

/** Puts the pixels of an overlay for a frame into a mask of an image; one of a single frame lies over all. */
export function mark(mask: Uint8Array, width: number, height: number, overlay: Overlay, bits: Uint8Array, frame: number): void {
  const plane = overlay.frames > 1 ? frame - overlay.first : 0;
  const offset = plane * overlay.rows * overlay.columns;
  if (plane < 0 || plane >= overlay.frames || bits.length * 8 < offset + overlay.rows * overlay.columns) {
    return;
  }
  for (let y = Math.max(0, -overlay.top); y < overlay.rows && y + overlay.top < height; y++) {
    for (let x = Math.max(0, -overlay.left); x < overlay.columns && x + overlay.left < width; x++) {
      const bit = offset + y * overlay.columns + x;
      if (((bits[bit >> 3] >> (bit & 7)) & 1) !== 0) {
        mask[(y + overlay.top) * width + x + overlay.left] = 1;
      }
    }
  }
}

/** Draws the mask of pixels into their picture. */
export function drawOverlay(pixels: Grey | Color, rgba: Uint8ClampedArray): void {
  const { overlay } = pixels;
  if (overlay !== undefined) {
    for (let i = 0; i < overlay.length; i++) {
      if (overlay[i] !== 0) {
        rgba.fill(255, 4 * i, 4 * i + 4);
      }
    }
  }
}
