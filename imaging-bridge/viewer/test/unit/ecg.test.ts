import { describe, expect, it } from 'vitest';
import { drawing, recording, root, type Wish } from '../../src/ecg/address';
import { moved, whole, zoomed } from '../../src/ecg/box';
import { interval, marched, millivolts, timeText, voltageText } from '../../src/ecg/measure';
import { isAttribute, isElement } from '../../src/ecg/svg';
import { language } from '../../src/ecg/words';

const usual: Wish = { layout: '', speed: 25, gain: 10, offset: 0, language: 'zh' };

describe('the address', () => {
  it('leads to the link through which the page was opened', () => {
    expect(root('/view/ecg')).toBe('/dicomweb');
    expect(root('/film/open/AbC-_9/ecg')).toBe('/film/open/AbC-_9/dicomweb');
    expect(root('/film/open/a%2f..%2fb/ecg')).toBe('/dicomweb');
  });

  it('names a recording by UIDs and nothing else', () => {
    expect(recording('?study=1.2&series=1.2.3&instance=1.2.3.4')).toEqual({
      study: '1.2',
      series: '1.2.3',
      instance: '1.2.3.4',
    });
    for (const wrong of ['', '1..2', '../x', '1.02', '1.2/', `1.${'2'.repeat(63)}`]) {
      expect(recording(`?study=1.2&series=1.2.3&instance=${encodeURIComponent(wrong)}`)).toBeNull();
    }
  });

  it('says how it is to be drawn', () => {
    const of = { study: '1', series: '2', instance: '3' };
    expect(drawing('/dicomweb', of, usual)).toBe(
      '/dicomweb/studies/1/series/2/instances/3/rendered?speed=25&gain=10&lang=zh',
    );
    expect(drawing('/dicomweb', of, { ...usual, layout: '6x2', speed: 12.5, offset: 2.5000001 })).toContain(
      'layout=6x2&speed=12.5&gain=10&offset=2.5&',
    );
  });

  it('or the browser says the language', () => {
    expect(language('', 'zh-CN')).toBe('zh');
    expect(language('?lang=en', 'zh-CN')).toBe('en');
    expect(language('', 'de')).toBe('en');
  });
});

describe('calipers', () => {
  it('measure time at the speed of the paper', () => {
    expect(interval(25, 25)).toEqual({ milliseconds: 1000, perMinute: 60 });
    expect(interval(-5, 50)).toEqual({ milliseconds: 100, perMinute: 600 });
    expect(interval(0, 25).perMinute).toBeNull();
    expect(timeText(24.55, 25)).toBe('982 ms · 61 bpm');
    expect(timeText(0, 25)).toBe('0 ms');
  });

  it('measure voltage upwards', () => {
    expect(millivolts(100, 90, 10)).toBe(1);
    expect(voltageText(100, 112.5, 5)).toBe('-2.50 mV');
  });

  it('march out to both sides within the grid', () => {
    expect(marched(100, 125, 26, 200)).toEqual([75, 50, 150, 175, 200]);
    expect(marched(125, 100, 26, 200)).toEqual([75, 50, 150, 175, 200]);
    expect(marched(100, 100.5, 0, 300)).toEqual([]);
  });
});

describe('the part that is seen', () => {
  const page = { width: 297, height: 210 };
  const window = { width: 594, height: 300 };

  it('is the whole page in the middle at first', () => {
    const box = whole(page, window);
    expect(box.height).toBe(210);
    expect(box.x + box.width / 2).toBeCloseTo(148.5);
  });

  it('keeps the point under the fingers where it is', () => {
    const before = whole(page, window);
    const after = zoomed(before, 2, 100, 50, page, window);
    expect((100 - after.x) / after.width).toBeCloseTo((100 - before.x) / before.width);
    expect((50 - after.y) / after.height).toBeCloseTo((50 - before.y) / before.height);
  });

  it('has bounds', () => {
    const box = whole(page, window);
    expect(zoomed(box, 1e6, 0, 0, page, window).width).toBeCloseTo(box.width / 16);
    expect(zoomed(box, 1e-6, 0, 0, page, window).width).toBeCloseTo(box.width * 1.25);
    expect(moved(box, 1e6, -1e6, page).x).toBeLessThanOrEqual(page.width);
  });
});

describe('a drawing', () => {
  it('has lines and text in it and nothing that does anything', () => {
    for (const name of ['script', 'style', 'image', 'a', 'use', 'foreignObject', 'animate', 'set']) {
      expect(isElement(name)).toBe(false);
    }
    for (const [name, value] of [
      ['onload', 'x'],
      ['style', 'x'],
      ['href', '#x'],
      ['xlink:href', '#x'],
      ['fill', 'url(https://example.org/x)'],
      ['clip-path', 'url(https://example.org/x)'],
    ] as const) {
      expect(isAttribute(name, value)).toBe(false);
    }
    expect(isAttribute('clip-path', 'url(#ecg-grid)')).toBe(true);
    expect(isAttribute('data-lead', 'aVR')).toBe(true);
  });
});
