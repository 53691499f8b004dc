import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Matches, Max, Min } from 'class-validator';
import { says } from './field-texts.js';

/** Money in requests and answers; `Money` itself (platform/values) serialises to this shape. */
export class MoneyDto {
  @ApiProperty({ type: 'integer', description: 'Integer minor units: 65000 is 650.00 kr.', example: 65000 })
  @IsInt(says('must be a whole number of minor units', 'skal være et helt antal øre'))
  @Min(-1_000_000_000_00, says('is too small', 'er for lille'))
  @Max(1_000_000_000_00, says('is too large', 'er for stort'))
  amount: number;

  @ApiProperty({ type: 'string', description: 'ISO 4217 currency code.', pattern: '^[A-Z]{3}$', example: 'DKK' })
  @Matches(/^[A-Z]{3}$/, says('must be a currency code such as DKK', 'skal være en valutakode som DKK'))
  currency: string;
}
