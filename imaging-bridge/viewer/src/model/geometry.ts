/** Points and directions of the patient's coordinate system in millimetres: x to the left, y to the back, z to the head (PS3.3 section C.7.6.2.1.1). */

export type Vector = readonly [number, number, number];

export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

export const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

export const add = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const subtract = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const times = (a: Vector, factor: number): Vector => [a[0] * factor, a[1] * factor, a[2] * factor];
export const length = (a: Vector): number => Math.sqrt(dot(a, a));

/** Where an image lies. */
export interface Plane {
  /** Centre of the first pixel. */
  position: Vector;
  /** Direction in which columns follow each other, along a row. */
  row: Vector;
  /** Direction in which rows follow each other, down a column. */
  column: Vector;
  frameOfReference: string;
}

export const normal = (plane: Plane): Vector => cross(plane.row, plane.column);

/** How far along its normal a plane lies. */
export const depth = (plane: Plane, along: Vector): number => dot(plane.position, along);

/** Whether two planes show the same cut, turned by less than about a degree or three. */
export function parallel(a: Plane, b: Plane, cosine = 0.999): boolean {
  return Math.abs(dot(normal(a), normal(b))) >= cosine;
}

/** Whether rows and columns run the same way. */
export function sameOrientation(a: Plane, b: Plane): boolean {
  return dot(a.row, b.row) > 0.9999 && dot(a.column, b.column) > 0.9999;
}

/**
 * To what side of the patient a direction points, at most three letters, the strongest first: R, L, A (front), P (back), H (head), F (feet); what
 * turns by less than some 15 degrees is not told.
 */
export function letters(direction: Vector): string {
  const named: [number, string][] = [
    [Math.abs(direction[0]), direction[0] < 0 ? 'R' : 'L'],
    [Math.abs(direction[1]), direction[1] < 0 ? 'A' : 'P'],
    [Math.abs(direction[2]), direction[2] < 0 ? 'F' : 'H'],
  ];
  return named
    .filter(([part]) => part > 0.26)
    .sort((a, b) => b[0] - a[0])
    .map(([, letter]) => letter)
    .join('');
}

const OPPOSITE: Record<string, string> = { R: 'L', L: 'R', A: 'P', P: 'A', H: 'F', F: 'H' };

export function opposite(name: string): string {
  return Array.from(name, (letter) => OPPOSITE[letter] ?? letter).join('');
}
