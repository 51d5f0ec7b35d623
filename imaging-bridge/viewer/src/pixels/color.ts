import type { PixelFormat, Table } from '../model/image';
import type { Color, Samples } from './pixels';

/**
 * Colours as a browser shows them.
 *
 * @param samples of each pixel side by side, or plane by plane where `planar`
 * @param photometric as the samples are now: decoders of JPEG and JPEG 2000 give RGB whatever was stored
 */
export function colors(samples: Samples, format: PixelFormat, photometric: string, planar: boolean): Color {
  const pixels = format.rows * format.columns;
  const rgba = new Uint8ClampedArray(pixels * 4);
  const shift = Math.max(0, format.bitsStored - 8);
  const scale = 1 / (1 << shift);
  const step = planar ? 1 : 3;
  const second = planar ? pixels : 1;
  const third = planar ? 2 * pixels : 2;
  const convert = conversion(photometric);
  for (let i = 0, at = 0, to = 0; i < pixels; i++, at += step, to += 4) {
    convert(samples[at] * scale, samples[at + second] * scale, samples[at + third] * scale, rgba, to);
    rgba[to + 3] = 255;
  }
  return { kind: 'color', width: format.columns, height: format.rows, rgba, original: true };
}

type Conversion = (a: number, b: number, c: number, rgba: Uint8ClampedArray, to: number) => void;

function conversion(photometric: string): Conversion {
  switch (photometric) {
    case 'RGB':
      return (red, green, blue, rgba, to) => {
        rgba[to] = red;
        rgba[to + 1] = green;
        rgba[to + 2] = blue;
      };
    case 'YBR_FULL':
    case 'YBR_FULL_422':
    case 'YBR_ICT':
      return ybrFull;
    case 'YBR_PARTIAL_422':
    case 'YBR_PARTIAL_420':
      return ybrPartial;
    case 'YBR_RCT':
      return ybrReversible;
    default:
      throw new Error(`colours of ${photometric} are not shown`);
  }
}

/** PS3.3 section C.7.6.3.1.2, YBR_FULL. */
export function ybrFull(y: number, cb: number, cr: number, rgba: Uint8ClampedArray, to: number): void {
  rgba[to] = y + 1.402 * (cr - 128);
  rgba[to + 1] = y - 0.344136 * (cb - 128) - 0.714136 * (cr - 128);
  rgba[to + 2] = y + 1.772 * (cb - 128);
}

/** Luminance from 16 to 235, chrominance from 16 to 240. */
function ybrPartial(y: number, cb: number, cr: number, rgba: Uint8ClampedArray, to: number): void {
  const light = 1.1644 * (y - 16);
  rgba[to] = light + 1.596 * (cr - 128);
  rgba[to + 1] = light - 0.3917 * (cb - 128) - 0.8129 * (cr - 128);
  rgba[to + 2] = light + 2.0173 * (cb - 128);
}

function ybrReversible(y: number, cb: number, cr: number, rgba: Uint8ClampedArray, to: number): void {
  const green = y - Math.floor((cb + cr) / 4);
  rgba[to] = cr + green;
  rgba[to + 1] = green;
  rgba[to + 2] = cb + green;
}

/** Two pixels of a row that share their chrominance, each with its own: Y Y Cb Cr becomes Y Cb Cr Y Cb Cr. */
export function unshared(samples: Samples, format: PixelFormat): Samples {
  const count = format.rows * format.columns * 3;
  const full = new Uint8Array(count);
  for (let from = 0, to = 0; to + 5 < count + 3; from += 4, to += 6) {
    full[to] = samples[from];
    full[to + 3] = samples[from + 1];
    full[to + 1] = full[to + 4] = samples[from + 2];
    full[to + 2] = full[to + 5] = samples[from + 3];
  }
  return full;
}

/** Indices of a palette as colours; each table gives 0 to 255. */
export function palette(samples: Samples, format: PixelFormat, tables: Table[]): Color {
  const pixels = format.rows * format.columns;
  const rgba = new Uint8ClampedArray(pixels * 4);
  for (let channel = 0; channel < 3; channel++) {
    const { first, bits, entries } = tables[channel];
    const shift = Math.max(0, bits - 8);
    for (let i = 0; i < pixels; i++) {
      const index = Math.min(entries.length - 1, Math.max(0, samples[i] - first));
      rgba[4 * i + channel] = entries[index] >> shift;
    }
  }
  for (let i = 3; i < rgba.length; i += 4) {
    rgba[i] = 255;
  }
  return { kind: 'color', width: format.columns, height: format.rows, rgba, original: true };
}

/** Entries of a palette: 16 bits each, or 8 where the descriptor says so and there are no more bytes than entries (PS3.3 section C.7.6.3.1.6). */
export function paletteEntries(descriptor: number[], bytes: Uint8Array): ArrayLike<number> {
  const count = descriptor[0] === 0 ? 65_536 : descriptor[0];
  if (descriptor[2] <= 8 && bytes.length < 2 * count) {
    return bytes;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length >> 1 }, (_, i) => view.getUint16(2 * i, true));
}
