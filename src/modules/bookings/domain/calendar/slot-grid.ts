import { eachBusy, type BusyDay } from './busy-mask.js';
import { SLOTS_PER_DAY, intersection, type SlotSpan } from './slots.js';

/** Which quarter hours of a window are open: started empty or full, then opened and closed by spans and masks. */
export class SlotGrid {
  private readonly open: Uint8Array;

  private constructor(
    readonly window: SlotSpan,
    initially: 0 | 1,
  ) {
    this.open = new Uint8Array(window.end - window.first).fill(initially);
  }

  static closed(window: SlotSpan): SlotGrid {
    return new SlotGrid(window, 0);
  }

  static open(window: SlotSpan): SlotGrid {
    return new SlotGrid(window, 1);
  }

  /** Opens the spans; what lies outside the window is ignored. */
  opened(spans: Iterable<SlotSpan>): this {
    for (const span of spans) this.fill(span, 1);
    return this;
  }

  closed(spans: Iterable<SlotSpan>): this {
    for (const span of spans) this.fill(span, 0);
    return this;
  }

  /** Closes every quarter hour that the masks call busy. */
  without(days: Iterable<BusyDay>): this {
    for (const day of days) {
      const offset = day.day * SLOTS_PER_DAY - this.window.first;
      // A write outside a typed array is ignored, which is what we want at the window's edges.
      eachBusy(day, (slot) => void (this.open[offset + slot] = 0));
    }
    return this;
  }

  isOpen(span: SlotSpan): boolean {
    if (span.first < this.window.first || span.end > this.window.end) return false;
    for (let slot = span.first; slot < span.end; slot++) if (!this.open[slot - this.window.first]) return false;
    return true;
  }

  /** For every quarter hour of the window, how many open ones in a row start with it. */
  runs(): Uint16Array {
    const runs = new Uint16Array(this.open.length);
    let run = 0;
    for (let i = runs.length - 1; i >= 0; i--) {
      run = this.open[i] ? run + 1 : 0;
      runs[i] = run;
    }
    return runs;
  }

  private fill(span: SlotSpan, value: 0 | 1): void {
    const { first, end } = intersection(span, this.window);
    this.open.fill(value, first - this.window.first, end - this.window.first);
  }
}
