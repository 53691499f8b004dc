import { ApiProperty } from '@nestjs/swagger';

const states = ['up', 'down'] as const;
type State = (typeof states)[number];

export class LivenessDto {
  @ApiProperty({ enum: ['ok'], description: 'The process runs.', example: 'ok' })
  status: 'ok';
}

export class HealthChecksDto {
  @ApiProperty({ enum: states, description: 'The database answers.', example: 'up' })
  database: State;

  @ApiProperty({
    enum: states,
    description: 'Redis answers. Without it jobs wait, nothing is lost and requests are served.',
    example: 'up',
  })
  redis: State;

  @ApiProperty({ enum: states, description: 'Down while the process is about to stop.', example: 'up' })
  accepting: State;
}

export class ReadinessDto {
  @ApiProperty({
    enum: ['ok', 'degraded', 'unavailable'],
    description: 'Unavailable comes with status 503.',
    example: 'ok',
  })
  status: 'ok' | 'degraded' | 'unavailable';

  @ApiProperty({ type: HealthChecksDto, description: 'What was looked at.' })
  checks: HealthChecksDto;
}
