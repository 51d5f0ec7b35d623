const MIB = 1024 * 1024;

/** What the device bears. */
export interface Device {
  /** Whether originals are fetched only when they are needed. */
  light: boolean;
  /** Whether it has the screen and the mouse of a desk. */
  desktop: boolean;
  /** For frames that are decoded. */
  cacheBytes: number;
  /** For a volume. */
  volumeBytes: number;
  /** Longest side of a preview, in pixels. */
  side: number;
}

export function device(): Device {
  const { deviceMemory, connection } = navigator as Navigator & {
    deviceMemory?: number;
    connection?: { saveData?: boolean };
  };
  const touch = window.matchMedia('(pointer: coarse)').matches;
  const small = Math.min(window.screen.width, window.screen.height) < 600;
  // Told in steps up to 8 by some browsers; others say nothing, and their phones end a page at about a gigabyte.
  const gib = deviceMemory ?? (touch ? 1.5 : 6);
  return {
    desktop: !small && !touch,
    light: small || touch || connection?.saveData === true,
    cacheBytes: Math.min(1024, gib * (touch ? 110 : 128)) * MIB,
    volumeBytes: Math.min(1024, gib * (touch ? 80 : 128)) * MIB,
    side: touch ? 1024 : 1536,
  };
}
