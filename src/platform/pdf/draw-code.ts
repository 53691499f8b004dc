import QRCode from 'qrcode';

/** Draws a QR code of a text as filled squares, sharp at any size. */
export function drawCode(pdf: PDFKit.PDFDocument, text: string, at: { x: number; y: number; size: number }): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const side = at.size / modules.size;
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++)
      if (modules.get(row, column)) pdf.rect(at.x + column * side, at.y + row * side, side, side);
  pdf.fill('black');
}
