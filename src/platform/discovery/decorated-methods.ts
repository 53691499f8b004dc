import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';

export interface DecoratedMethod<Options, Method> {
  readonly options: Options;
  readonly call: Method;
}

/** Finds the providers' methods that a decorator has marked, each bound to its instance. */
@Injectable()
export class DecoratedMethods {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  find<Options, Method extends (...args: never[]) => unknown>(metadataKey: string): DecoratedMethod<Options, Method>[] {
    return this.instances().flatMap((instance) =>
      this.scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object).flatMap((name) => {
        const method = instance[name] as Method;
        const options = Reflect.getMetadata(metadataKey, method) as Options | undefined;
        return options ? [{ options, call: method.bind(instance) as Method }] : [];
      }),
    );
  }

  // An alias (useExisting) shows the same instance under a second token.
  private instances(): Record<string, unknown>[] {
    const found = new Set<Record<string, unknown>>();
    for (const { instance } of this.discovery.getProviders()) {
      if (instance && typeof instance === 'object' && Object.getPrototypeOf(instance))
        found.add(instance as Record<string, unknown>);
    }
    return [...found];
  }
}
