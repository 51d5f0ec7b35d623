import OpenSeadragon from 'openseadragon';
import { currentLanguage, setLanguage } from '../i18n';
import { button, element, fill } from '../ui/dom';
import { icon, type Icon } from '../ui/icons';
import type { Layer, Pyramid } from './pyramid';
import { Ruler } from './ruler';
import {
  magnification,
  magnificationText,
  MAGNIFICATIONS,
  millimetresPerPixel,
  scaleBar,
} from './scale';
import { SlideSource } from './source';
import { word, type Word } from './words';

/** Pixels of the screen that a pixel of the finest level may fill. */
const MOST_ENLARGED = 3;
const SCALE_BAR = 150;
/** What decoded tiles may take, in bytes: phones have little. */
const TILE_MEMORY = 160 << 20;
const TILES_KEPT = [40, 400] as const;
const BYTES_OF_A_PIXEL = 4;

/** The page with a slide. */
export class SlidePage {
  private readonly viewer: OpenSeadragon.Viewer;
  private readonly ruler: Ruler;
  private readonly heading = element('span', 'heading');
  private readonly notice = element('div', 'notice');
  private readonly corner = element('div', 'corner');
  private readonly bar = element('div', 'bar');
  private readonly barText = element('span', 'bar-text');
  private readonly times: { value: number; made: HTMLButtonElement }[] = [];
  private readonly shownTimes = element('output', 'times');
  private readonly spacing: readonly [number, number] | undefined;

  constructor(
    private readonly pyramid: Pyramid,
    private readonly series: string,
  ) {
    const finest = pyramid.levels[0];
    this.spacing = finest.pixelSpacing;
    document.documentElement.lang = currentLanguage() === 'zh' ? 'zh-CN' : 'en';
    document.title = word('title');
    const stage = element('main', 'stage');
    stage.setAttribute('aria-label', word('slide'));
    this.corner.append(this.barText, this.bar);
    this.corner.hidden = true;
    const pictures = element('aside', 'pictures');
    pictures.append(...this.pictures());
    this.notice.hidden = true;
    this.notice.setAttribute('role', 'status');
    fill(document.body, this.head(), stage, this.corner, pictures, this.notice);
    withoutStyleOfLibrary();
    this.viewer = OpenSeadragon({
      element: stage,
      tileSources: new SlideSource(pyramid, finest.layers[0], series),
      // The pictures of its own buttons would have to be loaded; the page has buttons of its own.
      showNavigationControl: false,
      showNavigator: true,
      navigatorPosition: 'TOP_RIGHT',
      navigatorSizeRatio: 0.16,
      navigatorAutoFade: false,
      drawer: 'canvas',
      animationTime: 0.5,
      blendTime: 0,
      maxZoomPixelRatio: MOST_ENLARGED,
      visibilityRatio: 0.3,
      maxImageCacheCount: kept(finest.columns * finest.rows * BYTES_OF_A_PIXEL),
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
      gestureSettingsPen: { clickToZoom: false, dblClickToZoom: true },
    });
    this.ruler = new Ruler(this.viewer, this.spacing);
    this.viewer.addHandler('update-viewport', () => this.update());
    this.viewer.addHandler('open', () => this.update());
    this.viewer.addOnceHandler('open', () => markFirstView(this.viewer));
    this.viewer.addHandler('tile-load-failed', () => this.say(word('tiles')));
    if (pyramid.leftOut.length > 0) {
      this.say(word('leftOut'));
    }
  }

  /** Whose slide it is. */
  named(heading: string): void {
    this.heading.textContent = heading;
  }

  /** Writes something over the whole slide. */
  marked(text: string): void {
    if (text === '') {
      return;
    }
    const mark = element('div', 'watermark');
    mark.setAttribute('aria-hidden', 'true');
    for (let i = 0; i < 9; i++) {
      mark.append(element('span', '', text));
    }
    document.body.append(mark);
  }

  private head(): HTMLElement {
    const head = element('header', 'head');
    const title = element('div', 'title');
    title.append(element('strong', '', word('title')), this.heading);
    head.append(title, this.magnifications(), this.layers(), this.tools());
    return head;
  }

  private magnifications(): HTMLElement {
    const group = element('div', 'group');
    group.setAttribute('role', 'group');
    group.setAttribute('aria-label', word('magnification'));
    if (this.spacing === undefined) {
      group.append(element('span', 'quiet', word('noSpacing')));
      return group;
    }
    const native = magnification(this.spacing[1]);
    for (const value of MAGNIFICATIONS.filter((one) => one <= native * 2)) {
      const made = button('times-button', `${value}×`, () => this.magnify(value));
      this.times.push({ value, made });
      group.append(made);
    }
    group.append(this.shownTimes);
    return group;
  }

  private layers(): HTMLElement {
    const layers = this.pyramid.levels[0].layers;
    const select = element('select', 'layers');
    select.hidden = layers.length < 2;
    select.setAttribute('aria-label', word('layer'));
    select.append(...layers.map((layer) => element('option', '', layerText(layer))));
    select.addEventListener('change', () => this.show(layers[select.selectedIndex]));
    return select;
  }

  private tools(): HTMLElement {
    const tools = element('div', 'tools');
    const measure: HTMLButtonElement = tool('measure', 'measure', () => {
      this.ruler.toggle();
      measure.setAttribute('aria-pressed', String(this.ruler.active));
    });
    measure.setAttribute('aria-pressed', 'false');
    tools.append(
      tool('fit', 'fit', () => this.viewer.viewport.goHome()),
      measure,
      tool('clear', 'clear', () => this.ruler.clear()),
    );
    if (document.fullscreenEnabled) {
      tools.append(tool('fullScreen', 'fullScreen', () => void fullScreen()));
    }
    tools.append(
      tool('language', 'language', () => {
        setLanguage(currentLanguage() === 'zh' ? 'en' : 'zh');
        window.location.reload();
      }),
    );
    return tools;
  }

  /** The sticker and the glass: small, and large when they are chosen. */
  private pictures(): HTMLElement[] {
    const { label, overview } = this.pyramid;
    return [
      { name: 'label' as const, uid: label },
      { name: 'overview' as const, uid: overview },
    ].flatMap(({ name, uid }) => {
      if (uid === undefined) {
        return [];
      }
      const instance = `${this.series}/instances/${uid}`;
      const made = button('picture', '', () => enlarge(`${instance}/rendered?accept=image/jpeg`, word(name)));
      const image = element('img');
      // Tiles come first.
      image.setAttribute('fetchpriority', 'low');
      image.src = `${instance}/thumbnail?accept=image/jpeg`;
      image.alt = word(name);
      made.append(image, element('span', '', word(name)));
      return [made];
    });
  }

  /** Shows another layer at the same place. */
  private show(layer: Layer): void {
    const bounds = this.viewer.viewport.getBounds(true);
    this.viewer.addOnceHandler('open', () => this.viewer.viewport.fitBounds(bounds, true));
    this.viewer.open({ tileSource: new SlideSource(this.pyramid, layer, this.series) });
  }

  private magnify(value: number): void {
    if (this.spacing !== undefined) {
      const zoom = this.spacing[1] / millimetresPerPixel(value);
      this.viewer.viewport.zoomTo(this.viewer.viewport.imageToViewportZoom(zoom));
    }
  }

  private update(): void {
    if (this.spacing === undefined || !this.viewer.isOpen()) {
      return;
    }
    const { viewport } = this.viewer;
    const perPixel = this.spacing[1] / viewport.viewportToImageZoom(viewport.getZoom(true));
    const now = magnification(perPixel);
    const { pixels, text } = scaleBar(perPixel, SCALE_BAR);
    this.corner.hidden = false;
    this.bar.style.width = `${pixels}px`;
    this.barText.textContent = text;
    this.shownTimes.textContent = magnificationText(now);
    for (const { value, made } of this.times) {
      made.setAttribute('aria-pressed', String(Math.abs(now / value - 1) < 0.01));
    }
  }

  private say(text: string): void {
    this.notice.textContent = text;
    this.notice.hidden = false;
    window.setTimeout(() => (this.notice.hidden = true), 6_000);
  }
}

/**
 * OpenSeadragon writes a style element into the page, which the security policy refuses and complains of, unless it finds one there. It finds an
 * element of that name that means nothing; what it would have said stands in our own style sheet.
 */
function withoutStyleOfLibrary(): void {
  const found = document.createElementNS('urn:countyhub:nothing', 'style');
  found.setAttribute('data-openseadragon-mobile-css', 'true');
  document.head.append(found);
}

/** Marks when all of the slide is on the screen (W3C User Timing), so that it can be seen how long readers wait. */
function markFirstView(viewer: OpenSeadragon.Viewer): void {
  const slide = viewer.world.getItemAt(0);
  const mark = (): void => {
    if (slide.getFullyLoaded()) {
      slide.removeHandler('fully-loaded-change', mark);
      requestAnimationFrame(() => performance.mark('first-view'));
    }
  };
  slide.addHandler('fully-loaded-change', mark);
  mark();
}

function kept(bytesOfATile: number): number {
  return Math.min(TILES_KEPT[1], Math.max(TILES_KEPT[0], Math.floor(TILE_MEMORY / bytesOfATile)));
}

function layerText({ opticalPath, zOffset }: Layer): string {
  return [opticalPath, `z ${Number(zOffset.toFixed(2))} µm`].filter((part) => part !== '').join(' · ');
}

function tool(of: Icon, name: Word, act: () => void): HTMLButtonElement {
  const made = button('tool', '', act);
  made.append(icon(of), element('span', '', word(name)));
  made.dataset.tool = name;
  return made;
}

async function fullScreen(): Promise<void> {
  await (document.fullscreenElement === null ? document.documentElement.requestFullscreen() : document.exitFullscreen());
}

function enlarge(address: string, name: string): void {
  const veil = button('veil', '', () => veil.remove());
  veil.setAttribute('aria-label', word('close'));
  const image = element('img');
  image.src = address;
  image.alt = name;
  veil.append(image);
  veil.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      veil.remove();
    }
  });
  document.body.append(veil);
  veil.focus();
}
