// The growth of p50 against the number of bookings as a small SVG, readable on light and dark pages.
const frame = { left: 64, top: 24, right: 616, bottom: 296, width: 640, height: 340 };
const colors = { app: '#2563eb', floor: '#9ca3af', ink: '#6b7280' };

/** @param rows `{ bookings, growth, floorGrowth }`, smallest first */
export function plotOf(rows) {
  const [least, most] = [Math.log10(rows[0].bookings), Math.log10(rows.at(-1).bookings)];
  const top = Math.max(2, ...rows.flatMap(({ growth, floorGrowth }) => [growth, floorGrowth]));
  const x = (bookings) =>
    frame.left + ((Math.log10(bookings) - least) / (most - least || 1)) * (frame.right - frame.left);
  const y = (growth) => frame.bottom - (growth / top) * (frame.bottom - frame.top);
  const line = (of, color) =>
    `<polyline fill="none" stroke="${color}" stroke-width="2" points="${rows.map((row) => `${at(x(row.bookings))},${at(y(row[of]))}`).join(' ')}"/>` +
    rows.map((row) => `<circle cx="${at(x(row.bookings))}" cy="${at(y(row[of]))}" r="3.5" fill="${color}"/>`).join('');
  const label = (text, atX, atY, more = '') =>
    `<text x="${at(atX)}" y="${at(atY)}" fill="${colors.ink}" ${more}>${text}</text>`;
  const rule = (growth, dash) =>
    `<line x1="${frame.left}" x2="${frame.right}" y1="${at(y(growth))}" y2="${at(y(growth))}" stroke="${colors.ink}" stroke-opacity="0.4" ${dash}/>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${frame.width} ${frame.height}" width="${frame.width}" height="${frame.height}" font-family="Helvetica, Arial, sans-serif" font-size="12" role="img">`,
    '<title>p50 of free times against the number of bookings, relative to the smallest table</title>',
    rule(0, ''),
    rule(1, ''),
    rule(1.5, 'stroke-dasharray="4 4"'),
    label('1.0', frame.left - 8, y(1) + 4, 'text-anchor="end"'),
    label('1.5', frame.left - 8, y(1.5) + 4, 'text-anchor="end"'),
    label('0', frame.left - 8, y(0) + 4, 'text-anchor="end"'),
    ...rows.map(({ bookings }) => label(nameOf(bookings), x(bookings), frame.bottom + 18, 'text-anchor="middle"')),
    label('bookings in the table', (frame.left + frame.right) / 2, frame.bottom + 36, 'text-anchor="middle"'),
    line('floorGrowth', colors.floor),
    line('growth', colors.app),
    ...rows.map(({ bookings, growth }) =>
      label(growth.toFixed(2), x(bookings), y(growth) - 10, 'text-anchor="middle"'),
    ),
    label('application', frame.left + 8, frame.top + 8, `style="fill:${colors.app}"`),
    label('hand-written floor', frame.left + 88, frame.top + 8, `style="fill:${colors.floor}"`),
    '</svg>\n',
  ].join('\n');
}

const at = (value) => Number(value.toFixed(1));
const nameOf = (size) => (size >= 1e6 ? `${size / 1e6}M` : `${size / 1e3}k`);
