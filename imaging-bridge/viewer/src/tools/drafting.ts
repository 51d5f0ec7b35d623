import type { Viewport } from '../view/viewport';
import { POINTS, type Measurement, type Point, type Shape } from './measure';

export type Tool = 'scroll' | 'window' | 'pan' | 'zoom' | Shape;

export function isShape(tool: Tool): tool is Shape {
  return tool in POINTS;
}

/** Draws measurements and moves their points. */
export class Drafting {
  private draft?: Measurement;
  private moving = -1;
  private fresh = false;

  constructor(private readonly viewport: Viewport) {}

  /**
   * Takes hold of a point of a measurement that is there, or goes on with one that is not finished; tells whether there is one.
   *
   * @param within the same place, or the nearest one in the image
   * @param tool that is chosen: what another one has begun is given up
   */
  take(at: Point, reach: number, within: Point, tool: Tool): boolean {
    const unfinished = this.unfinished();
    if (unfinished !== undefined && unfinished.shape !== tool) {
      this.remove(unfinished);
    } else if (unfinished !== undefined) {
      unfinished.points.push(within);
      if (unfinished.shape === 'cobb') {
        // The second line, drawn like the first.
        unfinished.points.push(within);
      }
      this.hold(unfinished, unfinished.points.length - 1, false);
      return true;
    }
    for (const measurement of this.all().slice().reverse()) {
      const index = measurement.points.findIndex((point) => Math.hypot(point[0] - at[0], point[1] - at[1]) <= reach);
      if (index >= 0) {
        this.hold(measurement, index, false);
        return true;
      }
    }
    return false;
  }

  begin(shape: Shape, at: Point): void {
    const image = this.viewport.image;
    if (image === undefined) {
      return;
    }
    const measurement: Measurement = { shape, points: POINTS[shape] === 1 ? [at] : [at, at] };
    this.viewport.measurements.set(image.key, [...this.all(), measurement]);
    this.hold(measurement, measurement.points.length - 1, true);
    if (shape === 'ellipse' || shape === 'rectangle' || shape === 'probe') {
      this.viewport.needOriginal();
    }
  }

  drag(to: Point): void {
    if (this.draft !== undefined) {
      this.draft.points[this.moving] = to;
      this.viewport.render();
    }
  }

  end(): void {
    const { draft } = this;
    if (draft !== undefined && this.fresh && draft.points.length > 1) {
      const [from, to] = draft.points;
      // A mere click measures nothing.
      if (Math.hypot(from[0] - to[0], from[1] - to[1]) < 1) {
        this.remove(draft);
      }
    }
    this.dropPoint();
    this.draft = undefined;
    this.viewport.render();
  }

  /** A second line without length has still to be drawn. */
  private dropPoint(): void {
    const { draft } = this;
    if (draft?.shape === 'cobb' && draft.points.length === 4) {
      const [, , start, end] = draft.points;
      if (Math.hypot(start[0] - end[0], start[1] - end[1]) < 1) {
        draft.points.length = 2;
      }
    }
  }

  /** A second finger has come: it was no measurement that was meant. */
  abandon(): void {
    if (this.draft !== undefined && this.fresh) {
      this.remove(this.draft);
    }
    this.dropPoint();
    this.draft = undefined;
  }

  private hold(measurement: Measurement, index: number, fresh: boolean): void {
    this.draft = measurement;
    this.moving = index;
    this.fresh = fresh;
    this.viewport.selected = measurement;
    this.viewport.render();
  }

  private remove(measurement: Measurement): void {
    const image = this.viewport.image;
    if (image !== undefined) {
      const left = this.all().filter((one) => one !== measurement);
      this.viewport.measurements.set(image.key, left);
    }
    this.viewport.selected = undefined;
  }

  /** An angle of which the second leg is still missing. */
  private unfinished(): Measurement | undefined {
    return this.all().find((one) => one.points.length < POINTS[one.shape]);
  }

  private all(): Measurement[] {
    const image = this.viewport.image;
    return (image === undefined ? undefined : this.viewport.measurements.get(image.key)) ?? [];
  }
}
