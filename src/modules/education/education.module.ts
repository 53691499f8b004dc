import { Module } from '@nestjs/common';
import { SchoolsModule } from '../schools/index.js';
import { StudentsModule } from '../students/index.js';
import { TheoryController } from './http/theory.controller.js';
import { FollowStudents } from './jobs/follow-students.js';
import { ReadTheoryCatalogue } from './jobs/read-theory-catalogue.js';
import { ReadTheoryReports } from './jobs/read-theory-reports.js';
import { SettleTheoryLinks } from './jobs/settle-theory-links.js';
import { TheoryPrivacy } from './privacy/theory-privacy.js';
import { LinkingSchools } from './queries/linking-schools.js';
import { TheoryAudit } from './queries/theory-audit.js';
import { TheoryCatalogues } from './queries/theory-catalogues.js';
import { TheoryDone } from './queries/theory-done.js';
import { TheoryIntegration } from './queries/theory-integration.js';
import { TheoryList } from './queries/theory-list.js';
import { TheoryReader } from './queries/theory-reader.js';
import { ConfigureTheory } from './use-cases/configure-theory.js';
import { EndTheoryLink } from './use-cases/end-theory-link.js';
import { KeepReadingPlace } from './use-cases/keep-reading-place.js';
import { RecordTheoryAnswer } from './use-cases/record-theory-answer.js';
import { RecordTheoryReport } from './use-cases/record-theory-report.js';
import { RequestTheoryLink } from './use-cases/request-theory-link.js';

const frontDoor = [RecordTheoryReport, TheoryDone, TheoryReader];

/** Where students learn the theory by themselves, and how far they are. Needs the TheoryPlatform that integrations.module.ts binds. */
@Module({
  imports: [SchoolsModule, StudentsModule],
  controllers: [TheoryController],
  providers: [
    ...frontDoor,
    ConfigureTheory,
    RequestTheoryLink,
    EndTheoryLink,
    RecordTheoryAnswer,
    KeepReadingPlace,
    FollowStudents,
    SettleTheoryLinks,
    ReadTheoryReports,
    ReadTheoryCatalogue,
    LinkingSchools,
    TheoryList,
    TheoryCatalogues,
    TheoryPrivacy,
    TheoryAudit,
    TheoryIntegration,
  ],
  exports: frontDoor,
})
export class EducationModule {}
