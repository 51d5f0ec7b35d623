import type { Tool } from '../tools/drafting';
import type { Command } from './toolbar';

/** What keys do. */
export interface Keyed {
  choose(tool: Tool): void;
  act(command: Command): void;
  preset(index: number): void;
  scroll(by: number): void;
  scrollTo(end: 'first' | 'last'): void;
  series(by: 1 | -1): void;
  remove(): void;
}

const TOOLS: Record<string, Tool> = {
  s: 'scroll',
  w: 'window',
  p: 'pan',
  z: 'zoom',
  l: 'length',
  a: 'angle',
  c: 'cobb',
  e: 'ellipse',
  q: 'rectangle',
  v: 'probe',
};

const COMMANDS: Record<string, Command> = {
  i: 'invert',
  r: 'rotate',
  h: 'flip',
  f: 'fit',
  x: 'actual',
  ' ': 'cine',
  Escape: 'reset',
  '?': 'help',
  F1: 'help',
};

const PAGE = 10;

/** Listens to the keyboard of the whole page. */
export function listen(to: Keyed): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !isFree(event)) {
      return;
    }
    if (press(event.key.length === 1 ? event.key.toLowerCase() : event.key, to)) {
      event.preventDefault();
    }
  });
}

/** Buttons and menus keep their own keys. */
function isFree({ target, key }: KeyboardEvent): boolean {
  const inside = target instanceof HTMLElement ? target : undefined;
  if (inside?.closest('.menu, .sheet') !== null && inside !== undefined) {
    return false;
  }
  return !(inside instanceof HTMLButtonElement && (key === ' ' || key === 'Enter'));
}

function press(key: string, to: Keyed): boolean {
  if (key in TOOLS) {
    to.choose(TOOLS[key]);
  } else if (key in COMMANDS) {
    to.act(COMMANDS[key]);
  } else if (/^[0-5]$/.test(key)) {
    to.preset(Number(key));
  } else {
    return move(key, to);
  }
  return true;
}

function move(key: string, to: Keyed): boolean {
  switch (key) {
    case 'ArrowDown':
      to.scroll(1);
      return true;
    case 'ArrowUp':
      to.scroll(-1);
      return true;
    case 'PageDown':
      to.scroll(PAGE);
      return true;
    case 'PageUp':
      to.scroll(-PAGE);
      return true;
    case 'Home':
      to.scrollTo('first');
      return true;
    case 'End':
      to.scrollTo('last');
      return true;
    case 'ArrowLeft':
      to.series(-1);
      return true;
    case 'ArrowRight':
      to.series(1);
      return true;
    case 'Delete':
    case 'Backspace':
      to.remove();
      return true;
    default:
      return false;
  }
}
