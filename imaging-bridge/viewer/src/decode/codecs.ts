import jpeg from '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs';
import jpegWasm from '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm?url';
import jpegLs from '@cornerstonejs/codec-charls/decodewasmjs';
import jpegLsWasm from '@cornerstonejs/codec-charls/decodewasm?url';
import jpeg2000 from '@cornerstonejs/codec-openjpeg/decodewasmjs';
import jpeg2000Wasm from '@cornerstonejs/codec-openjpeg/decodewasm?url';
import htj2k from '@cornerstonejs/codec-openjph/wasmjs';
import htj2kWasm from '@cornerstonejs/codec-openjph/wasm?url';
import { Decoder as LosslessJpegDecoder } from 'jpeg-lossless-decoder-js';
import type { PixelFormat } from '../model/image';
import { runLengths } from '../pixels/native';
import { checkComplete } from './codestream';
import { familyOf } from './syntax';

/** Bytes of samples in little endian, as the data set's bits allocated say, and how they lie. */
export interface Decompressed {
  bytes: Uint8Array;
  /** The most significant bit of a sample. */
  highBit: number;
  photometric: string;
  planar: boolean;
  /** Whether the bits of a cell that hold no sample are those that were stored, such as an overlay. */
  whole: boolean;
  /** Whether this frame was compressed with loss, as its codestream tells. */
  lossy: boolean;
}

/** From a compressed frame to samples. Throws where the codec cannot, or where the frame is none. */
export async function decompress(bytes: Uint8Array, syntax: string, format: PixelFormat): Promise<Decompressed> {
  switch (familyOf(syntax)) {
    case 'native':
      return {
        bytes,
        highBit: format.highBit,
        photometric: format.photometric,
        planar: format.planar,
        whole: true,
        lossy: false,
      };
    case 'rle':
      return {
        bytes: runLengths(bytes, format),
        highBit: format.highBit,
        photometric: format.photometric === 'YBR_FULL_422' ? 'YBR_FULL' : format.photometric,
        planar: false,
        whole: true,
        lossy: false,
      };
    case 'jpeg': {
      const module = await load('jpeg', jpeg, jpegWasm);
      // It gives red, green and blue whatever the colours were.
      return byWasm(new module.JPEGDecoder(), bytes, format, format.samples === 3 ? 'RGB' : format.photometric, () => true);
    }
    case 'jpeg-lossless':
      return losslessJpeg(bytes, format);
    case 'jpeg-ls': {
      const module = await load('jpeg-ls', jpegLs, jpegLsWasm);
      return byWasm(new module.JpegLSDecoder(), bytes, format, format.photometric, (it) => it.getNearLossless!() > 0);
    }
    case 'jpeg-2000': {
      const module = await load('jpeg-2000', jpeg2000, jpeg2000Wasm);
      return byWasm(new module.J2KDecoder(), bytes, format, transformed(format), (it) => !it.getIsReversible!());
    }
    case 'htj2k': {
      checkComplete(bytes);
      const module = await load('htj2k', htj2k, htj2kWasm);
      return byWasm(new module.HTJ2KDecoder(), bytes, format, transformed(format), (it) => !it.getIsReversible!());
    }
    case 'none':
      throw new Error(`transfer syntax ${syntax} is not decoded here`);
  }
}

/** The codestream's own colour transform is undone by whoever decodes it. */
function transformed(format: PixelFormat): string {
  return format.photometric === 'YBR_ICT' || format.photometric === 'YBR_RCT' ? 'RGB' : format.photometric;
}

const loaded = new Map<string, Promise<CodecModule>>();

function load(name: string, factory: CodecFactory, wasm: string): Promise<CodecModule> {
  let module = loaded.get(name);
  if (module === undefined) {
    // They tell of every step.
    module = factory({ locateFile: () => wasm, print: () => undefined, printErr: () => undefined });
    loaded.set(name, module);
  }
  return module;
}

function byWasm(
  decoder: FrameDecoder,
  bytes: Uint8Array,
  format: PixelFormat,
  photometric: string,
  lossy: (decoder: FrameDecoder) => boolean,
): Decompressed {
  try {
    decoder.getEncodedBuffer(bytes.length).set(bytes);
    decode(decoder);
    const info = decoder.getFrameInfo();
    check(info.width, info.height, info.componentCount, format);
    const decoded = decoder.getDecodedBuffer();
    return {
      bytes: widened(decoded, info.bitsPerSample, format),
      highBit: highBit(info.bitsPerSample, format),
      photometric: photometric === 'YBR_FULL_422' ? 'YBR_FULL' : photometric,
      // JPEG-LS may hold one colour after the other.
      planar: format.samples > 1 && decoder.getInterleaveMode?.() === 0,
      whole: info.bitsPerSample > format.bitsStored,
      lossy: lossy(decoder),
    };
  } finally {
    decoder.delete();
  }
}

function decode(decoder: FrameDecoder): void {
  try {
    decoder.decode();
  } catch (error) {
    // Some codecs throw the address of what they would say.
    throw error instanceof Error ? error : new Error('the codec refuses the frame');
  }
}

function losslessJpeg(bytes: Uint8Array, format: PixelFormat): Decompressed {
  const size = format.bitsAllocated > 8 ? 2 : 1;
  const copy = bytes.slice();
  const decoder = new LosslessJpegDecoder();
  const decoded = decoder.decode(copy.buffer, 0, copy.length, size);
  if (decoded.length !== format.rows * format.columns * format.samples) {
    throw new Error(`the frame has ${decoded.length} samples, it needs ${format.rows * format.columns * format.samples}`);
  }
  const bits = decoder.precision ?? format.bitsStored;
  return {
    bytes: new Uint8Array(decoded.buffer, decoded.byteOffset, decoded.byteLength),
    highBit: highBit(bits, format),
    photometric: format.photometric === 'YBR_FULL_422' ? 'YBR_FULL' : format.photometric,
    planar: false,
    whole: bits > format.bitsStored,
    lossy: false,
  };
}

function check(width: number, height: number, components: number, format: PixelFormat): void {
  if (width !== format.columns || height !== format.rows || components !== format.samples) {
    throw new Error(
      `the codestream is of ${width} × ${height} × ${components}, the data set of ${format.columns} × ${format.rows} × ${format.samples}`,
    );
  }
}

/** Compressed samples have no bits below them, whatever the high bit was before, unless the whole cell was compressed. */
function highBit(bits: number, format: PixelFormat): number {
  return bits <= format.bitsStored ? format.bitsStored - 1 : format.highBit;
}

/** A copy that outlives the decoder, in cells as wide as were allocated: codecs give up to eight bits as bytes. */
function widened(decoded: Uint8Array, bits: number, format: PixelFormat): Uint8Array {
  if (bits > 8 || format.bitsAllocated <= 8) {
    return decoded.slice();
  }
  const cells = new Int16Array(decoded.length);
  for (let i = 0; i < cells.length; i++) {
    cells[i] = format.signed ? (decoded[i] << 24) >> 24 : decoded[i];
  }
  return new Uint8Array(cells.buffer);
}
