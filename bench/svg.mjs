// The few shapes that plots are made of, readable on light and dark pages.
const ink = '#6b7280';
const at = (value) => Number(value.toFixed(1));

export function svg({ width, height }, title, shapes) {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Helvetica, Arial, sans-serif" font-size="12" role="img">`,
    `<title>${title}</title>`,
    ...shapes,
    '</svg>\n',
  ].join('\n');
}

export function text(words, x, y, { anchor = 'start', fill = ink } = {}) {
  return `<text x="${at(x)}" y="${at(y)}" text-anchor="${anchor}" style="fill:${fill}">${words}</text>`;
}

export function rule([x1, y1], [x2, y2], dash = '') {
  return `<line x1="${at(x1)}" y1="${at(y1)}" x2="${at(x2)}" y2="${at(y2)}" stroke="${ink}" stroke-opacity="0.4" stroke-dasharray="${dash}"/>`;
}

export function bar(x, y, width, height, fill) {
  return `<rect x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${height}" rx="2" fill="${fill}"/>`;
}

export function line(points, color) {
  const dots = points.map(([x, y]) => `<circle cx="${at(x)}" cy="${at(y)}" r="3.5" fill="${color}"/>`);
  const path = points.map(([x, y]) => `${at(x)},${at(y)}`).join(' ');
  return `<polyline fill="none" stroke="${color}" stroke-width="2" points="${path}"/>${dots.join('')}`;
}
