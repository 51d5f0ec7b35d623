import { describe, expect, it } from 'vitest';
import { checkComplete } from '../../src/decode/codestream';
import { losesAlways, mayLose } from '../../src/decode/syntax';

const SOC = [0xff, 0x4f];
const COMMENT = [0xff, 0x64, 0, 5, 0, 1, 65];
const EOC = [0xff, 0xd9];

/** A tile-part of so many bytes of data, which says that it is so long; 0 for one that lasts until the end. */
const part = (data: number, says = 14 + data): number[] => [
  ...[0xff, 0x90, 0, 10, 0, 0, 0, 0, says >> 8, says & 0xff, 0, 1],
  ...[0xff, 0x93],
  ...new Array<number>(data).fill(0xaa),
];

const check = (...pieces: number[][]): void => checkComplete(Uint8Array.from(pieces.flat()));

describe('a codestream', () => {
  it('is complete where all tile-parts and its end are there', () => {
    expect(() => check(SOC, COMMENT, part(9), part(3), EOC)).not.toThrow();
    expect(() => check(SOC, COMMENT, part(9), part(3), EOC, [0])).not.toThrow();
    expect(() => check(SOC, COMMENT, part(9, 0), EOC, [0])).not.toThrow();
  });

  it('may lie in the box of a file', () => {
    const signature = [0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20, 0x0d, 0x0a, 0x87, 0x0a];
    const box = [0, 0, 0, 0, 0x6a, 0x70, 0x32, 0x63];
    expect(() => check(signature, box, SOC, part(9), EOC)).not.toThrow();
    expect(() => check(signature, box, SOC, part(9))).toThrow('cut');
  });

  it('is refused wherever it is cut', () => {
    const whole = Uint8Array.from([SOC, COMMENT, part(9), part(3), EOC].flat());
    for (let length = 0; length < whole.length; length++) {
      expect(() => checkComplete(whole.subarray(0, length)), `${length} bytes`).toThrow('cut');
    }
    expect(() => check(SOC, COMMENT, part(9, 0))).toThrow('cut');
  });

  it('is none where it begins otherwise', () => {
    expect(() => check([0xff, 0xd8, 0xff, 0xe0], part(3))).toThrow('no codestream');
    expect(() => check(SOC, [1, 2, 3, 4])).toThrow('no tiles');
  });
});

describe('loss', () => {
  const jpeg = '1.2.840.10008.1.2.4.';

  it('is told by some transfer syntaxes, and possible in others', () => {
    expect(['50', '51', '57', '70', '80', '90', '201'].map((end) => losesAlways(jpeg + end))).toEqual([true, true, false, false, false, false, false]);
    expect(['50', '80', '81', '90', '91', '201', '202', '203'].map((end) => mayLose(jpeg + end))).toEqual([false, false, true, false, true, false, false, true]);
  });
});
