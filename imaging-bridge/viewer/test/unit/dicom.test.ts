import { describe, expect, it } from 'vitest';
import { date, numbers, personName, texts, time } from '../../src/dicom/json';
import { parameter, parts } from '../../src/dicom/multipart';
import { Tag } from '../../src/dicom/tags';
import { photometricAfterServer, familyOf, isDecodedHere } from '../../src/decode/syntax';
import { dataset } from './dataset';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (one) => one.charCodeAt(0));

describe('DICOM JSON', () => {
  it('reads numbers that come as text, and passes over what are none', () => {
    expect(numbers(dataset({ WindowCenter: ['40', null, 'x', 50.5] }), Tag.WindowCenter)).toEqual([40, 50.5]);
  });

  it('keeps the place of empty texts', () => {
    expect(texts(dataset({ WindowExplanation: ['LUNG ', null, 'BONE'] }), Tag.WindowExplanation)).toEqual(['LUNG', '', 'BONE']);
  });

  it('prefers Chinese characters for readers of Chinese and letters for others', () => {
    const named = dataset({ PatientName: { Alphabetic: 'Wang^XiaoDong', Ideographic: '王^小东' } });
    expect(personName(named, Tag.PatientName, 'zh')).toBe('王小东');
    expect(personName(named, Tag.PatientName, 'en')).toBe('Wang XiaoDong');
  });

  it('takes Chinese characters from the first group too, where many devices write them', () => {
    expect(personName(dataset({ PatientName: { Alphabetic: '张^三' } }), Tag.PatientName, 'en')).toBe('张三');
  });

  it('writes dates and times', () => {
    expect(date('20251103')).toBe('2025-11-03');
    expect(time('093015.5')).toBe('09:30');
    expect(date('')).toBe('');
  });
});

describe('multipart', () => {
  const type = 'multipart/related; type="application/octet-stream"; boundary="hub.1"';

  it('gives the parts with their transfer syntax', () => {
    const body = bytes(
      '\r\n--hub.1\r\nContent-Type: image/jls; transfer-syntax=1.2.840.10008.1.2.4.80\r\n\r\nAB\r\n--hub.1\r\nContent-Type: a/b\r\n\r\n\r\n--hub.1--\r\n',
    );
    const [first, second] = parts(body, type);
    expect(first.transferSyntax).toBe('1.2.840.10008.1.2.4.80');
    expect(Array.from(first.body)).toEqual([65, 66]);
    expect(second.body.length).toBe(0);
  });

  it('is not misled by pixels that hold the boundary', () => {
    const body = bytes('--hub.1\r\nContent-Type: a/b\r\n\r\nx--hub.1y\r\n--hub.1--');
    expect(parts(body, type)[0].body).toEqual(bytes('x--hub.1y'));
  });

  it('refuses what is cut', () => {
    expect(() => parts(bytes('--hub.1\r\nContent-Type: a/b\r\n\r\nx'), type)).toThrow('cut');
    expect(() => parts(bytes('x'), 'text/plain')).toThrow('boundary');
  });

  it('reads parameters with and without quotation marks', () => {
    expect(parameter('a/b; Boundary=x; c="d e"', 'boundary')).toBe('x');
    expect(parameter('a/b; c="d e"', 'c')).toBe('d e');
  });
});

describe('transfer syntaxes', () => {
  it('leaves twelve bits of lossy JPEG to the server', () => {
    expect(isDecodedHere('1.2.840.10008.1.2.4.51', 12)).toBe(false);
    expect(isDecodedHere('1.2.840.10008.1.2.4.51', 8)).toBe(true);
    expect(isDecodedHere('1.2.840.10008.1.2.4.102', 8)).toBe(false);
    expect(familyOf('1.2.840.10008.1.2.4.202')).toBe('htj2k');
  });

  it('knows what colours are after the server has decoded them', () => {
    expect(photometricAfterServer('1.2.840.10008.1.2.4.50', 'YBR_FULL_422')).toBe('RGB');
    expect(photometricAfterServer('1.2.840.10008.1.2.5', 'YBR_FULL')).toBe('YBR_FULL');
    expect(photometricAfterServer('1.2.840.10008.1.2.4.90', 'YBR_RCT')).toBe('RGB');
  });
});
