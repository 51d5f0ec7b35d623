import type { Image, Voi } from '../model/image';
import type { Study } from '../model/study';
import type { Pixels } from '../pixels/pixels';
import type { Measurement } from '../tools/measure';
import type { Matrix } from './transform';

/** What a viewport shows, as far as it matters to what is written and drawn over it. */
export interface Scene {
  readonly root: HTMLElement;
  readonly image: Image | undefined;
  readonly pixels: Pixels | undefined;
  readonly measurements: ReadonlyMap<string, Measurement[]>;
  readonly selected?: Measurement;
  /** Where the planes of other viewports cut this one, as lines in pixels of the image. */
  readonly cuts: readonly [number, number, number, number][];
  /** Value under the pointer. */
  readonly reading: string;
  /** What is seen now, in values of the modality. */
  seen(): Voi | undefined;
  /** From pixels of the image to those of the canvas. */
  matrix(): Matrix | undefined;
}

/** Finds a study by its UID. */
export type Studies = (uid: string) => Study | undefined;
