import { add, cross, dot, subtract, times, type Vector } from '../model/geometry';
import type { Grid3, Volume } from './volume';

export type Voxels = Int16Array | Uint16Array | Float32Array;

/** The value of pixels that lie outside of the volume; no measurement, as padding. */
export function outside(voxels: Voxels): number {
  return voxels instanceof Int16Array ? -32_768 : voxels instanceof Uint16Array ? 65_535 : NaN;
}

/** One plane through a volume, interpolated between the eight voxels around each pixel. */
export function reslice(voxels: Voxels, volume: Volume, grid: Grid3, index: number): Voxels {
  const out = blank(voxels, grid.columns * grid.rows);
  const nothing = outside(voxels);
  const toVoxel = inverted(volume.axes);
  const start = add(grid.position, times(grid.step, index));
  const first = transform(toVoxel, subtract(start, volume.origin));
  const right = transform(toVoxel, times(grid.row, grid.spacing));
  const down = transform(toVoxel, times(grid.column, grid.spacing));
  const { columns, rows, slices } = volume;
  const layer = columns * rows;
  const edge = 1e-4;
  const whole = !(voxels instanceof Float32Array);
  for (let y = 0, to = 0; y < grid.rows; y++) {
    for (let x = 0; x < grid.columns; x++, to++) {
      const i = first[0] + x * right[0] + y * down[0];
      const j = first[1] + x * right[1] + y * down[1];
      const k = first[2] + x * right[2] + y * down[2];
      if (i < -edge || j < -edge || k < -edge || i > columns - 1 + edge || j > rows - 1 + edge || k > slices - 1 + edge) {
        out[to] = nothing;
        continue;
      }
      const i0 = Math.min(columns - 1, Math.max(0, Math.floor(i + edge)));
      const j0 = Math.min(rows - 1, Math.max(0, Math.floor(j + edge)));
      const k0 = Math.min(slices - 1, Math.max(0, Math.floor(k + edge)));
      const u = Math.max(0, i - i0);
      const v = Math.max(0, j - j0);
      const w = Math.max(0, k - k0);
      const i1 = i0 + 1 < columns ? 1 : 0;
      const j1 = j0 + 1 < rows ? columns : 0;
      const k1 = k0 + 1 < slices ? layer : 0;
      const at = i0 + j0 * columns + k0 * layer;
      const near = mixed(voxels, at, i1, j1, u, v);
      const value = near + (mixed(voxels, at + k1, i1, j1, u, v) - near) * w;
      // Arrays of whole numbers would cut what is behind the point.
      out[to] = whole ? Math.round(value) : value;
    }
  }
  return out;
}

function mixed(voxels: Voxels, at: number, i1: number, j1: number, u: number, v: number): number {
  const top = voxels[at] + (voxels[at + i1] - voxels[at]) * u;
  const bottom = voxels[at + j1] + (voxels[at + j1 + i1] - voxels[at + j1]) * u;
  return top + (bottom - top) * v;
}

function blank(voxels: Voxels, size: number): Voxels {
  return voxels instanceof Int16Array
    ? new Int16Array(size)
    : voxels instanceof Uint16Array
      ? new Uint16Array(size)
      : new Float32Array(size);
}

/** Rows of the inverse of the matrix whose columns are the axes. */
function inverted([a, b, c]: [Vector, Vector, Vector]): [Vector, Vector, Vector] {
  const determinant = dot(a, cross(b, c));
  return [times(cross(b, c), 1 / determinant), times(cross(c, a), 1 / determinant), times(cross(a, b), 1 / determinant)];
}

function transform(rows: [Vector, Vector, Vector], point: Vector): Vector {
  return [dot(rows[0], point), dot(rows[1], point), dot(rows[2], point)];
}
