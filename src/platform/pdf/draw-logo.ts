/** Draws an image into a box, as large as fits, its sides in proportion, from the left. @returns where the box ends, down the page */
export function drawLogo(
  pdf: PDFKit.PDFDocument,
  logo: Buffer | null,
  box: { x: number; y: number; width: number; height: number },
): number {
  if (!logo) return box.y;
  pdf.image(logo, box.x, box.y, { fit: [box.width, box.height] });
  return box.y + box.height;
}
