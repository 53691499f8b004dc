import { StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isKnown } from '../../../../platform/http/conditional/entity-tag.js';
import type { Id } from '../../../../platform/values/id.js';
import { LogoNotFound } from '../domain/logo-problems.js';
import type { SchoolLogos } from '../queries/school-logos.js';

/** Answers the current school's logo, or 304 to whoever has it already. @throws LogoNotFound, FileStoreUnavailable */
export async function sendLogo(
  logos: SchoolLogos,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<StreamableFile | undefined> {
  const fileId: Id | null = await logos.current();
  if (!fileId) throw new LogoNotFound();
  const tag = `"${fileId}"`;
  reply.headers({ etag: tag, 'cache-control': 'private, no-cache' });
  const known = request.headers['if-none-match'];
  if (known !== undefined && isKnown(known, tag)) {
    reply.code(304);
    return undefined;
  }
  const { content, mediaType, bytes } = await logos.open(fileId);
  return new StreamableFile(content, { type: mediaType, length: bytes, disposition: 'inline' });
}
