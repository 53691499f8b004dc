import { Injectable } from '@nestjs/common';
import { DecoratedMethods } from '../discovery/decorated-methods.js';
import { inSchool } from '../tenancy/tenancy.js';
import type { Id } from '../values/id.js';
import { verifiesMetadataKey } from './verifies.js';

export interface Verdict {
  readonly subject: string;
  readonly findings: readonly string[];
}

/** Runs every proof that the modules offer. */
@Injectable()
export class Verification {
  constructor(private readonly methods: DecoratedMethods) {}

  async ofSchool(school: Id): Promise<Verdict[]> {
    const verdicts: Verdict[] = [];
    for (const { options: subject, call } of this.methods.find<string, () => Promise<string[]>>(verifiesMetadataKey)) {
      verdicts.push({ subject, findings: await inSchool(school, call) });
    }
    return verdicts;
  }
}
