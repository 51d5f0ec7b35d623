import { type DicomWeb } from '../dicom/client';
import { text, type Dataset } from '../dicom/json';
import { Tag } from '../dicom/tags';
import type { Stack } from './image';
import { kindOf, stacks, type Kind } from './stacks';
import { seriesOf, studyOf, type Series, type Study } from './study';

/** An opened series: its images, or what else it holds. */
export interface Opened {
  kind: Kind;
  stacks: Stack[];
  instances: string[];
}

/** Studies, series and their metadata, each asked for once and only when it is needed. */
export class Library {
  readonly studies = new Map<string, Study>();
  private readonly lists = new Map<string, Promise<Series[]>>();
  private readonly opening = new Map<string, Promise<Opened>>();
  private readonly opened = new Map<string, Opened>();

  constructor(private readonly client: DicomWeb) {}

  /** The studies of the page: those that are named, else all that the root lists. */
  async current(named: string[], link: boolean): Promise<Study[]> {
    if (named.length === 0 && !link) {
      return [];
    }
    const listed = await this.client.studies(named.length === 0 ? '' : `?StudyInstanceUID=${named.join(',')}`);
    const found = listed.map((dataset) => this.keep(dataset));
    const ordered = named.map((uid) => found.find((study) => study.uid === uid)).filter((study) => study !== undefined);
    return named.length === 0 ? found : ordered;
  }

  /**
   * Other studies of the person, the newest first; the server knows the person's numbers at other hospitals, and says whose number that of a study from another
   * hospital is. Where another server does not, a PatientID means a patient of the hospital that asks: then the study itself is not among what is found, and nothing
   * of it is of this person.
   */
  async priors(study: Study): Promise<Study[]> {
    if (study.patientId === '') {
      return [];
    }
    const issuer = study.issuer === '' ? '' : `&IssuerOfPatientID=${encodeURIComponent(study.issuer)}`;
    const listed = await this.client.studies(`?PatientID=${encodeURIComponent(study.patientId)}${issuer}`);
    if (!listed.some((dataset) => text(dataset, Tag.StudyInstanceUid) === study.uid)) {
      return [];
    }
    return listed
      .map((dataset) => this.keep(dataset))
      .filter(({ uid }) => uid !== study.uid)
      .sort((a, b) => (b.date + b.time).localeCompare(a.date + a.time));
  }

  private keep(dataset: Dataset): Study {
    const study = studyOf(dataset);
    const known = this.studies.get(study.uid);
    if (known !== undefined) {
      return known;
    }
    this.studies.set(study.uid, study);
    return study;
  }

  series(study: string): Promise<Series[]> {
    let list = this.lists.get(study);
    if (list === undefined) {
      list = this.client
        .series(study)
        .then((found) => found.map((dataset) => seriesOf(dataset, study)).sort((a, b) => a.number - b.number));
      this.lists.set(study, list);
    }
    return list;
  }

  /** What is known of a series without asking. */
  known(series: string): Opened | undefined {
    return this.opened.get(series);
  }

  open(study: string, series: string): Promise<Opened> {
    let opening = this.opening.get(series);
    if (opening === undefined) {
      opening = this.read(study, series);
      // What failed may succeed another time.
      opening.catch(() => this.opening.delete(series));
      this.opening.set(series, opening);
    }
    return opening;
  }

  private async read(study: string, series: string): Promise<Opened> {
    const metadata = await this.client.metadata(study, series);
    const found = stacks(metadata);
    const kind = kindOf(metadata.length === 0 ? '' : text(metadata[0], Tag.SopClassUid));
    const opened: Opened = {
      kind: kind === 'image' && found.length === 0 ? 'other' : kind,
      stacks: kind === 'image' ? found : [],
      instances: metadata.map((dataset) => text(dataset, Tag.SopInstanceUid)),
    };
    this.opened.set(series, opened);
    return opened;
  }
}
