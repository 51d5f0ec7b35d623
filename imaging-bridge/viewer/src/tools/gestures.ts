import type { Window } from '../model/image';
import { valueAt, type Point } from './measure';
import { Drafting, isShape, type Tool } from './drafting';
import { apply, inverse, PLACED, zoomed } from '../view/transform';
import type { Viewport } from '../view/viewport';

/** What gestures ask of the page around the viewport. */
export interface Host {
  /** The tool of the left button or of one finger. */
  tool(): Tool;
  activate(viewport: Viewport): void;
  /** One viewport alone, or all again. */
  enlarge(viewport: Viewport): void;
}

interface Held {
  id: number;
  x: number;
  y: number;
}

type Action = 'scroll' | 'window' | 'pan' | 'zoom' | 'draft' | 'pinch' | 'none';

const TAP_MILLIS = 300;

/** From pointers and wheels to what they mean in a viewport. */
export class Gestures {
  private readonly held = new Map<number, Held>();
  private action: Action = 'none';
  private carry = 0;
  private startWindow?: Window;
  private start = { x: 0, y: 0 };
  private lastTap = { time: 0, x: 0, y: 0 };
  private readonly drafting: Drafting;

  constructor(
    private readonly viewport: Viewport,
    private readonly host: Host,
  ) {
    const { root } = viewport;
    this.drafting = new Drafting(viewport);
    root.addEventListener('pointerdown', (event) => this.down(event));
    root.addEventListener('pointermove', (event) => this.move(event));
    root.addEventListener('pointerup', (event) => this.up(event));
    root.addEventListener('pointercancel', (event) => this.up(event));
    root.addEventListener('pointerleave', () => this.read(undefined));
    root.addEventListener('contextmenu', (event) => event.preventDefault());
    root.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    this.scrollbar(viewport.scrollbar);
  }

  private down(event: PointerEvent): void {
    this.host.activate(this.viewport);
    this.viewport.root.setPointerCapture(event.pointerId);
    this.held.set(event.pointerId, { id: event.pointerId, x: event.clientX, y: event.clientY });
    if (event.pointerType === 'touch' && this.held.size === 2) {
      this.drafting.abandon();
      this.action = 'pinch';
      return;
    }
    if (this.held.size > 1) {
      return;
    }
    this.start = { x: event.clientX, y: event.clientY };
    this.carry = 0;
    this.begin(event);
  }

  private begin(event: PointerEvent): void {
    const tool = this.host.tool();
    const point = this.point(event);
    if (event.button === 2) {
      this.action = 'window';
    } else if (event.button === 1) {
      event.preventDefault();
      this.action = 'pan';
    } else if (point !== undefined && this.drafting.take(point, this.reach(event), this.within(point), tool)) {
      this.action = 'draft';
    } else if (isShape(tool)) {
      // Beside the image there is nothing to measure.
      const inside = point !== undefined && this.within(point).join() === point.join();
      this.action = inside ? 'draft' : 'none';
      if (inside) {
        this.drafting.begin(tool, point);
      }
    } else {
      this.viewport.selected = undefined;
      this.viewport.render();
      this.action = tool;
    }
    if (this.action === 'window') {
      this.beginWindow();
    }
  }

  private beginWindow(): void {
    this.viewport.needOriginal();
    const seen = this.viewport.seen();
    this.startWindow = undefined;
    if (seen !== undefined) {
      // A table has no centre and width: the window that holds its inputs is where the reader starts.
      this.startWindow =
        'window' in seen
          ? seen.window
          : {
              center: seen.table.first + seen.table.entries.length / 2,
              width: seen.table.entries.length,
              shape: 'LINEAR',
            };
    }
  }

  private move(event: PointerEvent): void {
    const held = this.held.get(event.pointerId);
    if (held === undefined) {
      this.read(event);
      return;
    }
    const from = { x: held.x, y: held.y };
    if (this.action === 'pinch') {
      this.pinch(event, held);
      return;
    }
    held.x = event.clientX;
    held.y = event.clientY;
    const byX = held.x - from.x;
    const byY = held.y - from.y;
    const { viewport } = this;
    const ratio = window.devicePixelRatio || 1;
    switch (this.action) {
      case 'scroll':
        this.scroll(byY);
        break;
      case 'window':
        this.window(event);
        break;
      case 'pan':
        viewport.place({
          ...viewport.placement,
          panX: viewport.placement.panX + byX * ratio,
          panY: viewport.placement.panY + byY * ratio,
        });
        break;
      case 'zoom':
        viewport.place(zoomed(viewport.placement, Math.exp(-byY / 150), this.canvasPoint(this.start), viewport.size()));
        break;
      case 'draft': {
        const point = this.point(event);
        if (point !== undefined) {
          this.drafting.drag(this.within(point));
        }
        break;
      }
    }
  }

  /** Through the whole stack over the height of the viewport, but never faster than an image for two pixels. */
  private scroll(byY: number): void {
    const count = this.viewport.stack?.images.length ?? 0;
    const step = Math.max(2, Math.min(24, (this.viewport.root.clientHeight * 0.8) / Math.max(1, count)));
    this.carry += byY / step;
    const whole = Math.trunc(this.carry);
    if (whole !== 0) {
      this.carry -= whole;
      this.viewport.go(this.viewport.index + whole);
    }
  }

  private window(event: PointerEvent): void {
    if (this.startWindow === undefined) {
      this.beginWindow();
      return;
    }
    const { center, width, shape } = this.startWindow;
    const step = Math.max(width, 1) / 250;
    const wide = width + (event.clientX - this.start.x) * step;
    const voi = {
      name: '',
      window: {
        center: center + (event.clientY - this.start.y) * step,
        width: Math.max(shape === 'LINEAR' ? 1 : 0.001, wide),
        shape,
      },
    };
    this.viewport.look(voi, false);
  }

  private pinch(event: PointerEvent, held: Held): void {
    const other = Array.from(this.held.values()).find((one) => one.id !== held.id);
    if (other === undefined) {
      return;
    }
    const { viewport } = this;
    const ratio = window.devicePixelRatio || 1;
    const before = Math.hypot(held.x - other.x, held.y - other.y);
    const middleX = (held.x + other.x) / 2;
    const middleY = (held.y + other.y) / 2;
    held.x = event.clientX;
    held.y = event.clientY;
    const after = Math.hypot(held.x - other.x, held.y - other.y);
    const at = { x: (held.x + other.x) / 2, y: (held.y + other.y) / 2 };
    const moved = {
      ...viewport.placement,
      panX: viewport.placement.panX + (at.x - middleX) * ratio,
      panY: viewport.placement.panY + (at.y - middleY) * ratio,
    };
    viewport.place(zoomed(moved, before < 1 ? 1 : after / before, this.canvasPoint(at), viewport.size()));
  }

  private up(event: PointerEvent): void {
    if (!this.held.delete(event.pointerId)) {
      return;
    }
    if (this.held.size > 0) {
      // The finger that stays does nothing until it is lifted too.
      this.action = 'none';
      return;
    }
    if (this.action === 'draft') {
      this.drafting.end();
    } else if (this.action === 'window') {
      this.viewport.look(this.viewport.voi);
    }
    if (event.type === 'pointerup' && event.button === 0 && this.action !== 'draft') {
      this.tap(event);
    }
    this.action = 'none';
  }

  /** Twice at the same place: with the mouse one viewport alone, with the finger closer or all of the image. */
  private tap(event: PointerEvent): void {
    const near = (x: number, y: number): boolean => Math.hypot(event.clientX - x, event.clientY - y) < 24;
    if (!near(this.start.x, this.start.y)) {
      return;
    }
    const now = performance.now();
    const twice = now - this.lastTap.time < TAP_MILLIS && near(this.lastTap.x, this.lastTap.y);
    this.lastTap = { time: twice ? 0 : now, x: event.clientX, y: event.clientY };
    if (!twice) {
      return;
    }
    if (event.pointerType === 'mouse') {
      this.host.enlarge(this.viewport);
    } else {
      const { viewport } = this;
      const whole = Math.abs(viewport.placement.zoom - 1) < 0.01;
      const { turns, flipped } = viewport.placement;
      const at = this.canvasPoint({ x: event.clientX, y: event.clientY });
      viewport.place(whole ? zoomed(viewport.placement, 2.5, at, viewport.size()) : { ...PLACED, turns, flipped });
    }
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    this.host.activate(this.viewport);
    const { viewport } = this;
    if (event.ctrlKey) {
      const at = this.canvasPoint({ x: event.clientX, y: event.clientY });
      viewport.place(zoomed(viewport.placement, Math.exp(-event.deltaY / 300), at, viewport.size()));
      return;
    }
    // A notch of a wheel is one image; a touchpad sends many small steps.
    const notch = event.deltaMode === 0 ? event.deltaY / 100 : event.deltaY / 3;
    if (Math.abs(notch) >= 0.9) {
      this.carry = 0;
      viewport.go(viewport.index + Math.sign(notch) * Math.max(1, Math.round(Math.abs(notch))));
      return;
    }
    this.carry += event.deltaY / 30;
    const whole = Math.trunc(this.carry);
    if (whole !== 0) {
      this.carry -= whole;
      viewport.go(viewport.index + whole);
    }
  }

  private scrollbar(bar: HTMLElement): void {
    const follow = (event: PointerEvent): void => {
      const { top, height } = bar.getBoundingClientRect();
      const count = this.viewport.stack?.images.length ?? 1;
      this.viewport.go(((event.clientY - top) / height) * (count - 1));
    };
    bar.addEventListener('pointerdown', (event) => {
      event.stopPropagation();
      this.host.activate(this.viewport);
      bar.setPointerCapture(event.pointerId);
      follow(event);
    });
    bar.addEventListener('pointermove', (event) => {
      if (bar.hasPointerCapture(event.pointerId)) {
        event.stopPropagation();
        follow(event);
      }
    });
  }

  /** The value under a mouse, as long as originals are there. */
  private read(event: PointerEvent | undefined): void {
    const { viewport } = this;
    const { image, pixels } = viewport;
    let reading = '';
    const point = event === undefined ? undefined : this.point(event);
    if (point !== undefined && image !== undefined && pixels?.kind === 'grey' && pixels.original) {
      const value = valueAt(pixels, image, point[0], point[1]);
      if (value !== undefined) {
        const told = Number.isInteger(value) ? value : value.toFixed(1);
        reading = `${Math.floor(point[0])}, ${Math.floor(point[1])}   ${told} ${image.unit}`;
      }
    }
    if (reading !== viewport.reading) {
      viewport.reading = reading;
      viewport.render();
    }
  }

  private canvasPoint({ x, y }: { x: number; y: number }): { x: number; y: number } {
    const { left, top } = this.viewport.root.getBoundingClientRect();
    const ratio = window.devicePixelRatio || 1;
    return { x: (x - left) * ratio, y: (y - top) * ratio };
  }

  /** Where a pointer is, in pixels of the image. */
  private point(event: PointerEvent): Point | undefined {
    const placed = this.viewport.matrix();
    if (placed === undefined) {
      return undefined;
    }
    const { x, y } = this.canvasPoint({ x: event.clientX, y: event.clientY });
    return apply(inverse(placed), x, y);
  }

  /** The nearest point of the image. */
  private within([x, y]: Point): Point {
    const { columns = 0, rows = 0 } = this.viewport.image?.format ?? {};
    return [Math.min(columns, Math.max(0, x)), Math.min(rows, Math.max(0, y))];
  }

  /** How near to a point is meant to be on it, in pixels of the image. */
  private reach(event: PointerEvent): number {
    const [a, b] = this.viewport.matrix() ?? [1, 0];
    const ratio = window.devicePixelRatio || 1;
    return ((event.pointerType === 'touch' ? 26 : 9) * ratio) / Math.hypot(a, b);
  }
}
