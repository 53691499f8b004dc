import { collectPdf } from '../../../../platform/pdf/collect.js';
import { openPdf } from '../../../../platform/pdf/open-pdf.js';
import { winAnsi } from '../../../../platform/pdf/win-ansi.js';
import type { Drawing, Measure, Shape } from './drawing.js';

const fonts = { regular: 'Helvetica', bold: 'Helvetica-Bold' };

/** The pages as one PDF, in the fonts that every reader has. */
export async function drawPdf(pages: readonly Drawing[], { lang, at }: { lang: string; at: Date }): Promise<Buffer> {
  const info = { Title: pages[0]?.title ?? '', CreationDate: at, ModDate: at };
  const pdf = await openPdf({ autoFirstPage: false, margin: 0, lang, info });
  const done = collectPdf(pdf);
  for (const { width, height, shapes } of pages) {
    pdf.addPage({ size: [width, height], margin: 0 });
    for (const shape of shapes) draw(pdf, shape);
  }
  // A school without teachers gets an empty sheet, since a PDF of no page is none.
  if (pages.length === 0) pdf.addPage({ size: 'A4', layout: 'landscape' });
  pdf.end();
  return done;
}

/** How wide texts are in the PDF's own fonts; Arial on a screen is as wide. */
export async function pdfMeasure(): Promise<Measure> {
  const pdf = await openPdf({ autoFirstPage: false });
  return (text, size, bold) =>
    pdf
      .font(bold ? fonts.bold : fonts.regular)
      .fontSize(size)
      .widthOfString(winAnsi(text));
}

function draw(pdf: PDFKit.PDFDocument, shape: Shape): void {
  if (shape.shape === 'box') {
    const { x, y, width, height, fill, stroke } = shape;
    if (fill) pdf.rect(x, y, width, height).fill(fill);
    if (stroke) pdf.lineWidth(0.7).rect(x, y, width, height).stroke(stroke);
  } else if (shape.shape === 'line') {
    pdf.lineWidth(0.5).moveTo(shape.x1, shape.y1).lineTo(shape.x2, shape.y2).stroke(shape.color);
  } else {
    const { x, baseline, size, bold, color, align } = shape;
    const text = winAnsi(shape.text);
    pdf.font(bold ? fonts.bold : fonts.regular).fontSize(size);
    const left = align === 'right' ? x - pdf.widthOfString(text) : x;
    pdf.fillColor(color).text(text, left, baseline, { lineBreak: false, baseline: 'alphabetic' });
  }
}
