import { DicomWeb, Refused } from '../dicom/client';
import { isDecodedHere, photometricAfterServer } from '../decode/syntax';
import type { DecoderPool } from '../decode/pool';
import type { Image, PixelFormat, Table, Window } from '../model/image';
import { table } from '../model/read';
import { paletteEntries } from '../pixels/color';
import { bytesOf, type Pixels } from '../pixels/pixels';
import { ByteCache } from './cache';
import { previewPixels } from './preview';

export type Quality = 'preview' | 'original';

/** Makes images that no server has: slices that are computed here. */
export type Computer = (image: Image) => Promise<Pixels>;

const LITTLE_ENDIAN = '1.2.840.10008.1.2.1';

/** Gets frames, as pictures that the server rendered or as they are stored, and keeps them in bounded memory. */
export class Loader {
  readonly cache: ByteCache<Pixels>;
  /** Why an image cannot be had, by key; it is not asked for again until the reader wishes. */
  readonly failed = new Map<string, string>();
  private readonly underway = new Set<string>();
  private readonly palettes = new Map<string, Promise<Table[]>>();
  private readonly computers = new Map<string, Computer>();
  /** Series that are not decoded here, and their transfer syntax. */
  private readonly serverDecodes = new Map<string, string>();
  private readonly listeners: ((image: Image) => void)[] = [];

  constructor(
    readonly client: DicomWeb,
    private readonly pool: DecoderPool,
    capacity: number,
  ) {
    this.cache = new ByteCache(capacity, bytesOf);
  }

  onLoaded(listener: (image: Image) => void): void {
    this.listeners.push(listener);
  }

  /** Images of that series are made by it. */
  compute(series: string, computer: Computer): void {
    this.computers.set(series, computer);
  }

  key(image: Image, quality: Quality, window?: Window): string {
    const suffix = window === undefined ? '' : `/${Math.round(window.center)},${Math.round(window.width)}`;
    return quality === 'original' ? `o/${image.key}` : `p/${image.key}${suffix}`;
  }

  /** The best that is there: the original, else a preview in the window that is wished, else in any. */
  best(image: Image, window?: Window): Pixels | undefined {
    return (
      this.cache.get(this.key(image, 'original')) ??
      this.cache.get(this.key(image, 'preview', window)) ??
      this.cache.get(this.key(image, 'preview'))
    );
  }

  original(image: Image): Pixels | undefined {
    return this.cache.get(this.key(image, 'original'));
  }

  state(key: string, image: Image): 'there' | 'underway' | 'missing' {
    if (this.cache.get(key) !== undefined || this.failed.has(key)) {
      return 'there';
    }
    // With the original there is no use for a preview.
    if (key.startsWith('p/') && this.cache.get(this.key(image, 'original')) !== undefined) {
      return 'there';
    }
    return this.underway.has(key) ? 'underway' : 'missing';
  }

  /** Gets an image; what comes of it is told to the listeners. Never throws. */
  async load(image: Image, quality: Quality, window: Window | undefined, side: number): Promise<void> {
    const key = this.key(image, quality, window);
    this.underway.add(key);
    try {
      const pixels = await (quality === 'preview' ? this.preview(image, window, side) : this.stored(image));
      this.cache.set(key, pixels);
      if (quality === 'original') {
        this.cache.delete(this.key(image, 'preview'));
      }
    } catch (error) {
      this.failed.set(key, error instanceof Error ? error.message : String(error));
    } finally {
      this.underway.delete(key);
      this.listeners.forEach((listener) => listener(image));
    }
  }

  private async preview(image: Image, window: Window | undefined, side: number): Promise<Pixels> {
    const parameters = ['quality=80'];
    if (window !== undefined) {
      parameters.push(`window=${Math.round(window.center)},${Math.max(1, Math.round(window.width))},linear`);
    }
    if (image.format.columns > side || image.format.rows > side) {
      parameters.push(`viewport=${side},${side}`);
    }
    const blob = await this.client.rendered(image, `?${parameters.join('&')}`);
    return previewPixels(blob, image, window);
  }

  private async stored(image: Image): Promise<Pixels> {
    const computer = this.computers.get(image.series);
    if (computer !== undefined) {
      return computer(image);
    }
    const tables = image.palette === undefined ? undefined : await this.tables(image);
    const known = this.serverDecodes.get(image.series);
    if (known !== undefined) {
      return this.decodedByServer(image, known, tables);
    }
    const part = await this.client.frame(image);
    if (!isDecodedHere(part.transferSyntax, image.format.bitsStored)) {
      this.serverDecodes.set(image.series, part.transferSyntax);
      return this.decodedByServer(image, part.transferSyntax, tables);
    }
    try {
      return await this.pool.decode({ bytes: part.body, syntax: part.transferSyntax, format: image.format, tables });
    } catch (error) {
      // Where the server cannot either, what the codec here said tells more.
      return this.decodedByServer(image, part.transferSyntax, tables).catch((refusal: unknown) => {
        throw refusal instanceof Refused ? error : refusal;
      });
    }
  }

  private async decodedByServer(image: Image, syntax: string, tables: Table[] | undefined): Promise<Pixels> {
    const part = await this.client.decodedFrame(image);
    const photometric = photometricAfterServer(syntax, image.format.photometric);
    const format: PixelFormat = { ...image.format, photometric, planar: false, highBit: image.format.bitsStored - 1 };
    return this.pool.decode({ bytes: part.body, syntax: LITTLE_ENDIAN, format, tables });
  }

  private tables(image: Image): Promise<Table[]> {
    let found = this.palettes.get(image.instance);
    if (found === undefined) {
      found = this.readTables(image);
      this.palettes.set(image.instance, found);
    }
    return found;
  }

  private async readTables(image: Image): Promise<Table[]> {
    const { descriptors, data } = image.palette!;
    return Promise.all(
      data.map(async (one, i) => {
        const bytes = typeof one === 'string' ? await this.client.bulk(one) : one;
        return table(descriptors[i], paletteEntries(descriptors[i], bytes), image.format.signed);
      }),
    );
  }
}
