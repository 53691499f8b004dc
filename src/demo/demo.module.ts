import { Module } from '@nestjs/common';
import { ApiExamples } from '../platform/http/api-examples.js';
import { DemoExamples } from './demo-examples.js';

/** What the running application knows of the demo school: examples for its documentation. */
@Module({ providers: [{ provide: ApiExamples, useClass: DemoExamples }] })
export class DemoModule {}
