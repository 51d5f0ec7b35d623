import { describe, expect, it } from 'vitest';
import { link, root, slideName } from '../../src/slide/address';
import { frameOf, sameLayer, tileAddress, type Layer, type Level } from '../../src/slide/pyramid';
import { lengthText, magnification, magnificationText, millimetresPerPixel, scaleBar } from '../../src/slide/scale';

describe('the address', () => {
  it('leads to the link through which the page was opened', () => {
    expect(root('/view/slide')).toBe('/dicomweb');
    expect(root('/film/open/AbC-_9/slide')).toBe('/film/open/AbC-_9/dicomweb');
    expect(link('/film/open/AbC-_9/slide')).toBe('/film/open/AbC-_9');
    expect(root('/film/open/a%2f..%2fb/slide')).toBe('/dicomweb');
  });

  it('names a slide by UIDs and nothing else', () => {
    expect(slideName('?study=1.2&series=1.2.3')).toEqual({ study: '1.2', series: '1.2.3' });
    for (const wrong of ['', '1..2', '../x', '1.02', '1.2/', `1.${'2'.repeat(63)}`]) {
      expect(slideName(`?study=1.2&series=${encodeURIComponent(wrong)}`)).toBeUndefined();
    }
  });
});

describe('tiles', () => {
  const runs = [0, 1, 2, 24, 3, 1, 30, 90, 5];
  const layer = (change: Partial<Layer>): Layer => ({
    opticalPath: '1',
    zOffset: 0,
    browserReady: true,
    parts: [
      { sopInstanceUid: '1.1', offset: 0, frames: 50 },
      { sopInstanceUid: '1.2', offset: 50, frames: 50 },
    ],
    runs,
    ...change,
  });

  it('have the frames of their runs, and none between them', () => {
    expect([0, 1, 2, 23, 24, 25, 29, 30, 34, 35].map((tile) => frameOf(runs, tile))).toEqual([
      1, 2, 0, 0, 3, 0, 0, 90, 94, 0,
    ]);
    expect(frameOf([], 0)).toBe(0);
  });

  it('are asked of the part that has them, as they are stored where that can be', () => {
    expect(tileAddress('/s', layer({}), 24)).toBe('/s/instances/1.1/frames/3?accept=image/jpeg');
    expect(tileAddress('/s', layer({}), 31)).toBe('/s/instances/1.2/frames/41?accept=image/jpeg');
    expect(tileAddress('/s', layer({ browserReady: false }), 24)).toBe(
      '/s/instances/1.1/frames/3/rendered?accept=image/jpeg&quality=90',
    );
    expect(tileAddress('/s', layer({}), 25)).toBeUndefined();
  });

  it('come from the layer nearest in focus where a level has not all of them', () => {
    const level = { layers: [layer({ zOffset: 0 }), layer({ zOffset: 4 }), layer({ opticalPath: '2' })] } as Level;
    expect(sameLayer(level, layer({ zOffset: 3 })).zOffset).toBe(4);
    expect(sameLayer(level, layer({ opticalPath: '2', zOffset: 3 })).opticalPath).toBe('2');
    expect(sameLayer(level, layer({ opticalPath: '3', zOffset: 1 })).zOffset).toBe(0);
  });
});

describe('the scale', () => {
  it('calls a quarter of a micrometre forty times', () => {
    expect(magnification(0.00025)).toBe(40);
    expect(millimetresPerPixel(20)).toBe(0.0005);
    expect([0.456, 1.26, 39.6].map(magnificationText)).toEqual(['0.46×', '1.3×', '40×']);
  });

  it('has a bar of a round length that fits', () => {
    expect(scaleBar(0.00025, 150)).toEqual({ pixels: 80, text: '20 µm' });
    expect(scaleBar(0.01, 150)).toEqual({ pixels: 100, text: '1 mm' });
    const bar = scaleBar(0.0005, 150);
    expect(bar.text).toBe('50 µm');
    expect(bar.pixels).toBeCloseTo(100);
    expect(scaleBar(0.000001, 150).text).toBe('0.1 µm');
  });

  it('tells lengths in micrometres below a millimetre', () => {
    expect([0.0123, 0.4567, 1, 12.345].map(lengthText)).toEqual(['12.3 µm', '457 µm', '1.00 mm', '12.35 mm']);
  });
});
