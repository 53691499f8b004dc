import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { HttpAdapter } from './platform/http/application.js';
import { apiDocument } from './platform/http/openapi.js';

// Writes the OpenAPI document to the file named on the command line. In preview nothing is connected or even constructed.
const file = process.argv[2] ?? 'openapi.json';
const app = await NestFactory.create(AppModule.forRoot({ jobs: false }), new HttpAdapter(), {
  preview: true,
  logger: false,
  abortOnError: false,
});
writeFileSync(file, `${JSON.stringify(apiDocument(app), null, 2)}\n`);
