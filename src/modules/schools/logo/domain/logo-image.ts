import { crc32, inflateSync } from 'node:zlib';
import { InvalidLogo } from './logo-problems.js';

export const logoTypes: readonly string[] = ['image/png', 'image/jpeg'];
export const maxLogoMebibytes = 1;
/** Enough for print, and drawn quickly on each invoice. */
export const maxLogoPixels = 1_200;

export interface LogoSize {
  readonly width: number;
  readonly height: number;
}

/** The size of an image that is whole and can be drawn on paper. @throws InvalidLogo */
export function sizeOfLogo(bytes: Buffer, mediaType: string): LogoSize {
  const size = mediaType === 'image/png' ? sizeOfPng(bytes) : sizeOfJpeg(bytes);
  if (!size) throw new InvalidLogo();
  return size;
}

const isFit = ({ width, height }: LogoSize) => Math.min(width, height) > 0 && Math.max(width, height) <= maxLogoPixels;

// Channels of each colour type: grey, colours, palette, grey and alpha, colours and alpha.
const channels: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Unpacks all of it: a piece that is missing shows on paper first, and late. */
function sizeOfPng(bytes: Buffer): LogoSize | null {
  const chunks = pngChunks(bytes);
  const head = chunks?.get('IHDR');
  if (!chunks || head?.length !== 13) return null;
  const size = { width: head.readUInt32BE(0), height: head.readUInt32BE(4) };
  const [depth, colour, , , interlaced] = head.subarray(8) as unknown as [number, number, number, number, number];
  const perPixel = (channels[colour] ?? 0) * depth;
  const isIndexed = colour === 3;
  // Small palettes with see-through colours are drawn wrongly by what writes our PDFs.
  if (isIndexed && (!chunks.has('PLTE') || (chunks.has('tRNS') && depth !== 8))) return null;
  if (perPixel === 0 || interlaced !== 0 || !isFit(size)) return null;
  const expected = (Math.ceil((size.width * perPixel) / 8) + 1) * size.height;
  return unpackedLength(chunks.get('IDAT'), expected) === expected ? size : null;
}

/** By name, those of the same name joined; null where one is broken off or damaged. */
function pngChunks(bytes: Buffer): Map<string, Buffer> | null {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 8 + bytes.readUInt32BE(at);
    if (end + 4 > bytes.length || crc32(bytes.subarray(at + 4, end)) !== bytes.readUInt32BE(end)) return null;
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (name === 'IEND') return chunks;
    chunks.set(name, Buffer.concat([chunks.get(name) ?? Buffer.alloc(0), bytes.subarray(at + 8, end)]));
    at = end + 4;
  }
  return null;
}

function unpackedLength(packed: Buffer | undefined, most: number): number {
  try {
    return inflateSync(packed ?? Buffer.alloc(0), { maxOutputLength: most }).length;
  } catch {
    return -1;
  }
}

const startOfFrame = new Set([0xc0, 0xc1, 0xc2]);
const startOfScan = 0xda;

/** Its frame, and that it has a beginning and an end. */
function sizeOfJpeg(bytes: Buffer): LogoSize | null {
  let size: LogoSize | null = null;
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1]!;
    if (startOfFrame.has(marker)) size = { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    if (marker !== startOfScan) continue;
    const isEnded = bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) > at;
    return size && isEnded && isFit(size) ? size : null;
  }
  return null;
}
