/** In which order a stack is loaded: the nearest slices first, those ahead before those behind. */

/**
 * Indices around one, nearest first.
 *
 * @param direction 1 where the reader goes on, -1 where back
 */
export function* nearest(index: number, count: number, direction: 1 | -1): Generator<number> {
  if (index >= 0 && index < count) {
    yield index;
  }
  for (let step = 1; step < count; step++) {
    for (const at of [index + direction * step, index - direction * step]) {
      if (at >= 0 && at < count) {
        yield at;
      }
    }
  }
}

/** Wishes of one viewport, most urgent first; each is looked at only when there is room for it. */
export interface Wish {
  key: string;
  /** What it will take of the memory. */
  bytes: number;
}

/**
 * The next wish to be met: the first that is neither there nor on its way nor known to fail, within a share of the memory. What is there is touched, so that the oldest
 * to make room are what nobody wishes any more.
 */
export function nextWish<W extends Wish>(
  wishes: Iterable<W>,
  share: number,
  state: (wish: W) => 'there' | 'underway' | 'missing',
): W | undefined {
  let bytes = 0;
  for (const wish of wishes) {
    bytes += wish.bytes;
    if (bytes > share && bytes > wish.bytes) {
      return undefined;
    }
    if (state(wish) === 'missing') {
      return wish;
    }
  }
  return undefined;
}
