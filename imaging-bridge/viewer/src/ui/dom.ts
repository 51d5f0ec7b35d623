/** Makes an element; text is text, never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className = '',
  text = '',
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (className !== '') {
    made.className = className;
  }
  if (text !== '') {
    made.textContent = text;
  }
  return made;
}

export function button(className: string, text: string, act: () => void): HTMLButtonElement {
  const made = element('button', className, text);
  made.type = 'button';
  made.addEventListener('click', act);
  return made;
}

/** Replaces all that is in an element; browsers before 2020 have no replaceChildren. */
export function fill(parent: Element, ...children: Node[]): void {
  parent.textContent = '';
  parent.append(...children);
}
