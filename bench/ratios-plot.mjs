// The ratio of each comparison as a bar, with the lowest and the highest round.
import { bar, rule, svg, text } from './svg.mjs';

const frame = { left: 300, right: 620, width: 680, top: 36, row: 26 };
const color = '#2563eb';

/** @param comparisons the rows of each by its title, the application's first; those that are no ratio to a floor are left out */
export function ratiosPlot(comparisons) {
  const rows = Object.entries(comparisons).flatMap(([title, [first]]) =>
    first.name === 'application' && !title.startsWith('start') ? [{ title, ...first }] : [],
  );
  const most = Math.max(1, ...rows.map(({ highest }) => highest));
  const x = (ratio) => frame.left + (ratio / most) * (frame.right - frame.left);
  const bottom = frame.top + rows.length * frame.row;
  const scale = [0, 0.25, 0.5, 0.75, 1].flatMap((ratio) => [
    rule([x(ratio), frame.top - 8], [x(ratio), bottom], ratio === 1 ? '' : '4 4'),
    text(ratio === 1 ? '1 (floor)' : ratio, x(ratio), frame.top - 14, { anchor: 'middle' }),
  ]);
  const bars = rows.flatMap(({ title, ratio, lowest, highest }, n) => {
    const y = frame.top + n * frame.row;
    return [
      text(title, frame.left - 10, y + 15, { anchor: 'end' }),
      bar(frame.left, y + 4, x(ratio) - frame.left, 15, color),
      rule([x(lowest), y + 11.5], [x(highest), y + 11.5]),
      text(ratio.toFixed(2), Math.max(x(highest), x(ratio)) + 6, y + 16),
    ];
  });
  const size = { width: frame.width, height: bottom + 12 };
  return svg(size, 'Throughput of the application as a ratio to hand-written floors', [...scale, ...bars]);
}
