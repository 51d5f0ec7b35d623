// Shows a drawing, and lets it be moved and brought closer: mouse, wheel, one finger, two fingers.

import { moved, whole, zoomed, type Box, type Size } from './box';
import type { Drawing } from './svg';

/** Something on the drawing that takes a pointer before the drawing itself moves. Points are in mm. */
export interface Grip {
  move(x: number, y: number): void;
}

export interface Layer {
  /** Takes hold of what an element is part of, at a point; null where that is nothing that moves. */
  grip(target: Element, x: number, y: number): Grip | null;
  /** The scale has changed. */
  scaled(pixelsOfMillimetre: number): void;
}

export class Stage {
  readonly element = document.createElement('div');
  private drawing: Drawing | null = null;
  private layer: Layer | null = null;
  private box: Box = { x: 0, y: 0, width: 297, height: 210 };
  private isWhole = true;
  private readonly pointers = new Map<number, { x: number; y: number; grip: Grip | null }>();

  constructor() {
    this.element.className = 'stage';
    this.element.addEventListener('pointerdown', (event) => this.down(event));
    this.element.addEventListener('pointermove', (event) => this.move(event));
    for (const end of ['pointerup', 'pointercancel'] as const) {
      this.element.addEventListener(end, (event) => this.pointers.delete(event.pointerId));
    }
    this.element.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    this.element.addEventListener('dblclick', () => this.fit());
    window.addEventListener('resize', () => this.resized());
    window.addEventListener('beforeprint', () => this.print(true));
    window.addEventListener('afterprint', () => this.print(false));
  }

  show(drawing: Drawing, layer: Layer): void {
    const before = this.drawing;
    if (before) {
      this.element.removeChild(before.element);
    }
    this.drawing = drawing;
    this.layer = layer;
    this.element.appendChild(drawing.element);
    if (!before || this.isWhole || before.height !== drawing.height) {
      this.fit();
    } else {
      this.apply();
    }
  }

  fit(): void {
    this.isWhole = true;
    this.box = whole(this.page(), this.size());
    this.apply();
  }

  /** Closer, or farther, about the middle. */
  zoom(factor: number): void {
    this.closer(factor, this.box.x + this.box.width / 2, this.box.y + this.box.height / 2);
  }

  private closer(factor: number, x: number, y: number): void {
    this.isWhole = false;
    this.box = zoomed(this.box, factor, x, y, this.page(), this.size());
    this.apply();
  }

  private page(): Size {
    return this.drawing ?? { width: 297, height: 210 };
  }

  private size(): Size {
    const bounds = this.element.getBoundingClientRect();
    return { width: Math.max(1, bounds.width), height: Math.max(1, bounds.height) };
  }

  private resized(): void {
    if (this.isWhole) {
      this.fit();
      return;
    }
    const size = this.size();
    this.box = { ...this.box, height: (this.box.width * size.height) / size.width };
    this.apply();
  }

  private apply(): void {
    const { x, y, width, height } = this.box;
    this.drawing?.element.setAttribute('viewBox', `${x} ${y} ${width} ${height}`);
    this.layer?.scaled(this.size().width / width);
  }

  /** On paper the whole page is seen, and a millimetre is one: the style sheet gives the size. */
  private print(begins: boolean): void {
    if (!begins) {
      this.apply();
      return;
    }
    const page = this.page();
    this.drawing?.element.setAttribute('viewBox', `0 0 ${page.width} ${page.height}`);
  }

  private point(event: MouseEvent): { x: number; y: number } {
    const bounds = this.element.getBoundingClientRect();
    const scale = this.box.width / Math.max(1, bounds.width);
    return {
      x: this.box.x + (event.clientX - bounds.left) * scale,
      y: this.box.y + (event.clientY - bounds.top) * scale,
    };
  }

  private down(event: PointerEvent): void {
    if (event.button !== 0 || this.pointers.size === 2) {
      return;
    }
    const at = this.point(event);
    const grip = event.target instanceof Element ? (this.layer?.grip(event.target, at.x, at.y) ?? null) : null;
    this.element.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY, grip });
  }

  private move(event: PointerEvent): void {
    const pointer = this.pointers.get(event.pointerId);
    if (!pointer) {
      return;
    }
    const before = { x: pointer.x, y: pointer.y };
    pointer.x = event.clientX;
    pointer.y = event.clientY;
    if (pointer.grip) {
      const point = this.point(event);
      pointer.grip.move(point.x, point.y);
      return;
    }
    const scale = this.box.width / this.size().width;
    const other = Array.from(this.pointers.values()).find((one) => one !== pointer && !one.grip);
    if (other) {
      const far = Math.hypot(before.x - other.x, before.y - other.y);
      const now = Math.hypot(pointer.x - other.x, pointer.y - other.y);
      const bounds = this.element.getBoundingClientRect();
      const middle = {
        x: this.box.x + ((pointer.x + other.x) / 2 - bounds.left) * scale,
        y: this.box.y + ((pointer.y + other.y) / 2 - bounds.top) * scale,
      };
      this.pan(((before.x - pointer.x) / 2) * scale, ((before.y - pointer.y) / 2) * scale);
      if (far > 0 && now > 0) {
        this.closer(now / far, middle.x, middle.y);
      }
      return;
    }
    this.pan((before.x - pointer.x) * scale, (before.y - pointer.y) * scale);
  }

  private pan(dx: number, dy: number): void {
    this.isWhole = false;
    this.box = moved(this.box, dx, dy, this.page());
    this.apply();
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    const point = this.point(event);
    const lines = event.deltaMode === 1 ? 33 : 1;
    this.closer(Math.exp(-event.deltaY * lines * 0.002), point.x, point.y);
  }
}
