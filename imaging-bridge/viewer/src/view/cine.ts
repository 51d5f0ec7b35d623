import type { Loader } from '../load/loader';
import type { Viewport } from './viewport';

const DEFAULT_RATE = 10;

/** Plays stacks as moving pictures, each at its own speed; it waits for what is not there yet. */
export class Cine {
  private readonly playing = new Map<Viewport, number>();

  constructor(
    private readonly loader: Loader,
    private readonly changed: () => void,
  ) {}

  isPlaying(viewport: Viewport): boolean {
    return this.playing.has(viewport);
  }

  toggle(viewport: Viewport): void {
    if (this.isPlaying(viewport)) {
      this.stop(viewport);
    } else if ((viewport.stack?.images.length ?? 0) > 1) {
      this.playing.set(viewport, 0);
      this.run(viewport, performance.now());
      this.changed();
    }
  }

  stop(viewport: Viewport): void {
    const frame = this.playing.get(viewport);
    if (frame !== undefined) {
      cancelAnimationFrame(frame);
      this.playing.delete(viewport);
      this.changed();
    }
  }

  private run(viewport: Viewport, due: number): void {
    const request = requestAnimationFrame((now) => {
      const { stack } = viewport;
      if (stack === undefined || !viewport.root.isConnected) {
        this.stop(viewport);
        return;
      }
      const period = 1000 / (stack.rate ?? DEFAULT_RATE);
      let next = due;
      if (now >= due) {
        const index = (viewport.index + 1) % stack.images.length;
        if (this.loader.best(stack.images[index]) !== undefined) {
          viewport.go(index);
          // Late ones are not made up for.
          next = Math.max(due + period, now);
        } else {
          viewport.await(index);
        }
      }
      this.run(viewport, next);
    });
    this.playing.set(viewport, request);
  }
}
