import { Controller, Get, Res } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../auth/public.js';
import { Operation } from '../http/operation.js';
import { LivenessDto, ReadinessDto } from './health.dto.js';
import { Health } from './health.js';

@Controller('health')
@ApiTags('Health')
@Public('balancers and monitors ask without an account')
export class HealthController {
  constructor(private readonly health: Health) {}

  @Get('live')
  @Operation({
    id: 'getLiveness',
    summary: 'Does the process run?',
    description: 'Answers as long as the process runs at all; asks nobody else.',
    ok: LivenessDto,
  })
  live(): LivenessDto {
    return { status: 'ok' };
  }

  @Get('ready')
  @Operation({
    id: 'getReadiness',
    summary: 'Does the process want traffic, and can it serve it?',
    description:
      'Asks the database and Redis, and whether the process is about to stop; 503 takes it out of the balancer.',
    ok: ReadinessDto,
  })
  @ApiResponse({ status: 503, description: 'It cannot, and what of it is missing.', type: ReadinessDto })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessDto> {
    const readiness = await this.health.ready();
    if (readiness.status === 'unavailable') reply.code(503);
    return readiness;
  }
}
