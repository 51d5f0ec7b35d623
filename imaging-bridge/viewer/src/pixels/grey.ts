import type { Image, Modality, Table, Voi, Window } from '../model/image';
import type { Grey, Samples } from './pixels';

/** Grey pictures: stored values, values of the modality, values of interest, grey (PS3.3 section C.11, PS3.4 section N.2). */

/** A value of the modality, such as a Hounsfield unit. */
export function modalityValue(stored: number, modality: Modality): number {
  return 'table' in modality ? lookup(modality.table, stored) : stored * modality.slope + modality.intercept;
}

function lookup(table: Table, value: number): number {
  const index = Math.min(table.entries.length - 1, Math.max(0, Math.round(value) - table.first));
  return table.entries[index];
}

/** Where a value lies in a window, from black (0) to white (1) (PS3.3 sections C.11.2.1.2 and C.11.2.1.3). */
export function inWindow(value: number, { center, width, shape }: Window): number {
  switch (shape) {
    case 'LINEAR': {
      const low = center - 0.5 - (width - 1) / 2;
      const high = center - 0.5 + (width - 1) / 2;
      return value <= low ? 0 : value > high ? 1 : (value - (center - 0.5)) / (width - 1) + 0.5;
    }
    case 'LINEAR_EXACT':
      return Math.min(1, Math.max(0, (value - center) / width + 0.5));
    case 'SIGMOID':
      return 1 / (1 + Math.exp((-4 * (value - center)) / width));
  }
}

export function shade(value: number, voi: Voi): number {
  return 'window' in voi ? inWindow(value, voi.window) : lookup(voi.table, value) / (2 ** voi.table.bits - 1);
}

/** The lowest and highest value that was measured; both 0 where none was. */
export function range(samples: Samples, padding: Image['padding']): { low: number; high: number } {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < samples.length; i++) {
    const value = samples[i];
    if ((value < low || value > high) && !(padding !== undefined && value >= padding.low && value <= padding.high)) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return Number.isFinite(low) && Number.isFinite(high) ? { low, high } : { low: 0, high: 0 };
}

/** What is seen of an image unless the reader chooses: what it recommends first, else all that occurs. */
export function recommended(image: Image, grey: Grey | undefined): Voi {
  if (image.voi.length > 0) {
    return image.voi[0];
  }
  const plain = !('table' in image.modality) && image.modality.slope === 1 && image.modality.intercept === 0;
  if (plain && !image.format.signed && image.format.bitsStored <= 8 && image.format.numbers === 'integer') {
    const width = 2 ** image.format.bitsStored - 1;
    return { name: '', window: { center: width / 2, width, shape: 'LINEAR_EXACT' } };
  }
  const { low, high } = grey?.original === true ? range(grey.samples, image.padding) : { low: 0, high: 255 };
  const one = modalityValue(low, image.modality);
  const other = modalityValue(high, image.modality);
  const width = Math.abs(other - one) || 1;
  return { name: '', window: { center: (one + other) / 2, width, shape: 'LINEAR_EXACT' } };
}

/**
 * Paints grey values.
 *
 * @param rgba four bytes for each pixel; opacity is set
 */
export function paint(grey: Grey, image: Image, voi: Voi, inverse: boolean, rgba: Uint8ClampedArray): void {
  const dark = image.inverse !== inverse;
  const words = new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.byteLength >> 2);
  if (!grey.original) {
    const table = previewTable(grey, voi, image.inverse, dark);
    byTable(grey.samples, table, 0, words);
  } else if (grey.samples instanceof Float32Array || grey.samples instanceof Float64Array) {
    oneByOne(grey, image, voi, dark, words);
  } else {
    const { low, high } = range(grey.samples, undefined);
    if (high - low > 1 << 20) {
      oneByOne(grey, image, voi, dark, words);
    } else {
      byTable(grey.samples, valueTable(low, high, image, voi, dark), low, words);
    }
  }
}

/** Every value that occurs is shaded once: there are many more pixels than values. */
export function valueTable(low: number, high: number, image: Image, voi: Voi, dark: boolean): Uint8Array {
  const table = new Uint8Array(high - low + 1);
  const { padding, modality } = image;
  for (let value = low; value <= high; value++) {
    if (padding !== undefined && value >= padding.low && value <= padding.high) {
      continue;
    }
    const level = shade(modalityValue(value, modality), voi);
    table[value - low] = Math.round(255 * (dark ? 1 - level : level));
  }
  return table;
}

/** From the greys of a preview to those of another window: what its own window cut off is lost. */
function previewTable(grey: Grey, voi: Voi, wasDark: boolean, dark: boolean): Uint8Array {
  const table = new Uint8Array(256);
  for (let level = 0; level < 256; level++) {
    const light = wasDark ? 255 - level : level;
    let seen = light / 255;
    if (grey.window !== undefined && 'window' in voi) {
      seen = inWindow(grey.window.center - 0.5 + (seen - 0.5) * (grey.window.width - 1), voi.window);
    }
    table[level] = Math.round(255 * (dark ? 1 - seen : seen));
  }
  return table;
}

function byTable(samples: Samples, table: Uint8Array, low: number, words: Uint32Array): void {
  const colors = new Uint32Array(table.length);
  for (let i = 0; i < table.length; i++) {
    colors[i] = 0xff000000 | (table[i] * 0x010101);
  }
  for (let i = 0; i < words.length; i++) {
    words[i] = colors[samples[i] - low];
  }
}

function oneByOne(grey: Grey, image: Image, voi: Voi, dark: boolean, words: Uint32Array): void {
  const { padding, modality } = image;
  for (let i = 0; i < words.length; i++) {
    const value = grey.samples[i];
    const blank = Number.isNaN(value) || (padding !== undefined && value >= padding.low && value <= padding.high);
    const level = blank ? 0 : shade(modalityValue(value, modality), voi);
    words[i] = 0xff000000 | (Math.round(255 * (dark && !blank ? 1 - level : level)) * 0x010101);
  }
}
