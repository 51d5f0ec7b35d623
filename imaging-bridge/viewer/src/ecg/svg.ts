// From the text of a drawing to elements of the page. The server escapes what a recording says; that nothing but lines and text gets in
// is made sure of here once more, since a page is where a mistake would do harm.

export const SVG = 'http://www.w3.org/2000/svg';

const ELEMENTS = new Set(['svg', 'title', 'desc', 'rect', 'path', 'text', 'g', 'clipPath']);
const ATTRIBUTES = /^(xmlns|xml:lang|xml:space|role|width|height|viewBox|x|y|d|id|fill|stroke(-[a-z]+)?|font-[a-z]+|transform|clip-path|data-[a-z]+)$/;

export interface Drawing {
  element: SVGSVGElement;
  layout: string;
  /** In mm. */
  width: number;
  height: number;
  /** In mm/s and mm/mV. */
  speed: number;
  gain: number;
  /** In seconds. */
  offset: number;
  seconds: number;
  total: number;
  grid: { x: number; y: number; width: number; height: number };
}

/** Whether an element or an attribute may be in a drawing. */
export function isElement(name: string): boolean {
  return ELEMENTS.has(name);
}

export function isAttribute(name: string, value: string): boolean {
  return ATTRIBUTES.test(name) && (!value.includes('url(') || (name === 'clip-path' && /^url\(#[a-z-]+\)$/.test(value)));
}

export function parse(text: string): Drawing {
  const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
  const root = parsed.documentElement;
  if (root.localName !== 'svg' || root.namespaceURI !== SVG) {
    throw new Error('no drawing');
  }
  for (const element of [root, ...Array.from(root.querySelectorAll('*'))]) {
    if (element.namespaceURI !== SVG || !isElement(element.localName)) {
      throw new Error(`<${element.localName}> in a drawing`);
    }
    for (const attribute of Array.from(element.attributes)) {
      if (!isAttribute(attribute.name, attribute.value)) {
        throw new Error(`${attribute.name} in a drawing`);
      }
    }
  }
  const number = (name: string): number => {
    const value = Number(root.getAttribute(name));
    if (!Number.isFinite(value)) {
      throw new Error(`${name} of a drawing`);
    }
    return value;
  };
  const box = (root.getAttribute('viewBox') ?? '').split(' ').map(Number);
  const grid = (root.getAttribute('data-grid') ?? '').split(' ').map(Number);
  return {
    element: document.importNode(root, true) as unknown as SVGSVGElement,
    layout: root.getAttribute('data-layout') ?? '',
    width: box[2] ?? 297,
    height: box[3] ?? 210,
    speed: number('data-speed'),
    gain: number('data-gain'),
    offset: number('data-offset'),
    seconds: number('data-seconds'),
    total: number('data-total'),
    grid: { x: grid[0] ?? 0, y: grid[1] ?? 0, width: grid[2] ?? 297, height: grid[3] ?? 210 },
  };
}
