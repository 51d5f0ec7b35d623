import type { Loader } from '../load/loader';
import { add, times } from '../model/geometry';
import type { Image, Stack } from '../model/image';
import { modalityValue } from '../pixels/grey';
import type { Grey, Pixels } from '../pixels/pixels';
import { outside, type Voxels } from './reslice';
import { bytesPerVoxel, isUniform, planes, volumeOf, type Cut, type Grid3, type Obstacle, type Volume } from './volume';
import type { MprDone, MprTask } from './worker';

const CUTS: Cut[] = ['axial', 'coronal', 'sagittal'];
const AT_ONCE = 4;

let serial = 0;

/** Reformats of one stack. */
export class Mpr {
  private readonly worker = new Worker(new URL('./worker.ts', import.meta.url));
  private readonly waiting = new Map<number, { resolve: (pixels: Pixels) => void; grid: Grid3 }>();
  private next = 1;
  private stopped = false;
  /** Of the slice that lost most. */
  private loss?: number;

  private constructor(
    private readonly stack: Stack,
    private readonly volume: Volume,
    private readonly loader: Loader,
  ) {
    this.worker.onmessage = ({ data }: MessageEvent<MprDone>) => {
      const waiting = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      waiting?.resolve({
        kind: 'grey',
        width: waiting.grid.columns,
        height: waiting.grid.rows,
        samples: data.voxels,
        original: true,
        loss: this.loss,
      });
    };
  }

  /** @param memory bytes that the volume may take */
  static of(stack: Stack, memory: number, loader: Loader): Mpr | Obstacle {
    const volume = volumeOf(stack, memory);
    return typeof volume === 'string' ? volume : new Mpr(stack, volume, loader);
  }

  /**
   * Loads all slices.
   *
   * @param progress how many of them are there, after each
   * @throws where one of them cannot be had
   */
  async load(progress: (done: number) => void): Promise<void> {
    const { images } = this.stack;
    this.send({ kind: 'begin', volume: this.volume, type: this.type() });
    let next = 0;
    let done = 0;
    const uniform = isUniform(images);
    const one = async (): Promise<void> => {
      while (next < images.length && !this.stopped) {
        const index = next++;
        const image = images[index];
        const pixels = this.loader.original(image) ?? (await this.fetch(image));
        if (pixels.loss !== undefined) {
          this.loss = Math.max(this.loss ?? 0, pixels.loss || 0);
        }
        const voxels = this.voxels(pixels as Grey, image, uniform);
        this.send({ kind: 'slice', index, voxels }, [voxels.buffer as ArrayBuffer]);
        progress(++done);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
  }

  private async fetch(image: Image): Promise<Pixels> {
    await this.loader.load(image, 'original', undefined, 0);
    const pixels = this.loader.original(image);
    if (pixels === undefined) {
      throw new Error(this.loader.failed.get(this.loader.key(image, 'original')) ?? 'a slice is missing');
    }
    return pixels;
  }

  private type(): 'int16' | 'uint16' | 'float32' {
    const { images } = this.stack;
    return bytesPerVoxel(images) === 4 ? 'float32' : images[0].format.signed ? 'int16' : 'uint16';
  }

  private voxels(grey: Grey, image: Image, uniform: boolean): Voxels {
    const type = this.type();
    if (type === 'int16') {
      return Int16Array.from(grey.samples);
    }
    if (type === 'uint16') {
      return Uint16Array.from(grey.samples);
    }
    return uniform
      ? Float32Array.from(grey.samples)
      : Float32Array.from(grey.samples, (stored) => modalityValue(stored, image.modality));
  }

  /** The three stacks that cut the volume. */
  stacks(names: Record<Cut, string>): Stack[] {
    return CUTS.map((cut) => this.stackOf(cut, names[cut]));
  }

  private stackOf(cut: Cut, name: string): Stack {
    const grid = planes(this.volume, cut);
    const key = `mpr/${++serial}/${cut}`;
    const [first] = this.stack.images;
    const uniform = isUniform(this.stack.images);
    const images = Array.from({ length: grid.count }, (_, index): Image => {
      const position = add(grid.position, times(grid.step, index));
      return {
        ...first,
        key: `${key}/${index}`,
        series: key,
        frame: 1,
        number: index + 1,
        format: { ...first.format, columns: grid.columns, rows: grid.rows },
        modality: uniform ? first.modality : { slope: 1, intercept: 0 },
        overlays: [],
        overlayBits: [],
        loss: this.stack.images.find(({ loss }) => loss !== undefined)?.loss,
        padding: padding(this.type()),
        spacing: { row: grid.spacing, column: grid.spacing, measured: 'patient' },
        aspect: 1,
        plane: { position, row: grid.row, column: grid.column, frameOfReference: first.plane!.frameOfReference },
        sliceThickness: grid.spacing,
      };
    });
    this.loader.compute(key, (image) => this.cut(grid, image.number - 1));
    const { study, series, number, modality } = this.stack;
    return { key, study, series, number, modality, label: name, images, computed: true };
  }

  private cut(grid: Grid3, index: number): Promise<Pixels> {
    return new Promise((resolve) => {
      const id = this.next++;
      this.waiting.set(id, { resolve, grid });
      this.send({ kind: 'cut', id, grid, index });
    });
  }

  private send(task: MprTask, transfer: Transferable[] = []): void {
    this.worker.postMessage(task, transfer);
  }

  /** Frees the memory. */
  stop(): void {
    this.stopped = true;
    this.worker.terminate();
  }
}

function padding(type: 'int16' | 'uint16' | 'float32'): Image['padding'] {
  const value = type === 'int16' ? outside(new Int16Array(0)) : outside(new Uint16Array(0));
  return type === 'float32' ? undefined : { low: value, high: value };
}
