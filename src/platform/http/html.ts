/** HTML that is already safe. */
export class Html {
  constructor(readonly text: string) {}
}

/** Fills values into HTML, escaped unless they are HTML themselves. */
export function html(parts: TemplateStringsArray, ...values: (string | Html | readonly Html[])[]): Html {
  const text = parts.reduce((filled, part, index) => filled + textOf(values[index - 1] ?? '') + part);
  return new Html(text);
}

function textOf(value: string | Html | readonly Html[]): string {
  if (value instanceof Html) return value.text;
  if (typeof value !== 'string') return value.map(({ text }) => text).join('');
  return value.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

const style = `
  body { font: 16px/1.6 system-ui, sans-serif; color: #1d2733; background: #f5f7f9; margin: 0 }
  main { max-width: 38rem; margin: 12vh auto; background: #fff; padding: 2rem 2.5rem; border-radius: 12px; box-shadow: 0 1px 3px #0002 }
  h1 { margin: 0 0 .25rem; font-size: 1.6rem } p { margin: .25rem 0 1rem; color: #53616f }
  a { color: #0b5fa5 } ul { padding: 0; list-style: none } li { padding: .5rem 0; border-top: 1px solid #e6eaee }
  li span { display: block; color: #53616f; font-size: .9rem } label { display: block; margin: 1rem 0 }
  input { display: block; width: 100%; box-sizing: border-box; font: inherit; padding: .5rem; border: 1px solid #b8c2cc; border-radius: 6px }
  button { font: inherit; padding: .5rem 1.5rem; border: 0; border-radius: 6px; background: #0b5fa5; color: #fff }
  .wrong { color: #a11 }`;

/** A whole page. */
export function page(title: string, body: Html, language: 'da' | 'en' = 'en'): string {
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${new Html(style)}
        </style>
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html> `.text;
}
