/** A page as plain shapes, in points from the upper left corner: drawn alike on paper and on screen. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly shapes: readonly Shape[];
}

export type Shape = Box | Line | Label;

export interface Box {
  readonly shape: 'box';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fill?: string;
  readonly stroke?: string;
}

export interface Line {
  readonly shape: 'line';
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly color: string;
}

export interface Label {
  readonly shape: 'label';
  readonly x: number;
  /** The line on which the letters stand. */
  readonly baseline: number;
  readonly text: string;
  readonly size: number;
  readonly bold: boolean;
  readonly color: string;
  readonly align: 'left' | 'right';
}

/** How wide a text is, in points. */
export type Measure = (text: string, size: number, bold: boolean) => number;

/** The text as far as there is room for it. */
export function fitted(text: string, room: number, measure: (text: string) => number): string {
  if (measure(text) <= room) return text;
  let end = text.length;
  while (end > 0 && measure(`${text.slice(0, end)}…`) > room) end--;
  return end === 0 ? '' : `${text.slice(0, end).trimEnd()}…`;
}
