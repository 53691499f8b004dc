/** An empty document. Its library, with fonts and compression, is three megabytes that most processes never need. */
export async function openPdf(options: PDFKit.PDFDocumentOptions): Promise<PDFKit.PDFDocument> {
  const { default: PdfDocument } = await import('pdfkit');
  return new PdfDocument(options);
}
