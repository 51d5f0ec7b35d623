import { DicomWeb, Refused } from '../dicom/client';
import { BIG_ENDIAN, isDecodedHere, losesAlways, mayLose, photometricAfterServer } from '../decode/syntax';
import type { DecoderPool } from '../decode/pool';
import type { Image, PixelFormat, Table, Window } from '../model/image';
import { table } from '../model/read';
import { paletteEntries } from '../pixels/color';
import { plainBytes } from '../pixels/native';
import { mark } from '../pixels/overlays';
import { bytesOf, type Pixels } from '../pixels/pixels';
import { segmentedEntries } from '../pixels/segmented';
import { ByteCache } from './cache';
import { previewPixels } from './preview';

export type Quality = 'preview' | 'original';

/** Makes images that no server has: slices that are computed here. */
export type Computer = (image: Image) => Promise<Pixels>;

/** Overlays that are kept, since one value may be of all frames of an image. */
const MOST_BULKS = 16;

/** After which what failed for a while is tried again. */
const RETRY_MILLIS = 5_000;

const LITTLE_ENDIAN = '1.2.840.10008.1.2.1';

/** Gets frames, as pictures that the server rendered or as they are stored, and keeps them in bounded memory. */
export class Loader {
  readonly cache: ByteCache<Pixels>;
  /** Why an image cannot be had, by key; it is asked for again when that may pass, or when the reader opens it anew. */
  readonly failed = new Map<string, string>();
  private readonly underway = new Set<string>();
  private readonly bulks = new Map<string, Promise<Uint8Array>>();
  private readonly palettes = new Map<string, Promise<Table[]>>();
  private readonly computers = new Map<string, Computer>();
  /** Series of grey images that are not decoded here, and their transfer syntax; of colours it matters how each is compressed. */
  private readonly serverDecodes = new Map<string, string>();
  /** Series of which the server makes no pictures: their images are asked for as they are stored at once. */
  private readonly unrendered = new Set<string>();
  private readonly listeners: ((image: Image) => void)[] = [];
  /** Milliseconds that one takes, the last ones counting most. */
  private readonly pace: Record<Quality, number> = { preview: 0, original: 0 };

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

  /** Whether there is any use in asking for a preview. */
  hasPreview(image: Image, window: Window | undefined): boolean {
    return (
      !this.computers.has(image.series) &&
      !this.unrendered.has(image.series) &&
      !this.failed.has(this.key(image, 'preview', window))
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

  /** Whether originals come about as fast as previews, as they do inside a hospital: then there is no use for the latter. */
  originalsAreQuick(): boolean {
    return this.pace.original > 0 && this.pace.original < 1.3 * this.pace.preview;
  }

  /** Gets an image; what comes of it is told to the listeners. Never throws. */
  async load(image: Image, quality: Quality, window: Window | undefined, side: number): Promise<void> {
    const key = this.key(image, quality, window);
    this.underway.add(key);
    const begin = performance.now();
    try {
      const pixels = await (quality === 'preview' ? this.preview(image, window, side) : this.withOverlays(image));
      this.cache.set(key, pixels);
      const took = performance.now() - begin;
      this.pace[quality] = this.pace[quality] === 0 ? took : 0.8 * this.pace[quality] + 0.2 * took;
      if (quality === 'original') {
        this.cache.delete(this.key(image, 'preview'));
      }
    } catch (error) {
      this.failed.set(key, error instanceof Error ? error.message : String(error));
      if (quality === 'preview' && error instanceof Refused && error.status === 406) {
        this.unrendered.add(image.series);
      }
      if (isPassing(error)) {
        setTimeout(() => this.forgive(key, image), RETRY_MILLIS);
      }
    } finally {
      this.underway.delete(key);
      this.listeners.forEach((listener) => listener(image));
    }
  }

  private forgive(key: string, image: Image): void {
    if (this.failed.delete(key)) {
      this.listeners.forEach((listener) => listener(image));
    }
  }

  /** What failed is tried again: the reader opens the images anew. */
  forgiveAll(images: Image[]): void {
    for (const image of images) {
      this.failed.delete(this.key(image, 'original'));
      this.failed.delete(this.key(image, 'preview'));
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

  private async withOverlays(image: Image): Promise<Pixels> {
    const [pixels, ...bits] = await Promise.all([
      this.stored(image),
      ...image.overlays.map(({ data }) => (typeof data === 'string' ? this.bulk(data) : data)),
    ]);
    if (bits.length > 0) {
      const overlay = pixels.overlay ?? new Uint8Array(pixels.width * pixels.height);
      bits.forEach((one, i) => mark(overlay, pixels.width, pixels.height, image.overlays[i], one, image.frame));
      pixels.overlay = overlay;
    }
    return pixels;
  }

  /** Asked for once, though it is of many frames. */
  private bulk(address: string): Promise<Uint8Array> {
    let found = this.bulks.get(address);
    if (found === undefined) {
      found = this.client.bulk(address);
      found.catch(() => this.bulks.delete(address));
      this.bulks.set(address, found);
      if (this.bulks.size > MOST_BULKS) {
        this.bulks.delete(this.bulks.keys().next().value!);
      }
    }
    return found;
  }

  private async stored(image: Image): Promise<Pixels> {
    const computer = this.computers.get(image.series);
    if (computer !== undefined) {
      return computer(image);
    }
    const tables = image.palette === undefined ? undefined : await this.tables(image);
    const { format, overlayBits } = image;
    const known = this.serverDecodes.get(image.series);
    if (known !== undefined) {
      return this.decodedByServer(image, known, tables);
    }
    const part = await this.client.frame(image);
    const syntax = part.transferSyntax;
    if (!isDecodedHere(syntax, format.bitsStored)) {
      if (format.samples === 1) {
        this.serverDecodes.set(image.series, syntax);
      }
      return this.decodedByServer(image, syntax, tables, part.body.length);
    }
    try {
      return await this.pool.decode({ bytes: part.body, syntax, format, tables, overlayBits });
    } catch (error) {
      // Where the server cannot either, what the codec here said tells more.
      return this.decodedByServer(image, syntax, tables, part.body.length).catch((refusal: unknown) => {
        throw refusal instanceof Refused ? error : refusal;
      });
    }
  }

  /** @param size bytes of the frame as it is stored, where that is known */
  private async decodedByServer(image: Image, syntax: string, tables: Table[] | undefined, size?: number): Promise<Pixels> {
    const part = await this.client.decodedFrame(image);
    const shifted = syntax === BIG_ENDIAN;
    const format: PixelFormat = {
      ...image.format,
      photometric: photometricAfterServer(syntax, image.format.photometric),
      planar: false,
      // Compressed samples have no bits below them.
      highBit: shifted ? image.format.highBit : image.format.bitsStored - 1,
    };
    const overlayBits = shifted ? image.overlayBits : [];
    const pixels = await this.pool.decode({ bytes: part.body, syntax: LITTLE_ENDIAN, format, tables, overlayBits });
    // The codestream was not looked at here: what may have lost something is said to have, unless the data set denies it.
    if (losesAlways(syntax) || (mayLose(syntax) && !image.lossDenied)) {
      pixels.loss = size === undefined ? NaN : plainBytes(image.format) / size;
    }
    return pixels;
  }

  private tables(image: Image): Promise<Table[]> {
    let found = this.palettes.get(image.instance);
    if (found === undefined) {
      found = this.readTables(image);
      found.catch(() => this.palettes.delete(image.instance));
      this.palettes.set(image.instance, found);
    }
    return found;
  }

  private async readTables(image: Image): Promise<Table[]> {
    const { descriptors, data, segmented } = image.palette!;
    const entries = segmented ? segmentedEntries : paletteEntries;
    return Promise.all(
      data.map(async (one, i) => {
        const bytes = typeof one === 'string' ? await this.client.bulk(one) : one;
        return table(descriptors[i], entries(descriptors[i], bytes), image.format.signed);
      }),
    );
  }
}

/** No connection, or a server that has too much to do: not the image's fault. */
function isPassing(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof Refused && [429, 502, 503, 504].includes(error.status));
}
