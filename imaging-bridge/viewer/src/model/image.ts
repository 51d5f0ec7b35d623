import type { Overlay } from '../pixels/overlays';
import type { Plane } from './geometry';

/** A window of values (PS3.3 section C.11.2.1.2). */
export interface Window {
  center: number;
  width: number;
  shape: 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID';
}

/** A lookup table (PS3.3 section C.11): the first entry is for the input `first` and all below. */
export interface Table {
  first: number;
  bits: number;
  entries: Uint16Array;
}

/** What the data set recommends to see. */
export type Voi = { name: string } & ({ window: Window } | { table: Table });

/** From stored values to those of the modality, such as Hounsfield units. */
export type Modality = { slope: number; intercept: number } | { table: Table };

/**
 * Of what a distance holds (PS3.3 section 10.7.1.3): `patient`, where the image is a section; else, in a projection, of what was `calibrated`, of the patient
 * by an `estimated` magnification, of the `detector`, before magnification, so that what lies in the patient is smaller by an unknown factor, or of nobody
 * says which of these (`uncertain`).
 */
export type Measured = 'patient' | 'calibrated' | 'estimated' | 'detector' | 'uncertain';

/** Millimetres between the centres of rows and of columns, and where they were measured. */
export interface Spacing {
  row: number;
  column: number;
  measured: Measured;
}

/** A part of an ultrasound image that has a scale of its own (PS3.3 section C.8.5.5); its edges are in pixels, the last ones included. */
export interface Region {
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** Undefined where it shows something else than a section, such as a curve over time. */
  spacing?: Spacing;
}

/** How samples lie in memory (PS3.3 section C.7.6.3). */
export interface PixelFormat {
  rows: number;
  columns: number;
  samples: number;
  photometric: string;
  planar: boolean;
  bitsAllocated: number;
  bitsStored: number;
  highBit: number;
  signed: boolean;
  numbers: 'integer' | 'float' | 'double';
}

/** Where a value of the metadata stands that is not in them: the palettes, in red, green, blue. */
export interface PaletteSource {
  descriptors: number[][];
  data: (Uint8Array | string)[];
  /** Whether the data are segments from which entries are made (PS3.3 section C.7.9.2). */
  segmented: boolean;
}

/** What a data set says of compressions with loss that its image went through, in their order; it stays so when it is not compressed any more. */
export interface Loss {
  ratios: number[];
  /** Defined terms, such as ISO_10918_1. */
  methods: string[];
}

/** One frame of an instance: what is shown at a time. */
export interface Image {
  /** Unlike that of every other image. */
  key: string;
  study: string;
  series: string;
  instance: string;
  /** From 1. */
  frame: number;
  number: number;
  format: PixelFormat;
  modality: Modality;
  /** What values of the modality are counted in: HU, or as the data set says; '' where it does not. */
  unit: string;
  voi: Voi[];
  inverse: boolean;
  padding?: { low: number; high: number };
  palette?: PaletteSource;
  overlays: Overlay[];
  /** Bits of the cells in which further overlays lie. */
  overlayBits: number[];
  spacing?: Spacing;
  /** Where there are some, no other part of the image has a scale. */
  regions: Region[];
  /** Height of a pixel, its width being 1. */
  aspect: number;
  plane?: Plane;
  /** Letters of the sides to which a row and a column run, where the plane is not told. */
  orientation?: [string, string];
  sliceThickness?: number;
  /** Undefined where the data set tells of no loss. */
  loss?: Loss;
  /** Whether the data set says that there was none. */
  lossDenied: boolean;
}

/** Images in their order, that are scrolled through. */
export interface Stack {
  key: string;
  study: string;
  series: string;
  label: string;
  number: number;
  modality: string;
  images: Image[];
  /** Frames per second of a moving picture; undefined where it is none. */
  rate?: number;
  /** Whether it was computed here, from the images of another stack. */
  computed: boolean;
}
