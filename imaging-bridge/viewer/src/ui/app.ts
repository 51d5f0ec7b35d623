import { DecoderPool } from '../decode/pool';
import { DicomWeb, Refused } from '../dicom/client';
import type { Context } from '../context';
import { currentLanguage, say } from '../i18n';
import { Loader } from '../load/loader';
import { Scheduler } from '../load/scheduler';
import type { Stack } from '../model/image';
import { Library, type Opened } from '../model/library';
import type { Series, Study } from '../model/study';
import { Cine } from '../view/cine';
import { Grid } from '../view/grid';
import type { Viewport } from '../view/viewport';
import { device } from './device';
import { links, page } from './dialog';
import { Desk } from './desk';
import { button, element, fill } from './dom';
import { icon } from './icons';
import { listen } from './keys';
import { DRAGGED, Panel } from './panel';
import { Toolbar } from './toolbar';

/** The page: puts everything together. */
export class App {
  private readonly client: DicomWeb;
  private readonly library: Library;
  private readonly grid: Grid;
  private readonly desk: Desk;
  private readonly toolbar: Toolbar;
  private readonly panel: Panel;
  private readonly cine: Cine;
  private readonly title = element('div', 'title');
  private readonly notice = element('div', 'notice');
  private current: Study[] = [];
  private priors: Study[] = [];
  private noticeTimer = 0;

  constructor(private readonly context: Context) {
    const { light, desktop, cacheBytes, volumeBytes, side } = device();
    this.client = new DicomWeb(context.root);
    this.library = new Library(this.client);
    const loader = new Loader(this.client, new DecoderPool(), cacheBytes);
    const scheduler = new Scheduler(loader, () => this.grid.wishing(), side);
    loader.onLoaded(() => scheduler.wake());
    this.grid = new Grid(
      {
        loader,
        light,
        watermark: context.watermark,
        study: (uid) => this.library.studies.get(uid),
        wake: () => scheduler.wake(),
        moved: (viewport, from) => this.grid.moved(viewport, from),
      },
      { tool: () => this.desk.tool() },
    );
    this.cine = new Cine(loader, () => this.changed());
    this.desk = new Desk(
      this.grid,
      loader,
      this.cine,
      {
        say: (text) => this.say(text),
        changed: () => this.changed(),
        languageChanged: () => this.languageChanged(),
        neighbour: (by) => void this.neighbour(by),
        filled: () => void this.fill(),
        // A link shows less than OHIF asks for.
        ohif: desktop && !context.link ? () => this.openInOhif() : undefined,
      },
      volumeBytes,
    );
    this.toolbar = new Toolbar(this.desk);
    this.panel = new Panel({
      current: this.current,
      priors: () => this.priors,
      series: (study) => this.library.series(study),
      thumbnail: (series) => this.client.thumbnail(series.study, series.uid),
      open: (series) => void this.open(series.study, series.uid),
      openStack: (stack) => this.put(stack),
      stacks: (series) => this.library.known(series.uid)?.stacks,
      onScreen: () => this.onScreen(),
    });
    this.grid.onActivated = () => this.changed();
  }

  async start(): Promise<void> {
    this.build();
    listen(this.desk);
    this.acceptDrops();
    try {
      this.current.push(...(await this.library.current(this.context.studies, this.context.link)));
    } catch (error) {
      this.fail(error);
      return;
    }
    const [first] = this.current;
    if (first === undefined) {
      this.say(say(this.context.studies.length === 0 && !this.context.link ? 'noStudy' : 'notFound'), true);
      return;
    }
    if (this.context.link && this.context.studies.length === 0) {
      // What a link lists is all there is: the first is the current one, the others lie beside it.
      this.priors = this.current.splice(1);
    }
    this.head();
    await this.panel.build();
    await this.openFirst(first);
    if (!this.context.link) {
      await this.findPriors(first);
    }
  }

  private build(): void {
    document.documentElement.lang = currentLanguage() === 'zh' ? 'zh-CN' : 'en';
    const toggle = button('tool toggle', '', () => document.body.classList.toggle('panel-closed'));
    toggle.append(icon('panel'), element('span', 'label', say('series')));
    toggle.title = say('series');
    document.body.classList.toggle('panel-closed', window.innerWidth < 900);
    const head = element('header', 'head');
    head.append(toggle, this.title, this.toolbar.root);
    const veil = element('div', 'panel-veil');
    veil.addEventListener('click', () => document.body.classList.add('panel-closed'));
    this.notice.setAttribute('role', 'status');
    this.notice.hidden = true;
    fill(document.body, head, this.panel.root, veil, this.grid.root, this.notice);
  }

  private head(): void {
    const [study] = this.current;
    const name = study?.name(currentLanguage()) ?? '';
    fill(this.title, element('strong', '', name), element('span', '', study?.description ?? ''));
    this.title.title = [name, study?.description ?? ''].filter((part) => part !== '').join(' · ');
    document.title = say('title');
  }

  /** The series with images that comes first. */
  private async openFirst(study: Study): Promise<void> {
    const all = await this.library.series(study.uid);
    const shown = all.find(({ kind }) => kind === 'image') ?? all.find(({ kind }) => kind !== 'other');
    if (shown === undefined) {
      this.say(say('noSeries'), true);
    } else if (this.context.link && this.priors.length === 0 && all.filter(({ kind }) => kind !== 'other').length === 1) {
      await this.openOnly(study.uid, shown);
    } else {
      await this.open(study.uid, shown.uid);
    }
  }

  /** All that a link shows: what has a page of its own is shown there at once. */
  private async openOnly(study: string, { uid, kind }: Series): Promise<void> {
    const { instances } = kind === 'ecg' ? await this.library.open(study, uid) : { instances: [] };
    if (kind === 'slide') {
      window.location.replace(`slide?study=${study}&series=${uid}&lang=${currentLanguage()}`);
    } else if (instances.length === 1) {
      window.location.replace(`ecg?study=${study}&series=${uid}&instance=${instances[0]}&lang=${currentLanguage()}`);
    } else {
      await this.open(study, uid);
    }
  }

  private async findPriors(study: Study): Promise<void> {
    try {
      const shown = new Set(this.current.map(({ uid }) => uid));
      this.priors = (await this.library.priors(study)).filter(({ uid }) => !shown.has(uid));
      if (this.priors.length > 0) {
        await this.panel.build();
      }
    } catch (error) {
      this.fail(error);
    }
  }

  private async open(study: string, series: string, viewport = this.grid.active): Promise<void> {
    try {
      const opened = await this.library.open(study, series);
      if (opened.kind === 'image') {
        this.put(opened.stacks[0], viewport);
      } else {
        this.openOther(study, series, opened);
      }
      this.panel.update();
    } catch (error) {
      this.fail(error);
    }
  }

  private put(stack: Stack, viewport = this.grid.active): void {
    this.cine.stop(viewport);
    viewport.show(stack);
    if (stack.rate !== undefined) {
      this.cine.toggle(viewport);
    }
    if (window.innerWidth < 900) {
      document.body.classList.add('panel-closed');
    }
    this.say(undefined);
    this.changed();
  }

  private openOther(study: string, series: string, opened: Opened): void {
    const at = (instance: string): string => `${this.client.instance(study, series, instance)}/rendered`;
    const query = (instance?: string): string =>
      `study=${study}&series=${series}${instance === undefined ? '' : `&instance=${instance}`}&lang=${currentLanguage()}`;
    const numbered = (label: string, i: number): string => (opened.instances.length > 1 ? `${label} ${i + 1}` : label);
    switch (opened.kind) {
      case 'report':
        page(say('openReport'), at(opened.instances[0]));
        break;
      case 'pdf':
        links(
          say('openDocument'),
          opened.instances.map((one, i) => ({ label: numbered(say('openDocument'), i), address: at(one) })),
        );
        break;
      case 'ecg':
        links(
          say('openEcg'),
          opened.instances.map((one, i) => ({ label: numbered(say('openEcg'), i), address: `ecg?${query(one)}` })),
        );
        break;
      case 'slide':
        links(say('openSlide'), [{ label: say('openSlide'), address: `slide?${query()}` }]);
        break;
      default:
        this.say(say('notShown'));
    }
  }

  private openInOhif(): void {
    const studies = this.current.map(({ uid }) => uid).join(',');
    const language = currentLanguage() === 'zh' ? 'zh' : 'en-US';
    window.open(`ohif/viewer?StudyInstanceUIDs=${studies}&lng=${language}`, '_blank', 'noopener');
  }

  private onScreen(): Set<string> {
    const seen = new Set<string>();
    for (const { stack } of this.grid.viewports) {
      if (stack !== undefined) {
        seen.add(stack.series).add(stack.key);
      }
    }
    return seen;
  }

  private async neighbour(by: 1 | -1): Promise<void> {
    const { stack } = this.grid.active;
    if (stack === undefined) {
      return;
    }
    const all = (await this.library.series(stack.study)).filter(({ kind }) => kind === 'image');
    const next = all[all.findIndex(({ uid }) => uid === stack.series) + by];
    if (next !== undefined) {
      await this.open(next.study, next.uid);
    }
  }

  /** Viewports that are empty get the prior that is most like what is seen, and then the series that follow. */
  private async fill(): Promise<void> {
    const empty = this.grid.viewports.filter(({ stack }) => stack === undefined);
    const [lead] = this.grid.viewports.filter(({ stack }) => stack !== undefined);
    if (lead?.stack !== undefined) {
      const candidates = await this.candidates(lead.stack);
      for (const viewport of empty) {
        const next = candidates.shift();
        if (next !== undefined) {
          await this.open(next.study, next.uid, viewport);
        }
      }
    }
    this.changed();
  }

  private async candidates(like: Stack): Promise<Series[]> {
    const seen = this.onScreen();
    const fits = ({ kind, uid }: Series): boolean => kind === 'image' && !seen.has(uid);
    const [prior] = this.priors.filter(({ modalities }) => modalities === '' || modalities.split(' ').includes(like.modality));
    const earlier = prior === undefined ? [] : (await this.library.series(prior.uid)).filter(fits);
    const likeness = (series: Series): number =>
      (series.modality === like.modality ? 4 : 0) + (series.description === like.label ? 2 : 0);
    earlier.sort((a, b) => likeness(b) - likeness(a));
    const own = (await this.library.series(like.study)).filter(fits);
    return [...earlier.slice(0, 1), ...own, ...earlier.slice(1)];
  }

  private acceptDrops(): void {
    const target = (event: DragEvent): Viewport | undefined =>
      this.grid.viewports.find(({ root }) => root.contains(event.target as Node));
    this.grid.root.addEventListener('dragover', (event) => {
      if (event.dataTransfer?.types.includes(DRAGGED) === true && target(event) !== undefined) {
        event.preventDefault();
      }
    });
    this.grid.root.addEventListener('drop', (event) => {
      const viewport = target(event);
      const dragged = event.dataTransfer?.getData(DRAGGED) ?? '';
      if (viewport !== undefined && dragged !== '') {
        event.preventDefault();
        const [study, series] = JSON.parse(dragged) as [string, string];
        this.grid.activate(viewport);
        void this.open(study, series, viewport);
      }
    });
  }

  private changed(): void {
    this.toolbar.update();
    this.panel.update();
  }

  private languageChanged(): void {
    this.build();
    this.toolbar.build();
    this.head();
    void this.panel.build();
    this.grid.render();
  }

  private say(text: string | undefined, stays = false): void {
    window.clearTimeout(this.noticeTimer);
    this.notice.hidden = text === undefined;
    this.notice.textContent = text ?? '';
    if (text !== undefined && !stays) {
      this.noticeTimer = window.setTimeout(() => this.say(undefined), 6000);
    }
  }

  private fail(error: unknown): void {
    const status = error instanceof Refused ? error.status : 0;
    const why = error instanceof Error ? error.message : String(error);
    if (this.context.link && (status === 401 || status === 403 || status === 410)) {
      this.say(say('ended'), true);
    } else if (status === 404) {
      this.say(say('notFound'), true);
    } else if (status === 403) {
      this.say(`${say('notEntitled')}: ${why}`, true);
    } else {
      this.say(`${say('failed')}: ${why}`, true);
    }
  }
}
