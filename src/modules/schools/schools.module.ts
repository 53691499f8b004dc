import { Module } from '@nestjs/common';
import { Scheduling } from './queries/scheduling.js';
import { ResourceRegistry } from './use-cases/resource-registry.js';

const frontDoor = [Scheduling, ResourceRegistry];

/** Schools, their teachers, vehicles and lesson types, and who works when. */
@Module({ providers: frontDoor, exports: frontDoor })
export class SchoolsModule {}
