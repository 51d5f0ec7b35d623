// Calipers on the drawing, in its own millimetres: two upright lines for time, two level ones for voltage. Handles keep their size on the
// screen whatever the scale.

import { clamp } from './box';
import { marched, timeText, voltageText } from './measure';
import type { Grip, Layer } from './stage';
import { SVG, type Drawing } from './svg';

export interface Shown {
  time: boolean;
  voltage: boolean;
  march: boolean;
}

interface Places {
  first: number;
  second: number;
  /** Where along the lines the handles are. */
  at: number;
}

const HANDLE_PIXELS = 9;
const REACH_PIXELS = 22;
const TEXT_PIXELS = 15;
const KEY_MILLIMETRES = 0.2;

type Axis = 'time' | 'voltage';
type Part = 'first' | 'second' | 'both';

export class Calipers implements Layer {
  private drawing: Drawing | null = null;
  private group: SVGGElement | null = null;
  private pixels = 4;
  private time: Places = { first: 0, second: 0, at: 0 };
  private voltage: Places = { first: 0, second: 0, at: 0 };
  private shown: Shown = { time: false, voltage: false, march: false };

  constructor(
    private readonly label: () => string,
    private readonly read: (text: string) => void,
  ) {}

  /** Goes over to another drawing. At another speed or gain the old places would mean something else. */
  on(drawing: Drawing): void {
    const before = this.drawing;
    this.drawing = drawing;
    this.group = document.createElementNS(SVG, 'g');
    this.group.setAttribute('class', 'calipers');
    drawing.element.appendChild(this.group);
    if (!before || before.speed !== drawing.speed || before.gain !== drawing.gain || before.height !== drawing.height) {
      const { x, y, width, height } = drawing.grid;
      this.time = { first: x + width * 0.3, second: x + width * 0.3 + drawing.speed, at: y + height * 0.55 };
      this.voltage = { first: y + height * 0.4, second: y + height * 0.4 - drawing.gain, at: x + width * 0.75 };
    }
    this.draw();
  }

  show(shown: Shown): void {
    this.shown = shown;
    this.draw();
  }

  scaled(pixelsOfMillimetre: number): void {
    this.pixels = pixelsOfMillimetre;
    this.draw();
  }

  grip(target: Element, fromX: number, fromY: number): Grip | null {
    const handle = target.closest('[data-grip]');
    const [axis, part] = (handle?.getAttribute('data-grip') ?? '').split(' ') as [Axis, Part];
    if (!this.drawing || (axis !== 'time' && axis !== 'voltage')) {
      return null;
    }
    const places = this[axis];
    return {
      // As far as the pointer has moved since, so that nothing jumps.
      move: (x, y) => {
        const [along, across] = axis === 'time' ? [x - fromX, y - fromY] : [y - fromY, x - fromX];
        this.place(axis, part, part === 'both' ? along : places[part] + along, places.at + across, places);
      },
    };
  }

  /** @param value the place of one line, or how far both have moved since they were where they are said to have been */
  private place(axis: Axis, part: Part, value: number, at: number, before: Places): void {
    if (!this.drawing) {
      return;
    }
    const { x, y, width, height } = this.drawing.grid;
    const [least, most] = axis === 'time' ? [x, x + width] : [y, y + height];
    const [lowest, highest] = axis === 'time' ? [y, y + height] : [x, x + width];
    const places: Places = { ...this[axis], at: clamp(at, lowest, highest) };
    if (part === 'both') {
      const by = clamp(value, least - Math.min(before.first, before.second), most - Math.max(before.first, before.second));
      places.first = before.first + by;
      places.second = before.second + by;
    } else {
      places[part] = clamp(value, least, most);
    }
    this[axis] = places;
    this.draw();
  }

  private key(event: KeyboardEvent, axis: Axis, part: 'first' | 'second'): void {
    const steps: Record<string, [number, number]> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
    };
    const step = steps[event.key];
    if (!step) {
      return;
    }
    event.preventDefault();
    const far = KEY_MILLIMETRES * (event.shiftKey ? 5 : 1);
    const [along, across] = axis === 'time' ? [step[0], step[1]] : [step[1], step[0]];
    const places = this[axis];
    this.place(axis, part, places[part] + along * far, places.at + across * far, places);
  }

  private draw(): void {
    const group = this.group;
    const drawing = this.drawing;
    if (!group || !drawing) {
      return;
    }
    const focused = group.contains(document.activeElement) ? document.activeElement?.getAttribute('data-grip') : null;
    while (group.lastChild) {
      group.removeChild(group.lastChild);
    }
    const texts: string[] = [];
    if (this.shown.time) {
      const text = timeText(this.time.second - this.time.first, drawing.speed);
      texts.push(text);
      this.caliper(group, 'time', text);
    }
    if (this.shown.voltage) {
      const text = voltageText(this.voltage.first, this.voltage.second, drawing.gain);
      texts.push(text);
      this.caliper(group, 'voltage', text);
    }
    this.read(texts.join('   '));
    if (focused) {
      group.querySelector<SVGElement>(`[data-grip="${focused}"]`)?.focus({ preventScroll: true });
    }
  }

  private caliper(group: SVGGElement, axis: Axis, text: string): void {
    const drawing = this.drawing as Drawing;
    const { x, y, width, height } = drawing.grid;
    const places = this[axis];
    const upright = axis === 'time';
    const point = (along: number, across: number): [number, number] => (upright ? [along, across] : [across, along]);
    const [low, high] = upright ? [y, y + height] : [x, x + width];
    const line = (along: number, kind: string): void => {
      const [x1, y1] = point(along, low);
      const [x2, y2] = point(along, high);
      this.add(group, 'line', { x1, y1, x2, y2, class: kind });
    };
    if (upright && this.shown.march) {
      marched(places.first, places.second, x, x + width).forEach((along) => line(along, 'march'));
    }
    line(places.first, 'end');
    line(places.second, 'end');
    const [bx1, by1] = point(places.first, places.at);
    const [bx2, by2] = point(places.second, places.at);
    this.add(group, 'line', { x1: bx1, y1: by1, x2: bx2, y2: by2, class: 'end' });
    this.add(group, 'line', {
      x1: bx1,
      y1: by1,
      x2: bx2,
      y2: by2,
      class: 'reach',
      'stroke-width': REACH_PIXELS / this.pixels,
      'data-grip': `${axis} both`,
    });
    for (const part of ['first', 'second'] as const) {
      const [cx, cy] = point(places[part], places.at);
      this.add(group, 'circle', { cx, cy, r: HANDLE_PIXELS / this.pixels, class: 'handle' });
      const reach = this.add(group, 'circle', {
        cx,
        cy,
        r: REACH_PIXELS / this.pixels,
        class: 'reach',
        tabindex: 0,
        role: 'slider',
        'aria-label': this.label(),
        'aria-valuetext': text,
        'aria-valuenow': Math.round(places[part] * 10) / 10,
        'data-grip': `${axis} ${part}`,
      });
      reach.addEventListener('keydown', (event) => this.key(event, axis, part));
    }
    const size = TEXT_PIXELS / this.pixels;
    const side = Math.max(places.first, places.second);
    const [tx, ty] = upright
      ? [side + size * 0.9, places.at - size * 1.2]
      : [places.at + size * 1.2, (places.first + places.second) / 2 + size / 3];
    const label = this.add(group, 'text', { x: tx, y: ty, 'font-size': size, 'stroke-width': size / 4 });
    label.textContent = text;
  }

  private add(group: SVGGElement, name: string, attributes: Record<string, string | number>): SVGElement {
    const element = document.createElementNS(SVG, name) as SVGElement;
    for (const [key, value] of Object.entries(attributes)) {
      element.setAttribute(key, String(value));
    }
    group.appendChild(element);
    return element;
  }
}
