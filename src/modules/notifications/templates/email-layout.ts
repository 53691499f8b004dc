/**
 * The frame of every e-mail: one column that fits a phone, readable without images and in dark mode. The texts of `it` are
 * escaped already when they come in, therefore the raw tags; the sender's own lines are escaped here.
 */
export const emailLayout = `<!doctype html>
<html lang="<%= it.locale %>">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title><%= it.subject %></title>
<style>
  @media (max-width: 620px) { .card { width: 100% !important; } .pad { padding: 20px !important; } }
  @media (prefers-color-scheme: dark) { body, .page { background: #14171c !important; } .card { background: #1f242c !important; } .ink { color: #f1f4f8 !important; } .faint { color: #a9b4c2 !important; } }
</style>
</head>
<body style="margin:0;background:#f2f4f7">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:#f2f4f7">
<tr><td align="center" style="padding:24px 12px">
<table role="presentation" class="card" width="600" cellpadding="0" cellspacing="0" style="width:600px;max-width:100%;background:#ffffff;border-radius:10px;font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif">
<tr><td class="pad" style="padding:28px 36px 0"><p class="faint" style="margin:0;font-size:14px;letter-spacing:.02em;color:#5b6675"><%= it.sender.name %></p></td></tr>
<tr><td class="pad" style="padding:8px 36px 28px">
<h1 class="ink" style="margin:0 0 16px;font-size:22px;line-height:1.3;color:#16202e"><%~ it.heading %></h1>
<% for (const paragraph of it.paragraphs) { %><p class="ink" style="margin:0 0 14px;font-size:16px;line-height:1.5;color:#16202e"><%~ paragraph %></p>
<% } %><% if (it.list.length > 0) { %><ul class="ink" style="margin:0 0 14px;padding-left:20px;font-size:16px;line-height:1.6;color:#16202e">
<% for (const each of it.list) { %><li><%~ each %></li>
<% } %></ul>
<% } %><% if (it.facts.length > 0) { %><table role="presentation" cellpadding="0" cellspacing="0" style="margin:6px 0 18px">
<% for (const [label, value] of it.facts) { %><tr><td class="faint" style="padding:4px 18px 4px 0;font-size:15px;vertical-align:top;color:#5b6675"><%~ label %></td><td class="ink" style="padding:4px 0;font-size:15px;color:#16202e"><%~ value %></td></tr>
<% } %></table>
<% } %><% if (it.action) { %><p style="margin:20px 0"><a href="<%~ it.action.link %>" style="display:inline-block;padding:13px 24px;border-radius:8px;background:#1559d6;color:#ffffff;font-size:16px;font-weight:600;text-decoration:none"><%~ it.action.label %></a></p>
<% } %></td></tr>
<tr><td class="pad" style="padding:16px 36px 28px;border-top:1px solid #dfe4ea"><p class="faint" style="margin:0;font-size:13px;line-height:1.5;color:#5b6675"><%= [it.sender.name, it.sender.address, it.sender.phone, it.sender.email].filter(Boolean).join(' · ') %></p></td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
