// What is built asks for nothing that came after the oldest browsers of patients: no newer syntax, function or style, whatever a dependency brings.
// A net with holes: it goes by names, and knows of a function only where it is called by its name.
import { parse } from 'acorn';
import { full } from 'acorn-walk';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const OLDEST = { chrome_android: 71, safari_ios: 15 };

/** Of which browsers may have none: it is looked for before it is used. */
const LOOKED_FOR = [
  // Full screen, by document.fullscreenEnabled.
  'requestFullscreen', 'exitFullscreen',
  // The drawers of OpenSeadragon that are not chosen here, and its capture of the mouse in browsers without pointer events.
  'SharedArrayBuffer', 'OffscreenCanvas', 'OffscreenCanvasRenderingContext2D', 'setCapture', 'releaseCapture',
  // The glue of Emscripten.
  'FinalizationRegistry', 'register', 'unregister',
];
/** Functions of the pages, the libraries and of WebAssembly since its beginning, which share their names with younger ones of browsers. */
const OWN = ['grow', 'intersection', 'load', 'move', 'part', 'resize', 'show', 'take', 'viewport'];
/** Styles without which a page looks a little different and loses nothing; the last two stand for what the oldest ones have in part or by another name. */
const ADORNING = ['color-scheme', 'cursor', 'overscroll-behavior', 'outline', 'scrollbar-width', 'size', 'paint-order', 'user-select'];

const INTERFACES = [
  'AbortController', 'AbortSignal', 'Blob', 'CanvasRenderingContext2D', 'CSSStyleSheet', 'Crypto', 'CustomElementRegistry', 'Document', 'DocumentFragment',
  'DOMRect', 'DOMTokenList', 'Element', 'EventTarget', 'File', 'Headers', 'History', 'HTMLCanvasElement', 'HTMLDialogElement', 'HTMLElement',
  'HTMLFormElement', 'HTMLImageElement', 'HTMLInputElement', 'IntersectionObserver', 'Location', 'MediaQueryList', 'MessagePort', 'Navigator', 'Node',
  'NodeList', 'Performance', 'ReadableStream', 'Request', 'ResizeObserver', 'Response', 'Selection', 'ShadowRoot', 'Storage', 'SubtleCrypto', 'SVGElement',
  'URL', 'URLSearchParams', 'Window', 'Worker',
];

/** Whether one of the oldest browsers has not got it. */
function isYoung({ __compat: { support } }) {
  return Object.entries(OLDEST).some(([browser, oldest]) => {
    const plain = [support[browser] ?? []].flat().filter((one) => one.prefix === undefined && one.alternative_name === undefined && one.flags === undefined);
    return !plain.some(({ version_added: added, version_removed: removed }) => added && added !== 'preview' && !removed && parseFloat(added.replace('≤', '')) <= oldest);
  });
}

/** Names of which each thing that bears them is young. */
function youngNames(things) {
  const young = new Map();
  for (const [name, thing] of things.filter(([, { __compat: known }]) => known !== undefined)) {
    const plain = name.replace(/_static$/, '');
    young.set(plain, (young.get(plain) ?? true) && isYoung(thing));
  }
  const known = [...LOOKED_FOR, ...OWN];
  return new Set([...young].filter(([name, is]) => is && !known.includes(name)).map(([name]) => name));
}

// Read, not imported: Vite would make a program of its fifteen megabytes.
const { api, css, javascript } = createRequire(import.meta.url)('@mdn/browser-compat-data');
const YOUNG_GLOBALS = youngNames([...Object.entries(api), ...Object.entries(javascript.builtins)]);
const YOUNG_FUNCTIONS = youngNames(
  [...INTERFACES.map((name) => api[name]), ...Object.values(javascript.builtins)].flatMap((one) => Object.entries(one).filter(([name]) => name !== '__compat')),
);

function youngIn(script, sourceType) {
  const found = new Set();
  // Of ECMAScript 2020, import() and import.meta were there before; ?. and ?? were not.
  full(parse(script, { ecmaVersion: 2020, sourceType }), (node) => {
    if (node.type === 'ChainExpression' || (node.type === 'LogicalExpression' && node.operator === '??')) {
      found.add(node.operator ?? '?.');
    } else if (node.type === 'Identifier' && YOUNG_GLOBALS.has(node.name)) {
      found.add(node.name);
    } else if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && YOUNG_FUNCTIONS.has(node.callee.property.name)) {
      found.add(`.${node.callee.property.name}()`);
    } else if (node.type === 'Literal' && /\(\?<[=!]/.test(node.regex?.pattern ?? '')) {
      // Safari 16.4.
      found.add(`/${node.regex.pattern}/`);
    }
  });
  return [...found];
}

function youngInStyles(sheet) {
  const found = new Set();
  for (const [, selectors, declarations] of sheet.replace(/\/\*[^]*?\*\//g, '').matchAll(/([^{}]*)\{([^{}]*)\}/g)) {
    youngSelectors(selectors).forEach((one) => found.add(one));
    const before = new Set();
    for (const [, property, value] of declarations.matchAll(/([a-z-]+)\s*:\s*([^;]+)/g)) {
      // What is not understood leaves what stands before it.
      if (!before.has(property)) {
        youngStyles(property, value.trim()).forEach((one) => found.add(one));
      }
      before.add(property);
    }
  }
  return [...found];
}

/** One that is not known spoils the rule for all that stand with it. */
function youngSelectors(list) {
  const selectors = list.split(',');
  const young = selectors.map((one) => [...one.matchAll(/::?([a-z-]+)/g)].filter(([, name]) => css.selectors[name] && isYoung(css.selectors[name])).map(([whole]) => whole));
  const all = young.every((one) => one.length > 0) && young.flat().every((one) => one === ':focus-visible');
  return all ? [] : young.flat();
}

function youngStyles(property, value) {
  const known = css.properties[property];
  if (known === undefined || ADORNING.includes(property) || property.startsWith('-')) {
    return [];
  }
  const found = isYoung(known) || ('flex_context' in known && isYoung(known.flex_context)) ? [property] : [];
  if (known[value]?.__compat !== undefined && isYoung(known[value])) {
    found.push(`${property}: ${value}`);
  }
  for (const [, name] of value.matchAll(/([a-z-]+)\(/g)) {
    if (css.types[name]?.__compat !== undefined && isYoung(css.types[name])) {
      found.push(`${name}()`);
    }
  }
  return [...found, ...(/\d[dsl]v[hw]\b/.exec(value) ?? [])];
}

const here = (path) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const ASSETS = here('target/classes/viewer/assets/');
const FILM = here('src/main/resources/film/');
const named = (directory, ending) => readdirSync(directory).filter((name) => name.endsWith(ending));

describe('browsers of 2018', () => {
  it.each(named(ASSETS, '.js'))('run %s', (name) => {
    expect(youngIn(readFileSync(ASSETS + name, 'utf8'), name.includes('worker') ? 'script' : 'module')).toEqual([]);
  });

  it.each(named(ASSETS, '.css'))('know the styles of %s', (name) => {
    expect(youngInStyles(readFileSync(ASSETS + name, 'utf8'))).toEqual([]);
  });

  it.each(named(FILM, '.js'))('and older ones run %s of links', (name) => {
    expect(() => parse(readFileSync(FILM + name, 'utf8'), { ecmaVersion: 5 })).not.toThrow();
    expect(youngIn(readFileSync(FILM + name, 'utf8'), 'script')).toEqual([]);
  });

  it.each(named(FILM, '.css'))('know the styles %s of links', (name) => {
    expect(youngInStyles(readFileSync(FILM + name, 'utf8'))).toEqual([]);
  });

  it('would not pass by what is younger', () => {
    const younger = ['a?.b', 'a ?? b', 'a.replaceChildren(b)', 'a.at(-1)', 'Object.hasOwn(a, b)', 'structuredClone(a)', '/(?<=a)b/', 'a.replaceAll("b", "c")'];
    expect(younger.map((one) => youngIn(one, 'script').length)).toEqual(younger.map(() => 1));
    expect(() => youngIn('class A { b = 1 }', 'script')).toThrow();
    const styles = ['a{inset:0}', 'a{gap:1px}', 'a{width:min(1px,2px)}', 'a{height:1dvh}', 'a{aspect-ratio:1}', 'a:focus,b:focus-visible{top:0}', ':is(a,b){top:0}', 'a{overflow-wrap:anywhere}'];
    expect(styles.map((one) => youngInStyles(one).length)).toEqual(styles.map(() => 1));
    expect(youngInStyles('a{width:1px;width:min(1px,2px)}b:focus-visible{top:0}')).toEqual([]);
  });
});
