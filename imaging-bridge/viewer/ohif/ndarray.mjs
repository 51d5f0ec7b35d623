// The library for arrays of several dimensions, by which segmentations are read, makes a class for each kind of array from text, when it is first needed.
// The page's policy forbids that; so the classes are made here, of the same text, and stand in the script.
const KINDS = [
  'float32',
  'float64',
  'int8',
  'int16',
  'int32',
  'uint8',
  'uint16',
  'uint32',
  'array',
  'uint8_clamped',
  'bigint64',
  'biguint64',
  'buffer',
  'generic',
];

/** Slices of frames have two dimensions; an array of them all three. */
const DIMENSIONS = [-1, 0, 1, 2, 3];

const FROM = 'function compileConstructor(dtype, dimension) {';
const TO = 'function arrayDType(data) {';
const KNOWN = ['new Function(code)', 'new Function("TrivialArray", code)', 'new Function("CTOR_LIST", "ORDER", code.join("\\n"))'];

/** The script with these classes in the place of the function that makes them; as it was where it has none. */
export function withClasses(script) {
  const start = script.indexOf(FROM);
  if (start < 0) {
    return script;
  }
  const source = script.slice(start, script.indexOf(TO, start));
  if (script.indexOf(FROM, start + 1) >= 0 || source.split('new Function(').length !== KNOWN.length + 1 || !KNOWN.every((one) => source.includes(one))) {
    throw new Error('ndarray makes its classes otherwise');
  }
  const made = KINDS.flatMap((kind) => DIMENSIONS.map((dimension) => `${JSON.stringify(`${kind} ${dimension}`)}: ${text(source, kind, dimension)}`));
  const chosen = `var MADE_CONSTRUCTORS = {\n${made.join(',\n')}};
function compileConstructor(dtype, dimension) {
  var made = MADE_CONSTRUCTORS[dtype + " " + dimension];
  if (made === undefined) {
    throw new Error("no arrays of " + dtype + " with " + dimension + " dimensions");
  }
  return dimension > 0 ? made(CACHED_CONSTRUCTORS[dtype], order) : made((CACHED_CONSTRUCTORS[dtype] || [])[0]);
}

`;
  return script.slice(0, start) + chosen + script.slice(start + source.length);
}

/** The function that the library would have made of text. */
function text(source, kind, dimension) {
  let words;
  function Recorded(...given) {
    words = given;
    return () => undefined;
  }
  const iota = (n) => Array.from({ length: n }, (_, i) => i);
  const constructors = Object.fromEntries(KINDS.map((one) => [one, []]));
  const compile = new Function('Function', 'iota', 'CACHED_CONSTRUCTORS', 'order', `${source}\nreturn compileConstructor;`);
  compile(Recorded, iota, constructors, undefined)(kind, dimension);
  return `function (${words.slice(0, -1).join(', ')}) {${words.at(-1)}\n}`;
}
