import OpenSeadragon from 'openseadragon';
import { fill } from '../ui/dom';
import { lengthText } from './scale';

const SVG = 'http://www.w3.org/2000/svg';
const END = 6;
/** A line shorter than this on the screen was not meant as one. */
const LEAST = 4;

interface Line {
  from: OpenSeadragon.Point;
  to: OpenSeadragon.Point;
}

/** Lines that are drawn over a slide and tell their lengths. Two fingers and the wheel still zoom while they are drawn. */
export class Ruler {
  /** In pixels of the finest level. */
  private readonly lines: Line[] = [];
  private drawn: Line | undefined;
  private on = false;
  private readonly svg = document.createElementNS(SVG, 'svg');

  /**
   * @param spacing millimetres from pixel to pixel of the finest level, down and across; undefined where it is not known
   */
  constructor(
    private readonly viewer: OpenSeadragon.Viewer,
    private readonly spacing: readonly [number, number] | undefined,
  ) {
    this.svg.setAttribute('class', 'ruler');
    viewer.canvas.append(this.svg);
    viewer.addHandler('update-viewport', () => this.draw());
    viewer.addHandler('canvas-press', (event) => {
      if (this.on) {
        const at = this.pixel(event.position);
        this.drawn = { from: at, to: at };
      }
    });
    viewer.addHandler('canvas-drag', (event) => {
      if (this.drawn !== undefined) {
        event.preventDefaultAction = true;
        this.drawn.to = this.pixel(event.position);
        this.draw();
      }
    });
    viewer.addHandler('canvas-pinch', () => (this.drawn = undefined));
    viewer.addHandler('canvas-release', () => this.finish());
    viewer.addHandler('canvas-drag-end', (event) => {
      if (this.on) {
        event.preventDefaultAction = true;
      }
      this.finish();
    });
  }

  get active(): boolean {
    return this.on;
  }

  toggle(): void {
    this.on = !this.on;
    this.viewer.element.classList.toggle('measuring', this.on);
  }

  clear(): void {
    this.lines.length = 0;
    this.drawn = undefined;
    this.draw();
  }

  private finish(): void {
    if (this.drawn !== undefined) {
      const { from, to } = this.drawn;
      if (this.seen(from).distanceTo(this.seen(to)) >= LEAST) {
        this.lines.push(this.drawn);
      }
      this.drawn = undefined;
      this.draw();
    }
  }

  private pixel(position: OpenSeadragon.Point): OpenSeadragon.Point {
    const viewport = this.viewer.viewport;
    return viewport.viewportToImageCoordinates(viewport.pointFromPixel(position, true));
  }

  private seen(pixel: OpenSeadragon.Point): OpenSeadragon.Point {
    const viewport = this.viewer.viewport;
    return viewport.pixelFromPoint(viewport.imageToViewportCoordinates(pixel), true);
  }

  private draw(): void {
    fill(
      this.svg,
      ...[...this.lines, ...(this.drawn === undefined ? [] : [this.drawn])].flatMap((line) => this.shapes(line)),
    );
  }

  private shapes({ from, to }: Line): SVGElement[] {
    const a = this.seen(from);
    const b = this.seen(to);
    const long = Math.max(a.distanceTo(b), 1e-6);
    const across = { x: (-(b.y - a.y) / long) * END, y: ((b.x - a.x) / long) * END };
    const path =
      `M${a.x} ${a.y}L${b.x} ${b.y}` +
      [a, b].map((end) => `M${end.x - across.x} ${end.y - across.y}l${2 * across.x} ${2 * across.y}`).join('');
    const text = shape('text', { x: (a.x + b.x) / 2 + 10, y: (a.y + b.y) / 2 - 10 });
    text.textContent = this.text(from, to);
    return [shape('path', { d: path, class: 'halo' }), shape('path', { d: path }), text];
  }

  private text(from: OpenSeadragon.Point, to: OpenSeadragon.Point): string {
    const x = to.x - from.x;
    const y = to.y - from.y;
    return this.spacing === undefined
      ? `${Math.hypot(x, y).toFixed(0)} px`
      : lengthText(Math.hypot(x * this.spacing[1], y * this.spacing[0]));
  }
}

function shape(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, String(value));
  }
  return made;
}
