import { describe, expect, it } from 'vitest';
import { cross, letters, opposite, parallel, type Plane } from '../../src/model/geometry';
import { images } from '../../src/model/read';
import { kindOf, ordered, rate, stacks } from '../../src/model/stacks';
import { ageAt, studyOf } from '../../src/model/study';
import { cut, nearestTo } from '../../src/view/grid';
import { planes, volumeOf, type Volume } from '../../src/mpr/volume';
import { outside, reslice } from '../../src/mpr/reslice';
import { Tag } from '../../src/dicom/tags';
import { mainSpacing, spacingAt } from '../../src/model/spacing';
import { lossWords } from '../../src/view/corners';
import { CT, ct, dataset } from './dataset';

const AXIAL = [1, 0, 0, 0, 1, 0];

const slice = (number: number, z: number, more = {}) =>
  dataset({
    ...CT,
    SopInstanceUid: `1.${number}`,
    InstanceNumber: number,
    ImagePositionPatient: [0, 0, z],
    ImageOrientationPatient: AXIAL,
    FrameOfReferenceUid: '9',
    PixelSpacing: [1, 1],
    ...more,
  });

describe('spacing', () => {
  it('is that of the patient in a section, and unknown where nothing is told', () => {
    expect(ct({ PixelSpacing: [0.5, 0.6] }).spacing).toEqual({ row: 0.5, column: 0.6, measured: 'patient' });
    expect(ct().spacing).toBeUndefined();
    expect(ct({ PixelSpacing: [0, 1] }).spacing).toBeUndefined();
  });

  it('of a projection says what it was measured on (PS3.3 10.7.1.3)', () => {
    const projection = (more: Parameters<typeof ct>[0]) => ct({ Modality: 'DX', ...more }).spacing;
    expect(projection({ ImagerPixelSpacing: [0.2, 0.2] })).toEqual({ row: 0.2, column: 0.2, measured: 'detector' });
    expect(projection({ PixelSpacing: [0.2, 0.2], ImagerPixelSpacing: ['0.20', '0.200001'] })?.measured).toBe('detector');
    expect(projection({ PixelSpacing: [0.15, 0.15], ImagerPixelSpacing: [0.2, 0.2] })).toEqual({
      row: 0.15,
      column: 0.15,
      measured: 'calibrated',
    });
    expect(
      projection({ PixelSpacing: [0.2, 0.2], ImagerPixelSpacing: [0.2, 0.2], PixelSpacingCalibrationType: 'FIDUCIAL' })?.measured,
    ).toBe('calibrated');
    expect(projection({ ImagerPixelSpacing: [0.2, 0.4], EstimatedMagnification: 2 })).toEqual({
      row: 0.1,
      column: 0.2,
      measured: 'estimated',
    });
    expect(projection({ PixelSpacing: [0.2, 0.2] })?.measured).toBe('uncertain');
    // Whatever calls itself otherwise but has a detector is a projection too.
    expect(ct({ Modality: 'OT', ImagerPixelSpacing: [0.2, 0.2] }).spacing?.measured).toBe('detector');
  });

  const region = (left: number, right: number, more: Partial<Record<keyof typeof Tag, unknown>> = {}) =>
    dataset({
      RegionSpatialFormat: 1,
      RegionLeft: left,
      RegionTop: 0,
      RegionRight: right,
      RegionBottom: 9,
      PhysicalUnitsX: 3,
      PhysicalUnitsY: 3,
      PhysicalDeltaX: 0.05,
      PhysicalDeltaY: -0.04,
      ...more,
    });

  it('of ultrasound holds within one region only, and not in curves over time', () => {
    const image = ct({
      Modality: 'US',
      PixelSpacing: [9, 9],
      UltrasoundRegions: [region(0, 9), region(20, 29, { RegionSpatialFormat: 3, PhysicalUnitsX: 4 })],
    });
    expect(spacingAt(image, [[1, 1], [9.5, 9.5]])).toEqual({ row: 0.4, column: 0.5, measured: 'patient' });
    expect(spacingAt(image, [[1, 1], [15, 1]])).toBeUndefined();
    expect(spacingAt(image, [[21, 1], [22, 1]])).toBeUndefined();
    expect(mainSpacing(image)?.column).toBe(0.5);
    expect(spacingAt(ct({ PixelSpacing: [9, 9] }), [[1, 1]])?.row).toBe(9);
  });

  it('of regions that overlap holds where they agree', () => {
    const two = (delta: number) => ct({ UltrasoundRegions: [region(0, 9), region(5, 14, { PhysicalDeltaX: delta })] });
    expect(spacingAt(two(0.05), [[6, 1], [8, 1]])?.column).toBe(0.5);
    expect(spacingAt(two(0.02), [[6, 1], [8, 1]])).toBeUndefined();
    expect(spacingAt(two(0.02), [[11, 1], [12, 1]])?.column).toBeCloseTo(0.2);
    expect(mainSpacing(two(0.02))).toBeUndefined();
  });
});

describe('loss', () => {
  it('is what the data set tells of, and stays where the frame is not compressed any more', () => {
    const lossy = { LossyImageCompression: '01', LossyImageCompressionRatio: ['10', 4.5], LossyImageCompressionMethod: ['ISO_10918_1', 'ISO_15444_1'] };
    expect(ct(lossy).loss).toEqual({ ratios: [10, 4.5], methods: ['ISO_10918_1', 'ISO_15444_1'] });
    expect(ct({ LossyImageCompression: '00', LossyImageCompressionRatio: ['10'] }).loss).toBeUndefined();
    expect([ct().lossDenied, ct({ LossyImageCompression: '00' }).lossDenied]).toEqual([false, true]);
  });

  it('is said with its steps, else with what the size of the frame shows, else without a number', () => {
    expect(lossWords(ct({ LossyImageCompression: '01', LossyImageCompressionRatio: [10, 4.5], LossyImageCompressionMethod: 'ISO_10918_1' }).loss, 7)).toBe(' JPEG 10:1, 4.5:1');
    expect(lossWords(ct({ LossyImageCompression: '01' }).loss, 7.25)).toBe(' ≈ 7.3:1');
    expect(lossWords(undefined, 23.6)).toBe(' ≈ 24:1');
    expect(lossWords(undefined, NaN)).toBe('');
    expect(lossWords({ ratios: [], methods: ['ISO_15444_15'] }, undefined)).toBe(' HTJ2K');
  });
});

describe('frames', () => {
  it('take what differs from their functional groups', () => {
    const enhanced = {
      ...dataset({ ...CT, NumberOfFrames: 2 }),
      '52009229': { vr: 'SQ', Value: [{ '00289110': { vr: 'SQ', Value: [dataset({ PixelSpacing: [2, 2] })] } }] },
      '52009230': {
        vr: 'SQ',
        Value: [1, 2].map((z) => ({
          '00209113': { vr: 'SQ', Value: [dataset({ ImagePositionPatient: [0, 0, z] })] },
          '00209116': { vr: 'SQ', Value: [dataset({ ImageOrientationPatient: AXIAL })] },
        })),
      },
    };
    const [first, second] = images(enhanced);
    expect(first.spacing?.row).toBe(2);
    expect([first.plane?.position[2], second.plane?.position[2]]).toEqual([1, 2]);
    expect(stacks([enhanced])).toHaveLength(1);
    expect(stacks([enhanced])[0].rate).toBeUndefined();
  });

  it('of a moving picture make a stack of their own, at the speed the data set tells', () => {
    const clip = dataset({ ...CT, Modality: 'US', NumberOfFrames: 30, FrameTime: 40 });
    const found = stacks([dataset({ ...CT, Modality: 'US' }), clip]);
    expect(found.map(({ images: all }) => all.length)).toEqual([1, 30]);
    expect(found[1].rate).toBe(25);
    expect(rate(dataset({ RecommendedDisplayFrameRate: 12, FrameTime: 40 }))).toBe(12);
    expect(rate(dataset({ CineRate: 0 }))).toBeUndefined();
  });
});

describe('order', () => {
  it('is that of places, begun where the numbering begins', () => {
    const all = [slice(1, 30), slice(2, 10), slice(3, 20), slice(4, 0)].flatMap(images);
    expect(ordered(all).map(({ plane }) => plane?.position[2])).toEqual([30, 20, 10, 0]);
  });

  it('is that of numbers where several lie in one place or lie differently', () => {
    const times = [slice(2, 10), slice(1, 10), slice(3, 20)].flatMap(images);
    expect(ordered(times).map(({ number }) => number)).toEqual([1, 2, 3]);
    const turned = [slice(2, 0), slice(1, 5, { ImageOrientationPatient: [0, 1, 0, 0, 0, -1] })].flatMap(images);
    expect(ordered(turned).map(({ number }) => number)).toEqual([1, 2]);
  });
});

describe('kinds', () => {
  it('are told by the SOP class', () => {
    const name = '1.2.840.10008.5.1.4.1.1.';
    expect(kindOf(`${name}2`)).toBe('image');
    expect(kindOf(`${name}104.1`)).toBe('pdf');
    expect(kindOf(`${name}88.33`)).toBe('report');
    expect(kindOf(`${name}9.1.1`)).toBe('ecg');
    expect(kindOf(`${name}77.1.6`)).toBe('slide');
    expect(kindOf(`${name}77.1.4`)).toBe('image');
    expect(kindOf(`${name}11.1`)).toBe('other');
  });
});

describe('age', () => {
  it('is in whole years at the study', () => {
    const born = (birth: string) => ageAt(studyOf(dataset({ PatientBirthDate: birth, StudyDate: '20251103' })));
    expect(born('19651104')).toBe(59);
    expect(born('19651103')).toBe(60);
    expect(born('')).toBeUndefined();
  });
});

describe('directions', () => {
  it('have letters, the strongest first', () => {
    expect(letters([1, 0, 0])).toBe('L');
    expect(letters([0, 0.7, -0.71])).toBe('FP');
    expect(opposite('FP')).toBe('HA');
    expect(cross([1, 0, 0], [0, 1, 0])).toEqual([0, 0, 1]);
  });
});

describe('viewports', () => {
  it('follow to the nearest place', () => {
    const all = [0, 2.5, 5, 7.5].map((z, i) => images(slice(i, z))[0]);
    expect(nearestTo({ ...all[0].plane!, position: [50, 9, 5.9] }, all)).toBe(2);
  });

  it('show where another plane cuts', () => {
    const [image] = images(slice(1, 0));
    const sagittal: Plane = { position: [1.5, 0, 0], row: [0, 1, 0], column: [0, 0, -1], frameOfReference: '9' };
    // The centre of the second column lies at 1 mm, its right edge at 1.5.
    expect(cut(image, sagittal)).toEqual([2, 0, 2, 4]);
    expect(cut(image, image.plane!)).toBeUndefined();
    expect(parallel(sagittal, image.plane!)).toBe(false);
  });
});

describe('volumes', () => {
  const stack = (list: ReturnType<typeof slice>[]) => stacks(list)[0];
  const regular = [0, 1, 2, 3].map((z) => slice(z + 1, z * 2));

  it('need slices that follow regularly, and memory', () => {
    expect(volumeOf(stack(regular), 4 * 4 * 4 * 2)).toMatchObject({ slices: 4, axes: [[1, 0, 0], [0, 1, 0], [0, 0, 2]] });
    expect(volumeOf(stack(regular), 4 * 4 * 4 * 2 - 1)).toBe('mprMemory');
    expect(volumeOf(stack(regular.slice(0, 2)), 1e9)).toBe('mprFew');
    expect(volumeOf(stack([...regular, slice(9, 11)]), 1e9)).toBe('mprGeometry');
    expect(volumeOf(stack(regular.map((one, i) => (i === 2 ? slice(3, 4, { Rows: 5 }) : one))), 1e9)).toBe('mprGeometry');
    expect(volumeOf(stack(regular.map((_, i) => slice(i, i, { PixelSpacing: [] }))), 1e9)).toBe('mprGeometry');
  });

  it('are cut where their values lie, and are nothing outside', () => {
    const volume: Volume = { columns: 3, rows: 3, slices: 3, origin: [0, 0, 0], axes: [[1, 0, 0], [0, 1, 0], [0, 0, 2]] };
    // Each voxel is worth 100 z + 10 y + x of its place in millimetres.
    const voxels = new Int16Array(27);
    for (let i = 0; i < 27; i++) {
      voxels[i] = 200 * Math.floor(i / 9) + 10 * (Math.floor(i / 3) % 3) + (i % 3);
    }
    const coronal = planes(volume, 'coronal');
    expect(coronal).toMatchObject({ columns: 3, rows: 5, count: 3, spacing: 1, position: [0, 0, 4] });
    const plane = reslice(voxels, volume, coronal, 1);
    // From the head down; every other row lies between two slices.
    expect([0, 3, 6, 9, 12].map((at) => plane[at])).toEqual([410, 310, 210, 110, 10]);
    expect(Array.from(reslice(voxels, volume, { ...coronal, position: [9, 9, 9] }, 0)).every((one) => one === outside(voxels))).toBe(true);
  });

  it('may be sheared by a tilted gantry', () => {
    const tilted = [0, 1, 2].map((i) => slice(i + 1, 0, { ImagePositionPatient: [0, i * 0.5, i * 2] }));
    expect(volumeOf(stack(tilted), 1e9)).toMatchObject({ axes: [[1, 0, 0], [0, 1, 0], [0, 0.5, 2]] });
  });
});
