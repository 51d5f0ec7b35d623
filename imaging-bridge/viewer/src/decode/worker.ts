import { decompress } from './codecs';
import { pixelsOf } from './frame';
import type { Done, Task } from './messages';
import { plainBytes } from '../pixels/native';

/** Decodes frames beside the page. */

const scope = self as unknown as {
  onmessage: (event: MessageEvent<Task>) => void;
  postMessage(message: Done, transfer?: Transferable[]): void;
};

scope.onmessage = async ({ data: task }) => {
  try {
    const decompressed = await decompress(task.bytes, task.syntax, task.format);
    const pixels = pixelsOf(decompressed, task.format, task.tables, task.overlayBits);
    if (decompressed.lossy) {
      pixels.loss = plainBytes(task.format) / task.bytes.length;
    }
    const given = [(pixels.kind === 'grey' ? pixels.samples : pixels.rgba).buffer as ArrayBuffer];
    if (pixels.overlay !== undefined) {
      given.push(pixels.overlay.buffer as ArrayBuffer);
    }
    scope.postMessage({ id: task.id, pixels }, given);
  } catch (error) {
    scope.postMessage({ id: task.id, error: error instanceof Error ? error.message : String(error) });
  }
};
