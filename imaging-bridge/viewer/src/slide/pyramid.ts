/** A slide as the server tells it: the resource `slide` of a series. Lengths are in pixels, spacings in millimetres. */
export interface Pyramid {
  /** The finest first. */
  levels: Level[];
  objectiveLensPower?: number;
  /** SOP Instance UIDs. */
  label?: string;
  overview?: string;
  leftOut: { sopInstanceUid: string; place?: string; diagnostics: string }[];
}

export interface Level {
  totalPixelMatrixColumns: number;
  totalPixelMatrixRows: number;
  /** Of a tile. */
  columns: number;
  rows: number;
  /** Down, then across. */
  pixelSpacing?: [number, number];
  layers: Layer[];
}

export interface Layer {
  opticalPath: string;
  zOffset: number;
  /** Whether a browser shows stored frames as they are meant. */
  browserReady: boolean;
  parts: { sopInstanceUid: string; offset: number; frames: number }[];
  /** In threes: the first tile, counted row by row from 0; its frame; how many tiles and frames go on from there. */
  runs: number[];
}

/** The frame of a tile, counted from 1 through all parts; 0 where there is none. */
export function frameOf(runs: readonly number[], tile: number): number {
  let low = 0;
  let high = runs.length / 3 - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const within = tile - runs[3 * middle];
    if (within < 0) {
      high = middle - 1;
    } else if (within >= runs[3 * middle + 2]) {
      low = middle + 1;
    } else {
      return runs[3 * middle + 1] + within;
    }
  }
  return 0;
}

/** Where the picture of a tile is; undefined where there is none. */
export function tileAddress(series: string, layer: Layer, tile: number): string | undefined {
  const frame = frameOf(layer.runs, tile);
  const part = layer.parts.find(({ offset, frames }) => frame > offset && frame <= offset + frames);
  if (part === undefined) {
    return undefined;
  }
  const address = `${series}/instances/${part.sopInstanceUid}/frames/${frame - part.offset}`;
  // As it is stored where that can be, which costs the server nothing.
  return layer.browserReady ? `${address}?accept=image/jpeg` : `${address}/rendered?accept=image/jpeg&quality=90`;
}

/** The layer of a level that shows the same as one of the finest, or the one nearest to its focus. */
export function sameLayer(level: Level, wanted: Layer): Layer {
  const ofPath = level.layers.filter((layer) => layer.opticalPath === wanted.opticalPath);
  return (ofPath.length > 0 ? ofPath : level.layers).reduce((nearest, layer) =>
    Math.abs(layer.zOffset - wanted.zOffset) < Math.abs(nearest.zOffset - wanted.zOffset) ? layer : nearest,
  );
}
