/** What a JSON column holds, read past the ORM: MariaDB hands it over as text, MySQL as the value. */
export function storedJson<T>(kept: T | string): T {
  return (typeof kept === 'string' ? JSON.parse(kept) : kept) as T;
}
