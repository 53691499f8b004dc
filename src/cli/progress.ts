import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  /** How far the work is; `total` may grow. */
  readonly to: (done: number, total: number) => void;
}

/** Shows how far long work is: a bar for somebody who watches, nothing for a program that reads the lines. */
export async function withProgress<T>(label: string, work: (progress: Progress) => Promise<T>): Promise<T> {
  if (!process.stderr.isTTY) return work({ to: () => undefined });
  const bar = new SingleBar(
    { format: `${label} {bar} {value}/{total} · {eta_formatted} left`, hideCursor: true },
    Presets.shades_classic,
  );
  bar.start(0, 0);
  try {
    return await work({
      to: (done, total) => {
        bar.setTotal(total);
        bar.update(done);
      },
    });
  } finally {
    bar.stop();
  }
}
