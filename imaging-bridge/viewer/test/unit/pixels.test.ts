import { describe, expect, it } from 'vitest';
import { table } from '../../src/model/read';
import { colors, palette, paletteEntries, unshared, ybrFull } from '../../src/pixels/color';
import { inWindow, modalityValue, paint, range, recommended, shade } from '../../src/pixels/grey';
import { runLengths, samplesOf } from '../../src/pixels/native';
import { drawOverlay, mark, overlayBitsOf, overlayInCells, overlaysOf } from '../../src/pixels/overlays';
import type { Grey, Samples } from '../../src/pixels/pixels';
import { segmentedEntries } from '../../src/pixels/segmented';
import { pixelsOf } from '../../src/decode/frame';
import { ct, format } from './dataset';

const grey = (samples: Samples, original = true): Grey => ({ kind: 'grey', width: samples.length, height: 1, samples, original });

function painted(of: Grey, image = ct(), voi = recommended(image, of), inverse = false): number[] {
  const rgba = new Uint8ClampedArray(of.samples.length * 4);
  paint(of, image, voi, inverse, rgba);
  expect(rgba[3]).toBe(255);
  return Array.from(of.samples, (_, i) => rgba[4 * i]);
}

describe('samples', () => {
  it('extends the sign of twelve stored bits and drops what lies beside them', () => {
    const signed = format({ bitsStored: 12, highBit: 11, signed: true, columns: 3 });
    const bytes = new Uint8Array(Uint16Array.of(0x0fff, 0x07ff, 0xf801).buffer);
    expect(Array.from(samplesOf(bytes, signed))).toEqual([-1, 2047, -2047]);
  });

  it('takes stored bits from where the high bit says', () => {
    const shifted = format({ bitsStored: 12, highBit: 15, columns: 1 });
    expect(samplesOf(new Uint8Array([0xf0, 0xab]), shifted)[0]).toBe(0xabf);
  });

  it('reads parts that begin at odd places', () => {
    const bytes = new Uint8Array([9, 1, 0, 2, 0, 3, 0, 4, 0]).subarray(1);
    expect(Array.from(samplesOf(bytes, format()))).toEqual([1, 2, 3, 4]);
  });

  it('refuses a frame that is too short', () => {
    expect(() => samplesOf(new Uint8Array(7), format())).toThrow('needs 8');
  });

  it('unpacks single bits, the lowest first', () => {
    expect(Array.from(samplesOf(new Uint8Array([0b0101]), format({ bitsAllocated: 1, bitsStored: 1 })))).toEqual([1, 0, 1, 0]);
  });
});

describe('RLE', () => {
  function rle(...segments: number[][]): Uint8Array {
    const header = new Uint32Array(16);
    header[0] = segments.length;
    let at = 64;
    segments.forEach((segment, i) => {
      header[i + 1] = at;
      at += segment.length;
    });
    return Uint8Array.from([...new Uint8Array(header.buffer), ...segments.flat()]);
  }

  it('puts the most significant bytes, which come first, on top', () => {
    // 3 literal and one more, then a run of four.
    const bytes = rle([3, 1, 2, 3, 4], [0x100 - 3, 9]);
    expect(Array.from(samplesOf(runLengths(bytes, format()), format()))).toEqual([0x109, 0x209, 0x309, 0x409]);
  });

  it('refuses segments that end before their pixels, and a wrong number of them', () => {
    expect(() => runLengths(rle([3, 1, 2, 3, 4], [0, 9]), format())).toThrow('1 of 4');
    expect(() => runLengths(rle([3, 1, 2, 3, 4]), format())).toThrow('segments');
  });
});

describe('windows', () => {
  it('are those of PS3.3 C.11.2.1.2: c 2048 w 4096 shows 0 to 4095', () => {
    const window = { center: 2048, width: 4096, shape: 'LINEAR' } as const;
    expect(inWindow(0, window)).toBe(0);
    expect(inWindow(4095, window)).toBe(1);
    expect(inWindow(2047.5, window)).toBeCloseTo(0.5);
  });

  it('of width 1 make a threshold', () => {
    const window = { center: 2048, width: 1, shape: 'LINEAR' } as const;
    expect(inWindow(2047.5, window)).toBe(0);
    expect(inWindow(2048, window)).toBe(1);
  });

  it('may be exact or a sigmoid', () => {
    expect(inWindow(0, { center: 50, width: 100, shape: 'LINEAR_EXACT' })).toBe(0);
    expect(inWindow(75, { center: 50, width: 100, shape: 'LINEAR_EXACT' })).toBe(0.75);
    expect(inWindow(50, { center: 50, width: 100, shape: 'SIGMOID' })).toBe(0.5);
    expect(inWindow(100, { center: 50, width: 100, shape: 'SIGMOID' })).toBeCloseTo(1 / (1 + Math.exp(-2)));
  });

  it('are seen after the modality has been applied', () => {
    const image = ct({ WindowCenter: 40, WindowWidth: 400 });
    // -160 HU is black, 240 HU white, 40 HU in the middle.
    expect(painted(grey(Uint16Array.of(864, 1064, 1264)), image)).toEqual([0, 128, 255]);
  });

  it('may come as a table, whose input begins at its first value', () => {
    const lut = table([4, 100, 8], [0, 50, 100, 255], false);
    expect([99, 101, 102, 200].map((value) => Math.round(255 * shade(value, { name: '', table: lut })))).toEqual([0, 50, 100, 255]);
  });

  it('show all that occurs where nothing is recommended', () => {
    expect(painted(grey(Uint16Array.of(1000, 2000, 3000)))).toEqual([0, 128, 255]);
  });
});

describe('grey', () => {
  it('turns MONOCHROME1 and the reader’s inversion, and both together not at all', () => {
    const samples = grey(Uint16Array.of(864, 1264));
    const light = ct({ WindowCenter: 40, WindowWidth: 400 });
    const dark = ct({ WindowCenter: 40, WindowWidth: 400, PhotometricInterpretation: 'MONOCHROME1' });
    expect(painted(samples, light)).toEqual([0, 255]);
    expect(painted(samples, dark)).toEqual([255, 0]);
    expect(painted(samples, light, undefined, true)).toEqual([255, 0]);
    expect(painted(samples, dark, undefined, true)).toEqual([0, 255]);
  });

  it('leaves padding black and out of the range', () => {
    const image = ct({ PixelPaddingValue: 0, WindowCenter: -1000, WindowWidth: 10 });
    expect(painted(grey(Uint16Array.of(0, 4000)), image)).toEqual([0, 255]);
    expect(range(Uint16Array.of(0, 7, 9), image.padding)).toEqual({ low: 7, high: 9 });
  });

  it('reads padding of signed pixels though it is written unsigned', () => {
    expect(ct({ PixelRepresentation: 1, PixelPaddingValue: 63536 }).padding).toEqual({ low: -2000, high: -2000 });
  });

  it('guesses another window from a preview', () => {
    const preview: Grey = { ...grey(Uint8Array.of(0, 128, 255), false), window: { center: 40, width: 400 } };
    const wide = { name: '', window: { center: 40, width: 800, shape: 'LINEAR' } } as const;
    const [low, middle, high] = painted(preview, ct(), wide);
    expect(low).toBeCloseTo(64, -1);
    expect(middle).toBeCloseTo(128, -1);
    expect(high).toBeCloseTo(191, -1);
  });

  it('applies a table of the modality', () => {
    const modality = { table: table([3, 0, 16], [10, 20, 30], false) };
    expect([0, 1, 2, 9].map((stored) => modalityValue(stored, modality))).toEqual([10, 20, 30, 30]);
  });

  it('takes a slope of 0 for none', () => {
    expect(modalityValue(5, ct({ RescaleSlope: 0 }).modality)).toBe(-1019);
  });
});

describe('overlays', () => {
  it('are drawn in white from where they begin, cut at the edges, each over its frame', () => {
    const inline = (bytes: number[]) => ({ vr: 'OB', InlineBinary: btoa(String.fromCharCode(...bytes)) });
    const of = (value: unknown) => ({ vr: 'US', Value: Array.isArray(value) ? value : [value] });
    const [overlay] = overlaysOf({
      '60020010': of(2),
      '60020011': of(2),
      '60020015': of(2),
      '60020050': of([0, 2]),
      '60023000': inline([0b1010_1101]),
    });
    const masks = [1, 2, 3].map((frame) => {
      const mask = new Uint8Array(6);
      mark(mask, 3, 2, overlay, overlay.data as Uint8Array, frame);
      return Array.from(mask);
    });
    // Its first row lies above the image.
    expect(masks).toEqual([[0, 1, 1, 0, 0, 0], [0, 0, 1, 0, 0, 0], [0, 0, 0, 0, 0, 0]]);
    const rgba = new Uint8ClampedArray(8);
    drawOverlay({ ...grey(Uint8Array.of(0, 0)), overlay: Uint8Array.of(0, 1) }, rgba);
    expect(Array.from(rgba)).toEqual([0, 0, 0, 0, 255, 255, 255, 255]);
  });
});

describe('overlays in bits beside the stored ones', () => {
  const header = (more: Record<string, number>) =>
    Object.fromEntries(
      Object.entries({ '60000010': 1, '60000011': 4, '60000100': 16, '60000102': 12, ...more }).map(([tag, value]) => [
        tag,
        { vr: 'US', Value: [value] },
      ]),
    );
  const twelve = format({ bitsStored: 12, highBit: 11 });

  it('are those of a group without data, as large as the image, outside of what is stored', () => {
    expect(overlayBitsOf(header({}), twelve)).toEqual([12]);
    expect(overlayBitsOf(header({ '60000102': 11 }), twelve)).toEqual([]);
    expect(overlayBitsOf(header({ '60000102': 16 }), twelve)).toEqual([]);
    expect(overlayBitsOf(header({ '60000010': 2 }), twelve)).toEqual([]);
    expect(overlayBitsOf({ ...header({}), '60003000': { vr: 'OW', InlineBinary: '' } }, twelve)).toEqual([]);
    expect(overlayBitsOf(header({ '60000102': 3 }), format({ bitsStored: 12, highBit: 15 }))).toEqual([3]);
    expect(overlayBitsOf(header({}), { ...twelve, samples: 3 })).toEqual([]);
  });

  it('are drawn, and leave the values as they are', () => {
    const bytes = new Uint8Array(Uint16Array.of(0x1064, 0x0064, 0x3001, 0x2002).buffer);
    const plain = { bytes, highBit: 11, photometric: 'MONOCHROME2', planar: false, whole: true, lossy: false };
    const shown = pixelsOf(plain, twelve, undefined, [12]) as Grey;
    expect(Array.from(shown.samples)).toEqual([100, 100, 1, 2]);
    expect(Array.from(shown.overlay!)).toEqual([1, 0, 1, 0]);
    expect(Array.from(overlayInCells(bytes, twelve, 11, [12, 13])!)).toEqual([1, 0, 1, 1]);
    // A codec that gives the stored bits only may have put signs there.
    expect(pixelsOf({ ...plain, whole: false }, twelve, undefined, [12]).overlay).toBeUndefined();
    expect(pixelsOf(plain, twelve, undefined).overlay).toBeUndefined();
  });
});

describe('segmented palettes', () => {
  const eight = [0, 2, 5, 10, 1, 2, 30, 2, 1, 0, 0, 0, 0, 0, 2, 7, 8];

  it('list entries, draw lines and repeat segments, in units of eight or sixteen bits', () => {
    expect(Array.from(segmentedEntries([8, 0, 8], Uint8Array.from(eight)).subarray(0, 6))).toEqual([5, 10, 20, 30, 5, 10]);
    expect(Array.from(segmentedEntries([8, 0, 8], Uint8Array.from(eight)))).toEqual([5, 10, 20, 30, 5, 10, 7, 8]);
    const words = Uint16Array.of(0, 2, 0x500, 0xa00, 1, 2, 0x1e00, 2, 1, 0, 0, 0, 2, 0x700, 0x800);
    expect(Array.from(segmentedEntries([8, 0, 16], new Uint8Array(words.buffer)))).toEqual(
      [5, 10, 20, 30, 5, 10, 7, 8].map((value) => value << 8),
    );
  });

  it('may fall, and round a half as the server does', () => {
    expect(Array.from(segmentedEntries([5, 0, 8], Uint8Array.of(0, 1, 10, 1, 4, 0)))).toEqual([10, 8, 5, 2, 0]);
  });

  it('stand for 65,536 entries where the descriptor says 0', () => {
    const words = Uint16Array.of(0, 1, 0, 1, 0xffff, 0xffff);
    const entries = segmentedEntries([0, 0, 16], new Uint8Array(words.buffer));
    expect([entries.length, entries[1], entries[65_535]]).toEqual([65_536, 1, 65_535]);
  });

  it('are refused where they break', () => {
    const broken: number[][] = [
      [],
      [0],
      [0, 9, 1, 2],
      [1, 2, 30],
      [3, 1, 1],
      [0, 0],
      [0, 1, 5, 2, 1, 3, 0, 0, 0, 2, 1, 3, 0, 0, 0],
      [0, 1, 5, 2, 1, 100, 0, 0, 0],
      [0, 1, 5, 2, 1, 0, 0, 0, 128],
      [0, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    ];
    for (const segments of broken) {
      expect(() => segmentedEntries([8, 0, 8], Uint8Array.from(segments))).toThrow('breaks at');
    }
  });
});

describe('colours', () => {
  const rgb = format({ rows: 1, columns: 2, samples: 3, photometric: 'RGB', bitsAllocated: 8, bitsStored: 8, highBit: 7 });

  it('lie pixel by pixel or plane by plane', () => {
    const expected = [1, 2, 3, 255, 4, 5, 6, 255];
    expect(Array.from(colors(Uint8Array.of(1, 2, 3, 4, 5, 6), rgb, 'RGB', false).rgba)).toEqual(expected);
    expect(Array.from(colors(Uint8Array.of(1, 4, 2, 5, 3, 6), rgb, 'RGB', true).rgba)).toEqual(expected);
  });

  it('are made of luminance and chrominance (PS3.3 C.7.6.3.1.2)', () => {
    const rgba = new Uint8ClampedArray(4);
    ybrFull(76, 85, 255, rgba, 0);
    expect(Array.from(rgba.subarray(0, 3))).toEqual([254, 0, 0]);
    ybrFull(128, 128, 128, rgba, 0);
    expect(Array.from(rgba.subarray(0, 3))).toEqual([128, 128, 128]);
  });

  it('get a chrominance of their own where two pixels share one', () => {
    expect(Array.from(unshared(Uint8Array.of(10, 20, 7, 8), rgb))).toEqual([10, 7, 8, 20, 7, 8]);
  });

  it('come from a palette of eight or sixteen bits', () => {
    const entries = paletteEntries([3, 0, 16], new Uint8Array(Uint16Array.of(0, 0x8000, 0xff00).buffer));
    const one = table([3, 0, 16], entries, false);
    const indices = format({ columns: 4, bitsAllocated: 8, bitsStored: 8 });
    const shown = palette(Uint8Array.of(0, 1, 2, 9), indices, [one, one, one]);
    expect([0, 4, 8, 12].map((at) => shown.rgba[at])).toEqual([0, 128, 255, 255]);
    expect(Array.from(paletteEntries([3, 0, 8], new Uint8Array([1, 2, 3, 0])))).toEqual([1, 2, 3, 0]);
  });
});
