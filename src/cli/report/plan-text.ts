import type { Plan } from "ax-users/roster";

const AT_ONCE = 500;

/** A plan as JSON, a line for each change, in pieces: the whole of a large plan would take much memory. */
export function* planText({ changes, digest, ...head }: Plan): Generator<string> {
  yield `${JSON.stringify(head, null, 2).replace(/\n}$/, "")},\n  "changes": [`;
  for (let start = 0; start < changes.length; start += AT_ONCE) {
    const lines = changes.slice(start, start + AT_ONCE).map((change) => `\n    ${JSON.stringify(change)}`);
    yield `${start > 0 ? "," : ""}${lines.join(",")}`;
  }
  yield `\n  ],\n  "digest": ${JSON.stringify(digest)}\n}\n`;
}
