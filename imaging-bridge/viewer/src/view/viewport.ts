import { say } from '../i18n';
import type { Loader } from '../load/loader';
import { nearest } from '../load/plan';
import type { ImageWish, Wishing } from '../load/scheduler';
import type { Image, Stack, Voi } from '../model/image';
import type { Study } from '../model/study';
import { paint, recommended } from '../pixels/grey';
import { drawOverlay } from '../pixels/overlays';
import type { Pixels } from '../pixels/pixels';
import type { Measurement } from '../tools/measure';
import { element } from '../ui/dom';
import { corners, type Corners } from './corners';
import { drawMarks, words } from './marks';
import type { Scene } from './scene';
import { fit, matrix, PLACED, type Matrix, type Placement, type Size } from './transform';

/** What all viewports share. */
export interface Setting {
  loader: Loader;
  /** Whether originals are fetched only when they are needed: on phones and slow lines. */
  light: boolean;
  watermark: string;
  study(uid: string): Study | undefined;
  /** Something is wished that was not before. */
  wake(): void;
  /** The reader has gone to another image. */
  moved(viewport: Viewport, from: number): void;
}

const REST_MILLIS = 120;

/** One rectangle of the screen with one stack in it. */
export class Viewport implements Scene, Wishing {
  readonly root = element('section', 'viewport');
  stack?: Stack;
  index = 0;
  direction: 1 | -1 = 1;
  placement: Placement = PLACED;
  /** What the reader chose to see; undefined for what each image recommends. */
  voi?: Voi;
  inverse = false;
  measurements = new Map<string, Measurement[]>();
  selected?: Measurement;
  /** Where the planes of other viewports cut this one, as lines in pixels of the image. */
  cuts: [number, number, number, number][] = [];
  /** Value under the pointer. */
  reading = '';
  private needsOriginal = false;
  /** What is played next. */
  private ahead?: number;
  private rested = true;
  private restTimer = 0;
  private readonly canvas = element('canvas', 'image');
  private readonly marks = element('canvas', 'marks');
  private readonly corners: Corners = corners();
  private readonly message = element('div', 'message');
  private readonly busy = element('div', 'busy');
  private readonly bar = element('div', 'bar');
  private readonly thumb = element('div', 'thumb');
  private readonly source = document.createElement('canvas');
  private painted?: { pixels: Pixels; voi: Voi | undefined; inverse: boolean };
  private shown?: { image: Image; pixels: Pixels; index: number };
  private requested = false;

  constructor(private readonly setting: Setting) {
    this.root.tabIndex = 0;
    this.bar.append(this.thumb);
    this.root.append(this.canvas, this.marks, ...this.corners.elements, this.bar, this.busy, this.message);
    new ResizeObserver(() => this.render()).observe(this.root);
    setting.loader.onLoaded((image) => {
      if (this.stack !== undefined && image.key === this.stack.images[this.index]?.key) {
        this.render();
      }
    });
  }

  get scrollbar(): HTMLElement {
    return this.bar;
  }

  get image(): Image | undefined {
    return this.shown?.image;
  }

  get pixels(): Pixels | undefined {
    return this.shown?.pixels;
  }

  show(stack: Stack | undefined, index?: number): void {
    this.stack = stack;
    this.setting.loader.forgiveAll(stack?.images ?? []);
    this.index = Math.min((stack?.images.length ?? 1) - 1, Math.max(0, index ?? start(stack)));
    this.placement = PLACED;
    this.voi = undefined;
    this.inverse = false;
    this.shown = undefined;
    this.painted = undefined;
    this.needsOriginal = false;
    this.cuts = [];
    this.selected = undefined;
    this.rested = true;
    this.setting.wake();
    this.render();
  }

  /** Goes to an image of the stack; others may follow. */
  go(index: number, tell = true): void {
    const last = (this.stack?.images.length ?? 0) - 1;
    const to = Math.min(last, Math.max(0, Math.round(index)));
    if (last < 0 || to === this.index) {
      return;
    }
    const from = this.index;
    this.direction = to > from ? 1 : -1;
    this.index = to;
    this.ahead = undefined;
    this.rested = false;
    window.clearTimeout(this.restTimer);
    this.restTimer = window.setTimeout(() => {
      this.rested = true;
      this.setting.wake();
    }, REST_MILLIS);
    this.setting.wake();
    this.render();
    if (tell) {
      this.setting.moved(this, from);
    }
  }

  /** A moving picture waits for an image, and with it for those behind it. */
  await(index: number): void {
    this.ahead = index;
    this.setting.wake();
  }

  /** Something asks for more than a preview: measuring, a window, a close look. */
  needOriginal(): void {
    if (!this.needsOriginal) {
      this.needsOriginal = true;
      this.setting.wake();
    }
  }

  place(placement: Placement): void {
    this.placement = placement;
    if (placement.zoom > 1.5) {
      this.needOriginal();
    }
    this.render();
  }

  /** @param settled whether it is not still being moved: pictures in it may be asked for */
  look(voi: Voi | undefined, settled = true): void {
    this.voi = voi;
    this.needOriginal();
    if (settled) {
      this.setting.wake();
    }
    this.render();
  }

  /** What is seen now, in values of the modality. */
  seen(): Voi | undefined {
    if (this.shown === undefined || this.shown.pixels.kind !== 'grey') {
      return undefined;
    }
    return this.voi ?? recommended(this.shown.image, this.shown.pixels);
  }

  reset(): void {
    this.placement = PLACED;
    this.voi = undefined;
    this.inverse = false;
    this.render();
  }

  /** One pixel of the image upon one of the screen. */
  actualSize(): void {
    const image = this.shown?.image;
    if (image !== undefined) {
      const { columns: width, rows: height } = image.format;
      const whole = fit({ width, height }, image.aspect, this.size(), this.placement.turns);
      this.place({ ...this.placement, zoom: 1 / whole, panX: 0, panY: 0 });
    }
  }

  *wishes(): Generator<ImageWish> {
    const { stack, index, setting } = this;
    if (stack === undefined || stack.images.length === 0) {
      return;
    }
    const { loader } = setting;
    const images = stack.images;
    const window = this.previewWindow();
    const preview = (image: Image, tier: number): ImageWish => ({
      key: loader.key(image, 'preview', window),
      bytes: bytes(image, 1),
      image,
      quality: 'preview',
      window,
      tier,
    });
    const original = (image: Image, tier: number): ImageWish => ({
      key: loader.key(image, 'original'),
      bytes: bytes(image, image.format.bitsAllocated > 8 ? 2 : 1),
      image,
      quality: 'original',
      tier,
    });
    const current = images[index];
    const previews = !stack.computed && loader.hasPreview(current, window);
    if (previews) {
      yield preview(current, 0);
    }
    if (!previews || (this.rested && (!setting.light || this.needsOriginal))) {
      yield original(current, 0);
    }
    const direct = !setting.light && loader.originalsAreQuick();
    if (previews && !direct) {
      for (const at of nearest(this.ahead ?? index, images.length, this.direction)) {
        yield preview(images[at], 1);
      }
    }
    if (!previews || !setting.light || this.needsOriginal) {
      for (const at of nearest(this.ahead ?? index, images.length, this.direction)) {
        yield original(images[at], previews && !direct ? 2 : 1);
      }
    }
  }

  /** The window of previews, where the reader chose another than the images recommend. */
  private previewWindow(): { center: number; width: number; shape: 'LINEAR' } | undefined {
    if (this.voi === undefined || !('window' in this.voi) || !this.setting.light) {
      return undefined;
    }
    return { ...this.voi.window, shape: 'LINEAR' };
  }

  size(): Size {
    const ratio = window.devicePixelRatio || 1;
    return {
      width: Math.max(1, Math.round(this.root.clientWidth * ratio)),
      height: Math.max(1, Math.round(this.root.clientHeight * ratio)),
    };
  }

  /** From pixels of the image to those of the canvas, which are those of the screen. */
  matrix(): Matrix | undefined {
    const image = this.shown?.image;
    if (image === undefined) {
      return undefined;
    }
    const { columns: width, rows: height } = image.format;
    return matrix({ width, height }, image.aspect, this.size(), this.placement);
  }

  render(): void {
    if (!this.requested) {
      this.requested = true;
      requestAnimationFrame(() => {
        this.requested = false;
        this.draw();
      });
    }
  }

  private draw(): void {
    const { stack, setting } = this;
    const wanted = stack?.images[this.index];
    if (wanted !== undefined) {
      const pixels = setting.loader.best(wanted, this.previewWindow());
      if (pixels !== undefined) {
        this.shown = { image: wanted, pixels, index: this.index };
      }
    }
    const size = this.size();
    resize(this.canvas, size);
    resize(this.marks, size);
    const context = this.canvas.getContext('2d')!;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = '#000';
    context.fillRect(0, 0, size.width, size.height);
    const placed = this.matrix();
    if (this.shown !== undefined && placed !== undefined) {
      const { image, pixels } = this.shown;
      this.paint(image, pixels);
      const [a, b, c, d, e, f] = placed;
      const wide = image.format.columns / pixels.width;
      const high = image.format.rows / pixels.height;
      context.setTransform(a * wide, b * wide, c * high, d * high, e, f);
      const scale = Math.hypot(a, b) * wide;
      context.imageSmoothingEnabled = Math.abs(scale - 1) > 1e-6 && scale < 12;
      context.imageSmoothingQuality = 'high';
      context.drawImage(this.source, 0, 0);
    }
    drawMarks(this.marks, this, setting.watermark, window.devicePixelRatio || 1);
    this.tell(wanted);
  }

  private paint(image: Image, pixels: Pixels): void {
    const last = this.painted;
    if (last !== undefined && last.pixels === pixels && last.voi === this.voi && last.inverse === this.inverse) {
      return;
    }
    const voi = this.seen();
    resize(this.source, pixels);
    const context = this.source.getContext('2d')!;
    const data = context.createImageData(pixels.width, pixels.height);
    if (pixels.kind === 'color') {
      data.data.set(pixels.rgba);
      if (this.inverse) {
        for (let i = 0; i < data.data.length; i++) {
          data.data[i] = (i & 3) === 3 ? 255 : 255 - data.data[i];
        }
      }
    } else {
      paint(pixels, image, voi!, this.inverse, data.data);
    }
    drawOverlay(pixels, data.data);
    context.putImageData(data, 0, 0);
    this.painted = { pixels, voi: this.voi, inverse: this.inverse };
  }

  private tell(wanted: Image | undefined): void {
    const { stack, shown, setting } = this;
    const failure =
      wanted === undefined || shown?.image === wanted
        ? undefined
        : (setting.loader.failed.get(setting.loader.key(wanted, 'original')) ?? undefined);
    this.message.textContent = failure === undefined ? '' : `${say('failed')}: ${failure}`;
    this.message.hidden = failure === undefined;
    const waiting = wanted !== undefined && shown?.image !== wanted && failure === undefined;
    const empty = stack === undefined && this.root.parentElement !== null && this.root.parentElement.childElementCount > 1;
    this.busy.hidden = !waiting && !empty;
    this.busy.textContent = waiting ? `${say('waiting')} ${this.index + 1}/${stack!.images.length}` : empty ? say('empty') : '';
    this.busy.classList.toggle('empty', empty);
    // Whatever is written is of the image that is seen, not of the one that is still on its way.
    this.corners.update(this, shown === undefined ? undefined : { ...shown, stack: stack! }, (uid) => setting.study(uid));
    const count = stack?.images.length ?? 0;
    this.bar.hidden = count < 2;
    this.thumb.style.height = `${Math.max(6, 100 / Math.max(1, count))}%`;
    this.thumb.style.top = `${count < 2 ? 0 : (this.index / (count - 1)) * (100 - Math.max(6, 100 / count))}%`;
    const { dataset } = this.root;
    dataset.shown = shown === undefined ? '' : `${shown.index + 1}/${count}`;
    dataset.quality = shown === undefined ? '' : shown.pixels.original ? 'original' : 'preview';
    dataset.image = shown?.image.key ?? '';
    dataset.matrix = this.matrix()?.join(' ') ?? '';
    const measured = shown === undefined || this.selected === undefined ? [] : words(this.selected, this, shown.image);
    dataset.measured = measured.join('; ');
  }
}

/** Volumes are opened in their middle, where there is most to see; all else at the begin. */
function start(stack: Stack | undefined): number {
  return stack !== undefined && stack.rate === undefined && stack.images.length > 8 ? stack.images.length >> 1 : 0;
}

function bytes(image: Image, perSample: number): number {
  const { rows, columns, samples, photometric } = image.format;
  return rows * columns * (samples > 1 || photometric === 'PALETTE COLOR' ? 4 : perSample);
}

function resize(canvas: HTMLCanvasElement, { width, height }: Size): void {
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
}
