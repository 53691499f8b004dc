import type { FormTree } from './form.js';

/** A form of several parts; a file becomes the text of a data URL that also holds its name. */
export async function decodeMultipart(body: Buffer, contentType: string): Promise<FormTree> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  const tree: FormTree = {};
  for (const [name, value] of form.entries()) {
    const text = typeof value === 'string' ? value : await fileText(value);
    const known = tree[name];
    if (known === undefined) tree[name] = text;
    else tree[name] = Array.isArray(known) ? [...known, text] : [known, text];
  }
  return tree;
}

async function fileText(file: File): Promise<string> {
  const data = Buffer.from(await file.arrayBuffer()).toString('base64');
  return `data:${file.type};name=${encodeURIComponent(file.name)};base64,${data}`;
}
