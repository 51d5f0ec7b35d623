import { number, numbers, text, type Dataset } from '../dicom/json';
import { Tag } from '../dicom/tags';
import { depth, normal, sameOrientation } from './geometry';
import type { Image, Stack } from './image';
import { images } from './read';

/** What a series holds, and with that what opens it. */
export type Kind = 'image' | 'pdf' | 'report' | 'ecg' | 'slide' | 'other';

const STORAGE = '1.2.840.10008.5.1.4.1.1.';

export function kindOf(sopClass: string): Kind {
  const name = sopClass.startsWith(STORAGE) ? sopClass.slice(STORAGE.length) : '';
  if (name === '104.1') {
    return 'pdf';
  }
  if (name === '77.1.6') {
    return 'slide';
  }
  if (/^9\.1\./.test(name)) {
    return 'ecg';
  }
  if (/^88\./.test(name)) {
    return 'report';
  }
  // Presentation states, registrations, private data: nothing of them can be seen by itself.
  return /^(11|66|67|104|9|4\.2)\b/.test(name) ? 'other' : 'image';
}

/** What a series of a modality most likely holds; known for certain when its metadata are. */
export function likelyKind(modality: string): Kind {
  switch (modality) {
    case 'SR':
    case 'KO':
      return 'report';
    case 'ECG':
    case 'HD':
      return 'ecg';
    case 'SM':
      return 'slide';
    case 'DOC':
      return 'pdf';
    case 'PR':
    case 'REG':
    case 'RWV':
      return 'other';
    default:
      return 'image';
  }
}

/**
 * The stacks of a series: single images together, in their order in the body where there is one, and every moving picture by itself.
 */
export function stacks(metadata: Dataset[]): Stack[] {
  const still: Image[] = [];
  const found: Stack[] = [];
  for (const dataset of metadata) {
    const frames = images(dataset);
    if (frames.length > 1 && frames.some((frame) => frame.plane === undefined || sameplace(frames))) {
      found.push(stack(dataset, frames, text(dataset, Tag.SopInstanceUid), rate(dataset) ?? 15));
    } else {
      still.push(...frames);
    }
  }
  if (still.length > 0 && metadata.length > 0) {
    found.unshift(stack(metadata[0], ordered(still), text(metadata[0], Tag.SeriesInstanceUid), undefined));
  }
  return found;
}

function sameplace(frames: Image[]): boolean {
  const first = frames[0].plane?.position.join();
  return frames[1].plane?.position.join() === first;
}

function stack(dataset: Dataset, images: Image[], key: string, rate: number | undefined): Stack {
  return {
    key,
    study: text(dataset, Tag.StudyInstanceUid),
    series: text(dataset, Tag.SeriesInstanceUid),
    label: text(dataset, Tag.SeriesDescription) || text(dataset, Tag.BodyPartExamined),
    number: number(dataset, Tag.SeriesNumber) ?? 0,
    modality: text(dataset, Tag.Modality),
    images,
    rate,
    computed: false,
  };
}

/** Frames per second: recommended, else from the time of a frame or the mean of their times, else the rate at which they were taken. */
export function rate(dataset: Dataset): number | undefined {
  const time = number(dataset, Tag.FrameTime) ?? mean(numbers(dataset, Tag.FrameTimeVector).slice(1));
  const found =
    number(dataset, Tag.RecommendedDisplayFrameRate) ??
    (time !== undefined && time > 0 ? 1000 / time : undefined) ??
    number(dataset, Tag.CineRate);
  return found !== undefined && found > 0 ? Math.min(60, Math.max(1, found)) : undefined;
}

function mean(values: number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Along the normal of their planes where all lie side by side, each in a place of its own; else by InstanceNumber. Slices of one place that follow
 * each other in time stay in the order in which they were numbered.
 */
export function ordered(images: Image[]): Image[] {
  const byNumber = images.slice().sort((a, b) => a.number - b.number || a.frame - b.frame);
  const first = byNumber[0].plane;
  if (first === undefined) {
    return byNumber;
  }
  const along = normal(first);
  const depths: number[] = [];
  for (const image of byNumber) {
    if (image.plane === undefined || !sameOrientation(first, image.plane)) {
      return byNumber;
    }
    depths.push(depth(image.plane, along));
  }
  const places = new Set(depths.map((value) => value.toFixed(2)));
  if (places.size < byNumber.length) {
    return byNumber;
  }
  const sorted = byNumber.map((image, i) => ({ image, depth: depths[i] })).sort((a, b) => a.depth - b.depth);
  // Which end comes first is the numbering's choice: mostly it runs as the reader expects.
  if (sorted.length > 1 && byNumber.indexOf(sorted[0].image) > byNumber.indexOf(sorted[sorted.length - 1].image)) {
    sorted.reverse();
  }
  return sorted.map((one) => one.image);
}
