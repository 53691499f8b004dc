import { Injectable } from '@nestjs/common';
import { DecoratedMethods } from '../discovery/decorated-methods.js';
import {
  type DataSubject,
  type Eraser,
  eraserKey,
  type Exporter,
  exporterKey,
  type Objection,
  type Objector,
  objectorKey,
} from './personal-data.decorators.js';

/** All that the modules keep about a person, gathered from wherever it is decorated. */
@Injectable()
export class PersonalData {
  constructor(private readonly methods: DecoratedMethods) {}

  /** By part. */
  async exportOf(subject: DataSubject): Promise<Record<string, unknown>> {
    const parts: Record<string, unknown> = {};
    for (const { options: part, call } of this.methods.find<string, Exporter>(exporterKey)) {
      parts[part] = await call(subject);
    }
    return parts;
  }

  async objectionsTo(subject: DataSubject): Promise<Objection[]> {
    const found: Objection[] = [];
    for (const { call } of this.methods.find<string, Objector>(objectorKey)) found.push(...(await call(subject)));
    return found;
  }

  erasers(): ReadonlyMap<string, Eraser> {
    return new Map(this.methods.find<string, Eraser>(eraserKey).map(({ options: part, call }) => [part, call]));
  }
}
