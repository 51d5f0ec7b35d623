import type { PixelFormat, Table } from '../model/image';
import type { Pixels } from '../pixels/pixels';

/** What is asked of a worker. */
export interface Task {
  id: number;
  bytes: Uint8Array;
  syntax: string;
  format: PixelFormat;
  tables?: Table[];
  /** Bits of the cells in which overlays lie. */
  overlayBits?: number[];
}

/** What it answers. */
export type Done = { id: number; pixels: Pixels } | { id: number; error: string };
