import { button, element } from './dom';
import { icon, type Icon } from './icons';

export interface Entry {
  label: string;
  hint?: string;
  image?: Icon;
  act: () => void;
}

let open: { anchor: HTMLElement; close: () => void } | undefined;

/** Opens a list below (or, at the foot of the screen, above) what it belongs to; a second time closes it. */
export function menu(anchor: HTMLElement, entries: () => Entry[]): void {
  const again = open?.anchor === anchor;
  open?.close();
  if (again) {
    return;
  }
  const list = element('div', 'menu');
  list.setAttribute('role', 'menu');
  for (const entry of entries()) {
    const item = button('entry', '', () => {
      close();
      entry.act();
    });
    item.setAttribute('role', 'menuitem');
    if (entry.image !== undefined) {
      item.append(icon(entry.image));
    }
    item.append(element('span', '', entry.label));
    if (entry.hint !== undefined && entry.hint !== '') {
      item.append(element('kbd', '', entry.hint));
    }
    list.append(item);
  }
  document.body.append(list);
  place(list, anchor);
  const outside = (event: Event): void => {
    if (!list.contains(event.target as Node) && !anchor.contains(event.target as Node)) {
      close();
    }
  };
  const escape = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
      anchor.focus();
    }
  };
  function close(): void {
    list.remove();
    document.removeEventListener('pointerdown', outside, true);
    list.removeEventListener('keydown', escape);
    open = undefined;
  }
  document.addEventListener('pointerdown', outside, true);
  list.addEventListener('keydown', escape);
  open = { anchor, close };
  (list.firstElementChild as HTMLElement | null)?.focus({ preventScroll: true });
}

function place(list: HTMLElement, anchor: HTMLElement): void {
  const from = anchor.getBoundingClientRect();
  const left = Math.max(8, Math.min(from.left, window.innerWidth - list.offsetWidth - 8));
  list.style.left = `${left}px`;
  if (from.top > window.innerHeight / 2) {
    list.style.bottom = `${window.innerHeight - from.top + 6}px`;
  } else {
    list.style.top = `${from.bottom + 6}px`;
  }
}
