import { say, type Term } from '../i18n';
import { button, element } from './dom';
import { icon } from './icons';

/** Opens a sheet over the page; Escape, the cross or a click beside it close it. */
export function dialog(title: string, ...content: HTMLElement[]): void {
  document.querySelector('.veil')?.remove();
  const veil = element('div', 'veil');
  const sheet = element('div', 'sheet');
  sheet.setAttribute('role', 'dialog');
  sheet.setAttribute('aria-modal', 'true');
  sheet.setAttribute('aria-label', title);
  const shut = button('tool', '', () => veil.remove());
  shut.append(icon('close'));
  shut.title = say('close');
  const head = element('header', 'sheet-head');
  head.append(element('h2', '', title), shut);
  sheet.append(head, ...content);
  veil.append(sheet);
  veil.addEventListener('pointerdown', (event) => {
    if (event.target === veil) {
      veil.remove();
    }
  });
  veil.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key === 'Escape') {
      veil.remove();
    }
  });
  document.body.append(veil);
  shut.focus();
}

const HELP: [Term, Term[]][] = [
  ['helpMouse', ['helpWheel', 'helpLeft', 'helpRight', 'helpMiddle', 'helpDouble', 'helpDrop']],
  ['helpKeys', ['helpArrows', 'helpSeries', 'helpDigits', 'helpLetters', 'helpActions']],
  ['helpTouch', ['helpOne', 'helpTwo', 'helpTap']],
];

export function help(): void {
  const sections = HELP.map(([heading, lines]) => {
    const section = element('section', 'help');
    const list = element('ul');
    list.append(...lines.map((line) => element('li', '', say(line))));
    section.append(element('h3', '', say(heading)), list);
    return section;
  });
  dialog(say('help'), ...sections);
}

/** A page of the server's making, without scripts and without the rights of this page. */
export function page(title: string, address: string): void {
  const frame = element('iframe', 'page');
  frame.setAttribute('sandbox', '');
  frame.referrerPolicy = 'no-referrer';
  frame.title = title;
  frame.src = address;
  dialog(title, frame);
}

/** Links to what opens in a tab of its own. */
export function links(title: string, entries: { label: string; address: string }[]): void {
  const list = element('div', 'links');
  for (const { label, address } of entries) {
    const link = element('a', 'link', label);
    link.href = address;
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
    list.append(link);
  }
  dialog(title, list);
}
