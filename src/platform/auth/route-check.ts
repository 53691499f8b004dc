import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { PermissionCatalogue } from './access-directory.js';
import { routeAccess } from './route-access.js';

/** Boot stops when a route says nothing about who may use it, or names a permission that does not exist. */
export class OpenRoutes extends Error {
  constructor(routes: readonly string[]) {
    super(
      `These routes need @Requires() with a known permission, or @Public():\n${routes.map((route) => `  - ${route}`).join('\n')}`,
    );
  }
}

@Injectable()
export class RouteCheck implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly catalogue: PermissionCatalogue,
  ) {}

  onApplicationBootstrap(): void {
    const open = this.discovery
      .getControllers()
      .flatMap(({ metatype }) => (metatype ? this.openRoutes(metatype as new () => object) : []));
    if (open.length > 0) throw new OpenRoutes(open);
  }

  private openRoutes(controller: new () => object): string[] {
    const prototype = controller.prototype as Record<string, object>;
    return this.scanner
      .getAllMethodNames(prototype)
      .filter(
        (name) =>
          Reflect.hasMetadata(PATH_METADATA, prototype[name] ?? {}) && this.isOpen(controller, prototype[name] ?? {}),
      )
      .map((name) => `${controller.name}.${name}`);
  }

  private isOpen(controller: object, method: object): boolean {
    const { permission, isPublic } = routeAccess(controller, method);
    return permission ? !this.catalogue.has(permission) : !isPublic;
  }
}
