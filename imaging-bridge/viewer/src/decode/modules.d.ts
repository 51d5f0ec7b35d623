// The codecs come without types: what is used of them.

interface FrameInfo {
  width: number;
  height: number;
  bitsPerSample: number;
  componentCount: number;
  isSigned?: boolean;
}

interface FrameDecoder {
  getEncodedBuffer(size: number): Uint8Array;
  getDecodedBuffer(): Uint8Array;
  decode(): void;
  getFrameInfo(): FrameInfo;
  getInterleaveMode?(): number;
  getNearLossless?(): number;
  getIsReversible?(): boolean;
  delete(): void;
}

interface CodecModule {
  JPEGDecoder: new () => FrameDecoder;
  JpegLSDecoder: new () => FrameDecoder;
  J2KDecoder: new () => FrameDecoder;
  HTJ2KDecoder: new () => FrameDecoder;
}

type CodecFactory = (options: {
  locateFile: () => string;
  print: () => void;
  printErr: () => void;
}) => Promise<CodecModule>;

declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs' {
  const factory: CodecFactory;
  export default factory;
}
declare module '@cornerstonejs/codec-charls/decodewasmjs' {
  const factory: CodecFactory;
  export default factory;
}
declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  const factory: CodecFactory;
  export default factory;
}
declare module '@cornerstonejs/codec-openjph/wasmjs' {
  const factory: CodecFactory;
  export default factory;
}
declare module 'jpeg-lossless-decoder-js' {
  export class Decoder {
    /** Bits of a sample, once decoded. */
    precision?: number;
    decode(buffer: ArrayBuffer, offset: number, length: number, bytesPerSample?: number): Uint8Array | Uint16Array;
  }
}
