/** What docs/fault-matrix.md says around its tables. */

export const introduction = (faults: number, longestMs: number): string => `---
title: The fault matrix
group: When things go wrong
---
# The fault matrix

Networks and servers fail. This page shows what every call of this package does then: whether it succeeds anyway, and if not, what its
error tells you. It covers ${faults} faults: lost connections, missing responses, error responses, rate limits, and invalid responses.

## In short

- **Most calls succeed anyway.** If a connection is lost or a server fails for a moment, the client sends the request again, provided
  that this is safe.
- **What must happen once never happens twice.** One create makes one user or organization. It sends at most one email. If an email may
  have been sent, it is not requested again. This holds in Node. [Deno and Bun](guide/runtimes.md#deno-and-bun) resend some requests
  on their own.
- **You can rely on an error.** \`not_applied\` means that nothing changed. \`unknown\` means that the change may have happened: check
  before you repeat the call. A call never reports a success that did not happen.
- **A pause that the server asks for is kept.** Nothing is sent before \`Retry-After\` has passed. Nothing is sent to a host that a
  redirect names.
- **Every call ends.** With the default settings, the longest one here took ${longestMs / 1000} seconds.

All of this is measured, and tests fail if a call ever behaves in another way.

## At a glance

Each fault happens once, and then the server works again. ✓ means that the call succeeds. Otherwise, the cell is the \`outcome\` of the
error.

**Request processed** means that the server made the change before the fault, **request not processed** that it did not. A client cannot
tell these apart, so the error of a write says \`unknown\` in both cases.
`;

export const EXPLANATION = `## How to read the details

The tables below have a row for each call, and two columns:

- **Once**: the first request meets the fault. Then the server works again.
- **Every time**: every request meets the fault.

A cell has up to three parts:

> 4 requests, 120 s · applied once, 1 email · \`TimeoutError\`, \`unknown\`, 4 attempts

1. **What the client sent**: the number of requests, and the time if the call took any.
2. **What the server did**: how often the change was applied, and how many emails were sent. Reads have no such part.
3. **What the call returned**: success, or an error with its \`outcome\` and \`attempts\`.

Some calls return a word instead of "succeeds":

- \`created\` and \`recovered\` are outcomes of a create. \`recovered\` means that an earlier attempt of this call created the user, or
  somebody else did so just before it.
- \`updated\`, \`deleted\`, \`added\`, \`removed\` and \`failed\` are statuses of bulk calls. The error after \`failed\` is the \`cause\`.

Some calls send more requests than others:

- A \`create\` that gets a 409 looks up who has the address.
- Bulk calls and \`findByEmails\` confirm a first 404 with one request, to see whether it is the API's.
- Bulk calls wait for a rate limit once more than other calls do: such waits do not use up \`maxRetries\`.

The calls are:

- **Reads**: \`list\` and \`organizations.list\` (the first page), \`get\` and \`organizations.get\` by ID, \`get\` by email,
  \`organizations.get\` by name, \`findByEmail\`, and \`findByEmails\` (three addresses).
- **organizations by ID**: \`organizations.update\`, \`delete\`, \`addUser\` and \`removeUser\`.
- **organizations by name**: the same calls with a name, and with an email for the member. Each is looked up before the change, so the
  lookup meets the fault.
- **\`organizations.addUsers\` and \`removeUsers\`**: one member by ID, and the organization by name, which is looked up in any case.
- **\`bulkDelete\`**: one ID. **\`createMany\` and \`updateMany\`**: one user.
- All others are methods of \`client.users\`.

## How it is measured

\`npm run fault-matrix\` runs the client against a server of raw sockets, and writes this page. Nothing on it is written by hand. A test
fails if a run gives another result.

The server causes the fault, and counts what took effect. The sockets are real; the clock is simulated. All settings are the defaults
(\`timeoutMs\` 30 s, \`maxRetries\` 3, \`maxRetryAfterMs\` 60 s). The delays between attempts are at their shortest (0), so only timeouts
and \`Retry-After\` take time.

Some responses have no body (204). Then the fault hits the head of the response: it is cut or stalls there, or has a \`Content-Length\`
that it should not have. Invalid JSON comes with a 200.

The server speaks plain HTTP. \`test/transport/rejections.test.ts\` in the repository covers TLS: certificates, handshakes that end
early, and records that are damaged after the effect.
`;
