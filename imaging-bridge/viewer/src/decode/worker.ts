import { decompress } from './codecs';
import { pixelsOf } from './frame';
import type { Done, Task } from './messages';

/** Decodes frames beside the page. */

const scope = self as unknown as {
  onmessage: (event: MessageEvent<Task>) => void;
  postMessage(message: Done, transfer?: Transferable[]): void;
};

scope.onmessage = async ({ data: task }) => {
  try {
    const decompressed = await decompress(task.bytes, task.syntax, task.format);
    const pixels = pixelsOf(decompressed, task.format, task.tables);
    const buffer = (pixels.kind === 'grey' ? pixels.samples : pixels.rgba).buffer as ArrayBuffer;
    scope.postMessage({ id: task.id, pixels }, [buffer]);
  } catch (error) {
    scope.postMessage({ id: task.id, error: error instanceof Error ? error.message : String(error) });
  }
};
