import { say, type Term } from '../i18n';
import type { Tool } from '../tools/drafting';
import { button, element, fill } from './dom';
import { icon, type Icon } from './icons';
import { menu } from './menu';

/** What the buttons do. */
export interface Commands {
  tool(): Tool;
  choose(tool: Tool): void;
  presets(): { label: string; key: string; act: () => void }[];
  act(command: Command): void;
  isOn(command: Command): boolean;
  isOffered(command: Command): boolean;
}

export type Command =
  | 'clear'
  | 'fit'
  | 'actual'
  | 'rotate'
  | 'flip'
  | 'invert'
  | 'reset'
  | 'cine'
  | 'layout1'
  | 'layout2'
  | 'layout4'
  | 'sync'
  | 'mpr'
  | 'ohif'
  | 'fullScreen'
  | 'help'
  | 'language';

const TOOLS: [Tool, Icon, Term][] = [
  ['scroll', 'scroll', 'scroll'],
  ['window', 'window', 'windowing'],
  ['pan', 'pan', 'pan'],
  ['zoom', 'zoom', 'zoom'],
];

const SHAPES: [Tool, Icon, Term][] = [
  ['length', 'length', 'length'],
  ['angle', 'angle', 'angle'],
  ['cobb', 'cobb', 'cobb'],
  ['ellipse', 'ellipse', 'ellipse'],
  ['rectangle', 'rectangle', 'rectangle'],
  ['probe', 'probe', 'probe'],
];

const LAYOUTS: [Command, string][] = [
  ['layout1', '1 × 1'],
  ['layout2', '1 × 2'],
  ['layout4', '2 × 2'],
];

/** The row of tools; at the foot of a phone it is pushed sideways. */
export class Toolbar {
  readonly root = element('nav', 'tools');
  private updates: (() => void)[] = [];

  constructor(private readonly commands: Commands) {
    this.build();
  }

  /** Says everything again, as after a change of language. */
  build(): void {
    const { commands } = this;
    this.updates = [];
    this.root.setAttribute('aria-label', say('title'));
    fill(
      this.root,
      ...TOOLS.map((tool) => this.toolButton(...tool)),
      this.opener('presets', 'presets', () =>
        commands.presets().map(({ label, key, act }) => ({ label, hint: key, act })),
      ),
      divider(),
      this.measureOpener(),
      divider(),
      this.commandButton('fit', 'fit', 'fit'),
      this.commandButton('actual', 'actual', 'actual'),
      this.commandButton('rotate', 'rotate', 'rotate'),
      this.commandButton('flip', 'flip', 'flip'),
      this.commandButton('invert', 'invert', 'invert'),
      this.commandButton('reset', 'reset', 'reset'),
      divider(),
      this.commandButton('cine', 'cine', 'cine'),
      this.opener('layout', 'layout', () =>
        LAYOUTS.map(([command, label]) => ({ label, act: () => commands.act(command) })),
      ),
      this.commandButton('sync', 'sync', 'sync'),
      this.commandButton('mpr', 'mpr', 'mpr'),
      divider(),
      this.commandButton('ohif', 'ohif', 'ohif'),
      this.commandButton('fullScreen', 'fullScreen', 'fullScreen'),
      this.commandButton('language', 'language', 'language'),
      this.commandButton('help', 'help', 'help'),
    );
    this.update();
  }

  update(): void {
    this.updates.forEach((update) => update());
  }

  private toolButton(tool: Tool, image: Icon, term: Term): HTMLElement {
    const made = labelled(image, say(term), () => this.commands.choose(tool));
    made.dataset.tool = tool;
    this.updates.push(() => press(made, this.commands.tool() === tool));
    return made;
  }

  private commandButton(command: Command, image: Icon, term: Term): HTMLElement {
    const made = labelled(image, say(term), () => this.commands.act(command));
    made.dataset.command = command;
    this.updates.push(() => {
      made.hidden = !this.commands.isOffered(command);
      press(made, this.commands.isOn(command));
      if (command === 'cine') {
        made.firstChild!.replaceWith(icon(this.commands.isOn('cine') ? 'pause' : 'cine'));
      }
    });
    return made;
  }

  private opener(image: Icon, term: Term, entries: Parameters<typeof menu>[1]): HTMLElement {
    const made = labelled(image, say(term), () => menu(made, entries));
    made.setAttribute('aria-haspopup', 'menu');
    return made;
  }

  private measureOpener(): HTMLElement {
    const made = this.opener('measure', 'measure', () => [
      ...SHAPES.map(([tool, image, term]) => ({
        label: say(term),
        image,
        act: () => this.commands.choose(tool),
      })),
      { label: say('clear'), image: 'clear' as Icon, act: () => this.commands.act('clear') },
    ]);
    made.dataset.command = 'measure';
    const label = made.lastChild as HTMLElement;
    this.updates.push(() => {
      const chosen = SHAPES.find(([tool]) => tool === this.commands.tool());
      press(made, chosen !== undefined);
      made.firstChild!.replaceWith(icon(chosen?.[1] ?? 'measure'));
      label.textContent = say(chosen?.[2] ?? 'measure');
    });
    return made;
  }
}

function labelled(image: Icon, label: string, act: () => void): HTMLButtonElement {
  const made = button('tool', '', act);
  made.append(icon(image), element('span', 'label', label));
  made.title = label;
  return made;
}

function press(made: HTMLElement, on: boolean): void {
  made.setAttribute('aria-pressed', String(on));
}

function divider(): HTMLElement {
  return element('span', 'divider');
}
