/** Decoded frames. */

export type Samples = Uint8Array | Int8Array | Uint16Array | Int16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

/** Grey values as they are stored, row by row from the top left. */
export interface Grey {
  kind: 'grey';
  width: number;
  height: number;
  samples: Samples;
  /** Whether these are the values that were stored, and none that a preview lost. */
  original: boolean;
  /** 1 where an overlay is drawn, for each pixel. */
  overlay?: Uint8Array;
  /** How many bytes became one, where the frame was decoded from a compression with loss. */
  loss?: number;
  /** What a preview was rendered with, so that another window can be guessed from it; undefined where that cannot be. */
  window?: { center: number; width: number };
}

/** Colours, or greys whose values are not known: red, green, blue, opacity. */
export interface Color {
  kind: 'color';
  width: number;
  height: number;
  rgba: Uint8ClampedArray;
  original: boolean;
  overlay?: Uint8Array;
  loss?: number;
}

export type Pixels = Grey | Color;

export function bytesOf(pixels: Pixels): number {
  return (pixels.kind === 'grey' ? pixels.samples : pixels.rgba).byteLength + (pixels.overlay?.byteLength ?? 0);
}
