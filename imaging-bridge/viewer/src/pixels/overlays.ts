import { inlineBytes, number, numbers, type Dataset } from '../dicom/json';
import type { PixelFormat } from '../model/image';
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

/** The overlays of a data set that lie beside its pixels. */
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

/**
 * Bits of the cells in which overlays of a data set lie, beside the bits that are stored: the retired form of an overlay without data of its own,
 * which is as large as the image (PS3.3 section C.9.2.1.1).
 */
export function overlayBitsOf(dataset: Dataset, format: PixelFormat): number[] {
  const { rows, columns, bitsAllocated, bitsStored, highBit } = format;
  if (format.samples !== 1 || format.numbers !== 'integer') {
    return [];
  }
  return GROUPS.filter(
    (group) =>
      dataset[`${group}3000`] === undefined &&
      number(dataset, `${group}0010`) === rows &&
      number(dataset, `${group}0011`) === columns,
  )
    .map((group) => number(dataset, `${group}0102`) ?? 0)
    .filter((bit) => bit >= 0 && bit < bitsAllocated && (bit > highBit || bit <= highBit - bitsStored));
}

/** The mask of what lies in some bits of cells of one sample in little endian; undefined where no bit is named. */
export function overlayInCells(
  bytes: Uint8Array,
  { rows, columns, bitsAllocated, bitsStored }: PixelFormat,
  highBit: number,
  bits: number[],
): Uint8Array | undefined {
  const beside = bits.filter((bit) => bit > highBit || bit <= highBit - bitsStored);
  const size = bitsAllocated >> 3;
  if (beside.length === 0 || size === 0) {
    return undefined;
  }
  const mask = new Uint8Array(rows * columns);
  for (const bit of beside) {
    for (let i = 0, at = bit >> 3; i < mask.length; i++, at += size) {
      mask[i] |= (bytes[at] >> (bit & 7)) & 1;
    }
  }
  return mask;
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
