import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Operation } from '../../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../../platform/http/paging.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { AmountNotPositive, WrongCurrency } from '../../domain/errors.js';
import { ProductArchived, ProductNotFound } from '../../prices/domain/price-problems.js';
import { PackageNotFound, PackageReplaced, PackageTooLarge, PartTwice } from '../domain/package-problems.js';
import { PackageReader, type PackageView } from '../queries/package-reader.js';
import { DefinePackage } from '../use-cases/define-package.js';
import { DefinePackageDto, PackageDto, PackageListQuery } from './package.dto.js';

const wrong = [
  new WrongCurrency('DKK', 'price.currency'),
  new AmountNotPositive('price'),
  PartTwice,
  new PackageTooLarge(100),
  ProductNotFound,
  ProductArchived,
];

@Controller('v1/schools/:schoolId/packages')
@ApiTags('Packages')
export class PackagesController {
  constructor(
    private readonly define: DefinePackage,
    private readonly packages: PackageReader,
  ) {}

  @Post()
  @Requires('product.manage')
  @Operation({
    id: 'definePackage',
    summary: 'Put a package together',
    description:
      'Lessons and other products at one price, to be used within some months. It never changes: see its versions.',
    ok: PackageDto,
    status: 201,
    problems: wrong,
  })
  add(@IdParam('schoolId') _schoolId: Id, @Body() body: DefinePackageDto): Promise<PackageView> {
    return this.define.add(body.toCommand());
  }

  @Get()
  @Requires('product.read')
  @Operation({
    id: 'listPackages',
    summary: 'List the packages, by name',
    description: 'Every version is one of its own; those before the newest are archived.',
    ok: PageOf(PackageDto),
  })
  list(@IdParam('schoolId') _schoolId: Id, @Query() query: PackageListQuery): Promise<Page<PackageView>> {
    return this.packages.list(query);
  }

  @Get(':packageId')
  @Requires('product.read')
  @Operation({
    id: 'getPackage',
    summary: 'Read a package',
    description: 'Also one that is no longer sold, because students have it.',
    ok: PackageDto,
    problems: [PackageNotFound],
  })
  get(@IdParam('schoolId') _schoolId: Id, @IdParam('packageId') packageId: Id): Promise<PackageView> {
    return this.packages.get(packageId);
  }

  @Post(':packageId/versions')
  @Requires('product.manage')
  @Operation({
    id: 'revisePackage',
    summary: 'Put a new version in a package’s place',
    description: 'The version before is archived. What was sold of it stays what it was.',
    ok: PackageDto,
    status: 201,
    problems: [PackageNotFound, PackageReplaced, ...wrong],
  })
  revise(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('packageId') packageId: Id,
    @Body() body: DefinePackageDto,
  ): Promise<PackageView> {
    return this.define.revise(packageId, body.toCommand());
  }

  @Post(':packageId/archive')
  @HttpCode(200)
  @Requires('product.manage')
  @Operation({
    id: 'archivePackage',
    summary: 'Sell a package no longer',
    description: 'Whoever has bought it uses it as before.',
    ok: PackageDto,
    problems: [PackageNotFound],
  })
  archive(@IdParam('schoolId') _schoolId: Id, @IdParam('packageId') packageId: Id): Promise<PackageView> {
    return this.define.archive(packageId);
  }
}
