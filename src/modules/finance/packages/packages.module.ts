import { Module } from '@nestjs/common';
import { IdentityModule } from '../../identity/index.js';
import { SchoolsModule } from '../../schools/index.js';
import { StudentsModule } from '../../students/index.js';
import { BooksModule } from '../books.module.js';
import { InstalmentsModule } from '../instalments/instalments.module.js';
import { PricesModule } from '../prices/prices.module.js';
import { PackagesController } from './http/packages.controller.js';
import { SoldPackagesController } from './http/sold-packages.controller.js';
import { Packages } from './packages.js';
import { PackagePrivacy } from './privacy/package-privacy.js';
import { PackageAudit } from './queries/package-audit.js';
import { PackageReader } from './queries/package-reader.js';
import { PreviewWithdrawal } from './queries/preview-withdrawal.js';
import { SoldPackageReader } from './queries/sold-package-reader.js';
import { UnitsAtWithdrawal } from './queries/units-at-withdrawal.js';
import { DefinePackage } from './use-cases/define-package.js';
import { HandOverPart } from './use-cases/hand-over-part.js';
import { SellPackage } from './use-cases/sell-package.js';
import { TransferPackage } from './use-cases/transfer-package.js';
import { WithdrawPackage } from './use-cases/withdraw-package.js';

/** Packages: offered, sold, used by lessons, handed on and given back. */
@Module({
  imports: [IdentityModule, SchoolsModule, StudentsModule, BooksModule, PricesModule, InstalmentsModule],
  controllers: [PackagesController, SoldPackagesController],
  providers: [
    DefinePackage,
    HandOverPart,
    PackageAudit,
    PackagePrivacy,
    PackageReader,
    Packages,
    PreviewWithdrawal,
    SellPackage,
    SoldPackageReader,
    TransferPackage,
    UnitsAtWithdrawal,
    WithdrawPackage,
  ],
  exports: [PackageAudit, Packages],
})
export class PackagesModule {}
