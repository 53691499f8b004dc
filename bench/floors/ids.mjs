// UUIDs as the database keeps them and as people read them.
export const bytes = (id) => Buffer.from(id.replaceAll('-', ''), 'hex');

export function text(buffer) {
  const hex = buffer.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
