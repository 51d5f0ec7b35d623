/** Icons as strokes on a field of 24 by 24. */
const PATHS = {
  panel: 'M4 5h16v14H4z M9 5v14',
  scroll: 'M7 4h10v16H7z M12 8v8 M10 10l2-2 2 2 M10 14l2 2 2-2',
  window: 'M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16 M12 4v16 M12 8h6 M12 12h8 M12 16h6',
  pan: 'M12 3v18 M3 12h18 M9.5 5.5 12 3l2.5 2.5 M9.5 18.5 12 21l2.5-2.5 M5.5 9.5 3 12l2.5 2.5 M18.5 9.5 21 12l-2.5 2.5',
  zoom: 'M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13 M15.5 15.5 21 21 M10.5 7.5v6 M7.5 10.5h6',
  length: 'M4 20 20 4 M4 15v5h5 M20 9V4h-5',
  angle: 'M18 5 5 19h15 M11 12.5a9 9 0 0 1 3 6.5',
  cobb: 'M4 9 19 4 M4 15l15 5 M9 7.500c2.500 3 2.500 6 0 9',
  ellipse: 'M12 6c5 0 9 2.7 9 6s-4 6-9 6-9-2.7-9-6 4-6 9-6z',
  rectangle: 'M4 6h16v12H4z',
  probe: 'M12 3v6 M12 15v6 M3 12h6 M15 12h6 M12 11v2 M11 12h2',
  clear: 'M5 7h14 M9 7V4h6v3 M7 7l1 13h8l1-13 M10 11v5 M14 11v5',
  presets: 'M5 7h14 M5 12h14 M5 17h14 M9 5v4 M15 10v4 M8 15v4',
  fit: 'M4 9V4h5 M20 9V4h-5 M4 15v5h5 M20 15v5h-5',
  actual: 'M6 8l2-1.5V18 M16 8l2-1.5V18 M12 9v.5 M12 14v.5',
  rotate: 'M19 12a7 7 0 1 1-2.5-5.4 M19 3v5h-5',
  flip: 'M12 3v18 M9 7 4 17h5z M15 7l5 10h-5z',
  invert: 'M12 4a8 8 0 1 0 0 16z M12 4a8 8 0 0 1 0 16 M14 7v10 M16.500 9v6',
  reset: 'M5 12a7 7 0 1 0 2.500-5.400 M5 3v5h5',
  cine: 'M7 4.500v15l12-7.500z',
  pause: 'M8 5v14 M16 5v14',
  layout: 'M4 4h16v16H4z M12 4v16 M4 12h16',
  sync: 'M9 15l6-6 M8 11l-2.500 2.500a3.500 3.500 0 0 0 5 5L13 16 M16 13l2.500-2.500a3.500 3.500 0 0 0-5-5L11 8',
  mpr: 'M12 3l8 4.500v9L12 21l-8-4.500v-9z M12 12l8-4.500 M12 12v9 M12 12L4 7.500',
  ohif: 'M14 4h6v6 M20 4l-9 9 M18 14v6H4V6h6',
  fullScreen: 'M4 10V4h6 M20 14v6h-6 M4 4l6 6 M20 20l-6-6',
  help: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18 M9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.7.300-1 .900-1 1.700 M12 17v.3',
  language: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18 M3 12h18 M12 3c3 3 3 15 0 18 M12 3c-3 3-3 15 0 18',
  close: 'M6 6l12 12 M18 6 6 18',
  report: 'M6 3h9l4 4v14H6z M9 11h6 M9 15h6 M9 7h3',
  ecg: 'M3 12h4l2-5 4 11 3-8 1.500 2H21',
  slide: 'M4 7h16v10H4z M8 7v10 M14 12h3',
  measure: 'M3 15 15 3l6 6L9 21z M8 10l2 2 M11 7l2 2 M5 13l2 2',
} as const;

export type Icon = keyof typeof PATHS;

const SVG = 'http://www.w3.org/2000/svg';

export function icon(name: Icon): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
