import { currentLanguage, say, setLanguage } from '../i18n';
import type { Loader } from '../load/loader';
import type { Voi } from '../model/image';
import { Mpr } from '../mpr/mpr';
import type { Tool } from '../tools/drafting';
import { presets } from '../tools/presets';
import type { Cine } from '../view/cine';
import { cut, type Grid, type Layout } from '../view/grid';
import { PLACED } from '../view/transform';
import { help } from './dialog';
import type { Keyed } from './keys';
import type { Command, Commands } from './toolbar';

/** What the page around does. */
export interface Around {
  /** A few words that go by themselves; undefined takes them away. */
  say(text: string | undefined): void;
  /** What is shown has changed: marks of buttons and lists may be others. */
  changed(): void;
  languageChanged(): void;
  neighbour(by: 1 | -1): void;
  /** Fills viewports that have come to be. */
  filled(): void;
  /** Opens the studies in OHIF; undefined where that is not offered. */
  ohif: (() => void) | undefined;
}

/** What the reader can do with the images, by button or key. */
export class Desk implements Commands, Omit<Keyed, 'preset'> {
  private chosen: Tool = 'scroll';
  private mpr?: { of: Mpr; before: Layout };

  constructor(
    private readonly grid: Grid,
    private readonly loader: Loader,
    private readonly cine: Cine,
    private readonly around: Around,
    /** Bytes that a volume may take. */
    private readonly memory: number,
  ) {
    grid.onMoved = () => this.drawCuts();
  }

  tool(): Tool {
    return this.chosen;
  }

  choose(tool: Tool): void {
    this.chosen = tool;
    this.around.changed();
  }

  presets(): { label: string; key: string; act: () => void }[] {
    const { active } = this.grid;
    const own = active.image?.voi ?? [];
    const look = (voi: Voi | undefined) => () => this.look(voi);
    return [
      { label: say('asStored'), key: '0', act: look(undefined) },
      ...own.slice(1, 6).map((voi, i) => ({ label: voi.name || `${say('asStored')} ${i + 2}`, key: '', act: look(voi) })),
      ...presets(active.stack?.modality ?? '').map(({ term, window }, i) => ({
        label: say(term),
        key: String(i + 1),
        act: look({ name: say(term), window }),
      })),
    ];
  }

  preset(index: number): void {
    const { active } = this.grid;
    const found = presets(active.stack?.modality ?? '')[index - 1];
    if (index === 0) {
      this.look(undefined);
    } else if (found !== undefined) {
      this.look({ name: say(found.term), window: found.window });
    }
  }

  private look(voi: Voi | undefined): void {
    const { active } = this.grid;
    active.look(voi);
    if (this.mpr !== undefined) {
      this.grid.viewports.forEach((one) => one.look(voi));
    }
  }

  scroll(by: number): void {
    this.grid.active.go(this.grid.active.index + by);
  }

  scrollTo(end: 'first' | 'last'): void {
    this.grid.active.go(end === 'first' ? 0 : (this.grid.active.stack?.images.length ?? 1) - 1);
  }

  series(by: 1 | -1): void {
    this.around.neighbour(by);
  }

  remove(): void {
    const { active } = this.grid;
    const { image, selected } = active;
    if (image !== undefined && selected !== undefined) {
      const left = (active.measurements.get(image.key) ?? []).filter((one) => one !== selected);
      active.measurements.set(image.key, left);
      active.selected = undefined;
      active.render();
    }
  }

  act(command: Command): void {
    const { active } = this.grid;
    switch (command) {
      case 'clear':
        active.measurements.clear();
        active.selected = undefined;
        active.render();
        break;
      case 'fit':
        active.place({ ...active.placement, zoom: PLACED.zoom, panX: 0, panY: 0 });
        break;
      case 'actual':
        active.actualSize();
        break;
      case 'rotate': {
        const { flipped, turns } = active.placement;
        active.place({ ...active.placement, turns: (turns + 1) & 3, flipped });
        break;
      }
      case 'flip':
        this.flip();
        break;
      case 'invert':
        active.inverse = !active.inverse;
        active.render();
        break;
      case 'reset':
        active.reset();
        break;
      case 'cine':
        this.cine.toggle(active);
        break;
      case 'layout1':
        this.arrange('1x1');
        break;
      case 'layout2':
        this.arrange('1x2');
        break;
      case 'layout4':
        this.arrange('2x2');
        break;
      case 'sync':
        this.grid.linked = !this.grid.linked;
        break;
      case 'mpr':
        void this.toggleMpr();
        break;
      case 'ohif':
        this.around.ohif?.();
        break;
      case 'fullScreen':
        fullScreen();
        break;
      case 'help':
        help();
        break;
      case 'language':
        setLanguage(currentLanguage() === 'zh' ? 'en' : 'zh');
        this.around.languageChanged();
        break;
    }
    this.around.changed();
  }

  /** Left and right as they are seen, however the image is turned. */
  private flip(): void {
    const { active } = this.grid;
    const { turns, flipped, panX } = active.placement;
    active.place({ ...active.placement, flipped: !flipped, turns: turns % 2 === 0 ? turns : (turns + 2) & 3, panX: -panX });
  }

  isOn(command: Command): boolean {
    const { active } = this.grid;
    switch (command) {
      case 'invert':
        return active.inverse;
      case 'flip':
        return active.placement.flipped;
      case 'cine':
        return this.cine.isPlaying(active);
      case 'sync':
        return this.grid.linked;
      case 'mpr':
        return this.mpr !== undefined;
      default:
        return false;
    }
  }

  isOffered(command: Command): boolean {
    switch (command) {
      case 'fullScreen':
        return document.fullscreenEnabled === true;
      case 'sync':
        return this.grid.layout !== '1x1';
      case 'ohif':
        return this.around.ohif !== undefined;
      default:
        return true;
    }
  }

  private arrange(layout: Layout): void {
    this.endMpr();
    this.grid.arrange(layout);
    this.around.filled();
  }

  private async toggleMpr(): Promise<void> {
    if (this.mpr !== undefined) {
      const { before } = this.mpr;
      const source = this.grid.viewports[3]?.stack;
      this.endMpr();
      this.grid.arrange(before);
      this.grid.active.show(source);
      this.around.changed();
      return;
    }
    const { stack } = this.grid.active;
    if (stack === undefined) {
      return;
    }
    const mpr = Mpr.of(stack, this.memory, this.loader);
    if (!(mpr instanceof Mpr)) {
      this.around.say(say(mpr));
      return;
    }
    this.mpr = { of: mpr, before: this.grid.layout };
    this.around.changed();
    try {
      await mpr.load((done) => this.around.say(`${say('mprLoading')} ${done}/${stack.images.length}`));
    } catch (error) {
      this.endMpr();
      this.around.say(`${say('failed')}: ${error instanceof Error ? error.message : String(error)}`);
      this.around.changed();
      return;
    }
    if (this.mpr?.of === mpr) {
      this.around.say(undefined);
      this.showMpr(mpr);
    }
  }

  private showMpr(mpr: Mpr): void {
    const source = this.grid.active;
    const { stack, voi, index } = source;
    this.grid.arrange('2x2');
    const cuts = mpr.stacks({ axial: say('axial'), coronal: say('coronal'), sagittal: say('sagittal') });
    cuts.forEach((one, i) => {
      const viewport = this.grid.viewports[i];
      viewport.show(one, one.images.length >> 1);
      viewport.look(voi);
    });
    this.grid.viewports[3].show(stack, index);
    this.grid.viewports[3].look(voi);
    this.grid.activate(this.grid.viewports[0]);
    this.drawCuts();
    this.around.changed();
  }

  private endMpr(): void {
    this.mpr?.of.stop();
    this.mpr = undefined;
    this.grid.viewports.forEach((viewport) => (viewport.cuts = []));
  }

  /** Where the other planes lie; only beside each other in one volume do they help. */
  private drawCuts(): void {
    if (this.mpr === undefined) {
      return;
    }
    for (const viewport of this.grid.viewports) {
      const image = viewport.stack?.images[viewport.index];
      viewport.cuts = [];
      for (const other of this.grid.viewports.slice(0, 3)) {
        const plane = other.stack?.images[other.index]?.plane;
        const line = image === undefined || plane === undefined || other === viewport ? undefined : cut(image, plane);
        if (line !== undefined) {
          viewport.cuts.push(line);
        }
      }
      viewport.render();
    }
  }
}

function fullScreen(): void {
  const done = document.fullscreenElement === null ? document.documentElement.requestFullscreen() : document.exitFullscreen();
  // A browser may refuse; then all stays as it is.
  done.catch(() => undefined);
}
