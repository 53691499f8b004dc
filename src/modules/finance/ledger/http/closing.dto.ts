import { IdField, InstantField, LocalDateField, TextField } from '../../../../platform/http/fields.js';
import { ListQuery } from '../../../../platform/http/list-query.js';
import type { Id } from '../../../../platform/values/id.js';
import { closingList } from '../queries/closing-reader.js';

export class CloseBooksDto {
  @LocalDateField({ description: 'The last day that is closed; a day that is over.', example: '2026-09-30' })
  through: string;
}

export class ReopenBooksDto {
  @TextField({ description: 'Why; kept with the closing.', example: 'Faktura fra september manglede', max: 500 })
  reason: string;
}

export class ClosingListQuery extends ListQuery(closingList) {}

export class ClosingDto {
  @IdField({ description: 'Id of the closing.' })
  id: Id;

  @LocalDateField({ description: 'The last day that it closes.', example: '2026-09-30' })
  through: string;

  @IdField({ description: 'Who closed the books.' })
  closedBy: Id;

  @InstantField({ description: 'When.', example: '2026-10-05T09:00:00.000Z' })
  closedAt: Date;

  @IdField({ description: 'Who reopened them; null while the closing stands.', nullable: true })
  reopenedBy: Id | null;

  @InstantField({ description: 'When.', example: '2026-10-06T09:00:00.000Z', nullable: true })
  reopenedAt: Date | null;

  @TextField({ description: 'Why.', example: 'Faktura fra september manglede', max: 500, nullable: true })
  reopenReason: string | null;
}
