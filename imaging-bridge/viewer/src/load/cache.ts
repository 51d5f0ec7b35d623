/** Keeps what was used last, in a bounded number of bytes. */
export class ByteCache<T> {
  private readonly entries = new Map<string, { value: T; bytes: number }>();
  private held = 0;

  constructor(
    readonly capacity: number,
    private readonly sizeOf: (value: T) => number,
  ) {}

  get bytes(): number {
    return this.held;
  }

  has(key: string): boolean {
    return this.entries.has(key);
  }

  /** What is kept, which becomes the newest. */
  get(key: string): T | undefined {
    const entry = this.entries.get(key);
    if (entry !== undefined) {
      this.entries.delete(key);
      this.entries.set(key, entry);
    }
    return entry?.value;
  }

  /** Keeps a value; the oldest make room. A value that alone is larger than everything is kept until the next one comes. */
  set(key: string, value: T): void {
    this.delete(key);
    const bytes = this.sizeOf(value);
    for (const [oldest, entry] of this.entries) {
      if (this.held + bytes <= this.capacity) {
        break;
      }
      this.entries.delete(oldest);
      this.held -= entry.bytes;
    }
    this.entries.set(key, { value, bytes });
    this.held += bytes;
  }

  delete(key: string): void {
    const entry = this.entries.get(key);
    if (entry !== undefined) {
      this.entries.delete(key);
      this.held -= entry.bytes;
    }
  }
}
