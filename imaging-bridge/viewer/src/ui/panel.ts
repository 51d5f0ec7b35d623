import { date } from '../dicom/json';
import { say } from '../i18n';
import type { Stack } from '../model/image';
import type { Series, Study } from '../model/study';
import { button, element } from './dom';
import { icon, type Icon } from './icons';
import type { Kind } from '../model/stacks';

/** What the list asks of the page. */
export interface Shelf {
  current: Study[];
  priors(): Study[];
  series(study: string): Promise<Series[]>;
  thumbnail(series: Series): string;
  open(series: Series): void;
  openStack(stack: Stack): void;
  /** What is known of a series that was opened. */
  stacks(series: Series): Stack[] | undefined;
  /** Keys of the stacks and UIDs of the series that are on the screen. */
  onScreen(): Set<string>;
}

const ICONS: Partial<Record<Kind, Icon>> = { report: 'report', pdf: 'report', ecg: 'ecg', slide: 'slide' };

/** What is dragged onto a viewport. */
export const DRAGGED = 'application/x-series';

/** Series of the study, and of earlier ones of the same person. */
export class Panel {
  readonly root = element('aside', 'panel');
  private readonly items: { series: Series; item: HTMLElement; chips: HTMLElement }[] = [];

  constructor(private readonly shelf: Shelf) {}

  async build(): Promise<void> {
    this.items.length = 0;
    const sections: HTMLElement[] = [];
    for (const study of this.shelf.current) {
      sections.push(await this.section(study, true));
    }
    const priors = this.shelf.priors();
    if (priors.length > 0) {
      sections.push(element('h2', 'heading', say('priors')));
      for (const study of priors) {
        sections.push(await this.section(study, false));
      }
    }
    this.root.replaceChildren(...sections);
    this.update();
  }

  private async section(study: Study, open: boolean): Promise<HTMLElement> {
    const section = element('section', 'study');
    const list = element('div', 'list');
    const fill = async (): Promise<void> => {
      if (list.childElementCount === 0) {
        const all = await this.shelf.series(study.uid);
        list.append(...all.filter(({ kind }) => kind !== 'other').map((series) => this.item(series)));
        if (list.childElementCount === 0) {
          list.append(element('p', 'empty', say('noSeries')));
        }
        this.update();
      }
    };
    const head = button('study-head', '', () => {
      const now = section.classList.toggle('open');
      head.setAttribute('aria-expanded', String(now));
      if (now) {
        void fill();
      }
    });
    head.append(
      element('strong', '', date(study.date) || '–'),
      element('span', '', [study.modalities, study.description].filter((part) => part !== '').join(' · ')),
    );
    head.setAttribute('aria-expanded', String(open));
    section.append(head, list);
    if (open) {
      section.classList.add('open');
      await fill();
    }
    return section;
  }

  private item(series: Series): HTMLElement {
    const item = element('div', 'series');
    const opener = button('series-open', '', () => this.shelf.open(series));
    opener.dataset.series = series.uid;
    opener.draggable = true;
    opener.addEventListener('dragstart', (event) => {
      event.dataTransfer?.setData(DRAGGED, JSON.stringify([series.study, series.uid]));
    });
    const frame = element('span', 'thumbnail');
    const image = ICONS[series.kind];
    if (image !== undefined) {
      frame.append(icon(image));
    } else {
      const picture = element('img');
      picture.loading = 'lazy';
      picture.decoding = 'async';
      picture.alt = '';
      picture.draggable = false;
      picture.addEventListener('error', () => picture.replaceWith(icon('layout')));
      picture.src = this.shelf.thumbnail(series);
      frame.append(picture);
    }
    const words = element('span', 'words');
    words.append(
      element('strong', '', `${series.number > 0 ? `${series.number}  ` : ''}${series.modality}`),
      element('span', 'description', series.description),
      element('span', 'count', series.kind === 'image' && series.count > 0 ? `${series.count} ${say('images')}` : ''),
    );
    opener.append(frame, words);
    const chips = element('div', 'chips');
    item.append(opener, chips);
    this.items.push({ series, item, chips });
    return item;
  }

  /** Marks what is on the screen, and offers the moving pictures of a series one by one. */
  update(): void {
    const seen = this.shelf.onScreen();
    for (const { series, item, chips } of this.items) {
      item.classList.toggle('seen', seen.has(series.uid));
      const stacks = this.shelf.stacks(series);
      if (stacks !== undefined && stacks.length > 1) {
        if (chips.childElementCount !== stacks.length) {
          chips.replaceChildren(
            ...stacks.map((stack, i) => button('chip', String(i + 1), () => this.shelf.openStack(stack))),
          );
        }
        stacks.forEach((stack, i) => chips.children[i].classList.toggle('seen', seen.has(stack.key)));
      }
    }
  }
}
