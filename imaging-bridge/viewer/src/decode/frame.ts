import type { PixelFormat, Table } from '../model/image';
import { colors, palette, unshared } from '../pixels/color';
import { samplesOf } from '../pixels/native';
import { overlayInCells } from '../pixels/overlays';
import type { Pixels } from '../pixels/pixels';
import type { Decompressed } from './codecs';

/**
 * From samples to what is painted.
 *
 * @param overlayBits bits of the cells in which overlays lie
 */
export function pixelsOf(
  decompressed: Decompressed,
  format: PixelFormat,
  tables: Table[] | undefined,
  overlayBits: number[] = [],
): Pixels {
  const pixels = painted(decompressed, format, tables);
  const overlay = decompressed.whole
    ? overlayInCells(decompressed.bytes, format, decompressed.highBit, overlayBits)
    : undefined;
  return overlay === undefined ? pixels : { ...pixels, overlay };
}

function painted(decompressed: Decompressed, format: PixelFormat, tables: Table[] | undefined): Pixels {
  const { bytes, highBit, photometric, planar } = decompressed;
  if (format.samples === 1) {
    const samples = samplesOf(bytes, format, highBit);
    if (photometric === 'PALETTE COLOR') {
      if (tables === undefined) {
        throw new Error('the palette is missing');
      }
      return palette(samples, format, tables);
    }
    return { kind: 'grey', width: format.columns, height: format.rows, samples, original: true };
  }
  const shared = photometric.endsWith('_422') && bytes.length < format.rows * format.columns * 3;
  if (shared) {
    const pairs = samplesOf(bytes, { ...format, samples: 2 }, highBit);
    return colors(unshared(pairs, format), format, photometric, false);
  }
  return colors(samplesOf(bytes, format, highBit), format, photometric, planar);
}
