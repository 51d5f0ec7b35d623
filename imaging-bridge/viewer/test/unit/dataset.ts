import type { Attribute, Dataset } from '../../src/dicom/json';
import { Tag } from '../../src/dicom/tags';
import type { Image, PixelFormat } from '../../src/model/image';
import { images } from '../../src/model/read';

/** A data set of tags and values. */
export function dataset(values: Partial<Record<keyof typeof Tag, unknown>>): Dataset {
  const made: Record<string, Attribute> = {};
  for (const [name, value] of Object.entries(values)) {
    made[Tag[name as keyof typeof Tag]] = { vr: 'UN', Value: Array.isArray(value) ? value : [value] };
  }
  return made;
}

export const CT = {
  SopInstanceUid: '1.1',
  StudyInstanceUid: '1',
  SeriesInstanceUid: '1.2',
  Modality: 'CT',
  Rows: 4,
  Columns: 4,
  SamplesPerPixel: 1,
  PhotometricInterpretation: 'MONOCHROME2',
  BitsAllocated: 16,
  BitsStored: 12,
  HighBit: 11,
  PixelRepresentation: 0,
  RescaleSlope: 1,
  RescaleIntercept: -1024,
} as const;

export function ct(more: Partial<Record<keyof typeof Tag, unknown>> = {}): Image {
  return images(dataset({ ...CT, ...more }))[0];
}

export function format(more: Partial<PixelFormat> = {}): PixelFormat {
  return {
    rows: 1,
    columns: 4,
    samples: 1,
    photometric: 'MONOCHROME2',
    planar: false,
    bitsAllocated: 16,
    bitsStored: 16,
    highBit: 15,
    signed: false,
    numbers: 'integer',
    ...more,
  };
}
