import { items, number, numbers, text, type Dataset } from '../dicom/json';
import { Tag } from '../dicom/tags';
import type { Region, Spacing } from './image';

/** Distances between pixels, and what they are distances of (PS3.3 sections 10.7.1.3 and C.8.5.5). */

/** Shadows of the body, larger than what cast them. */
const PROJECTIONS = ['CR', 'DX', 'MG', 'IO', 'PX', 'XA', 'RF', 'RG'];

const TWO_DIMENSIONAL = 1;
const CENTIMETRES = 3;

/**
 * Millimetres between pixels; undefined where the data set tells none.
 *
 * @param measures what holds PixelSpacing: the data set, or a functional group
 */
export function spacingOf(dataset: Dataset, measures: Dataset): Spacing | undefined {
  const pixels = pair(measures, Tag.PixelSpacing);
  const detector = pair(dataset, Tag.ImagerPixelSpacing);
  const isProjection = PROJECTIONS.includes(text(dataset, Tag.Modality)) || detector !== undefined;
  if (pixels !== undefined && (measures !== dataset || !isProjection)) {
    return { ...pixels, measured: 'patient' };
  }
  const isCalibrated = text(dataset, Tag.PixelSpacingCalibrationType) !== '';
  // The same numbers twice are those of the detector: nothing was corrected.
  if (pixels !== undefined && (isCalibrated || (detector !== undefined && !same(pixels, detector)))) {
    return { ...pixels, measured: 'calibrated' };
  }
  if (detector !== undefined) {
    const magnification = number(dataset, Tag.EstimatedMagnification) ?? 0;
    return magnification >= 1
      ? { row: detector.row / magnification, column: detector.column / magnification, measured: 'estimated' }
      : { ...detector, measured: 'detector' };
  }
  return pixels === undefined ? undefined : { ...pixels, measured: 'uncertain' };
}

function pair(holding: Dataset, tag: string): { row: number; column: number } | undefined {
  const [row, column] = numbers(holding, tag);
  return row > 0 && column > 0 ? { row, column } : undefined;
}

type Pair = Pick<Spacing, 'row' | 'column'>;

function same(a: Pair, b: Pair): boolean {
  return Math.abs(a.row - b.row) <= 1e-4 * a.row && Math.abs(a.column - b.column) <= 1e-4 * a.column;
}

/** The parts of an ultrasound image, each with its own scale. */
export function regionsOf(dataset: Dataset): Region[] {
  return items(dataset, Tag.UltrasoundRegions).flatMap((item) => {
    const [left, top, right, bottom] = [Tag.RegionLeft, Tag.RegionTop, Tag.RegionRight, Tag.RegionBottom].map((tag) =>
      number(item, tag),
    );
    return left === undefined || top === undefined || right === undefined || bottom === undefined
      ? []
      : [{ left, top, right, bottom, spacing: scaleOf(item) }];
  });
}

function scaleOf(item: Dataset): Spacing | undefined {
  const isSection =
    number(item, Tag.RegionSpatialFormat) === TWO_DIMENSIONAL &&
    number(item, Tag.PhysicalUnitsX) === CENTIMETRES &&
    number(item, Tag.PhysicalUnitsY) === CENTIMETRES;
  // They may be negative, where an axis points the other way.
  const column = 10 * Math.abs(number(item, Tag.PhysicalDeltaX) ?? 0);
  const row = 10 * Math.abs(number(item, Tag.PhysicalDeltaY) ?? 0);
  return isSection && row > 0 && column > 0 ? { row, column, measured: 'patient' } : undefined;
}

/** The spacing that holds between points of an image, in its pixels: where the image has parts, all have to lie in one of them. */
export function spacingAt(
  image: { spacing?: Spacing; regions: Region[] },
  points: readonly (readonly [number, number])[],
): Spacing | undefined {
  if (image.regions.length === 0) {
    return image.spacing;
  }
  const inside = (region: Region): boolean =>
    points.every(([x, y]) => x >= region.left && x < region.right + 1 && y >= region.top && y < region.bottom + 1);
  const around = image.regions.filter(inside);
  const [first] = around;
  // Of parts that overlap it is not known which one is meant, unless they have one scale.
  const agree = around.every(
    ({ spacing }) => spacing !== undefined && first.spacing !== undefined && same(spacing, first.spacing),
  );
  return first !== undefined && agree ? first.spacing : undefined;
}

/** The spacing of which a scale is drawn beside the image. */
export function mainSpacing(image: { spacing?: Spacing; regions: Region[] }): Spacing | undefined {
  if (image.regions.length === 0) {
    return image.spacing;
  }
  const scales = image.regions.map(({ spacing }) => spacing).filter((spacing) => spacing !== undefined);
  return scales.length > 0 && scales.every((spacing) => same(spacing, scales[0])) ? scales[0] : undefined;
}
