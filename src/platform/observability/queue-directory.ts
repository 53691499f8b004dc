import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Queue } from 'bullmq';

/** Every queue of the application, whoever registered it. */
@Injectable()
export class QueueDirectory {
  constructor(private readonly discovery: DiscoveryService) {}

  all(): Queue[] {
    const instances = this.discovery.getProviders().map(({ instance }): unknown => instance);
    return [...new Set(instances.filter((instance): instance is Queue => instance instanceof Queue))];
  }
}
