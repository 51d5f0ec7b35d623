import { outside, reslice, type Voxels } from './reslice';
import type { Grid3, Volume } from './volume';

/** Holds a volume beside the page and cuts it. */

export type MprTask =
  | { kind: 'begin'; volume: Volume; type: 'int16' | 'uint16' | 'float32' }
  | { kind: 'slice'; index: number; voxels: Voxels }
  | { kind: 'cut'; id: number; grid: Grid3; index: number };

export interface MprDone {
  id: number;
  voxels: Voxels;
  outside: number;
}

const scope = self as unknown as {
  onmessage: (event: MessageEvent<MprTask>) => void;
  postMessage(message: MprDone, transfer: Transferable[]): void;
};

let volume: Volume;
let voxels: Voxels;

scope.onmessage = ({ data: task }) => {
  switch (task.kind) {
    case 'begin': {
      volume = task.volume;
      const size = volume.columns * volume.rows * volume.slices;
      voxels =
        task.type === 'int16'
          ? new Int16Array(size)
          : task.type === 'uint16'
            ? new Uint16Array(size)
            : new Float32Array(size);
      break;
    }
    case 'slice':
      voxels.set(task.voxels, task.index * volume.columns * volume.rows);
      break;
    case 'cut': {
      const cut = reslice(voxels, volume, task.grid, task.index);
      scope.postMessage({ id: task.id, voxels: cut, outside: outside(cut) }, [cut.buffer]);
      break;
    }
  }
};
