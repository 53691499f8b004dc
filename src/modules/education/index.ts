import { TheoryLinkSchema } from './domain/theory-link.js';
import { TheoryCatalogueSchema, TheorySettingsSchema } from './domain/theory-settings.js';
import { TheoryTestResultSchema } from './domain/theory-test-result.js';

export { EducationModule } from './education.module.js';
export { TheoryCompleted, TheoryLinked } from './domain/events.js';
export type { ReportedTest, TheoryReport } from './domain/theory-report.js';
export {
  type AskLater,
  type CatalogueAnswer,
  type LinkAnswer,
  type NewPlatformStudent,
  type PlatformLink,
  type ProgressAnswer,
  type ReportsAnswer,
  type TheoryCatalogue,
  TheoryPlatform,
  type UnlinkAnswer,
} from './ports/theory-platform.js';
export { TheoryDone } from './queries/theory-done.js';
export { TheoryReader } from './queries/theory-reader.js';
export { ConfigureTheory } from './use-cases/configure-theory.js';
export { RecordTheoryReport } from './use-cases/record-theory-report.js';

export const educationEntities = [
  TheorySettingsSchema,
  TheoryLinkSchema,
  TheoryTestResultSchema,
  TheoryCatalogueSchema,
];
