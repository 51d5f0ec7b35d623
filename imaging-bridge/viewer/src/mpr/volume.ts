import { add, dot, length, normal, sameOrientation, subtract, times, type Vector } from '../model/geometry';
import type { Image, Stack } from '../model/image';

/** From a stack to a volume, and to the planes in which it is cut again. */

export interface Volume {
  columns: number;
  rows: number;
  slices: number;
  /** Centre of the first voxel, and from one voxel to the next along each of its axes, in millimetres of the patient. */
  origin: Vector;
  axes: [Vector, Vector, Vector];
}

export type Cut = 'axial' | 'coronal' | 'sagittal';

/** Why there is no volume; what is said of it stands in the terms. */
export type Obstacle = 'mprFew' | 'mprGeometry' | 'mprMemory' | 'mprColor';

/**
 * The volume of a stack, if its slices follow each other regularly; they may be sheared, as with a tilted gantry.
 *
 * @param memory bytes that it may take
 */
export function volumeOf(stack: Stack, memory: number): Volume | Obstacle {
  const { images } = stack;
  const [first] = images;
  if (images.length < 3) {
    return 'mprFew';
  }
  if (first.format.samples > 1 || first.format.photometric === 'PALETTE COLOR') {
    return 'mprColor';
  }
  const last = images[images.length - 1];
  if (first.plane === undefined || last.plane === undefined || first.spacing?.measured !== 'patient') {
    return 'mprGeometry';
  }
  const step = times(subtract(last.plane.position, first.plane.position), 1 / (images.length - 1));
  const along = Math.abs(dot(step, normal(first.plane)));
  if (along < 0.01 || along < 0.5 * length(step)) {
    return 'mprGeometry';
  }
  const tolerance = Math.max(0.05, 0.02 * along);
  for (let i = 0; i < images.length; i++) {
    if (!belongs(images[i], first) || length(subtract(images[i].plane!.position, add(first.plane.position, times(step, i)))) > tolerance) {
      return 'mprGeometry';
    }
  }
  const { columns, rows } = first.format;
  if (columns * rows * images.length * bytesPerVoxel(images) > memory) {
    return 'mprMemory';
  }
  const { row, column } = first.plane;
  return {
    columns,
    rows,
    slices: images.length,
    origin: first.plane.position,
    axes: [times(row, first.spacing.column), times(column, first.spacing.row), step],
  };
}

function belongs(image: Image, first: Image): boolean {
  return (
    image.format.columns === first.format.columns &&
    image.format.rows === first.format.rows &&
    image.format.samples === 1 &&
    image.plane !== undefined &&
    sameOrientation(image.plane, first.plane!) &&
    image.plane.frameOfReference === first.plane!.frameOfReference &&
    image.spacing !== undefined &&
    Math.abs(image.spacing.row - first.spacing!.row) < 0.001 &&
    Math.abs(image.spacing.column - first.spacing!.column) < 0.001
  );
}

/** Whether a stored value means the same in every slice; else voxels are values of the modality. */
export function isUniform(images: Image[]): boolean {
  const [first] = images;
  return images.every(
    ({ modality, format }) =>
      'slope' in modality &&
      'slope' in first.modality &&
      modality.slope === first.modality.slope &&
      modality.intercept === first.modality.intercept &&
      format.signed === first.format.signed,
  );
}

export function bytesPerVoxel(images: Image[]): number {
  return isUniform(images) && images[0].format.bitsAllocated <= 16 && images[0].format.numbers === 'integer' ? 2 : 4;
}

/** A plane of pixels within the patient, and how many of them lie behind each other. */
export interface Grid3 {
  columns: number;
  rows: number;
  count: number;
  spacing: number;
  position: Vector;
  row: Vector;
  column: Vector;
  /** From one to the next. */
  step: Vector;
}

const DIRECTIONS: Record<Cut, { row: Vector; column: Vector; step: Vector }> = {
  // As they are hung: the patient's right is at the left, the front at the top or left, the head at the top.
  axial: { row: [1, 0, 0], column: [0, 1, 0], step: [0, 0, -1] },
  coronal: { row: [1, 0, 0], column: [0, 0, -1], step: [0, 1, 0] },
  sagittal: { row: [0, 1, 0], column: [0, 0, -1], step: [1, 0, 0] },
};

const MOST_PIXELS = 1024;

/** The planes that cut a volume in one of the three directions, as far apart as their pixels. */
export function planes(volume: Volume, cut: Cut): Grid3 {
  const { row, column, step } = DIRECTIONS[cut];
  const [low, high] = bounds(volume);
  const extent = (direction: Vector): number => Math.abs(dot(subtract(high, low), direction));
  const finest = Math.min(...volume.axes.map(length));
  const spacing = Math.max(finest, ...[row, column, step].map((direction) => extent(direction) / (MOST_PIXELS - 1)));
  const many = (direction: Vector): number => Math.floor(extent(direction) / spacing + 1e-6) + 1;
  const corner = ([0, 1, 2] as const).map((axis) =>
    [row, column, step].some((direction) => direction[axis] < 0) ? high[axis] : low[axis],
  ) as unknown as Vector;
  return {
    columns: many(row),
    rows: many(column),
    count: many(step),
    spacing,
    position: corner,
    row,
    column,
    step: times(step, spacing),
  };
}

function bounds({ origin, axes, columns, rows, slices }: Volume): [Vector, Vector] {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (let corner = 0; corner < 8; corner++) {
    const at = add(
      add(origin, times(axes[0], corner & 1 ? columns - 1 : 0)),
      add(times(axes[1], corner & 2 ? rows - 1 : 0), times(axes[2], corner & 4 ? slices - 1 : 0)),
    );
    for (let axis = 0; axis < 3; axis++) {
      low[axis] = Math.min(low[axis], at[axis]);
      high[axis] = Math.max(high[axis], at[axis]);
    }
  }
  return [low as unknown as Vector, high as unknown as Vector];
}
