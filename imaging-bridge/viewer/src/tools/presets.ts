import type { Window } from '../model/image';
import type { Term } from '../i18n';

/** Windows that radiologists know, by modality; the keys 1 to 5 choose among them. */
export interface Preset {
  term: Term;
  window: Window;
}

const of = (term: Term, center: number, width: number): Preset => ({
  term,
  window: { center, width, shape: 'LINEAR' },
});

const CT: Preset[] = [
  of('lung', -600, 1500),
  of('bone', 400, 2000),
  of('brain', 40, 80),
  of('softTissue', 40, 400),
  of('mediastinum', 50, 350),
];

export function presets(modality: string): Preset[] {
  return modality === 'CT' ? CT : [];
}
