// The page of one electrocardiogram: the server's drawing, and what a reader does with it.

import './style.css';
import { drawing as addressOf, recording, root, type Wish } from './address';
import { Calipers } from './calipers';
import { Stage } from './stage';
import { parse, type Drawing } from './svg';
import { language as languageOf, word, type Language, type Word } from './words';

const of = recording(location.search);
const base = root(location.pathname);
const wish: Wish = {
  layout: '',
  speed: 25,
  gain: 10,
  offset: 0,
  language: languageOf(location.search, navigator.language),
};
const shown = { time: false, voltage: false, march: false };

const bar = document.createElement('div');
const readout = document.createElement('output');
const message = document.createElement('div');
const stage = new Stage();
const calipers = new Calipers(
  () => word('handle', wish.language),
  (text) => {
    readout.textContent = text;
  },
);
let current: Drawing | null = null;
let asked = 0;

function button(label: string, press: () => void, pressed?: boolean): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = label;
  if (pressed !== undefined) {
    element.setAttribute('aria-pressed', String(pressed));
  }
  element.addEventListener('click', press);
  return element;
}

/** A choice of one value among several. */
function choice<K extends 'layout' | 'speed' | 'gain'>(name: K, values: Wish[K][], unit: string): HTMLLabelElement {
  const label = document.createElement('label');
  const select = document.createElement('select');
  label.append(word(name, wish.language), select);
  const value = name === 'layout' && current ? (current.layout as Wish[K]) : wish[name];
  for (const one of values) {
    const option = document.createElement('option');
    option.value = String(one);
    option.textContent = `${one}${unit}`;
    option.selected = one === value;
    select.append(option);
  }
  select.addEventListener('change', () => {
    wish[name] = values[select.selectedIndex] as Wish[K];
    void load();
  });
  return label;
}

function toggle(name: keyof typeof shown): HTMLButtonElement {
  return button(word(name, wish.language), () => {
    shown[name] = !shown[name];
    if (name === 'march' && shown.march) {
      shown.time = true;
    }
    calipers.show({ ...shown });
    tools();
  }, shown[name]);
}

function go(by: number): void {
  if (current) {
    const most = Math.max(0, current.total - 0.1);
    wish.offset = Math.max(0, Math.min(most, current.offset + by));
    void load();
  }
}

/** The whole bar anew: it is small, and always says what is. */
function tools(): void {
  const { language } = wish;
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = word('title', language);
  while (bar.lastChild) {
    bar.removeChild(bar.lastChild);
  }
  bar.append(
    choice('layout', ['3x4', '6x2', '12x1'], ''),
    choice('speed', [12.5, 25, 50], ' mm/s'),
    choice('gain', [5, 10, 20], ' mm/mV'),
  );
  const page = current ? 250 / current.speed : 0;
  if (current && current.total > page) {
    const earlier = button(`◀ ${word('earlier', language)}`, () => go(-page));
    const later = button(`${word('later', language)} ▶`, () => go(page));
    earlier.disabled = current.offset <= 0;
    later.disabled = current.offset + current.seconds >= current.total;
    bar.append(earlier, later);
  }
  bar.append(toggle('time'), toggle('march'), toggle('voltage'));
  const icon = (text: string, name: Word, press: () => void): HTMLButtonElement => {
    const element = button(text, press);
    element.title = word(name, language);
    element.setAttribute('aria-label', word(name, language));
    return element;
  };
  bar.append(
    icon('−', 'zoomOut', () => stage.zoom(1 / 1.5)),
    icon('+', 'zoomIn', () => stage.zoom(1.5)),
    button(word('whole', language), () => stage.fit()),
    button(word('print', language), () => window.print()),
  );
  if (of) {
    const pdf = document.createElement('a');
    pdf.href = `${addressOf(base, of, wish)}&accept=application%2Fpdf`;
    pdf.target = '_blank';
    pdf.rel = 'noopener';
    pdf.textContent = word('pdf', language);
    bar.append(pdf);
  }
  bar.append(
    button(word('language', language), () => {
      wish.language = language === 'zh' ? 'en' : ('zh' as Language);
      void load();
    }),
  );
}

function say(text: string, again?: () => void): void {
  message.textContent = text;
  message.hidden = text === '';
  if (again) {
    message.append(button(word('again', wish.language), again));
  }
}

/** Why there is no drawing, in words for the reader. */
async function refusal(answer: Response): Promise<string> {
  const { language } = wish;
  if (answer.status === 401 || answer.status === 403 || answer.status === 410) {
    return word('ended', language);
  }
  if (answer.status === 404 || answer.status === 406) {
    return word('notFound', language);
  }
  if (answer.status === 422) {
    const body: unknown = await answer.json().catch(() => null);
    const error = typeof body === 'object' && body !== null && 'error' in body ? String(body.error) : '';
    return word('notDrawn', language) + error;
  }
  return word('failed', language);
}

async function load(): Promise<void> {
  tools();
  if (!of) {
    say(word('notNamed', wish.language));
    return;
  }
  const turn = ++asked;
  if (!current) {
    say(word('loading', wish.language));
  }
  try {
    // Asked each time: a browser keeps a 410 for good, and a link may be opened again.
    const answer = await fetch(addressOf(base, of, wish), { headers: { Accept: 'image/svg+xml' }, cache: 'no-cache' });
    const text = answer.ok ? await answer.text() : await refusal(answer);
    // Only the answer to the last question counts.
    if (turn !== asked) {
      return;
    }
    if (!answer.ok) {
      say(text, () => void load());
      return;
    }
    const drawing = parse(text);
    current = drawing;
    calipers.on(drawing);
    stage.show(drawing, calipers);
    say('');
    tools();
  } catch (error) {
    if (turn === asked) {
      console.error(error);
      say(word('failed', wish.language), () => void load());
    }
  }
}

bar.className = 'bar';
readout.className = 'readout';
message.className = 'message';
message.setAttribute('role', 'status');
document.body.append(bar, stage.element, readout, message);
void load();
