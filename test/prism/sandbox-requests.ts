import type { Dialect } from "../testing/dialects.ts";
import { otherDialect, written } from "./dialects.ts";

/** What is wrong with a request, and the request. */
export type BadRequest = [what: string, method: string, path: string, body?: unknown];

const SEARCH = "/v2/organizations/search";

/** Requests that a client would not send, and that the sandbox refuses in both dialects. */
export function badRequests(dialect: Dialect): BadRequest[] {
  const { predefined, custom, member, none, active, inactive, readOnly } = written[dialect];
  const other = written[otherDialect[dialect]];
  const role = { type: predefined, name: member };
  const newUser = { name: "Eve", email: "eve@example.com", role, invite_mode: none };
  const newMember = { user_id: "active", role };
  const reads = [
    ["a limit of 0", "/v2/users?limit=0"],
    ["a limit of 101", "/v2/users?limit=101"],
    ["a limit that is no number", "/v2/users?limit=ten"],
    ["two limits", "/v2/users?limit=1&limit=2"],
    ["a cursor that never was given", "/v2/users?cursor=none"],
    ["a status as the other dialect has it", `/v2/users?status=${active}&status=${other.active}`],
    ["the status of the removed", `/v2/users?status=${inactive}`],
    ["a part of an address of 256 characters", `/v2/users?email=${"a".repeat(256)}`],
    ["a broken escape in its path", "/v2/users/%zz"],
    ["a part of a name of 256 characters", `/v2/organizations?name=${"a".repeat(256)}`],
    ["a cursor of organizations that never was given", "/v2/organizations?cursor=none"],
  ] as const;
  const creates = [
    ["no body", undefined],
    ["no object", [newUser]],
    ["no field", {}],
    ["an empty name", { ...newUser, name: "" }],
    ["a name of 256 characters", { ...newUser, name: "n".repeat(256) }],
    ["no address", { ...newUser, email: "eve" }],
    ["a role by name alone", { ...newUser, role: member }],
    ["an unknown role", { ...newUser, role: { type: predefined, name: "owner" } }],
    ["a role as the other dialect has it", { ...newUser, role: { ...role, name: other.member } }],
    ["a custom role without ID", { ...newUser, role: { type: custom, name: "Auditor" } }],
    ["an unknown invite mode", { ...newUser, invite_mode: "pigeon" }],
    ["an invite mode as the other dialect has it", { ...newUser, invite_mode: other.none }],
    ...(dialect === "alpha"
      ? ([["a developer permission that is no boolean", { ...newUser, is_developer: "yes" }]] as const)
      : []),
    ["an unknown field", { ...newUser, account: "other" }],
  ] as const;
  const updates = [
    ["no field", {}],
    ["a blank name", { name: " " }],
    ["a role", { role }],
    ["a developer permission that is no boolean", { is_developer: null }],
  ] as const;
  const organizations = [
    ["no name", { description: "What for" }],
    ["an ID", { name: "New", id: "new" }],
    ["a description of 1001 characters", { name: "New", description: "d".repeat(1001) }],
  ] as const;
  const organizationUpdates = [
    ["no field", {}],
    ["an empty name", { name: "" }],
    ["what clears a description in the other dialect", { description: dialect === "alpha" ? null : "" }],
  ] as const;
  const members = [
    ["no role", { user_id: "active" }],
    ["a role by name alone", { ...newMember, role: member }],
    ["a role as the other dialect has it", { ...newMember, role: { ...role, name: other.readOnly } }],
    ["a role for annotators only", { ...newMember, user_id: "ann", role: { ...role, name: readOnly } }],
    ["an unknown field", { ...newMember, since: "today" }],
  ] as const;
  const sent = (
    what: string,
    rows: readonly (readonly [string, unknown])[],
    method: string,
    path: string,
  ): BadRequest[] => rows.map(([flaw, body]) => [`${what} with ${flaw}`, method, path, body]);
  return [
    ...reads.map(([flaw, path]): BadRequest => [`a read with ${flaw}`, "GET", path]),
    ...sent("a create", creates, "POST", "/v2/users"),
    ...sent("an update", updates, "PATCH", "/v2/users/active"),
    ...sent("a new organization", organizations, "POST", "/v2/organizations"),
    ...sent("an update of an organization", organizationUpdates, "PATCH", SEARCH),
    ...sent("a member", members, "POST", `${SEARCH}/users`),
  ];
}
