/** Shorter ones are those of tests, and part of many a word. */
const SHORTEST_KEY = 6;

/** What hides an API key in whatever a server says, should it repeat what it was sent. */
export function redactor(apiKey: string): (said: string) => string {
  if (apiKey.length < SHORTEST_KEY) return (said) => said;
  // In JSON, its quotes and backslashes are escaped.
  const escaped = JSON.stringify(apiKey).slice(1, -1);
  return (said) => said.replaceAll(apiKey, "[API key]").replaceAll(escaped, "[API key]");
}
