import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { AppModule } from './app.module.js';
import { AppConfig } from './platform/config/app.config.js';
import { environment } from './platform/config/environment.js';
import { readConfig } from './platform/config/read-config.js';
import { createApp } from './platform/http/application.js';
import { logCrash, stopOnSignal } from './platform/http/shutdown.js';

// One program for every role: APP_ROLE says whether this process answers HTTP, runs jobs, or does both.
try {
  // All sections, so that one start names everything that is wrong.
  const { host, port, role, runsJobs } = readConfig(environment()).get(AppConfig) as AppConfig;
  const app = await createApp(AppModule.forRoot({ jobs: runsJobs }));
  logCrash(app);
  stopOnSignal(app);
  await app.listen(port, host);
  new Logger('Main').log(`${role} at ${await app.getUrl()}`);
} catch (error) {
  console.error(error instanceof Error ? (error.name === 'InvalidConfig' ? error.message : error.stack) : error);
  process.exit(1);
}
