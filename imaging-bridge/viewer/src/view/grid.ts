import { depth, normal, parallel, subtract, dot, type Plane } from '../model/geometry';
import type { Image } from '../model/image';
import { Gestures, type Host } from '../tools/gestures';
import { element } from '../ui/dom';
import { Viewport, type Setting } from './viewport';

export type Layout = '1x1' | '1x2' | '2x2';

export const COUNTS: Record<Layout, number> = { '1x1': 1, '1x2': 2, '2x2': 4 };

/** The viewports, side by side, and what they do together. */
export class Grid {
  readonly root = element('main', 'grid');
  viewports: Viewport[] = [];
  active: Viewport;
  linked = true;
  layout: Layout = '1x1';
  private enlarged?: Viewport;
  /** What else is to do when the reader has gone to another image. */
  onMoved: (viewport: Viewport) => void = () => {};
  onActivated: () => void = () => {};

  constructor(
    private readonly setting: Setting,
    private readonly host: Pick<Host, 'tool'>,
  ) {
    this.active = this.add();
    this.arrange('1x1');
  }

  private add(): Viewport {
    const viewport = new Viewport(this.setting);
    new Gestures(viewport, {
      tool: () => this.host.tool(),
      activate: (one) => this.activate(one),
      enlarge: (one) => this.enlarge(one),
    });
    this.viewports.push(viewport);
    return viewport;
  }

  arrange(layout: Layout): void {
    this.layout = layout;
    this.enlarged = undefined;
    const count = COUNTS[layout];
    while (this.viewports.length < count) {
      this.add();
    }
    for (const removed of this.viewports.splice(count)) {
      removed.show(undefined);
    }
    if (!this.viewports.includes(this.active)) {
      this.active = this.viewports[0];
    }
    this.draw();
  }

  private draw(): void {
    const seen = this.enlarged === undefined ? this.viewports : [this.enlarged];
    this.root.className = `grid layout-${this.enlarged === undefined ? this.layout : '1x1'}`;
    this.root.replaceChildren(...seen.map((viewport) => viewport.root));
    this.activate(this.enlarged ?? this.active);
    seen.forEach((viewport) => viewport.render());
  }

  activate(viewport: Viewport): void {
    const changed = this.active !== viewport;
    this.active = viewport;
    this.viewports.forEach((one) => one.root.classList.toggle('active', one === viewport && this.viewports.length > 1));
    if (changed) {
      this.setting.wake();
      this.onActivated();
    }
  }

  enlarge(viewport: Viewport): void {
    if (this.viewports.length > 1) {
      this.enlarged = this.enlarged === undefined ? viewport : undefined;
      this.draw();
    }
  }

  /** The active one first: its wishes come first. */
  wishing(): Viewport[] {
    return [this.active, ...this.viewports.filter((one) => one !== this.active)].filter((one) => one.stack !== undefined);
  }

  moved(viewport: Viewport, from: number): void {
    if (this.linked) {
      this.viewports.filter((one) => one !== viewport).forEach((other) => follow(viewport, from, other));
    }
    this.onMoved(viewport);
  }

  render(): void {
    this.viewports.forEach((viewport) => viewport.render());
  }
}

/** Another stack goes along: to the same place in the body where both tell it in the same coordinates, else by as many images. */
function follow(leader: Viewport, from: number, other: Viewport): void {
  const stack = other.stack;
  const image = leader.stack?.images[leader.index];
  if (stack === undefined || image === undefined || stack.images.length < 2) {
    return;
  }
  const own = stack.images[other.index];
  if (image.plane !== undefined && own.plane !== undefined && sharing(image.plane, own.plane)) {
    if (parallel(image.plane, own.plane)) {
      other.go(nearestTo(image.plane, stack.images), false);
    }
    return;
  }
  other.go(other.index + leader.index - from, false);
}

const sharing = (a: Plane, b: Plane): boolean => a.frameOfReference !== '' && a.frameOfReference === b.frameOfReference;

/** Index of the image that lies nearest to a plane. */
export function nearestTo(plane: Plane, images: Image[]): number {
  const along = normal(plane);
  const sought = depth(plane, along);
  let found = 0;
  let least = Infinity;
  images.forEach((image, i) => {
    const far = image.plane === undefined ? Infinity : Math.abs(depth(image.plane, along) - sought);
    if (far < least) {
      [found, least] = [i, far];
    }
  });
  return found;
}

/** The line in which the plane of an image cuts another image, in pixels of the latter; undefined where they do not meet within it. */
export function cut(image: Image, by: Plane): [number, number, number, number] | undefined {
  const { plane, spacing, format } = image;
  if (plane === undefined || spacing === undefined || parallel(plane, by)) {
    return undefined;
  }
  const along = normal(by);
  // Points x, y of the image with a x + b y + c = 0 lie in the other plane.
  const a = dot(plane.row, along) * spacing.column;
  const b = dot(plane.column, along) * spacing.row;
  const c = dot(subtract(plane.position, by.position), along) - (a + b) / 2;
  const ends: [number, number][] = [];
  const inside = (x: number, y: number): void => {
    if (x >= -0.01 && x <= format.columns + 0.01 && y >= -0.01 && y <= format.rows + 0.01) {
      ends.push([x, y]);
    }
  };
  if (Math.abs(b) >= Math.abs(a)) {
    inside(0, -c / b);
    inside(format.columns, -(c + a * format.columns) / b);
  } else {
    inside(-c / a, 0);
    inside(-(c + b * format.rows) / a, format.rows);
  }
  return ends.length === 2 ? [...ends[0], ...ends[1]] : undefined;
}
