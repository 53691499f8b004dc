/** The one stylesheet of the sandbox's pages. */
export const STYLES = `
:root{--ink:#17202a;--soft:#5b6775;--line:#e3e7ec;--back:#f5f7f9;--card:#fff;--accent:#0f766e;--accent-ink:#fff;--wash:#e6f4f2;--bad:#b42318;--bad-wash:#fdecea;--warn:#8a5a00;--warn-wash:#fff4dc;--mobilepay:#5a78ff}
@media (prefers-color-scheme:dark){:root{--ink:#e8edf2;--soft:#9aa7b5;--line:#2b3540;--back:#12181e;--card:#1a222a;--accent:#2dd4bf;--accent-ink:#06231f;--wash:#17322f;--bad:#ff9b91;--bad-wash:#3a1d1b;--warn:#f5c265;--warn-wash:#37290e}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
a{color:var(--accent)}
h1,h2,h3{line-height:1.25;margin:0}
h1{font-size:1.4rem}h2{font-size:1.1rem}h3{font-size:1rem}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
code{font:.85em ui-monospace,SFMono-Regular,Menlo,monospace}
pre{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}
.soft{color:var(--soft)}
.small{font-size:.85rem}
.top{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem 1.5rem;padding:.7rem 1.25rem;background:var(--card);border-bottom:1px solid var(--line)}
.top nav{display:flex;gap:.25rem}
.top nav a{padding:.3rem .7rem;border-radius:.5rem;text-decoration:none;color:var(--soft)}
.top nav a[aria-current]{background:var(--wash);color:var(--accent);font-weight:600}
.top .hint{margin-left:auto;color:var(--soft);font-size:.85rem}
main{max-width:72rem;margin:0 auto;padding:1.5rem 1.25rem;display:grid;gap:1.25rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:.9rem;padding:1.25rem}
.tiles{display:grid;gap:1.25rem;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr))}
.tile{display:block;text-decoration:none;color:inherit}
.tile:hover{border-color:var(--accent)}
.tile b{display:block;font-size:1.9rem;line-height:1.2}
.badge{display:inline-block;padding:.05rem .55rem;border-radius:1rem;font-size:.78rem;font-weight:600;background:var(--back);color:var(--soft);white-space:nowrap}
.badge.good{background:var(--wash);color:var(--accent)}
.badge.bad{background:var(--bad-wash);color:var(--bad)}
.badge.warn{background:var(--warn-wash);color:var(--warn)}
button,.button{font:inherit;font-weight:600;padding:.7rem 1rem;border:1px solid transparent;border-radius:.6rem;background:var(--accent);color:var(--accent-ink);cursor:pointer;text-align:center;text-decoration:none;white-space:nowrap}
button.quiet,.button.quiet{background:none;border-color:var(--line);color:var(--ink);font-weight:500}
button.small{padding:.25rem .7rem}
button:hover{filter:brightness(1.07)}
input,select{font:inherit;font-weight:400;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.6rem .75rem;width:100%}
label{display:grid;gap:.3rem;font-size:.9rem;font-weight:600}
.scroll{overflow-x:auto}
table{width:100%;border-collapse:collapse;font-size:.9rem}
th{text-align:left;color:var(--soft);font-weight:600;font-size:.8rem}
th,td{padding:.55rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
tr:last-child td{border-bottom:0}
td.num,th.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.mailbox{max-width:none;grid-template-columns:minmax(18rem,26rem) 1fr;align-items:start}
.filters{display:grid;gap:.6rem;padding-bottom:1rem}
.filters .row{display:grid;grid-template-columns:1fr auto;gap:.5rem}
.tabs{display:flex;gap:.25rem;background:var(--back);padding:.25rem;border-radius:.7rem}
.tabs a{flex:1;text-align:center;padding:.3rem;border-radius:.5rem;text-decoration:none;color:var(--soft);font-size:.9rem}
.tabs a[aria-current]{background:var(--card);color:var(--ink);font-weight:600;box-shadow:0 1px 2px #0002}
.messages{list-style:none;margin:0 -.6rem;padding:0;max-height:calc(100vh - 20rem);overflow:auto}
.messages a{display:grid;grid-template-columns:2.2rem 1fr auto;gap:.1rem .7rem;padding:.6rem;border-radius:.6rem;text-decoration:none;color:inherit}
.messages a:hover{background:var(--back)}
.messages a[aria-current]{background:var(--wash)}
.messages .kind{grid-row:span 2;align-self:center;width:2.2rem;height:2.2rem;border-radius:50%;display:grid;place-items:center;background:var(--back);font-size:.62rem;font-weight:700;color:var(--soft)}
.messages .sms .kind{background:var(--wash);color:var(--accent)}
.messages .who,.messages .what{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.messages .who{font-weight:600;font-size:.92rem}
.messages .what{grid-column:2/4;color:var(--soft);font-size:.88rem}
.facts{display:grid;grid-template-columns:auto 1fr;gap:.15rem 1rem;margin:.8rem 0 1rem;font-size:.9rem}
.facts dt{color:var(--soft)}.facts dd{margin:0;overflow-wrap:anywhere}
.letter{width:100%;height:max(30rem,62vh);border:1px solid var(--line);border-radius:.6rem;background:#fff}
.bubble{max-width:24rem;background:var(--wash);padding:.8rem 1rem;border-radius:1.1rem 1.1rem 1.1rem .25rem}
.bubbles{list-style:none;margin:0;padding:0;display:grid;gap:.4rem}
.pages{display:flex;justify-content:space-between;padding-top:.8rem}
.widths{display:flex;gap:1.25rem;border:0;padding:0;margin:0 0 .6rem}.widths legend{float:left;padding:0 1rem 0 0}
.widths label{display:flex;gap:.4rem;align-items:center;font-weight:400}.widths input{width:auto}
.widths:has(.phone:checked)+.letter{width:23.5rem;max-width:100%}
details{margin-top:.8rem}summary{cursor:pointer}
.empty{text-align:center;padding:3rem 1rem;color:var(--soft)}
.checkout{max-width:58rem;grid-template-columns:1fr 1.1fr;gap:2rem;padding-top:3rem;align-items:start}
.checkout .total{font-size:2.4rem;font-weight:700;line-height:1.2;letter-spacing:-.02em}
.lines{list-style:none;padding:0;margin:1.5rem 0 0}
.lines li{display:flex;justify-content:space-between;gap:1rem;padding:.7rem 0;border-top:1px solid var(--line)}
.pay{display:grid;gap:1rem}
.pay .pair{display:grid;grid-template-columns:1fr 1fr;gap:1rem}
.mobilepay{background:var(--mobilepay);color:#fff;width:100%}
.or{display:flex;align-items:center;gap:1rem;color:var(--soft);font-size:.85rem}
.or::before,.or::after{content:"";flex:1;border-top:1px solid var(--line)}
.alert{padding:.75rem 1rem;border-radius:.6rem;background:var(--bad-wash);color:var(--bad);font-weight:600}
.strip{padding:.5rem 1rem;text-align:center;background:var(--warn-wash);color:var(--warn);font-size:.85rem;font-weight:600}
.cards{display:grid;gap:.35rem;margin:0;padding:0;list-style:none}
.cards button{display:flex;align-items:center;width:100%;justify-content:space-between;gap:1rem;padding:.45rem .75rem;font-size:.88rem}
.narrow{max-width:30rem;padding-top:4rem}
.stack{display:grid;gap:1rem}
.stack>p,.pay>p{margin:0}
@media (max-width:52rem){.mailbox,.checkout{grid-template-columns:1fr}.checkout{padding-top:1.5rem}.messages{max-height:24rem}.top .hint{display:none}}
`;
