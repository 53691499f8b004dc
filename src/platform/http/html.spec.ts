import { describe, expect, it } from '@jest/globals';
import { html, page } from './html.js';

describe('html', () => {
  it('escapes values, and only values', () => {
    expect(html`<a href="${'"><script>'}">${html`<b>${'&'}</b>`}</a>`.text).toBe(
      '<a href="&#34;&#62;&#60;script&#62;"><b>&#38;</b></a>',
    );
  });

  it('makes a page of it', () => {
    expect(page('<T>', html`<p>x</p>`)).toMatch(/<title>&#60;T&#62;<\/title>[^]*<main><p>x<\/p><\/main>/);
  });
});
