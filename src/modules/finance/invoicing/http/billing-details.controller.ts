import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Conditional } from '../../../../platform/http/conditional/conditional.js';
import { Operation } from '../../../../platform/http/operation.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { StudentNotFound } from '../../../students/index.js';
import type { BillingDetailsView } from '../domain/billing-details.js';
import { InvalidBuyerCvr, InvalidEan } from '../domain/invoicing-problems.js';
import { SetBillingDetails } from '../use-cases/set-billing-details.js';
import { BillingDetailsDto } from './invoicing.dto.js';

@Controller('v1/schools/:schoolId/students/:studentId/billing-details')
@ApiTags('Invoice drafts')
export class BillingDetailsController {
  constructor(private readonly setBillingDetails: SetBillingDetails) {}

  @Get()
  @Requires('invoice.issue')
  @Operation({
    id: 'getBillingDetails',
    summary: 'Read to whom a student’s invoices are written',
    description: 'All null: to the student at his own address.',
    ok: BillingDetailsDto,
    problems: [StudentNotFound],
  })
  read(@IdParam('schoolId') _schoolId: Id, @IdParam('studentId') studentId: Id): Promise<BillingDetailsView> {
    return this.setBillingDetails.read(studentId);
  }

  @Put()
  @Conditional()
  @Requires('invoice.issue')
  @Operation({
    id: 'setBillingDetails',
    summary: 'Say to whom a student’s invoices are written',
    description: 'Counts for invoices issued from now on. Where nobody else pays, the address stays the student’s own.',
    ok: BillingDetailsDto,
    problems: [StudentNotFound, InvalidBuyerCvr, InvalidEan],
  })
  write(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('studentId') studentId: Id,
    @Body() body: BillingDetailsDto,
  ): Promise<BillingDetailsView> {
    return this.setBillingDetails.execute(studentId, body);
  }
}
