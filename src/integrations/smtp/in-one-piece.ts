import { Transform, type TransformCallback } from 'node:stream';

/** Hands on what it was given as one buffer, at the end. For mails, which are small and in memory anyway. */
export class InOnePiece extends Transform {
  private readonly pieces: Buffer[] = [];

  override _transform(piece: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.pieces.push(piece);
    done();
  }

  override _flush(done: TransformCallback): void {
    done(null, Buffer.concat(this.pieces));
  }
}
