import { Module } from '@nestjs/common';
import { BookingsModule } from '../../modules/bookings/index.js';
import { FinanceModule } from '../../modules/finance/index.js';
import { SchoolsModule } from '../../modules/schools/index.js';
import { StudentsModule } from '../../modules/students/index.js';
import { CachedFreeTimes } from './cached-free-times.js';
import { DirectorySchools } from './directory-schools.js';
import { PartnerLeadsController } from './http/partner-leads.controller.js';
import { PartnerSchoolsController } from './http/partner-schools.controller.js';

/** What a directory of driving schools asks of us, and hands in. */
@Module({
  imports: [BookingsModule, FinanceModule, SchoolsModule, StudentsModule],
  controllers: [PartnerLeadsController, PartnerSchoolsController],
  providers: [CachedFreeTimes, DirectorySchools],
})
export class FindkoreskoleModule {}
