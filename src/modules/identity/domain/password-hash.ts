import argon2 from 'argon2';

// OWASP's recommendation for argon2id: 19 MiB, two passes, one lane.
const settings = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const shortestPassword = 12;

export function hashPassword(password: string): Promise<string> {
  return argon2.hash(password, settings);
}

let decoy: Promise<string> | undefined;

/** True when the password fits. Without a hash it takes as long and is false, so that time does not tell who has an account. */
export async function passwordFits(hash: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password');
  const fits = await argon2.verify(hash ?? (await decoy), password);
  return fits && hash !== null;
}
