import type { Image, Window } from '../model/image';
import type { Loader, Quality } from './loader';
import { nextWish, type Wish } from './plan';

/** What a viewport wishes: the image that is looked at before all others, then pictures of the stack, then its originals. */
export interface ImageWish extends Wish {
  image: Image;
  quality: Quality;
  window?: Window;
  /** 0 for what is looked at, 1 for previews around it, 2 for originals around it. */
  tier: number;
}

/** Who wishes; the first is the one that the reader works with. */
export interface Wishing {
  wishes(): Iterable<ImageWish>;
}

/** As many as a browser opens to one server. */
const AT_ONCE = 6;

/** Gives everybody's wishes to the loader, a few at a time, the most urgent first. Nothing waits in a queue: what is scrolled past is never asked for. */
export class Scheduler {
  private running = 0;
  private woken = false;

  constructor(
    private readonly loader: Loader,
    private readonly wishing: () => Wishing[],
    /** Longest side of a preview, in pixels. */
    private readonly side: number,
  ) {}

  /** To be called whenever wishes have changed. */
  wake(): void {
    if (!this.woken) {
      this.woken = true;
      Promise.resolve().then(() => {
        this.woken = false;
        this.run();
      });
    }
  }

  private run(): void {
    while (this.running < AT_ONCE) {
      const wish = this.mostUrgent();
      if (wish === undefined) {
        return;
      }
      this.running++;
      this.loader.load(wish.image, wish.quality, wish.window, this.side).then(() => {
        this.running--;
        this.wake();
      });
    }
  }

  private mostUrgent(): ImageWish | undefined {
    const all = this.wishing();
    // A part of the memory stays free for what others need meanwhile.
    const share = (this.loader.cache.capacity * 0.85) / Math.max(1, all.length);
    let found: ImageWish | undefined;
    for (const one of all) {
      const wish = nextWish(one.wishes(), share, (each) => this.loader.state(each.key, each.image));
      if (wish !== undefined && (found === undefined || wish.tier < found.tier)) {
        found = wish;
      }
    }
    return found;
  }
}
