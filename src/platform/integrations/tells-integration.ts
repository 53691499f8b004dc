import { SetMetadata } from '@nestjs/common';

export const integrationKinds = [
  'payments',
  'accounting',
  'email',
  'sms',
  'calendars',
  'files',
  'theory',
  'directory',
  'webhooks',
] as const;
export type IntegrationKind = (typeof integrationKinds)[number];

/**
 * `off`: not set up. `ok`: nothing is known against it. `failing`: what was last tried failed. `disconnected`: it was set up, and
 * needs a person to connect it again.
 */
export const integrationStates = ['off', 'ok', 'failing', 'disconnected'] as const;
export type IntegrationState = (typeof integrationStates)[number];

/** How the current school stands with an outside system, out of what is written down anyway. No secrets, no personal data. */
export interface IntegrationStatus {
  readonly kind: IntegrationKind;
  /** As `ProviderCalls` knows it, such as `stripe`; null where there is none, or many. */
  readonly provider: string | null;
  readonly state: IntegrationState;
  readonly lastSuccessAt: Date | null;
  readonly lastFailureAt: Date | null;
  /** A word or a sentence of ours. */
  readonly lastFailure: string | null;
}

export const tellsIntegrationKey = 'integrations:tells';

/** The method says how the current school stands with outside systems: by a few looks into an index, read only. */
export function TellsIntegration() {
  return (
    target: object,
    name: string | symbol,
    descriptor: TypedPropertyDescriptor<() => Promise<IntegrationStatus[]>>,
  ): void => {
    SetMetadata(tellsIntegrationKey, true)(target, name, descriptor as PropertyDescriptor);
  };
}

/** Failing when the last thing that is known of it is a failure. */
export function stateOf(lastSuccessAt: Date | null, lastFailureAt: Date | null): 'ok' | 'failing' {
  return lastFailureAt && (!lastSuccessAt || lastFailureAt > lastSuccessAt) ? 'failing' : 'ok';
}
