/** Shorter ones are those of tests, and part of many a word. */
const SHORTEST_KEY = 6;

/** What hides an API key in whatever a server says, should it repeat what it was sent. */
export function redactor(apiKey: string): (said: string) => string {
  if (apiKey.length < SHORTEST_KEY) return (said) => said;
  // As it is, and as JSON and URLs spell it.
  const forms = [apiKey, JSON.stringify(apiKey).slice(1, -1), encodeURIComponent(apiKey)];
  return (said) => forms.reduce((shown, form) => shown.replaceAll(form, "[API key]"), said);
}
