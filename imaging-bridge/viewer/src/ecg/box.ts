// The part of the page that is seen, in mm.

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Size {
  width: number;
  height: number;
}

const MOST = 16;

/** The whole page in the middle of a window. */
export function whole(page: Size, window: Size): Box {
  const scale = Math.min(window.width / page.width, window.height / page.height);
  const width = window.width / scale;
  const height = window.height / scale;
  return { x: (page.width - width) / 2, y: (page.height - height) / 2, width, height };
}

/** Closer by a factor; the point, in mm, stays where it is. */
export function zoomed(box: Box, factor: number, x: number, y: number, page: Size, window: Size): Box {
  const fit = whole(page, window);
  const width = Math.min(fit.width * 1.25, Math.max(fit.width / MOST, box.width / factor));
  const by = width / box.width;
  return within(
    { x: x - (x - box.x) * by, y: y - (y - box.y) * by, width, height: box.height * by },
    page,
  );
}

export function moved(box: Box, dx: number, dy: number, page: Size): Box {
  return within({ ...box, x: box.x + dx, y: box.y + dy }, page);
}

/** The page never leaves the window altogether: its middle, or the window's, stays inside the other. */
function within(box: Box, page: Size): Box {
  return {
    ...box,
    x: clamp(box.x, -box.width / 2, page.width - box.width / 2),
    y: clamp(box.y, -box.height / 2, page.height - box.height / 2),
  };
}

export function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
