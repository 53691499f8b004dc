import { DomainEvent } from '../../../../platform/outbox/event.js';
import type { Id } from '../../../../platform/values/id.js';

export class DataExportRequested extends DomainEvent<{ exportId: Id }> {
  static override readonly eventName = 'students.data_export_requested';
}

export class ErasureRequested extends DomainEvent<{ erasureId: Id }> {
  static override readonly eventName = 'students.erasure_requested';
}
