import { inlineBytes, items, number, numbers, text, texts, type Attribute, type Dataset } from '../dicom/json';
import { Tag } from '../dicom/tags';
import { overlayBitsOf, overlaysOf, type Overlay } from '../pixels/overlays';
import type { Plane, Vector } from './geometry';
import { regionsOf, spacingOf } from './spacing';
import type { Image, Loss, Modality, PaletteSource, PixelFormat, Spacing, Table, Voi, Window } from './image';

/** Images of an instance, from its metadata; none where it holds none that can be shown. */
export function images(dataset: Dataset): Image[] {
  const rows = number(dataset, Tag.Rows) ?? 0;
  const columns = number(dataset, Tag.Columns) ?? 0;
  if (rows < 1 || columns < 1 || text(dataset, Tag.PhotometricInterpretation) === '') {
    return [];
  }
  const format = pixelFormat(dataset, rows, columns);
  const count = Math.max(1, number(dataset, Tag.NumberOfFrames) ?? 1);
  const shared = items(dataset, Tag.SharedFunctionalGroups)[0] ?? {};
  const perFrame = items(dataset, Tag.PerFrameFunctionalGroups);
  const overlays = overlaysOf(dataset);
  const overlayBits = overlayBitsOf(dataset, format);
  const found: Image[] = [];
  for (let frame = 1; frame <= count; frame++) {
    found.push({ ...image(dataset, format, frame, [perFrame[frame - 1] ?? {}, shared], overlays), overlayBits });
  }
  return found;
}

function image(
  dataset: Dataset,
  format: PixelFormat,
  frame: number,
  groups: Dataset[],
  overlays: Overlay[],
): Omit<Image, 'overlayBits'> {
  const instance = text(dataset, Tag.SopInstanceUid);
  const measures = holder(dataset, groups, Tag.PixelMeasuresSequence, Tag.PixelSpacing);
  const spacing = spacingOf(dataset, measures);
  const transformation = holder(dataset, groups, Tag.PixelValueTransformationSequence, Tag.RescaleSlope);
  const modality = modalityOf(dataset, transformation, format);
  const shape = text(dataset, '20500020');
  const sides = texts(dataset, Tag.PatientOrientation);
  return {
    key: `${instance}/${frame}`,
    study: text(dataset, Tag.StudyInstanceUid),
    series: text(dataset, Tag.SeriesInstanceUid),
    instance,
    frame,
    number: number(dataset, Tag.InstanceNumber) ?? 0,
    format,
    modality,
    unit: text(transformation, Tag.RescaleType) || (text(dataset, Tag.Modality) === 'CT' ? 'HU' : ''),
    voi: voiOf(dataset, holder(dataset, groups, Tag.FrameVoiLutSequence, Tag.WindowCenter), format, modality),
    inverse: shape === '' ? format.photometric === 'MONOCHROME1' : shape === 'INVERSE',
    padding: paddingOf(dataset, format),
    overlays,
    palette: format.photometric === 'PALETTE COLOR' ? paletteOf(dataset) : undefined,
    spacing,
    regions: regionsOf(dataset),
    aspect: aspectOf(dataset, spacing),
    plane: planeOf(dataset, groups),
    orientation: sides.length === 2 && sides[0] !== '' ? [sides[0], sides[1]] : undefined,
    sliceThickness: number(measures, Tag.SliceThickness),
    loss: lossOf(dataset),
    lossDenied: text(dataset, Tag.LossyImageCompression) === '00',
  };
}

function lossOf(dataset: Dataset): Loss | undefined {
  return text(dataset, Tag.LossyImageCompression) === '01'
    ? {
        ratios: numbers(dataset, Tag.LossyImageCompressionRatio).filter((ratio) => ratio > 0),
        methods: texts(dataset, Tag.LossyImageCompressionMethod).filter((method) => method !== ''),
      }
    : undefined;
}

/** What holds an attribute for a frame: its functional group, that of all frames, or the data set itself. */
function holder(dataset: Dataset, groups: Dataset[], sequence: string, tag: string): Dataset {
  for (const group of groups) {
    const item = items(group, sequence)[0];
    if (item?.[tag] !== undefined) {
      return item;
    }
  }
  return dataset;
}

function pixelFormat(dataset: Dataset, rows: number, columns: number): PixelFormat {
  const bitsAllocated = number(dataset, Tag.BitsAllocated) ?? 8;
  const bitsStored = number(dataset, Tag.BitsStored) ?? bitsAllocated;
  return {
    rows,
    columns,
    samples: number(dataset, Tag.SamplesPerPixel) ?? 1,
    photometric: text(dataset, Tag.PhotometricInterpretation),
    planar: number(dataset, Tag.PlanarConfiguration) === 1,
    bitsAllocated,
    bitsStored,
    highBit: number(dataset, Tag.HighBit) ?? bitsStored - 1,
    signed: number(dataset, Tag.PixelRepresentation) === 1,
    numbers:
      dataset[Tag.FloatPixelData] !== undefined
        ? 'float'
        : dataset[Tag.DoubleFloatPixelData] !== undefined
          ? 'double'
          : 'integer',
  };
}

/** The declared ratio, else that of the distances. A ratio beyond 20 is a mistake. */
function aspectOf(dataset: Dataset, spacing: Spacing | undefined): number {
  const [high, wide] = numbers(dataset, Tag.PixelAspectRatio);
  const ratio = high > 0 && wide > 0 ? high / wide : spacing !== undefined ? spacing.row / spacing.column : 1;
  return Math.min(20, Math.max(0.05, ratio));
}

function modalityOf(dataset: Dataset, transformation: Dataset, format: PixelFormat): Modality {
  const table = tableOf(items(dataset, Tag.ModalityLutSequence)[0], format.signed);
  if (table !== undefined) {
    return { table };
  }
  const slope = number(transformation, Tag.RescaleSlope) ?? 1;
  // A slope of 0 makes one value of all; it is written where none was meant.
  return { slope: slope === 0 ? 1 : slope, intercept: number(transformation, Tag.RescaleIntercept) ?? 0 };
}

function voiOf(dataset: Dataset, holding: Dataset, format: PixelFormat, modality: Modality): Voi[] {
  const centers = numbers(holding, Tag.WindowCenter);
  const widths = numbers(holding, Tag.WindowWidth);
  const names = texts(holding, Tag.WindowExplanation);
  const shape = shapeOf(text(holding, Tag.VoiLutFunction));
  const found: Voi[] = [];
  for (let i = 0; i < Math.min(centers.length, widths.length); i++) {
    if (shape === 'LINEAR' ? widths[i] >= 1 : widths[i] > 0) {
      found.push({ name: names[i] ?? '', window: { center: centers[i], width: widths[i], shape } });
    }
  }
  const belowZero = format.signed || ('slope' in modality && modality.intercept < 0);
  for (const item of items(dataset, Tag.VoiLutSequence)) {
    const table = tableOf(item, belowZero);
    if (table !== undefined) {
      found.push({ name: text(item, Tag.LutExplanation), table });
    }
  }
  return found;
}

function shapeOf(term: string): Window['shape'] {
  return term === 'SIGMOID' || term === 'LINEAR_EXACT' ? term : 'LINEAR';
}

/** A table of the metadata; its data are US, or OW that stands there as Base64. One that stands elsewhere is left to the server. */
function tableOf(item: Dataset | undefined, signed: boolean): Table | undefined {
  if (item === undefined) {
    return undefined;
  }
  const descriptor = numbers(item, Tag.LutDescriptor);
  const data = item[Tag.LutData];
  if (descriptor.length !== 3 || data === undefined) {
    return undefined;
  }
  const values = data.Value !== undefined ? numbers(item, Tag.LutData).map((value) => value & 0xffff) : words(data);
  return values === undefined || values.length === 0 ? undefined : table(descriptor, values, signed);
}

/** A table of a descriptor (PS3.3 section C.11.1.1.1): 0 entries stand for 65,536. */
export function table(descriptor: number[], values: ArrayLike<number>, signed: boolean): Table {
  const count = descriptor[0] === 0 ? 65_536 : descriptor[0] & 0xffff || 65_536;
  const first = signed && descriptor[1] > 0x7fff ? descriptor[1] - 0x10000 : descriptor[1];
  const entries = new Uint16Array(Math.min(count, values.length));
  for (let i = 0; i < entries.length; i++) {
    entries[i] = values[i];
  }
  return { first, bits: Math.min(16, Math.max(8, descriptor[2])), entries };
}

function words(attribute: Attribute): Uint16Array | undefined {
  const bytes = inlineBytes(attribute);
  return bytes === undefined ? undefined : new Uint16Array(bytes.buffer, 0, bytes.length >> 1);
}

function paddingOf(dataset: Dataset, format: PixelFormat): Image['padding'] {
  const value = number(dataset, Tag.PixelPaddingValue);
  if (value === undefined) {
    return undefined;
  }
  // It may be written as US although pixels are signed, or as SS although they are not.
  const stored = (one: number): number => (format.signed ? (one << 16) >> 16 : one & 0xffff);
  const one = stored(value);
  const other = stored(number(dataset, Tag.PixelPaddingRangeLimit) ?? value);
  return { low: Math.min(one, other), high: Math.max(one, other) };
}

function paletteOf(dataset: Dataset): PaletteSource | undefined {
  const descriptors = [Tag.RedPaletteDescriptor, Tag.GreenPaletteDescriptor, Tag.BluePaletteDescriptor].map((tag) =>
    numbers(dataset, tag),
  );
  const tags = [Tag.RedPaletteData, Tag.GreenPaletteData, Tag.BluePaletteData];
  const segments = [Tag.SegmentedRedPaletteData, Tag.SegmentedGreenPaletteData, Tag.SegmentedBluePaletteData];
  const segmented = segments.some((tag) => dataset[tag] !== undefined);
  const data = (segmented ? segments : tags).map((tag) => {
    const attribute = dataset[tag];
    return inlineBytes(attribute) ?? attribute?.BulkDataURI;
  });
  return descriptors.every((one) => one.length === 3) && data.every((one) => one !== undefined)
    ? { descriptors, data: data as (Uint8Array | string)[], segmented }
    : undefined;
}

function planeOf(dataset: Dataset, groups: Dataset[]): Plane | undefined {
  const position = numbers(
    holder(dataset, groups, Tag.PlanePositionSequence, Tag.ImagePositionPatient),
    Tag.ImagePositionPatient,
  );
  const orientation = numbers(
    holder(dataset, groups, Tag.PlaneOrientationSequence, Tag.ImageOrientationPatient),
    Tag.ImageOrientationPatient,
  );
  if (position.length !== 3 || orientation.length !== 6) {
    return undefined;
  }
  return {
    position: position as unknown as Vector,
    row: orientation.slice(0, 3) as unknown as Vector,
    column: orientation.slice(3) as unknown as Vector,
    frameOfReference: text(dataset, Tag.FrameOfReferenceUid),
  };
}
