/** Takes multipart/related answers apart (RFC 2387, PS3.18 section 8.6.1.2). */

export interface Part {
  type: string;
  transferSyntax: string;
  body: Uint8Array;
}

/** The value of a parameter of a media type, without its quotation marks. */
export function parameter(contentType: string, name: string): string {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]+))`, 'i').exec(contentType);
  return found === null ? '' : (found[1] ?? found[2] ?? '');
}

/** The parts of a body. Throws where it is cut or no multipart. */
export function parts(body: Uint8Array, contentType: string): Part[] {
  const boundary = parameter(contentType, 'boundary');
  if (boundary === '') {
    throw new Error('the answer names no boundary');
  }
  const delimiter = ascii(`--${boundary}`);
  const found: Part[] = [];
  let at = indexOf(body, delimiter, 0);
  for (;;) {
    if (at < 0) {
      throw new Error('the answer is cut');
    }
    at += delimiter.length;
    if (body[at] === 0x2d && body[at + 1] === 0x2d) {
      return found;
    }
    const head = indexOf(body, HEAD_END, at);
    const next = head < 0 ? -1 : nextDelimiter(body, delimiter, head + HEAD_END.length);
    if (next < 0) {
      throw new Error('the answer is cut');
    }
    const headers = latin1(body.subarray(at, head));
    const type = /^content-type:\s*(.*)$/im.exec(headers)?.[1]?.trim() ?? '';
    found.push({
      type: type.split(';')[0].trim().toLowerCase(),
      transferSyntax: parameter(type, 'transfer-syntax'),
      body: body.subarray(head + HEAD_END.length, next - 2),
    });
    at = next;
  }
}

const HEAD_END = ascii('\r\n\r\n');

/** A delimiter is one only at the begin of a line: pixels may hold the same bytes. */
function nextDelimiter(body: Uint8Array, delimiter: Uint8Array, from: number): number {
  let at = indexOf(body, delimiter, from);
  while (at >= 0 && (body[at - 2] !== 0x0d || body[at - 1] !== 0x0a)) {
    at = indexOf(body, delimiter, at + 1);
  }
  return at;
}

function indexOf(body: Uint8Array, sought: Uint8Array, from: number): number {
  const last = body.length - sought.length;
  for (let at = body.indexOf(sought[0], from); at >= 0 && at <= last; at = body.indexOf(sought[0], at + 1)) {
    let i = 1;
    while (i < sought.length && body[at + i] === sought[i]) {
      i++;
    }
    if (i === sought.length) {
      return at;
    }
  }
  return -1;
}

function ascii(value: string): Uint8Array {
  return Uint8Array.from(value, (character) => character.charCodeAt(0));
}

function latin1(bytes: Uint8Array): string {
  let value = '';
  bytes.forEach((byte) => (value += String.fromCharCode(byte)));
  return value;
}
