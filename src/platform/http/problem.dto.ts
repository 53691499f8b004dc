import { ApiProperty } from '@nestjs/swagger';

/** One wrong field in a problem answer. */
export class FieldProblemDto {
  @ApiProperty({ type: 'string', description: 'Path of the field.', example: 'workingHours.0.starts' })
  field: string;

  @ApiProperty({
    type: 'string',
    description: 'What is wrong with it.',
    example: 'must be a time of day such as 08:30',
  })
  message: string;
}

/** RFC 9457 problem details: the body of every answer that is not a success. */
export class ProblemDto {
  @ApiProperty({ type: 'string', description: 'Names the kind of problem.', example: '/problems/booking.slot_taken' })
  type: string;

  @ApiProperty({ type: 'string', description: 'The status in words.', example: 'Conflict' })
  title: string;

  @ApiProperty({ type: 'integer', description: 'The HTTP status.', example: 409 })
  status: number;

  @ApiProperty({
    type: 'string',
    description: 'A sentence for people, in the language asked for.',
    example: 'The teacher is busy at that time.',
  })
  detail: string;

  @ApiProperty({ type: 'string', description: 'The path that was asked for.', example: '/v1/schools/…/bookings' })
  instance: string;

  @ApiProperty({ type: 'string', description: 'Stable code for programs.', example: 'booking.slot_taken' })
  code: string;

  @ApiProperty({
    type: 'string',
    description: 'Finds this request in the logs.',
    example: '019aa1b2-7c00-7000-8000-000000000001',
  })
  correlationId: string;

  @ApiProperty({ type: [FieldProblemDto], required: false, description: 'The fields that are wrong.' })
  errors?: FieldProblemDto[];
}
