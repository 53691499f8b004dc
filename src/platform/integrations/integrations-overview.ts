import { Injectable } from '@nestjs/common';
import { DecoratedMethods } from '../discovery/decorated-methods.js';
import { ProviderCalls } from '../ports/provider-calls.js';
import { integrationKinds, type IntegrationStatus, tellsIntegrationKey } from './tells-integration.js';

export interface IntegrationView extends IntegrationStatus {
  /** This process keeps calls away from the provider at the moment. */
  readonly isCircuitOpen: boolean;
}

/** How the current school stands with every outside system that a module tells about. */
@Injectable()
export class IntegrationsOverview {
  constructor(
    private readonly methods: DecoratedMethods,
    private readonly calls: ProviderCalls,
  ) {}

  /** In the order of `integrationKinds`. */
  async read(): Promise<{ readonly integrations: readonly IntegrationView[] }> {
    const told: IntegrationStatus[] = [];
    for (const { call } of this.methods.find<true, () => Promise<IntegrationStatus[]>>(tellsIntegrationKey))
      told.push(...(await call()));
    const integrations = told
      .toSorted((a, b) => integrationKinds.indexOf(a.kind) - integrationKinds.indexOf(b.kind))
      .map((status) => this.view(status));
    return { integrations };
  }

  private view(status: IntegrationStatus): IntegrationView {
    const isCircuitOpen = status.provider !== null && this.calls.isOpen(status.provider);
    const state = isCircuitOpen && status.state === 'ok' ? 'failing' : status.state;
    return { ...status, state, isCircuitOpen };
  }
}
