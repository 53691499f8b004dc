// What the bootstrap's plain JavaScript gives to its specs.
declare module '*/lock.mjs' {
  export function tryLock(file: string): { release?: () => void; holder?: { pid: number } };
}
declare module '*/ports.mjs' {
  export function reservePort(
    first: number,
    options: { label: string; fixed?: boolean },
  ): Promise<{ port: number; release: () => void }>;
}
declare module '*/processes.mjs' {
  export class Processes {
    constructor(file: string);
    start(
      name: string,
      command: string,
      args: string[],
      options: { logFile: string; graceMs?: number },
    ): { pid: number; exited: Promise<{ code: number | null }> };
    run(name: string, command: string, args: string[], options: { logFile: string }): Promise<string>;
    removeAfterwards(path: string): () => void;
    runAfterwards(command: string, args: string[]): void;
    stopAll(): Promise<void>;
  }
}
declare module '*/process-identity.mjs' {
  export function identify(pid: number): { pid: number; born: string } | undefined;
}
declare module '*/env-file.mjs' {
  export function readSettings(file: string, environment: Record<string, string>): Record<string, string>;
}
declare module '*/dependencies.mjs' {
  export function areInstalled(folder: string): boolean;
}
declare module '*/environment.mjs' {
  export function applicationEnvironment(
    settings: Record<string, string>,
    addresses: Record<string, string | number>,
    secrets: Record<string, string>,
  ): Record<string, string>;
  export function wantsSandbox(settings: Record<string, string>): boolean;
}
declare module '*/node-options.mjs' {
  export const heapLimits: string;
}
declare module '*/programs.mjs' {
  export function findProgram(...names: string[]): string | undefined;
}
declare module '*/process-identity.mjs' {
  export interface Identity {
    readonly pid: number;
    readonly born: string;
  }
  export function endProcess(identity: Identity, graceMs: number): Promise<void>;
}
declare module '*/deploy/migrations.mjs' {
  export function contractionsIn(source: string): string[];
}

declare module '*/deploy/releases.mjs' {
  export function takeRelease(
    root: string,
    release: { readonly artefact: string; readonly name?: string },
  ): Promise<{ readonly name: string; readonly folder: string }>;
}
