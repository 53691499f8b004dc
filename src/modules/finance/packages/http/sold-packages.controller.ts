import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../../platform/auth/actor.js';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { StudentNotFound } from '../../../students/index.js';
import { InvoiceWrittenOff } from '../../domain/errors.js';
import {
  LessonsAhead,
  NothingLeftOfIt,
  PackageArchived,
  PackageEnded,
  PackageExpired,
  PackageNotFound,
  PackageTooCheap,
  PartWithoutPrice,
  SetOffChanged,
  SoldPackageNotFound,
  TransferToHimself,
} from '../domain/package-problems.js';
import { PreviewWithdrawal, type WithdrawalView } from '../queries/preview-withdrawal.js';
import { SoldPackageReader, type SoldPackageView } from '../queries/sold-package-reader.js';
import { HandOverPart } from '../use-cases/hand-over-part.js';
import { SellPackage } from '../use-cases/sell-package.js';
import { TransferPackage } from '../use-cases/transfer-package.js';
import { WithdrawPackage } from '../use-cases/withdraw-package.js';
import {
  HandOverPartDto,
  SellPackageDto,
  SoldPackageDto,
  SoldPackageListQuery,
  TransferPackageDto,
  WithdrawalDto,
  WithdrawPackageDto,
} from './package.dto.js';

@Controller('v1/schools/:schoolId')
@ApiTags('Packages')
export class SoldPackagesController {
  constructor(
    private readonly sellPackage: SellPackage,
    private readonly handOverPart: HandOverPart,
    private readonly transferPackage: TransferPackage,
    private readonly withdrawPackage: WithdrawPackage,
    private readonly preview: PreviewWithdrawal,
    private readonly sold: SoldPackageReader,
  ) {}

  @Post('students/:studentId/packages')
  @Requires('package.sell')
  @Operation({
    id: 'sellPackage',
    summary: 'Sell a package to a student',
    description:
      'Each thing in it is charged with its share of the price, and invoiced like any charge. Lessons booked from now on use the package before they cost anything.',
    ok: SoldPackageDto,
    status: 201,
    problems: [StudentNotFound, PackageNotFound, PackageArchived, PartWithoutPrice, PackageTooCheap],
  })
  async sell(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('studentId') studentId: Id,
    @Body() { packageId }: SellPackageDto,
  ): Promise<SoldPackageView> {
    return this.sold.get(actor, await this.sellPackage.execute(studentId, packageId));
  }

  @Get('sold-packages')
  @Requires('charge.read')
  @Operation({
    id: 'listSoldPackages',
    summary: 'List the packages of students, newest first',
    description: 'With what is left of each. A student sees his own alone.',
    ok: PageOf(SoldPackageDto),
    problems: [StudentNotFound],
  })
  list(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @Query() query: SoldPackageListQuery,
  ): Promise<Page<SoldPackageView>> {
    return this.sold.list(actor, query);
  }

  @Get('sold-packages/:soldPackageId')
  @Requires('charge.read')
  @Operation({
    id: 'getSoldPackage',
    summary: 'Read a student’s package',
    description: 'With what is used and what is left of it.',
    ok: SoldPackageDto,
    problems: [SoldPackageNotFound],
  })
  get(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('soldPackageId') soldPackageId: Id,
  ): Promise<SoldPackageView> {
    return this.sold.get(actor, soldPackageId);
  }

  @Post('sold-packages/:soldPackageId/hand-over')
  @HttpCode(200)
  @Requires('package.sell')
  @Operation({
    id: 'handOverPackagePart',
    summary: 'Hand over something of a package',
    description: 'What no booking uses: a book, a course, a lesson driven without the diary.',
    ok: SoldPackageDto,
    problems: [SoldPackageNotFound, PackageEnded, PackageExpired, NothingLeftOfIt],
  })
  async handOver(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('soldPackageId') soldPackageId: Id,
    @Body() { productId }: HandOverPartDto,
  ): Promise<SoldPackageView> {
    await this.handOverPart.execute(soldPackageId, productId);
    return this.sold.get(actor, soldPackageId);
  }

  @Post('sold-packages/:soldPackageId/transfer')
  @HttpCode(200)
  @Requires('package.sell')
  @Operation({
    id: 'transferPackage',
    summary: 'Hand what is left of a package to another student',
    description:
      'What was used stays with who used it, also for lessons ahead. Who bought it still owes its price, and has what is given back.',
    ok: SoldPackageDto,
    problems: [SoldPackageNotFound, StudentNotFound, PackageEnded, PackageExpired, TransferToHimself],
  })
  async transfer(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('soldPackageId') soldPackageId: Id,
    @Body() { studentId }: TransferPackageDto,
  ): Promise<SoldPackageView> {
    await this.transferPackage.execute(soldPackageId, studentId);
    return this.sold.get(actor, soldPackageId);
  }

  @Get('sold-packages/:soldPackageId/withdrawal')
  @Requires('package.sell')
  @Operation({
    id: 'previewPackageWithdrawal',
    summary: 'See what giving a package back comes to',
    description: 'Changes nothing.',
    ok: WithdrawalDto,
    problems: [SoldPackageNotFound, PackageEnded, new LessonsAhead(1)],
  })
  previewWithdrawal(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('soldPackageId') soldPackageId: Id,
  ): Promise<WithdrawalView> {
    return this.preview.of(soldPackageId);
  }

  @Post('sold-packages/:soldPackageId/withdrawal')
  @HttpCode(200)
  @Requires('package.sell')
  @Operation({
    id: 'withdrawPackage',
    summary: 'Take a package back',
    description:
      'What was used is set off at the list prices of the day of the sale, and the rest of the price credited. What was paid of that is the student’s credit: refund it, or use it for another invoice.',
    ok: SoldPackageDto,
    problems: [SoldPackageNotFound, PackageEnded, new LessonsAhead(1), SetOffChanged, InvoiceWrittenOff],
  })
  async withdraw(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @IdParam('soldPackageId') soldPackageId: Id,
    @Body() { expectedReturn }: WithdrawPackageDto,
  ): Promise<SoldPackageView> {
    await this.withdrawPackage.execute(soldPackageId, expectedReturn);
    return this.sold.get(actor, soldPackageId);
  }
}
