import { say } from '../i18n';
import { add, letters, opposite, times, type Vector } from '../model/geometry';
import type { Image, Measured } from '../model/image';
import { mainSpacing, spacingAt } from '../model/spacing';
import { angle, area, cobb, distance, statistics, valueAt, type Distance, type Measurement } from '../tools/measure';
import { NARROW } from './corners';
import type { Scene } from './scene';
import { apply, inverse, type Matrix } from './transform';

/** What is drawn over an image: measurements, sides of the patient, a scale, the watermark. */

const INK = '#ffd166';
const CHOSEN = '#7be0c3';
const QUIET = 'rgba(214, 224, 232, 0.85)';

export function drawMarks(canvas: HTMLCanvasElement, scene: Scene, watermark: string, ratio: number): void {
  const context = canvas.getContext('2d')!;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.font = `${12 * ratio}px system-ui, -apple-system, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif`;
  if (watermark !== '') {
    drawWatermark(context, watermark, ratio);
  }
  const image = scene.image;
  const placed = scene.matrix();
  if (image === undefined || placed === undefined) {
    return;
  }
  // In a narrow viewport the corners leave no room between them.
  const foot = canvas.width / ratio < NARROW ? 44 * ratio : 0;
  drawSides(context, image, placed, ratio, foot);
  drawScale(context, image, placed, ratio, foot);
  drawCuts(context, scene.cuts, placed, ratio);
  for (const measurement of scene.measurements.get(image.key) ?? []) {
    drawMeasurement(context, measurement, scene, image, placed, ratio);
  }
}

function drawWatermark(context: CanvasRenderingContext2D, text: string, ratio: number): void {
  const { width, height } = context.canvas;
  context.save();
  context.font = `${15 * ratio}px system-ui, -apple-system, "PingFang SC", "Noto Sans CJK SC", sans-serif`;
  context.fillStyle = 'rgba(255, 255, 255, 0.13)';
  context.translate(width / 2, height / 2);
  context.rotate(-Math.PI / 7);
  const stepX = context.measureText(text).width + 90 * ratio;
  const stepY = 130 * ratio;
  const reach = Math.hypot(width, height) / 2;
  for (let y = -Math.ceil(reach / stepY) * stepY, line = 0; y < reach; y += stepY, line++) {
    for (let x = -Math.ceil(reach / stepX) * stepX + ((line % 2) * stepX) / 2; x < reach; x += stepX) {
      context.fillText(text, x, y);
    }
  }
  context.restore();
}

/** The sides of the patient at the edges, as the image is turned now. */
export function sides(image: Image, placed: Matrix): { left: string; right: string; top: string; bottom: string } {
  const [a, b, c, d] = inverse(placed);
  if (image.plane !== undefined) {
    const { row, column } = image.plane;
    const toward = (x: number, y: number): string => {
      const length = Math.hypot(x, y) || 1;
      const direction: Vector = add(times(row, x / length), times(column, y / length));
      return letters(direction);
    };
    const [right, bottom] = [toward(a, b), toward(c, d)];
    return { right, left: opposite(right), bottom, top: opposite(bottom) };
  }
  if (image.orientation !== undefined) {
    const [row, column] = image.orientation;
    const toward = (x: number, y: number): string =>
      Math.abs(x) > Math.abs(y) ? (x > 0 ? row : opposite(row)) : y > 0 ? column : opposite(column);
    const [right, bottom] = [toward(a, b), toward(c, d)];
    return { right, left: opposite(right), bottom, top: opposite(bottom) };
  }
  return { left: '', right: '', top: '', bottom: '' };
}

/** @param foot height that stays free at the foot */
function drawSides(
  context: CanvasRenderingContext2D,
  image: Image,
  placed: Matrix,
  ratio: number,
  foot: number,
): void {
  const { left, right, top, bottom } = sides(image, placed);
  const { width, height } = context.canvas;
  const edge = 16 * ratio;
  context.save();
  context.font = `600 ${14 * ratio}px system-ui, sans-serif`;
  context.fillStyle = QUIET;
  context.shadowColor = '#000';
  context.shadowBlur = 3 * ratio;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.fillText(left, edge / 2, height / 2);
  context.textAlign = 'right';
  context.fillText(right, width - edge * 1.3, height / 2);
  context.textAlign = 'center';
  context.fillText(top, width / 2, edge);
  context.fillText(bottom, width / 2, height - edge - foot);
  context.restore();
}

function drawScale(
  context: CanvasRenderingContext2D,
  image: Image,
  placed: Matrix,
  ratio: number,
  foot: number,
): void {
  const spacing = mainSpacing(image);
  if (spacing === undefined) {
    return;
  }
  const perMillimetre = Math.hypot(placed[0], placed[1]) / spacing.column;
  const most = context.canvas.width * 0.3;
  const size = [200, 100, 50, 20, 10, 5, 2, 1].find((one) => one * perMillimetre <= most);
  if (size === undefined) {
    return;
  }
  const length = size * perMillimetre;
  const x = (context.canvas.width - length) / 2;
  const y = context.canvas.height - 34 * ratio - foot;
  context.save();
  context.fillStyle = QUIET;
  context.shadowColor = '#000';
  context.shadowBlur = 4 * ratio;
  context.beginPath();
  context.moveTo(x, y - 4 * ratio);
  context.lineTo(x, y);
  context.lineTo(x + length, y);
  context.lineTo(x + length, y - 4 * ratio);
  // Light upon dark, so that it is seen on both.
  for (const [color, wide] of [
    ['rgba(0, 0, 0, 0.7)', 4],
    [QUIET, 1.5],
  ] as const) {
    context.strokeStyle = color;
    context.lineWidth = wide * ratio;
    context.stroke();
  }
  context.textAlign = 'center';
  const named = size >= 10 ? `${size / 10} cm` : `${size} mm`;
  context.fillText(named + basis(spacing.measured), x + length / 2, y - 7 * ratio);
  context.restore();
}

function drawCuts(context: CanvasRenderingContext2D, cuts: Scene['cuts'], placed: Matrix, ratio: number): void {
  context.save();
  context.strokeStyle = 'rgba(123, 200, 255, 0.7)';
  context.lineWidth = ratio;
  context.setLineDash([6 * ratio, 4 * ratio]);
  for (const [fromX, fromY, toX, toY] of cuts) {
    context.beginPath();
    context.moveTo(...apply(placed, fromX, fromY));
    context.lineTo(...apply(placed, toX, toY));
    context.stroke();
  }
  context.restore();
}

function drawMeasurement(
  context: CanvasRenderingContext2D,
  measurement: Measurement,
  scene: Scene,
  image: Image,
  placed: Matrix,
  ratio: number,
): void {
  const { shape } = measurement;
  const points = measurement.points.map(([x, y]) => apply(placed, x, y));
  context.save();
  context.strokeStyle = scene.selected === measurement ? CHOSEN : INK;
  context.fillStyle = context.strokeStyle;
  context.lineWidth = 1.5 * ratio;
  context.shadowColor = '#000';
  context.shadowBlur = 2 * ratio;
  context.beginPath();
  if (shape === 'ellipse' && points.length === 2) {
    const [[left, top], [right, bottom]] = points;
    const [width, height] = [Math.abs(right - left), Math.abs(bottom - top)];
    context.ellipse((left + right) / 2, (top + bottom) / 2, width / 2, height / 2, 0, 0, 2 * Math.PI);
  } else if (shape === 'rectangle' && points.length === 2) {
    const [[left, top], [right, bottom]] = points;
    context.rect(left, top, right - left, bottom - top);
  } else if (shape === 'probe') {
    const [[x, y]] = points;
    context.moveTo(x - 6 * ratio, y);
    context.lineTo(x + 6 * ratio, y);
    context.moveTo(x, y - 6 * ratio);
    context.lineTo(x, y + 6 * ratio);
  } else {
    const isBegin = (i: number): boolean => i === 0 || (shape === 'cobb' && i === 2);
    points.forEach(([x, y], i) => (isBegin(i) ? context.moveTo(x, y) : context.lineTo(x, y)));
  }
  context.stroke();
  if (shape === 'cobb' && points.length === 4) {
    const [from, to, start, end] = points;
    context.setLineDash([4 * ratio, 4 * ratio]);
    context.beginPath();
    context.moveTo((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
    context.lineTo((start[0] + end[0]) / 2, (start[1] + end[1]) / 2);
    context.stroke();
    context.setLineDash([]);
  }
  if (shape !== 'probe') {
    for (const [x, y] of points) {
      context.beginPath();
      context.arc(x, y, 3 * ratio, 0, 2 * Math.PI);
      context.fill();
    }
  }
  const at = labelPlace(points, context.canvas, ratio);
  words(measurement, scene, image).forEach((line, i) => context.fillText(line, at[0], at[1] + i * 16 * ratio));
  context.restore();
}

function labelPlace(points: [number, number][], canvas: HTMLCanvasElement, ratio: number): [number, number] {
  const right = points.reduce((most, point) => (point[0] > most[0] ? point : most));
  return [
    Math.min(right[0] + 10 * ratio, canvas.width - 150 * ratio),
    Math.min(Math.max(right[1] + 4 * ratio, 20 * ratio), canvas.height - 60 * ratio),
  ];
}

/** What a measurement says. */
export function words(measurement: Measurement, scene: Scene, image: Image): string[] {
  const { shape, points } = measurement;
  const grey = scene.pixels?.kind === 'grey' && scene.pixels.original ? scene.pixels : undefined;
  const spacing = spacingAt(image, points);
  const aspect = spacing === undefined ? image.aspect : spacing.row / spacing.column;
  switch (shape) {
    case 'length':
      return points.length < 2 ? [] : [told(distance(points[0], points[1], spacing))];
    case 'angle':
      return points.length < 3 ? [] : [`${angle(points, aspect).toFixed(1)}°`];
    case 'cobb':
      return points.length < 4 ? [] : [`Cobb ${cobb(points, aspect).toFixed(1)}°`];
    case 'probe': {
      const value = grey === undefined ? undefined : valueAt(grey, image, points[0][0], points[0][1]);
      return [grey === undefined ? '…' : value === undefined ? '–' : `${decimals(value)} ${image.unit}`.trim()];
    }
    case 'ellipse':
    case 'rectangle': {
      if (points.length < 2) {
        return [];
      }
      const size = area(shape, points, spacing);
      const lines = [size.unit === 'mm' ? squares(size) : `${size.value.toFixed(0)} px²`];
      if (scene.pixels?.kind === 'color') {
        return lines;
      }
      const found = grey === undefined ? undefined : statistics(shape, points, grey, image);
      lines.unshift(
        found === undefined
          ? grey === undefined
            ? '…'
            : '–'
          : `${decimals(found.mean)} ± ${decimals(found.deviation)} ${image.unit}`.trim(),
      );
      if (found !== undefined) {
        lines.push(`${decimals(found.least)} … ${decimals(found.most)}`);
      }
      return lines;
    }
  }
}

function told({ value, unit, measured }: Distance): string {
  return `${unit === 'px' ? value.toFixed(0) : value.toFixed(1)} ${unit}${basis(measured)}`;
}

function squares({ value, measured }: Distance): string {
  return `${value >= 100 ? `${(value / 100).toFixed(2)} cm²` : `${value.toFixed(1)} mm²`}${basis(measured)}`;
}

/** Of what it is the size, where that is not plainly the patient. */
function basis(measured: Measured | undefined): string {
  return measured === undefined || measured === 'patient' ? '' : ` (${say(measured)})`;
}

function decimals(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}
