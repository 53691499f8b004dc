import { TextField } from '../../../../platform/http/fields.js';

export class ReleaseHoldDto {
  @TextField({ description: 'Why.', example: 'Eleven vil hellere en anden dag', max: 500, optional: true })
  reason?: string;
}
