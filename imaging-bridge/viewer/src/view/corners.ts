import { date, time } from '../dicom/json';
import { currentLanguage, say } from '../i18n';
import type { Image, Stack } from '../model/image';
import { ageAt, type Study } from '../model/study';
import type { Pixels } from '../pixels/pixels';
import { element } from '../ui/dom';
import type { Setting, Viewport } from './viewport';

/** What is written in the corners of a viewport. */
export interface Corners {
  elements: HTMLElement[];
  update(viewport: Viewport, shown: Shown | undefined, setting: Setting): void;
}

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
    update(viewport, shown, setting) {
      const told = shown === undefined ? undefined : setting.study(shown.image.study);
      lines(patient, told === undefined ? [] : patientLines(told));
      lines(study, told === undefined ? [] : studyLines(told));
      lines(series, shown === undefined ? [] : seriesLines(viewport, shown));
      const badge = shown === undefined ? '' : qualityOf(shown);
      lines(quality, badge === '' ? [] : [viewport.reading, badge]);
      quality.classList.toggle('original', shown?.pixels.original === true);
    },
  };
}

function lines(corner: HTMLElement, wanted: string[]): void {
  const text = wanted.filter((line) => line !== '').join('\n');
  if (corner.textContent !== text) {
    corner.textContent = text;
  }
}

function patientLines(study: Study): string[] {
  const age = ageAt(study);
  const sex = study.sex === 'M' ? say('male') : study.sex === 'F' ? say('female') : study.sex;
  const about = [sex, age === undefined ? '' : `${age}${say('years')}`, date(study.birthDate)];
  return [study.name(currentLanguage()), study.patientId, about.filter((part) => part !== '').join(' ')];
}

function studyLines(study: Study): string[] {
  return [`${date(study.date)} ${time(study.time)}`.trim(), study.description];
}

function seriesLines(viewport: Viewport, { stack, image, index, pixels }: Shown): string[] {
  const voi = viewport.seen();
  const window =
    voi === undefined
      ? ''
      : 'window' in voi
        ? `W ${round(voi.window.width)}  L ${round(voi.window.center)}`
        : voi.name || 'VOI LUT';
  const label = `${stack.number > 0 ? `${stack.number} ` : ''}${stack.modality} ${stack.label}`.trim();
  const thickness = image.sliceThickness === undefined ? '' : `${round(image.sliceThickness)} mm`;
  return [
    label,
    `${index + 1} / ${stack.images.length}${thickness === '' ? '' : `   ${thickness}`}`,
    pixels.kind === 'color' ? '' : window,
  ];
}

function qualityOf({ stack, image, pixels }: Shown): string {
  if (!pixels.original) {
    return say('preview');
  }
  if (stack.computed) {
    return say('computed');
  }
  return say(image.lossy ? 'storedLossy' : 'diagnostic');
}

function round(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Math.round(value * 100) / 100);
}
