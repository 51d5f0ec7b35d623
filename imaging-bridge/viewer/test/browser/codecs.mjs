// Compresses made-up frames, with the codecs of the viewer's packages that its pages do not carry, and with DCMTK where it is installed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jpeg from '@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs';
import jpegLs from '@cornerstonejs/codec-charls/wasmjs';
import jpeg2000 from '@cornerstonejs/codec-openjpeg/wasmjs';
import htj2k from '@cornerstonejs/codec-openjph/wasmjs';

const quiet = () => ({ print: () => undefined, printErr: () => undefined });
const modules = { jpeg: await jpeg(quiet()), jpegLs: await jpegLs(quiet()), jpeg2000: await jpeg2000(quiet()), htj2k: await htj2k(quiet()) };

/** A frame: its bytes in little endian, and how they lie. */
function encode(Encoder, { size, bits, samples, signed, bytes }, settings) {
  const encoder = new Encoder();
  try {
    const info = { width: size, height: size, bitsPerSample: bits, componentCount: samples, isSigned: signed, isUsingColorTransform: samples === 3 };
    encoder.getDecodedBuffer(info).set(bytes);
    settings(encoder);
    encoder.encode();
    return Uint8Array.from(encoder.getEncodedBuffer());
  } finally {
    encoder.delete();
  }
}

export const byHtj2k = (frame) => encode(modules.htj2k.HTJ2KEncoder, frame, (encoder) => encoder.setQuality(true, 0));

/** By resolution, with lengths of tile-parts in front, as transfer syntax 202 wants it. */
export const byHtj2kRpcl = (frame) =>
  encode(modules.htj2k.HTJ2KEncoder, frame, (encoder) => {
    encoder.setQuality(true, 0);
    encoder.setProgressionOrder(2);
    encoder.setTLMMarker(true);
    encoder.setTilePartDivisionsAtResolutions(true);
  });

export const byHtj2kWithLoss = (frame) => encode(modules.htj2k.HTJ2KEncoder, frame, (encoder) => encoder.setQuality(false, 0.001));

export const byJpeg2000 = (frame) => encode(modules.jpeg2000.J2KEncoder, frame, (encoder) => encoder.setQuality(true, 0));

export const byJpeg2000WithLoss = (frame) =>
  encode(modules.jpeg2000.J2KEncoder, frame, (encoder) => {
    encoder.setQuality(false, 0);
    encoder.setCompressionRatio(8);
  });

export const byJpegLs = (frame) =>
  encode(modules.jpegLs.JpegLSEncoder, frame, (encoder) => {
    encoder.setNearLossless(0);
    encoder.setInterleaveMode(frame.samples === 3 ? 2 : 0);
  });

export const byJpegLsWithLoss = (frame) => encode(modules.jpegLs.JpegLSEncoder, frame, (encoder) => encoder.setNearLossless(3));

export const byJpeg = (frame) => encode(modules.jpeg.JPEGEncoder, frame, (encoder) => encoder.setQuality(90));

/** RLE (PS3.5 annex G): the most significant bytes first, each colour by itself. */
export function byRle({ size, samples, bits, bytes }) {
  const width = bits > 8 ? 2 : 1;
  const segments = [];
  for (let sample = 0; sample < samples; sample++) {
    for (let byte = width - 1; byte >= 0; byte--) {
      const plane = Uint8Array.from({ length: size * size }, (_, i) => bytes[(i * samples + sample) * width + byte]);
      segments.push(packed(plane));
    }
  }
  const header = Buffer.alloc(64);
  header.writeUInt32LE(segments.length, 0);
  let at = 64;
  segments.forEach((segment, i) => {
    header.writeUInt32LE(at, 4 + 4 * i);
    at += segment.length;
  });
  return Buffer.concat([header, ...segments]);
}

function packed(plane) {
  const out = [];
  for (let at = 0; at < plane.length; ) {
    let run = 1;
    while (run < 128 && at + run < plane.length && plane[at + run] === plane[at]) {
      run++;
    }
    if (run > 2) {
      out.push(257 - run, plane[at]);
      at += run;
    } else {
      const length = Math.min(64, plane.length - at);
      out.push(length - 1, ...plane.subarray(at, at + length));
      at += length;
    }
  }
  return Buffer.from(out.length % 2 === 0 ? out : [...out, 0]);
}

/** A DICOM file made of another by one of DCMTK's tools; undefined where that is not installed. */
export function byDcmtk(tool, options, file) {
  const directory = mkdtempSync(join(tmpdir(), 'forms'));
  try {
    const [from, to] = [join(directory, 'from.dcm'), join(directory, 'to.dcm')];
    writeFileSync(from, file);
    const { error, status, stderr } = spawnSync(tool, [...options, from, to], { encoding: 'utf8', timeout: 60_000 });
    if (error?.code === 'ENOENT') {
      return undefined;
    }
    if (error !== undefined || status !== 0) {
      throw new Error(`${tool} ${options.join(' ')}: ${error?.message ?? stderr}`);
    }
    return readFileSync(to);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
