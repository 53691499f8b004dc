// How p50 grows with a table, as a small SVG that is readable on light and dark pages.
import { line, rule, svg, text } from './svg.mjs';

const frame = { left: 64, top: 24, right: 616, bottom: 296, width: 640, height: 340 };
const colors = { app: '#2563eb', floor: '#9ca3af' };

/** @param rows `{ table, size, growth, floorGrowth }`, smallest first */
export function plotOf(title, rows) {
  const [least, most] = [Math.log10(rows[0].size), Math.log10(rows.at(-1).size)];
  const top = Math.max(2, ...rows.flatMap(({ growth, floorGrowth }) => [growth, floorGrowth])) * 1.05;
  const x = (size) => frame.left + ((Math.log10(size) - least) / (most - least || 1)) * (frame.right - frame.left);
  const y = (growth) => frame.bottom - (growth / top) * (frame.bottom - frame.top);
  const points = (of) => rows.map((row) => [x(row.size), y(row[of])]);
  const across = (growth, dash) => rule([frame.left, y(growth)], [frame.right, y(growth)], dash);
  const scale = (growth) => text(growth, frame.left - 8, y(growth) + 4, { anchor: 'end' });
  return svg(frame, `p50 of ${title} against the number of ${rows[0].table}, relative to the smallest table`, [
    across(0),
    across(1),
    across(1.5, '4 4'),
    ...['0', '1.0', '1.5'].map(scale),
    ...rows.map(({ size }) => text(nameOf(size), x(size), frame.bottom + 18, { anchor: 'middle' })),
    text(rows[0].table, (frame.left + frame.right) / 2, frame.bottom + 36, { anchor: 'middle' }),
    line(points('floorGrowth'), colors.floor),
    line(points('growth'), colors.app),
    ...rows.map(({ size, growth }) => text(growth.toFixed(2), x(size), y(growth) - 10, { anchor: 'middle' })),
    text(`${title}: application`, frame.left + 8, frame.top + 8, { fill: colors.app }),
    text('hand-written floor', frame.right - 8, frame.top + 8, { fill: colors.floor, anchor: 'end' }),
  ]);
}

const nameOf = (size) => (size >= 1e6 ? `${size / 1e6}M` : `${size / 1e3}k`);
