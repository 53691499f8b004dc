import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { Operation } from '../../../../platform/http/operation.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { Requires } from '../../../identity/index.js';
import { StudentNotFound } from '../../../students/index.js';
import {
  AmountNotPositive,
  CreditTooSmall,
  InvoiceNotFound,
  NoCredit,
  NothingToPay,
  RefundByHand,
  WrongCurrency,
} from '../../domain/errors.js';
import { RefundDto } from '../../http/payment.dto.js';
import { PaymentReader, type RefundView } from '../../queries/payment-reader.js';
import { NotSoMuchInTill } from '../domain/till-problems.js';
import { StudentCredit, type StudentCreditView } from '../queries/student-credit.js';
import { RefundCredit } from '../use-cases/refund-credit.js';
import { UseCredit } from '../use-cases/use-credit.js';
import { RefundCreditDto, StudentCreditDto, UseCreditDto } from './manual-payment.dto.js';

@Controller('v1/schools/:schoolId/students/:studentId')
@ApiTags('Payments')
export class CreditController {
  constructor(
    private readonly credits: StudentCredit,
    private readonly useCredit: UseCredit,
    private readonly refundCredit: RefundCredit,
    private readonly payments: PaymentReader,
  ) {}

  @Get('credit')
  @Requires('account.balance')
  @Operation({
    id: 'getStudentCredit',
    summary: 'Read what a student has to his credit',
    description: 'What he has paid and no invoice has had. A student sees his own alone.',
    ok: StudentCreditDto,
    problems: [StudentNotFound],
  })
  read(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('studentId') studentId: Id,
  ): Promise<StudentCreditView> {
    return this.credits.of(actor, studentId);
  }

  @Post('credit-uses')
  @Requires('payment.record')
  @Operation({
    id: 'useCredit',
    summary: 'Pay invoices with a student’s credit',
    description: 'One invoice, or all that are open. Answers what is left of the credit.',
    ok: StudentCreditDto,
    problems: [StudentNotFound, InvoiceNotFound, NoCredit, NothingToPay],
  })
  async use(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('studentId') studentId: Id,
    @Body() { invoiceId }: UseCreditDto,
  ): Promise<StudentCreditView> {
    await this.useCredit.execute(studentId, invoiceId);
    return this.credits.of(actor, studentId);
  }

  @Post('credit-refunds')
  @Requires('payment.refund')
  @Operation({
    id: 'refundCredit',
    summary: 'Give a student his credit back',
    description: 'One refund for each payment the money is left of: the way it came, or as staff has paid it out.',
    ok: [RefundDto],
    status: 201,
    problems: [
      StudentNotFound,
      NoCredit,
      RefundByHand,
      new WrongCurrency('DKK'),
      new AmountNotPositive('amount'),
      new CreditTooSmall(Money.of(65_000, 'DKK')),
      new NotSoMuchInTill(Money.of(65_000, 'DKK')),
    ],
  })
  async refund(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('studentId') studentId: Id,
    @Body() body: RefundCreditDto,
  ): Promise<RefundView[]> {
    const refunds: RefundView[] = [];
    for (const id of await this.refundCredit.execute(actor, body.toCommand(studentId)))
      refunds.push(await this.payments.refund(id));
    return refunds;
  }
}
