import type { SeedUser } from "ax-users/testing";
import { allPages, type Step } from "./steps.ts";

export const USERS: SeedUser[] = [
  { id: "ada", email: "ada@example.com", name: "Ada Lovelace", role: "admin" },
  { id: "grace", email: "Grace@example.com", name: "Grace Hopper", status: "invited" },
  { id: "alan", email: "alan@example.com", name: "Alan Turing", status: "expired" },
  { id: "edsger", email: "edsger@example.com", status: "inactive" },
  { id: "annie", email: "annie+notes@example.com", role: "annotator" },
  { id: "barbara", email: "barbara@example.com", role: { type: "custom", id: "r1", name: "Power user" } },
  { id: "odd/id?#", email: "odd@example.com" },
  ...Array.from({ length: 120 }, (_, index) => ({ id: `user-${index}`, email: `user${index}@example.org` })),
];

const MEMBER = { type: "predefined", name: "member" } as const;
const MARY = { name: "Mary Keller", role: MEMBER, inviteMode: "email_link" } as const;

/** Left out, since it cannot be done with theirs: getting a user by address (T18). */
const READS: Step[] = [
  { title: "list users", call: (api) => api.listUsers({}) },
  { title: "list users page by page", call: (api) => allPages(api.listUsers, 60) },
  {
    title: "list users by a part of the address",
    call: (api) => api.listUsers({ email: "EXAMPLE.com", limit: 3 }),
  },
  { title: "list users by an address with a plus", call: (api) => api.listUsers({ email: "+notes@" }) },
  { title: "list users by status", call: (api) => api.listUsers({ status: ["invited", "expired"] }) },
  {
    title: "list users from a cursor that is none",
    refused: 400,
    call: (api) => api.listUsers({ cursor: "nowhere" }),
  },
  { title: "get an admin", call: (api) => api.getUser({ userId: "ada" }) },
  { title: "get an invited user", call: (api) => api.getUser({ userId: "grace" }) },
  { title: "get a user with a custom role", call: (api) => api.getUser({ userId: "barbara" }) },
  { title: "get a user whose ID is to be escaped", call: (api) => api.getUser({ userId: "odd/id?#" }) },
  { title: "get a removed user", refused: 404, call: (api) => api.getUser({ userId: "edsger" }) },
  { title: "get nobody", refused: 404, call: (api) => api.getUser({ userId: "nobody" }) },
];

/** Left out: with a custom role that has a name, as fetched users have, which theirs sends (T21). */
const CREATES: Step[] = [
  { title: "create by mail", call: (api) => api.createUser({ ...MARY, email: "mary@example.com" }) },
  {
    title: "create with a password",
    call: (api) =>
      api.createUser({ ...MARY, email: "lynn+pw@example.com", inviteMode: "temporary_password" }),
  },
  {
    title: "create without an invitation",
    call: (api) => api.createUser({ ...MARY, email: "fei@example.com", inviteMode: "none" }),
  },
  {
    title: "create an annotator",
    call: (api) =>
      api.createUser({
        ...MARY,
        email: "notes@example.com",
        role: { type: "predefined", name: "annotator" },
        inviteMode: "none",
      }),
  },
  {
    title: "create with a custom role and no developer permission",
    dialect: "alpha",
    call: (api) =>
      api.createUser({
        ...MARY,
        email: "custom@example.com",
        role: { type: "custom", id: "r1" },
        isDeveloper: false,
      }),
  },
  {
    title: "create who is invited",
    call: (api) => api.createUser({ ...MARY, email: "grace@EXAMPLE.com" }),
  },
  {
    title: "create who is invited, with a password",
    call: (api) => api.createUser({ ...MARY, email: "grace@example.com", inviteMode: "temporary_password" }),
  },
  {
    title: "create whose invitation has expired",
    call: (api) => api.createUser({ ...MARY, email: "alan@example.com" }),
  },
  {
    title: "create who is active",
    refused: 409,
    call: (api) => api.createUser({ ...MARY, email: "ada@example.com" }),
    // Theirs only calls it a conflict.
    ours: { gave: { id: "ada", name: "Ada Lovelace", status: "active" } },
  },
  {
    title: "create who was removed",
    refused: 409,
    call: (api) => api.createUser({ ...MARY, email: "edsger@example.com" }),
  },
  {
    title: "create with an address that is none",
    refused: 400,
    call: (api) => api.createUser({ ...MARY, email: "mary" }),
    // Ours does not send it.
    ours: { status: "ValidationError" },
  },
];

/** Left out: an update of nothing, which theirs sends (T19). */
const CHANGES: Step[] = [
  { title: "update a name", call: (api) => api.updateUser({ userId: "ada", name: "Ada King" }) },
  { title: "update a permission", call: (api) => api.updateUser({ userId: "ada", isDeveloper: false }) },
  {
    title: "update both",
    call: (api) => api.updateUser({ userId: "odd/id?#", name: "Ödd 漢字", isDeveloper: false }),
  },
  {
    title: "update nobody",
    refused: 404,
    call: (api) => api.updateUser({ userId: "nobody", name: "No One" }),
  },
  { title: "resend an invitation", call: (api) => api.resendInvitation({ userId: "grace" }) },
  { title: "resend none", refused: 400, call: (api) => api.resendInvitation({ userId: "ada" }) },
  { title: "resend to nobody", refused: 404, call: (api) => api.resendInvitation({ userId: "nobody" }) },
  { title: "reset a password", call: (api) => api.resetPassword({ userId: "ada" }) },
  { title: "reset none", refused: 400, call: (api) => api.resetPassword({ userId: "grace" }) },
  { title: "reset nobody's", refused: 404, call: (api) => api.resetPassword({ userId: "nobody" }) },
  { title: "delete", call: (api) => api.deleteUser({ userId: "ada" }) },
  { title: "delete once more", call: (api) => api.deleteUser({ userId: "ada" }) },
  { title: "delete nobody", refused: 404, call: (api) => api.deleteUser({ userId: "nobody" }) },
];

/**
 * Left out: whoever cannot be deleted, which rejects all (T5), an address twice (T10), and what is no ID or address at
 * all (T11, T12, T13).
 */
const BULK: Step[] = [
  {
    title: "bulk delete",
    call: async (api) => {
      const results = await api.bulkDeleteUsers({
        userIds: ["user-1", "user-2", "barbara", "user-3"],
        emails: ["nobody@example.com", "USER4@example.org", "barbara@example.com", "annie+notes@example.com"],
      });
      return (results as BulkResult[]).map(inCommon).sort();
    },
  },
];

interface BulkResult {
  userId?: string;
  email?: string;
  status: string;
}

/** Theirs come in another order, with an empty ID where there is none; what the error says is free. */
const inCommon = ({ userId = "", email = "", status }: BulkResult): string => `${status} ${userId} ${email}`;

export const USER_STEPS: Step[] = [...READS, ...CREATES, ...CHANGES, ...BULK];
