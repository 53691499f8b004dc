/** A tag of the document: what its operations are about. */
export interface ApiTopic {
  readonly name: string;
  readonly description: string;
}

/** The tags of the document in the order of reading; the application knows what its modules are about. */
export abstract class ApiTopics {
  abstract readonly all: readonly ApiTopic[];
}
