import type { Readable } from 'node:stream';

export type ScanVerdict = 'clean' | 'infected';

/** Looks for malware in what somebody sent. */
export abstract class VirusScanner {
  /** @throws Error when the scanner gave no verdict: then nobody may have the file */
  abstract scan(content: Readable): Promise<ScanVerdict>;
}
