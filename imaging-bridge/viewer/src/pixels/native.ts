import type { PixelFormat } from '../model/image';
import type { Samples } from './pixels';

/**
 * Samples of pixels that are not compressed, or not any more, in little endian (PS3.5 section 8.1): without the bits that are not stored, and with
 * their sign. Throws where there are too few bytes.
 */
export function samplesOf(bytes: Uint8Array, format: PixelFormat, highBit = format.highBit): Samples {
  const count = format.rows * format.columns * format.samples;
  if (format.bitsAllocated === 1) {
    return singleBits(bytes, count);
  }
  const size = format.bitsAllocated >> 3;
  if (bytes.byteLength < count * size) {
    throw new Error(`the frame has ${bytes.byteLength} bytes, it needs ${count * size}`);
  }
  // Typed arrays begin at multiples of their size, parts of an answer anywhere.
  const buffer =
    bytes.byteOffset % size === 0 ? bytes.buffer : bytes.slice(0, count * size).buffer;
  const offset = bytes.byteOffset % size === 0 ? bytes.byteOffset : 0;
  if (format.numbers === 'float') {
    return new Float32Array(buffer, offset, count);
  }
  if (format.numbers === 'double') {
    return new Float64Array(buffer, offset, count);
  }
  const cells = typed(buffer, offset, count, size, format.signed);
  return masked(cells, format, highBit);
}

/** Bytes of a frame that is not compressed. */
export function plainBytes({ rows, columns, samples, bitsAllocated }: PixelFormat): number {
  return Math.ceil((rows * columns * samples * bitsAllocated) / 8);
}

function typed(buffer: ArrayBufferLike, offset: number, count: number, size: number, signed: boolean): Samples {
  switch (size) {
    case 1:
      return signed ? new Int8Array(buffer, offset, count) : new Uint8Array(buffer, offset, count);
    case 2:
      return signed ? new Int16Array(buffer, offset, count) : new Uint16Array(buffer, offset, count);
    case 4:
      return signed ? new Int32Array(buffer, offset, count) : new Uint32Array(buffer, offset, count);
    default:
      throw new Error(`pixels of ${size * 8} bits are not known`);
  }
}

/** Bits beside the stored ones may hold anything: overlays in old images, or nothing where a sign should be. */
function masked(cells: Samples, format: PixelFormat, highBit: number): Samples {
  if (format.bitsStored === format.bitsAllocated) {
    return cells;
  }
  const left = 32 - (highBit + 1);
  const right = 32 - format.bitsStored;
  const values = cells.slice();
  if (format.signed) {
    for (let i = 0; i < values.length; i++) {
      values[i] = (values[i] << left) >> right;
    }
  } else {
    for (let i = 0; i < values.length; i++) {
      values[i] = (values[i] << left) >>> right;
    }
  }
  return values;
}

/** Eight pixels a byte, the first in the lowest bit. */
function singleBits(bytes: Uint8Array, count: number): Uint8Array {
  if (bytes.length * 8 < count) {
    throw new Error(`the frame has ${bytes.length} bytes, it needs ${Math.ceil(count / 8)}`);
  }
  const values = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    values[i] = (bytes[i >> 3] >> (i & 7)) & 1;
  }
  return values;
}

/**
 * One RLE frame (PS3.5 annex G) as bytes of little endian samples, colours side by side. Throws where a segment ends before its pixels.
 */
export function runLengths(bytes: Uint8Array, format: PixelFormat): Uint8Array {
  const size = format.bitsAllocated >> 3;
  const pixels = format.rows * format.columns;
  const wanted = size * format.samples;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 64 || view.getUint32(0, true) !== wanted) {
    throw new Error('the RLE header names another number of segments than the pixels have');
  }
  const out = new Uint8Array(pixels * wanted);
  for (let segment = 0; segment < wanted; segment++) {
    const from = view.getUint32(4 + 4 * segment, true);
    const to = segment + 1 < wanted ? view.getUint32(8 + 4 * segment, true) : bytes.length;
    const sample = Math.floor(segment / size);
    // Within a sample the most significant byte comes first.
    const offset = sample * size + (size - 1 - (segment % size));
    unpack(bytes, from, Math.min(to, bytes.length), out, offset, wanted, pixels);
  }
  return out;
}

function unpack(
  bytes: Uint8Array,
  from: number,
  to: number,
  out: Uint8Array,
  offset: number,
  step: number,
  count: number,
): void {
  let at = from;
  let pixel = 0;
  while (pixel < count) {
    if (at >= to) {
      throw new Error(`an RLE segment ends after ${pixel} of ${count} pixels`);
    }
    const head = bytes[at++];
    if (head < 128) {
      for (let i = 0; i <= head && pixel < count; i++) {
        out[offset + step * pixel++] = bytes[at++];
      }
    } else if (head > 128) {
      const value = bytes[at++];
      for (let i = 0; i < 257 - head && pixel < count; i++) {
        out[offset + step * pixel++] = value;
      }
    }
  }
}
