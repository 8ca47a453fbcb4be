/** Replaces a value that must not be shown. */
export const HIDDEN = "[hidden]";

const PASSWORD = "(?:pass[_-]?(?:word|code|phrase)|passwd|pwd|(?<![a-z])otp)";
const WORD = `(?:cookie|authorization|secret|token|${PASSWORD}|(?<![a-z])(?:pass|pw)(?![a-z]))`;

const CREDENTIAL_NAME = new RegExp(WORD, "i");

/** Short words at the end of a name in camelCase. */
const SHORT_WORD = /[a-z\d](?:Pass|P[wW]|O(?:tp|TP))(?![a-z])/;

/** Whether a header or a member of a body may hold a credential, by its name. */
export const isCredentialName = (name: string): boolean =>
  CREDENTIAL_NAME.test(name) || SHORT_WORD.test(name);

/** Quantifiers are bounded, so that the search is fast on any text. */
const NAME = `${WORD}[\\w.$-]{0,40}`;
const TAGS = "(?:\\s{0,20}<[^<>]{0,80}>){0,8}";

/** The name of a one-time password, in a sentence or as a member. It may also be a mode: "temporary_password is not supported". */
const ONE_TIME =
  "(?:temp(?:orary)?|one[\\s_-]?time|initial)[\\s_-]{0,3}pass[\\s_-]?(?:word|code|phrase)(?![a-z\\d_])";

/** What follows a name within a sentence: its end, or the next word. */
const PROSE = "[\"'`’”)\\]]{0,3}(?:[.!?…]?\\s{0,5}$|[.!?…,;]?[ \\t]{1,5}[a-z]{1,20}(?![\\w-]))";

/** Words after "the password is" that are not the password. */
const STATE =
  "(?:not|already|only|no|now|\\w{2,12}ed|invalid|missing|too|an?|the|in|being|sent|set|never|always|wrong|weak|short|long|empty|correct|incorrect|valid|unknown|optional|mandatory)(?![\\w-])";

/** Matches up to where the value of a credential begins, in many syntaxes. */
const VALUE_START = new RegExp(
  [
    // { "value": …, "field": "temporary_password" }
    `\\{(?=[^{}]{0,500}:\\s{0,5}["'][\\w.$/#-]{0,40}${PASSWORD}["'])`,
    // "temporary_password": …  'password' => …  ["temporary_password", …  [temporary_password] => …
    `${NAME}["'\`\\]]{1,3}\\s{0,20}(?::|=>?|,)\\s{0,20}`,
    // temporary_password=…  password -> …  and in a table, before a tab or |
    `${NAME}(?:\\s{0,5}(?:=(?!=)|[→|]|->)|\\t)\\s{0,20}`,
    // The first line of CSV
    `${NAME}["']?[,;](?=\\S)`,
    `[,;]["']?[\\w-]{0,40}${NAME}["']?[ \\t]{0,5}\\r?\\n(?=\\S)`,
    // INSERT INTO users (temporary_password, …) VALUES …
    `${WORD}[^()]{0,300}\\)\\s{0,5}values\\s{0,5}`,
    // <input name="temporary_password" …  form-data; name="temporary_password" …
    `\\bname\\s{0,5}=\\s{0,5}["']?[\\w.$-]{0,40}${NAME}["']?(?=[\\s\\S])`,
    // <temporaryPassword>…
    `<[\\w:.-]{0,40}${WORD}[\\w.-]{0,40}(?:\\s[^<>]{0,80})?>(?!\\s{0,20}</)(?=\\s{0,20}\\S)`,
    // <td>temporary_password</td><td>…
    `${NAME}\\s{0,5}</(?:t[hd]|d[td]|b|strong|code|li|key|name)>${TAGS}\\s{0,20}(?=[^<\\s])`,
    // temporary_password: …  Authorization: …
    `(?:${PASSWORD}|cookie|authorization)\\s{0,5}:\\s{0,20}(?=\\S)`,
    // The password for … is …  The password was reset to …
    `${PASSWORD}(?:\\s{1,5}(?:for|of)\\s{1,5}\\S{1,80})?\\s{1,5}(?:is|was|(?:[a-z]{2,5}\\s{1,5}){0,3}(?:set|reset|changed)\\s{1,5}to)\\s{0,5}:?\\s{1,5}(?!${STATE})(?=\\S)`,
    // password "…
    `${PASSWORD}\\s{1,5}["'\`“‘«](?=\\S)`,
    // Temporary password → …
    `${ONE_TIME}(?!${PROSE})[\\s"'\`“”‘’\\])}>:=→–—|,;*-]{0,20}(?=\\S)`,
  ].join("|"),
  "gi",
);

/**
 * Truncates text at the first value of a credential. Text may be cut short, doubled or nested, so the end of the value
 * is unknown, and nothing after its start is shown.
 */
export function hideCredentials(text: string): string {
  for (const { 0: found, index } of text.matchAll(VALUE_START)) {
    const start = index + found.length;
    if (!text.startsWith(HIDDEN, start)) return text.slice(0, start) + HIDDEN;
  }
  return text;
}
