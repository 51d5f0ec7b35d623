import { number, personName, text, texts, type Dataset, type Language } from '../dicom/json';
import { Tag } from '../dicom/tags';
import { likelyKind, type Kind } from './stacks';

/** What is told of a study beside its images. */
export interface Study {
  uid: string;
  patientId: string;
  issuer: string;
  sex: string;
  birthDate: string;
  date: string;
  time: string;
  description: string;
  modalities: string;
  /** The name as it is read in a language. */
  name(language: Language): string;
}

export interface Series {
  uid: string;
  study: string;
  number: number;
  modality: string;
  description: string;
  count: number;
  kind: Kind;
}

export function studyOf(dataset: Dataset): Study {
  return {
    uid: text(dataset, Tag.StudyInstanceUid),
    patientId: text(dataset, Tag.PatientId),
    issuer: text(dataset, Tag.IssuerOfPatientId),
    sex: text(dataset, Tag.PatientSex),
    birthDate: text(dataset, Tag.PatientBirthDate),
    date: text(dataset, Tag.StudyDate),
    time: text(dataset, Tag.StudyTime),
    description: text(dataset, Tag.StudyDescription),
    modalities: texts(dataset, Tag.ModalitiesInStudy).join(' '),
    name: (language) => personName(dataset, Tag.PatientName, language),
  };
}

export function seriesOf(dataset: Dataset, study: string): Series {
  const modality = text(dataset, Tag.Modality);
  return {
    uid: text(dataset, Tag.SeriesInstanceUid),
    study,
    number: number(dataset, Tag.SeriesNumber) ?? 0,
    modality,
    description: text(dataset, Tag.SeriesDescription) || text(dataset, Tag.BodyPartExamined),
    count: number(dataset, '00201209') ?? 0,
    kind: likelyKind(modality),
  };
}

/** Age in whole years at the study; undefined where a date is missing. */
export function ageAt(study: Study): number | undefined {
  if (!/^\d{8}/.test(study.birthDate) || !/^\d{8}/.test(study.date)) {
    return undefined;
  }
  const [born, seen] = [Number(study.birthDate.slice(0, 8)), Number(study.date.slice(0, 8))];
  const age = Math.floor((seen - born) / 10_000);
  return age >= 0 && age < 150 ? age : undefined;
}
