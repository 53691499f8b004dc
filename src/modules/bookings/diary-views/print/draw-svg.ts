import type { Drawing, Shape } from './drawing.js';

/** The page as an SVG image, to be shown, printed or put on a wall screen. */
export function drawSvg({ width, height, title, shapes }: Drawing): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="Helvetica, Arial, sans-serif">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...shapes.map(elementOf),
    '</svg>\n',
  ].join('\n');
}

function elementOf(shape: Shape): string {
  if (shape.shape === 'box') {
    const { x, y, width, height, fill = 'none', stroke = 'none' } = shape;
    return `<rect x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${at(height)}" fill="${fill}" stroke="${stroke}" stroke-width="0.7"/>`;
  }
  if (shape.shape === 'line') {
    const { x1, y1, x2, y2, color } = shape;
    return `<line x1="${at(x1)}" y1="${at(y1)}" x2="${at(x2)}" y2="${at(y2)}" stroke="${color}" stroke-width="0.5"/>`;
  }
  const { x, baseline, text, size, bold, color, align } = shape;
  const weight = bold ? ' font-weight="bold"' : '';
  const anchor = align === 'right' ? ' text-anchor="end"' : '';
  return `<text x="${at(x)}" y="${at(baseline)}" font-size="${size}" fill="${color}"${weight}${anchor}>${escaped(text)}</text>`;
}

const at = (value: number) => Number(value.toFixed(2));

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  // Control characters are not allowed in XML, not even escaped.
  return text.replaceAll(/[\p{Cc}]/gu, ' ').replaceAll(/[&<>"]/g, (sign) => entities[sign]!);
}
