import { wirePage, wireUser } from "../helpers/server.ts";

/** How a server spells enum values, and what it does with `is_developer` in a request to create a user. */
export interface Dialect {
  readonly enumCase: "lower" | "upper";
  readonly field: "taken" | "ignored" | "refused";
  /** How it refuses the field. */
  readonly status?: 400 | 422;
  /** Whether its rejections say nothing about their cause. */
  readonly isTerse?: boolean;
  /** Whether it looks at the field before it looks at enum values. */
  readonly fieldFirst?: boolean;
}

/** A request to the server, in short: `lower+ 422` is a create in lower case with the field, and its status. */
export type Sent = string;

/** Rejects a name "Invalid" as malformed, and an update of a user "Fixed" with 403. Developers are all but annotators. */
export function serverOf({ enumCase, field, status = 422, isTerse, fieldFirst }: Dialect) {
  const users: Record<string, unknown>[] = [];
  const sent: Sent[] = [];
  const spell = (value: string) => (enumCase === "upper" ? value.toUpperCase() : value);

  function issueOf(body: WireCreate): [status: number, detail: string] | undefined {
    const values = [body.invite_mode, body.role.type, body.role.name];
    const inOtherCase = values.some((value) => value !== spell(value.toLowerCase()));
    const issues: ([number, string] | false)[] = [
      body.name === "Invalid" && [400, "The 'name' field is not acceptable."],
      inOtherCase && [400, "The 'invite_mode' field must be one of the known modes."],
      "is_developer" in body && field === "refused" && [status, "The field 'is_developer' is unknown."],
    ];
    const found = (fieldFirst ? issues.toReversed() : issues).find((issue) => issue !== false);
    return found && [found[0], isTerse ? "One or more fields failed validation." : found[1]];
  }

  function create(body: WireCreate): Response {
    const issue = issueOf(body);
    sent.push(
      `${body.invite_mode === body.invite_mode.toLowerCase() ? "lower" : "upper"}${"is_developer" in body ? "+" : "-"} ${issue?.[0] ?? 201}`,
    );
    if (issue) return problem(...issue);
    const isDefault = body.is_developer === undefined || field !== "taken";
    const user = wireUser({
      id: `u${users.length + 1}`,
      name: body.name,
      email: body.email,
      status: spell("invited"),
      role: body.role,
      is_developer: isDefault ? body.role.name.toLowerCase() !== "annotator" : body.is_developer,
    });
    users.push(user);
    const password = body.invite_mode.toLowerCase() === "temporary_password" && {
      temporary_password: "one-time",
    };
    return Response.json({ ...user, invite_mode: body.invite_mode, ...password }, { status: 201 });
  }

  function update(id: string, changes: object): Response {
    const user = users.find((one) => one["id"] === id);
    const isFixed = user?.["name"] === "Fixed";
    sent.push(`update ${isFixed ? 403 : 200}`);
    if (!user || isFixed) return problem(403, "Only account admins may do that.");
    return Response.json(Object.assign(user, changes));
  }

  const fetch: typeof globalThis.fetch = async (input, { method, body } = {}) => {
    const { pathname } = new URL(String(input));
    if (method === "POST") return create(JSON.parse(String(body)));
    if (method === "PATCH") return update(pathname.split("/").pop() ?? "", JSON.parse(String(body)));
    return Response.json(wirePage(users));
  };
  return { fetch, users, sent };
}

interface WireCreate {
  name: string;
  email: string;
  invite_mode: string;
  role: { type: string; name: string };
  is_developer?: unknown;
}

const problem = (status: number, detail: string) =>
  Response.json(
    { title: "Invalid request", status, detail },
    { status, headers: { "content-type": "application/problem+json" } },
  );
