import { describe, expect, it } from 'vitest';
import { ByteCache } from '../../src/load/cache';
import { nearest, nextWish } from '../../src/load/plan';
import type { Grey } from '../../src/pixels/pixels';
import { angle, area, cobb, distance, statistics, valueAt } from '../../src/tools/measure';
import { apply, fit, inverse, matrix, PLACED, zoomed } from '../../src/view/transform';
import { ct } from './dataset';

describe('measuring', () => {
  const spacing = { row: 2, column: 0.5, measured: 'patient' } as const;

  it('counts millimetres only where there is a spacing', () => {
    expect(distance([0, 0], [6, 2], spacing)).toEqual({ value: 5, unit: 'mm', measured: 'patient' });
    expect(distance([0, 0], [3, 4], undefined)).toEqual({ value: 5, unit: 'px' });
    expect(distance([0, 0], [1, 0], { ...spacing, measured: 'detector' }).measured).toBe('detector');
    expect(area('rectangle', [[0, 0], [4, 3]], spacing)).toMatchObject({ value: 12, unit: 'mm' });
    expect(area('ellipse', [[0, 0], [4, 3]], undefined)).toMatchObject({ value: 3 * Math.PI, unit: 'px' });
  });

  it('takes angles in the body, not in pixels', () => {
    expect(angle([[1, 0], [0, 0], [0, 1]], 1)).toBeCloseTo(90);
    expect(angle([[1, 1], [0, 0], [1, 0]], 1)).toBeCloseTo(45);
    expect(angle([[1, 1], [0, 0], [1, 0]], 2)).toBeCloseTo((Math.atan(2) * 180) / Math.PI);
  });

  it('takes Cobb angles between lines that run to one side, whichever end came first', () => {
    // Two end plates of a curve of 40 degrees, 100 pixels apart.
    const slope = Math.tan((20 * Math.PI) / 180) * 30;
    const [from, to, start, end] = [[0, slope], [30, 0], [0, 100], [30, 100 + slope]] as const;
    for (const points of [[from, to, start, end], [to, from, start, end], [from, to, end, start], [end, start, to, from]]) {
      expect(cobb(points, 1)).toBeCloseTo(40);
    }
    // A curve of 100 degrees is no curve of 80.
    const steep = Math.tan((50 * Math.PI) / 180) * 30;
    expect(cobb([[0, steep], [30, 0], [30, 200 + steep], [0, 200]], 1)).toBeCloseTo(100);
    // Pixels twice as high as wide.
    expect(cobb([[0, slope / 2], [30, 0], [0, 50], [30, 50 + slope / 2]], 2)).toBeCloseTo(40);
    expect(cobb([[0, 0], [4, 0], [2, -2], [2, 2]], 1)).toBeCloseTo(90);
  });

  const grey: Grey = {
    kind: 'grey',
    width: 4,
    height: 4,
    samples: Uint16Array.from({ length: 16 }, (_, i) => 1024 + i),
    original: true,
  };

  it('counts the pixels whose centres lie inside', () => {
    const found = statistics('rectangle', [[1, 1], [3, 3]], grey, ct())!;
    expect(found).toMatchObject({ count: 4, mean: 7.5, least: 5, most: 10 });
    expect(found.deviation).toBeCloseTo(Math.sqrt((6.25 * 2 + 2.25 * 2) / 4));
    expect(statistics('ellipse', [[0, 0], [4, 4]], grey, ct())!.count).toBe(12);
    expect(statistics('rectangle', [[-9, -9], [-1, -1]], grey, ct())).toBeUndefined();
  });

  it('leaves padding out', () => {
    const image = ct({ PixelPaddingValue: 1029 });
    expect(statistics('rectangle', [[1, 1], [3, 3]], grey, image)!.count).toBe(3);
    expect(valueAt(grey, image, 1.5, 1.5)).toBeUndefined();
    expect(valueAt(grey, image, 0.9, 0.2)).toBe(0);
    expect(valueAt(grey, image, -0.1, 0)).toBeUndefined();
  });
});

describe('placing', () => {
  const image = { width: 200, height: 100 };
  const canvas = { width: 400, height: 400 };

  it('fits the whole image, turned too, with pixels as high as they are', () => {
    expect(fit(image, 1, canvas, 0)).toBe(2);
    expect(fit(image, 1, canvas, 1)).toBe(2);
    expect(fit(image, 4, canvas, 0)).toBe(1);
    expect(apply(matrix(image, 1, canvas, PLACED), 0, 0)).toEqual([0, 100]);
  });

  it('turns to the right and flips', () => {
    const turned = matrix(image, 1, canvas, { ...PLACED, turns: 1 });
    expect(apply(turned, 0, 0)).toEqual([300, 0]);
    expect(apply(turned, 200, 0)).toEqual([300, 400]);
    const flipped = matrix(image, 1, canvas, { ...PLACED, flipped: true });
    expect(apply(flipped, 0, 0)).toEqual([400, 100]);
  });

  it('leads back', () => {
    const placed = matrix(image, 1.5, canvas, { zoom: 1.7, panX: 11, panY: -5, turns: 3, flipped: true });
    const [x, y] = apply(inverse(placed), ...apply(placed, 12, 34));
    expect(x).toBeCloseTo(12);
    expect(y).toBeCloseTo(34);
  });

  it('zooms around a point', () => {
    const at = { x: 50, y: 300 };
    const before = apply(inverse(matrix(image, 1, canvas, PLACED)), at.x, at.y);
    const after = apply(inverse(matrix(image, 1, canvas, zoomed(PLACED, 2, at, canvas))), at.x, at.y);
    expect(after[0]).toBeCloseTo(before[0]);
    expect(after[1]).toBeCloseTo(before[1]);
  });
});

describe('loading', () => {
  it('begins with the nearest, ahead first', () => {
    expect([...nearest(2, 6, 1)]).toEqual([2, 3, 1, 4, 0, 5]);
    expect([...nearest(2, 6, -1)]).toEqual([2, 1, 3, 0, 4, 5]);
  });

  it('meets the first wish that is neither there nor underway, within its share', () => {
    const wishes = ['a', 'b', 'c', 'd'].map((key) => ({ key, bytes: 10 }));
    const state = (there: string) => (wish: { key: string }) => (there.includes(wish.key) ? 'there' : 'missing');
    expect(nextWish(wishes, 40, state('ab'))?.key).toBe('c');
    expect(nextWish(wishes, 20, state('ab'))).toBeUndefined();
    // What alone is larger than the share is loaded all the same: it is what is looked at.
    expect(nextWish(wishes, 5, state(''))?.key).toBe('a');
  });

  it('keeps what was used last, in so many bytes', () => {
    const cache = new ByteCache<number>(100, (value) => value);
    cache.set('a', 40);
    cache.set('b', 40);
    cache.get('a');
    cache.set('c', 40);
    expect([cache.has('a'), cache.has('b'), cache.has('c'), cache.bytes]).toEqual([true, false, true, 80]);
    cache.set('d', 500);
    expect([cache.has('a'), cache.has('d')]).toEqual([false, true]);
    cache.delete('d');
    expect(cache.bytes).toBe(0);
  });
});
