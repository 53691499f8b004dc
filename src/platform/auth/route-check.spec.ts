import { Controller, Get, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import { PermissionCatalogue } from './access-directory.js';
import { Public } from './public.js';
import { RequiresPermission } from './requires.js';
import { OpenRoutes, RouteCheck } from './route-check.js';

@Controller('good')
class GoodController {
  @Get('a') @RequiresPermission('thing.read') a() {}
  @Get('b') @Public('a test') b() {}
  notARoute() {}
}

@Controller('closed')
@RequiresPermission('thing.read')
class InheritingController {
  @Get() a() {}
}

@Controller('bad')
class BadController {
  @Get('a') forgotten() {}
  @Get('b') @RequiresPermission('thing.raed') misspelt() {}
}

const catalogue: PermissionCatalogue = { has: (name) => name === 'thing.read', grantees: () => ['owner'] };

function boot(...controllers: (new () => object)[]) {
  @Module({
    imports: [DiscoveryModule],
    controllers,
    providers: [RouteCheck, { provide: PermissionCatalogue, useValue: catalogue }],
  })
  class TestModule {}
  return Test.createTestingModule({ imports: [TestModule] })
    .compile()
    .then((module) => module.init());
}

describe('the check of routes at boot', () => {
  it('lets declared routes pass', async () => {
    await (await boot(GoodController, InheritingController)).close();
  });

  it('names each route that is open or misspelt', async () => {
    const error: unknown = await boot(GoodController, BadController).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(OpenRoutes);
    expect((error as Error).message).toContain('BadController.forgotten');
    expect((error as Error).message).toContain('BadController.misspelt');
    expect((error as Error).message).not.toContain('GoodController');
  });
});
