import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Where a request comes from, as far as that can be seen. Personal: it goes into no log and no audit entry. */
export interface Sender {
  readonly address: string;
  readonly userAgent: string | null;
}

const longestUserAgent = 300;
// As much as an IPv6 address has; some proxies add a port.
const longestAddress = 45;

export const RequestSender = createParamDecorator((_: unknown, context: ExecutionContext): Sender => {
  const { ip, headers } = context.switchToHttp().getRequest<FastifyRequest>();
  return { address: ip.slice(0, longestAddress), userAgent: headers['user-agent']?.slice(0, longestUserAgent) ?? null };
});
