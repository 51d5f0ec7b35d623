import type { Dataset } from './json';
import { parts, type Part } from './multipart';

/** A request that was answered otherwise than by what was asked for. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** One frame; the first has number 1. */
export interface FrameAddress {
  study: string;
  series: string;
  instance: string;
  frame: number;
}

const AS_STORED = 'multipart/related; type="application/octet-stream"; transfer-syntax=*';
const DECODED = 'multipart/related; type="application/octet-stream"; transfer-syntax=1.2.840.10008.1.2.1';

/** DICOMweb (PS3.18) below one root. */
export class DicomWeb {
  constructor(readonly root: string) {}

  studies(query = ''): Promise<Dataset[]> {
    return this.json(`/studies${query}`);
  }

  series(study: string): Promise<Dataset[]> {
    const fields = 'includefield=BodyPartExamined&includefield=SeriesDescription&limit=1000';
    return this.json(`/studies/${study}/series?${fields}`);
  }

  metadata(study: string, series: string): Promise<Dataset[]> {
    return this.json(`/studies/${study}/series/${series}/metadata`);
  }

  thumbnail(study: string, series: string): string {
    return `${this.root}/studies/${study}/series/${series}/thumbnail`;
  }

  instance(study: string, series: string, instance: string): string {
    return `${this.root}/studies/${study}/series/${series}/instances/${instance}`;
  }

  /**
   * A picture of a frame as the server renders it, 8 bits deep.
   *
   * @param parameters of the rendered resource, such as window=40,400
   */
  async rendered(at: FrameAddress, parameters: string, signal?: AbortSignal): Promise<Blob> {
    const path = `${this.instance(at.study, at.series, at.instance)}/frames/${at.frame}/rendered${parameters}`;
    return (await this.get(path, 'image/jpeg', signal)).blob();
  }

  /** A frame in the transfer syntax in which it is stored. */
  frame(at: FrameAddress, signal?: AbortSignal): Promise<Part> {
    return this.part(at, AS_STORED, signal);
  }

  /** A frame that the server has decoded: little endian. */
  decodedFrame(at: FrameAddress, signal?: AbortSignal): Promise<Part> {
    return this.part(at, DECODED, signal);
  }

  /** A value that metadata only gives the address of. Whatever host that names, this root is asked. */
  async bulk(uri: string): Promise<Uint8Array> {
    const path = /\/studies\/.*$/.exec(uri)?.[0];
    if (path === undefined) {
      throw new Error('an address of bulk data that is not of this server');
    }
    const response = await this.get(this.root + path, 'multipart/related; type="application/octet-stream"');
    return (await firstPart(response)).body;
  }

  private async part(at: FrameAddress, accept: string, signal?: AbortSignal): Promise<Part> {
    const path = `${this.instance(at.study, at.series, at.instance)}/frames/${at.frame}`;
    return firstPart(await this.get(path, accept, signal));
  }

  private async json(path: string): Promise<Dataset[]> {
    const response = await this.get(this.root + path, 'application/dicom+json');
    return response.status === 204 ? [] : ((await response.json()) as Dataset[]);
  }

  private async get(url: string, accept: string, signal?: AbortSignal): Promise<Response> {
    const response = await fetch(url, { headers: { Accept: accept }, credentials: 'same-origin', signal });
    if (!response.ok) {
      throw new Refused(response.status, await reason(response));
    }
    return response;
  }
}

async function firstPart(response: Response): Promise<Part> {
  const type = response.headers.get('Content-Type') ?? '';
  const [part] = parts(new Uint8Array(await response.arrayBuffer()), type);
  if (part === undefined) {
    throw new Error('an answer without parts');
  }
  return part;
}

/** What the server says why; its status where it says nothing readable. */
async function reason(response: Response): Promise<string> {
  const said = (await response.text()).slice(0, 300);
  const message = /"(?:error|diagnostics)"\s*:\s*"([^"]{1,200})"/.exec(said)?.[1];
  return message ?? (said !== '' && !said.startsWith('<') && !said.startsWith('{') ? said : `HTTP ${response.status}`);
}
