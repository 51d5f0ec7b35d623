/** How frames of a transfer syntax are compressed (PS3.5 annex A). */
export type Family = 'native' | 'rle' | 'jpeg' | 'jpeg-lossless' | 'jpeg-ls' | 'jpeg-2000' | 'htj2k' | 'none';

export const BIG_ENDIAN = '1.2.840.10008.1.2.2';

const JPEG_FAMILY = '1.2.840.10008.1.2.4.';

export function familyOf(syntax: string): Family {
  switch (syntax) {
    case '':
    case '1.2.840.10008.1.2':
    case '1.2.840.10008.1.2.1':
    case '1.2.840.10008.1.2.1.99':
      return 'native';
    case '1.2.840.10008.1.2.5':
      return 'rle';
  }
  switch (syntax.startsWith(JPEG_FAMILY) ? syntax.slice(JPEG_FAMILY.length) : '') {
    case '50':
    // Extended: the same up to eight bits; with twelve the codec refuses and the server decodes.
    case '51':
      return 'jpeg';
    case '57':
    case '70':
      return 'jpeg-lossless';
    case '80':
    case '81':
      return 'jpeg-ls';
    case '90':
    case '91':
      return 'jpeg-2000';
    case '201':
    case '202':
    case '203':
      return 'htj2k';
    default:
      return 'none';
  }
}

/** Whether the codec here can decode such a frame at all; else the server is asked for it decoded at once. */
export function isDecodedHere(syntax: string, bitsStored: number): boolean {
  const family = familyOf(syntax);
  return family !== 'none' && !(family === 'jpeg' && bitsStored > 8);
}

/** What colours are after the server has undone a compression that has its own transform of colours. */
export function photometricAfterServer(syntax: string, photometric: string): string {
  const family = familyOf(syntax);
  const transforms = family === 'jpeg' || family === 'jpeg-2000' || family === 'htj2k';
  return (transforms && photometric.startsWith('YBR')) || photometric === 'YBR_ICT' || photometric === 'YBR_RCT'
    ? 'RGB'
    : photometric === 'YBR_FULL_422'
      ? 'YBR_FULL'
      : photometric;
}

/** Whether what is stored so has lost something, whatever its data set says: JPEG with cosines. */
export function losesAlways(syntax: string): boolean {
  return familyOf(syntax) === 'jpeg';
}

/** Whether a transfer syntax is one of those that allow for loss and do not tell whether there was any: JPEG-LS, JPEG 2000, HTJ2K. */
export function mayLose(syntax: string): boolean {
  return [`${JPEG_FAMILY}81`, `${JPEG_FAMILY}91`, `${JPEG_FAMILY}203`].includes(syntax);
}
