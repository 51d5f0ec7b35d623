/** What the codec of high-throughput JPEG 2000 does not look at: whether a codestream is all there (ISO/IEC 15444-1 annex A). */

const SOC = 0xff4f;
const SOT = 0xff90;
const EOC = 0xffd9;

/**
 * Throws where a codestream ends before its tile-parts do: the codec would fill what is missing with values that nobody measured, and say nothing.
 *
 * @param bytes of a codestream, or of one in the boxes of a JP2 file
 */
export function checkComplete(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = (at: number): number => (at + 2 <= bytes.length ? view.getUint16(at) : cut());
  let at = begin(bytes, view);
  at += 2;
  // Segments of the main header tell their own length, the marker not counted.
  while (word(at) !== SOT) {
    if (word(at) >> 8 !== 0xff) {
      throw new Error('the codestream has no tiles');
    }
    at += 2 + Math.max(2, word(at + 2));
  }
  while (word(at) === SOT) {
    const length = at + 10 <= bytes.length ? view.getUint32(at + 6) : cut();
    if (length === 0) {
      // It lasts until the end of the codestream, behind which there may be padding.
      return endsProperly(bytes) ? undefined : cut();
    }
    at += Math.max(12, length);
  }
  if (word(at) !== EOC) {
    cut();
  }
}

/** Where the codestream begins: at once, or in a box of its own. */
function begin(bytes: Uint8Array, view: DataView): number {
  if (bytes.length < 2) {
    cut();
  }
  if (view.getUint16(0) === SOC) {
    return 0;
  }
  for (let at = 0; at + 10 <= bytes.length; ) {
    const size = view.getUint32(at);
    const isCodestream = view.getUint32(at + 4) === 0x6a703263;
    const head = size === 1 ? 16 : 8;
    if (isCodestream && at + head + 2 <= bytes.length && view.getUint16(at + head) === SOC) {
      return at + head;
    }
    if (size < 8) {
      break;
    }
    at += size;
  }
  throw new Error('the frame is no codestream of JPEG 2000');
}

function endsProperly(bytes: Uint8Array): boolean {
  let end = bytes.length;
  while (end > 2 && bytes[end - 1] === 0) {
    end--;
  }
  return bytes[end - 2] === 0xff && bytes[end - 1] === 0xd9;
}

function cut(): never {
  throw new Error('the codestream is cut');
}
