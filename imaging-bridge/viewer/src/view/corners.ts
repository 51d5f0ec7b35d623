import { date, time } from '../dicom/json';
import { currentLanguage, say, type Term } from '../i18n';
import type { Image, Loss, Stack } from '../model/image';
import { ageAt, type Study } from '../model/study';
import type { Pixels } from '../pixels/pixels';
import { element } from '../ui/dom';
import type { Scene, Studies } from './scene';

/** What is written in the corners of a viewport. */
export interface Corners {
  elements: HTMLElement[];
  update(scene: Scene, shown: Shown | undefined, studies: Studies): void;
}

/** CSS pixels. */
export const NARROW = 280;

export interface Shown {
  stack: Stack;
  image: Image;
  pixels: Pixels;
  index: number;
}

export function corners(): Corners {
  const patient = element('div', 'corner top left');
  const study = element('div', 'corner top right');
  const series = element('div', 'corner bottom left');
  const quality = element('div', 'corner bottom right');
  return {
    elements: [patient, study, series, quality],
    update(scene, shown, studies) {
      const told = shown === undefined ? undefined : studies(shown.image.study);
      // In a narrow viewport there is room for what tells images apart, and no more.
      const narrow = scene.root.clientWidth < NARROW;
      scene.root.classList.toggle('narrow', narrow);
      lines(patient, told === undefined ? [] : patientLines(told).slice(0, narrow ? 2 : 3));
      lines(study, told === undefined ? [] : narrow ? [date(told.date)] : studyLines(told));
      lines(series, shown === undefined ? [] : seriesLines(scene, shown, narrow));
      const badge = shown === undefined ? '' : qualityOf(shown);
      lines(quality, badge === '' ? [] : [scene.reading, badge]);
      quality.classList.toggle('original', shown?.pixels.original === true && !isLossy(shown));
    },
  };
}

function lines(corner: HTMLElement, wanted: string[]): void {
  const text = wanted.filter((line) => line !== '').join('\n');
  if (corner.textContent !== text) {
    corner.textContent = text;
  }
}

const SEXES: Record<string, Term> = { M: 'male', F: 'female', O: 'otherSex' };

function patientLines(study: Study): string[] {
  const age = ageAt(study);
  const sex = study.sex in SEXES ? say(SEXES[study.sex]) : study.sex;
  const about = [sex, age === undefined ? '' : `${age}${say('years')}`, date(study.birthDate)];
  return [study.name(currentLanguage()), study.patientId, about.filter((part) => part !== '').join(' ')];
}

function studyLines(study: Study): string[] {
  return [`${date(study.date)} ${time(study.time)}`.trim(), study.description];
}

function seriesLines(scene: Scene, { stack, image, index, pixels }: Shown, narrow: boolean): string[] {
  const voi = scene.seen();
  // Of a preview in a window that is not known nothing can be said.
  const unknown = pixels.kind === 'grey' && !pixels.original && pixels.window === undefined;
  const window =
    voi === undefined || unknown
      ? ''
      : 'window' in voi
        ? `W ${round(voi.window.width)}  L ${round(voi.window.center)}`
        : voi.name || 'VOI LUT';
  const label = `${stack.number > 0 ? `${stack.number} ` : ''}${stack.modality} ${stack.label}`.trim();
  const thickness = image.sliceThickness === undefined ? '' : `${round(image.sliceThickness)} mm`;
  return [
    narrow && !stack.computed ? '' : label,
    `${index + 1} / ${stack.images.length}${thickness === '' || narrow ? '' : `   ${thickness}`}`,
    pixels.kind === 'color' ? '' : window,
  ];
}

/** Whether anything was ever lost: a data set goes on telling of it, and so does the frame itself where it is still compressed so. */
function isLossy({ image, pixels }: Shown): boolean {
  return image.loss !== undefined || pixels.loss !== undefined;
}

function qualityOf(shown: Shown): string {
  const { stack, image, pixels } = shown;
  if (!pixels.original) {
    return say('preview');
  }
  const what = say(stack.computed ? 'computed' : isLossy(shown) ? 'original' : 'diagnostic');
  return isLossy(shown) ? `${what} · ${say('lossy')}${lossWords(image.loss, pixels.loss)}` : what;
}

const METHODS: Record<string, string> = {
  ISO_10918_1: 'JPEG',
  ISO_14495_1: 'JPEG-LS',
  ISO_15444_1: 'JPEG 2000',
  ISO_15444_15: 'HTJ2K',
  ISO_13818_2: 'MPEG-2',
  ISO_14496_10: 'H.264',
  ISO_23008_2: 'H.265',
};

/**
 * By what and by how much: as the data set says, else as the frame's own size shows.
 *
 * @param measured bytes that became one; undefined where the frame is not compressed so, NaN where its size is not known
 */
export function lossWords(loss: Loss | undefined, measured: number | undefined): string {
  const methods = (loss?.methods ?? []).map((method) => METHODS[method] ?? method);
  const ratios = (loss?.ratios ?? []).map((ratio) => `${round(ratio)}:1`);
  if (ratios.length === 0 && measured !== undefined && measured > 0) {
    ratios.push(`≈ ${measured >= 10 ? measured.toFixed(0) : measured.toFixed(1)}:1`);
  }
  const steps = Array.from({ length: Math.max(methods.length, ratios.length) }, (_, i) =>
    [methods[i], ratios[i]].filter((part) => part !== undefined).join(' '),
  );
  return steps.length === 0 ? '' : ` ${steps.join(', ')}`;
}

function round(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Math.round(value * 100) / 100);
}
