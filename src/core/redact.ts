/** Shorter ones are those of tests, and part of many a word. */
const SHORTEST_KEY = 6;

/** What hides an API key in whatever a server says, should it repeat what it was sent. */
export function redactor(apiKey: string): (said: string) => string {
  if (apiKey.length < SHORTEST_KEY) return (said) => said;
  // As it is, and as JSON, URLs and HTML spell it.
  const escaped = JSON.stringify(apiKey).slice(1, -1);
  const html = apiKey.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const forms = [apiKey, escaped, encodeURIComponent(apiKey), html];
  return (said) => forms.reduce((shown, form) => shown.replaceAll(form, "[API key]"), said);
}
