/** Replaces a value that must not be shown. */
export const HIDDEN = "[hidden]";

const WORD = "(?:cookie|authorization|pass[_-]?(?:word|code|phrase)|passwd|pwd|secret|token)";

const CREDENTIAL_NAME = new RegExp(WORD, "i");

/** Whether a header or a member of a body may hold a credential, by its name. */
export const isCredentialName = (name: string): boolean => CREDENTIAL_NAME.test(name);

/** Quantifiers are bounded, so that the search is fast on any text. */
const NAME_END = "[\\w.$-]{0,40}";

/** Matches up to where the value of a credential begins, in many syntaxes. */
const VALUE_START = new RegExp(
  [
    // "temporary_password": …  'password' => …  ["temporary_password", …
    `${WORD}${NAME_END}["'\`]\\s{0,20}(?::|=>?|,)\\s{0,20}`,
    // temporary_password=…  and in a table, before a tab
    `${WORD}${NAME_END}(?:\\s{0,5}=(?!=)|\\t)\\s{0,20}`,
    // <input name="temporary_password" …  form-data; name="temporary_password" …
    `\\bname\\s{0,5}=\\s{0,5}["']?[\\w.$-]{0,40}${WORD}${NAME_END}["']?(?=[\\s\\S])`,
    // <temporaryPassword>…
    `<[\\w:.-]{0,40}${WORD}[\\w.-]{0,40}(?:\\s[^<>]{0,80})?>(?=\\s{0,20}[^<\\s])`,
    // temporary_password: …  Authorization: …
    `(?:pass-?word|passwd|cookie|authorization)\\s{0,5}:\\s{0,20}(?=\\S)`,
    // The temporary password is …
    "(?:temporary|one-?time)[\\s_-]{0,3}pass-?word\\s{1,5}(?:is|was)\\s{1,5}(?!(?:not|already|only|no|now|required|invalid|expired|missing|too|an?|the|in|being|sent|created|set)\\b)(?=\\S)",
  ].join("|"),
  "i",
);

/**
 * Truncates text at the first value of a credential. Text may be cut short, doubled or nested, so the end of the value
 * is unknown, and nothing after its start is shown.
 */
export function hideCredentials(text: string): string {
  const found = VALUE_START.exec(text);
  if (!found) return text;
  const start = found.index + found[0].length;
  return text.startsWith(HIDDEN, start) ? text : text.slice(0, start) + HIDDEN;
}
