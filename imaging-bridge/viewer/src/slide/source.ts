import OpenSeadragon from 'openseadragon';
import { sameLayer, tileAddress, type Layer, type Level, type Pyramid } from './pyramid';

/** Gives tiles to OpenSeadragon, which counts levels from the coarsest one and measures everything by the width of the finest. */
export class SlideSource extends OpenSeadragon.TileSource {
  private readonly found: { level: Level; layer: Layer }[];
  private readonly address: string;

  /**
   * @param series where the series is found
   * @param shown a layer of the finest level
   */
  constructor(pyramid: Pyramid, shown: Layer, series: string) {
    const finest = pyramid.levels[0];
    super({
      width: finest.totalPixelMatrixColumns,
      height: finest.totalPixelMatrixRows,
      tileWidth: finest.columns,
      tileHeight: finest.rows,
      minLevel: 0,
      maxLevel: pyramid.levels.length - 1,
    } as OpenSeadragon.TileSourceOptions);
    this.address = series;
    this.found = [...pyramid.levels].reverse().map((level) => ({ level, layer: sameLayer(level, shown) }));
  }

  getTileWidth(level: number): number {
    return this.found[level].level.columns;
  }

  getTileHeight(level: number): number {
    return this.found[level].level.rows;
  }

  getLevelScale(level: number): number {
    return this.found[level].level.totalPixelMatrixColumns / this.dimensions.x;
  }

  getNumTiles(level: number): OpenSeadragon.Point {
    const { totalPixelMatrixColumns, totalPixelMatrixRows, columns, rows } = this.found[level].level;
    return new OpenSeadragon.Point(Math.ceil(totalPixelMatrixColumns / columns), Math.ceil(totalPixelMatrixRows / rows));
  }

  /** Levels are cut off to whole pixels in each direction on its own, so a level has a scale down and one across. */
  // What the library returns is a point, whatever its types say.
  getTileAtPoint(level: number, point: OpenSeadragon.Point): OpenSeadragon.Point & OpenSeadragon.Tile {
    const { totalPixelMatrixColumns, totalPixelMatrixRows, columns, rows } = this.found[level].level;
    const count = this.getNumTiles(level);
    const x = Math.floor((point.x * totalPixelMatrixColumns) / columns);
    const y = Math.floor((point.y * this.aspectRatio * totalPixelMatrixRows) / rows);
    return new OpenSeadragon.Point(
      Math.min(Math.max(x, 0), count.x - 1),
      Math.min(Math.max(y, 0), count.y - 1),
    ) as OpenSeadragon.Point & OpenSeadragon.Tile;
  }

  getTileBounds(level: number, x: number, y: number, isSource?: boolean): OpenSeadragon.Rect {
    const { totalPixelMatrixColumns, totalPixelMatrixRows, columns, rows } = this.found[level].level;
    const width = Math.min(columns, totalPixelMatrixColumns - x * columns);
    const height = Math.min(rows, totalPixelMatrixRows - y * rows);
    if (isSource === true) {
      return new OpenSeadragon.Rect(0, 0, width, height);
    }
    const across = 1 / totalPixelMatrixColumns;
    const down = 1 / (totalPixelMatrixRows * this.aspectRatio);
    return new OpenSeadragon.Rect(x * columns * across, y * rows * down, width * across, height * down);
  }

  getTileUrl(level: number, x: number, y: number): string {
    return this.tile(level, x, y) ?? '';
  }

  tileExists(level: number, x: number, y: number): boolean {
    return this.tile(level, x, y) !== undefined;
  }

  private tile(level: number, x: number, y: number): string | undefined {
    const found = this.found[level];
    const across = this.getNumTiles(level).x;
    return found === undefined ? undefined : tileAddress(this.address, found.layer, y * across + x);
  }
}
