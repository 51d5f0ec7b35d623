import type { Pixels } from '../pixels/pixels';
import type { Done, Task } from './messages';

interface Waiting {
  task: Omit<Task, 'id'>;
  resolve: (pixels: Pixels) => void;
  reject: (error: Error) => void;
}

interface Member {
  worker: Worker;
  busy?: Waiting & { id: number; timer: number };
}

/** Longer than the largest mammogram takes on a slow phone. */
const TIMEOUT_MILLIS = 60_000;

/** Workers that decode; each has one frame at a time. One that fails or hangs is replaced. */
export class DecoderPool {
  private readonly members: Member[] = [];
  private readonly waiting: Waiting[] = [];
  private next = 1;

  constructor(private readonly size = Math.min(4, Math.max(1, (navigator.hardwareConcurrency || 2) - 1))) {}

  decode(task: Omit<Task, 'id'>): Promise<Pixels> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ task, resolve, reject });
      this.run();
    });
  }

  private run(): void {
    while (this.waiting.length > 0) {
      const member = this.free();
      if (member === undefined) {
        return;
      }
      const waiting = this.waiting.shift()!;
      const id = this.next++;
      const timer = window.setTimeout(() => this.replace(member, 'the decoder takes too long'), TIMEOUT_MILLIS);
      member.busy = { ...waiting, id, timer };
      member.worker.postMessage({ ...waiting.task, id } satisfies Task);
    }
  }

  private free(): Member | undefined {
    const idle = this.members.find((member) => member.busy === undefined);
    if (idle !== undefined || this.members.length >= this.size) {
      return idle;
    }
    const member: Member = { worker: new Worker(new URL('./worker.ts', import.meta.url)) };
    member.worker.onmessage = ({ data }: MessageEvent<Done>) => this.finish(member, data);
    member.worker.onerror = (event) => {
      event.preventDefault();
      this.replace(member, event.message || 'the decoder could not be started');
    };
    this.members.push(member);
    return member;
  }

  private finish(member: Member, done: Done): void {
    const busy = member.busy;
    if (busy === undefined || busy.id !== done.id) {
      return;
    }
    window.clearTimeout(busy.timer);
    member.busy = undefined;
    if ('pixels' in done) {
      busy.resolve(done.pixels);
    } else {
      busy.reject(new Error(done.error));
    }
    this.run();
  }

  private replace(member: Member, why: string): void {
    member.worker.terminate();
    this.members.splice(this.members.indexOf(member), 1);
    if (member.busy !== undefined) {
      window.clearTimeout(member.busy.timer);
      member.busy.reject(new Error(why));
    }
    this.run();
  }
}
