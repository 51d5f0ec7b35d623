import { describe, expect, it } from 'vitest';
import { cross, letters, opposite, parallel, type Plane } from '../../src/model/geometry';
import { images } from '../../src/model/read';
import { kindOf, ordered, rate, stacks } from '../../src/model/stacks';
import { ageAt, studyOf } from '../../src/model/study';
import { cut, nearestTo } from '../../src/view/grid';
import { planes, volumeOf, type Volume } from '../../src/mpr/volume';
import { outside, reslice } from '../../src/mpr/reslice';
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
  it('is that of the patient, else that of the detector, else unknown', () => {
    expect(ct({ PixelSpacing: [0.5, 0.6], ImagerPixelSpacing: [1, 1] }).spacing).toEqual({ row: 0.5, column: 0.6, measured: 'patient' });
    expect(ct({ ImagerPixelSpacing: [0.2, 0.2] }).spacing?.measured).toBe('detector');
    expect(ct().spacing).toBeUndefined();
    expect(ct({ PixelSpacing: [0, 1] }).spacing).toBeUndefined();
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
