const DISCRETE = 0;
const LINEAR = 1;
const INDIRECT = 2;

/**
 * Entries of a palette in segments: listed ones, straight lines, and earlier segments again (PS3.3 section C.7.9.2). Throws where the segments end
 * before all entries are there, give too many, or make no sense.
 *
 * @param bytes of one colour, in little endian; units of eight bits where the descriptor says so, else of sixteen
 */
export function segmentedEntries(descriptor: number[], bytes: Uint8Array): Uint16Array {
  const segments = new Segments(descriptor, bytes);
  while (!segments.isFull()) {
    segments.next(true);
  }
  return segments.entries;
}

class Segments {
  readonly entries: Uint16Array;
  private readonly unit: 1 | 2;
  private at = 0;
  private filled = 0;

  constructor(
    [count, , bits]: number[],
    private readonly bytes: Uint8Array,
  ) {
    this.entries = new Uint16Array(count === 0 ? 65_536 : count);
    this.unit = bits <= 8 ? 1 : 2;
  }

  isFull(): boolean {
    return this.filled === this.entries.length;
  }

  /** One segment; one that is repeated may not repeat in turn, so that there is an end. */
  next(mayRepeat: boolean): void {
    const code = this.read();
    const length = this.read();
    if (length === 0) {
      this.fail();
    }
    if (code === DISCRETE) {
      for (let i = 0; i < length; i++) {
        this.add(this.read());
      }
    } else if (code === LINEAR && this.filled > 0) {
      const from = this.entries[this.filled - 1];
      const to = this.read();
      for (let i = 1; i <= length; i++) {
        this.add(nearest(from + ((to - from) * i) / length));
      }
    } else if (code === INDIRECT && mayRepeat) {
      const offset = this.offset();
      const back = this.at;
      this.at = offset;
      for (let i = 0; i < length; i++) {
        this.next(false);
      }
      this.at = back;
    } else {
      this.fail();
    }
  }

  /** In bytes from the first segment: 32 bits, the lowest first. */
  private offset(): number {
    let offset = 0;
    for (let i = 0; i < 4 / this.unit; i++) {
      offset += this.read() * 2 ** (8 * this.unit * i);
    }
    return offset;
  }

  private read(): number {
    if (this.at + this.unit > this.bytes.length) {
      this.fail();
    }
    const low = this.bytes[this.at];
    const value = this.unit === 1 ? low : low | (this.bytes[this.at + 1] << 8);
    this.at += this.unit;
    return value;
  }

  private add(value: number): void {
    if (this.isFull()) {
      this.fail();
    }
    this.entries[this.filled++] = value;
  }

  private fail(): never {
    throw new Error(`a segmented palette that breaks at byte ${this.at}, entry ${this.filled}`);
  }
}

/** The server rounds a half to the even neighbour; so that both show the same, this does too. */
function nearest(value: number): number {
  const low = Math.floor(value);
  return value - low === 0.5 ? low + (low & 1) : Math.round(value);
}
