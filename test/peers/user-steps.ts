import { ADA, ALAN, BARBARA, EDSGER, GRACE, guestId, NOBODY, ODD } from "./account.ts";
import { NEXT_PAGE, type Step } from "./steps.ts";

const READS: Step[] = [
  { title: "list users", call: "listUsers", params: {} },
  { title: "list 40 users", call: "listUsers", params: { limit: 40 } },
  { title: "list the next 40 users", call: "listUsers", params: { limit: 40, cursor: NEXT_PAGE } },
  {
    title: "list users by a part of the address",
    call: "listUsers",
    params: { email: "EXAMPLE.com", limit: 3 },
  },
  { title: "list users by an address with a plus", call: "listUsers", params: { email: "+notes@" } },
  { title: "list users by status", call: "listUsers", params: { status: ["invited", "expired"] } },
  { title: "list users from a cursor that is none", call: "listUsers", params: { cursor: "nowhere" } },
  { title: "list more users than fit a page", call: "listUsers", params: { limit: 101 } },
  { title: "get an admin", call: "getUser", params: { userId: ADA } },
  { title: "get an invited user", call: "getUser", params: { userId: GRACE } },
  { title: "get a user with a custom role", call: "getUser", params: { userId: BARBARA } },
  { title: "get a user whose ID is to be escaped", call: "getUser", params: { userId: ODD } },
  { title: "get a removed user", call: "getUser", params: { userId: EDSGER } },
  { title: "get nobody", call: "getUser", params: { userId: NOBODY } },
  { title: "get a user by address", call: "getUser", params: { user: "grace@EXAMPLE.com" } },
  {
    title: "get a user whose address is on the second page",
    call: "getUser",
    params: { user: "guest@example.org" },
  },
  {
    title: "get a user by an address that none has",
    call: "getUser",
    params: { user: "nobody@example.com" },
  },
];

const MARY = {
  name: "Mary Keller",
  role: { type: "predefined", name: "member" },
  inviteMode: "email_link",
} as const;

const CREATES: Step[] = [
  { title: "create by mail", call: "createUser", params: { ...MARY, email: "mary@example.com" } },
  {
    title: "create with a password",
    call: "createUser",
    params: { ...MARY, email: "lynn+pw@example.com", inviteMode: "temporary_password" },
  },
  {
    title: "create without an invitation",
    call: "createUser",
    params: { ...MARY, email: "fei@example.com", inviteMode: "none" },
  },
  {
    title: "create an annotator",
    call: "createUser",
    params: { ...MARY, email: "notes@example.com", role: { type: "predefined", name: "annotator" } },
  },
  {
    title: "create with a custom role",
    call: "createUser",
    params: { ...MARY, email: "custom@example.com", role: { type: "custom", id: "r1" } },
  },
  {
    title: "create without developer permissions",
    call: "createUser",
    params: { ...MARY, email: "reader@example.com", isDeveloper: false },
  },
  { title: "create who is invited", call: "createUser", params: { ...MARY, email: "grace@EXAMPLE.com" } },
  {
    title: "create whose invitation has expired",
    call: "createUser",
    params: { ...MARY, email: "alan@example.com" },
  },
  { title: "create who is active", call: "createUser", params: { ...MARY, email: "ada@example.com" } },
  { title: "create who was removed", call: "createUser", params: { ...MARY, email: "edsger@example.com" } },
  { title: "create with an address that is none", call: "createUser", params: { ...MARY, email: "mary" } },
];

const CHANGES: Step[] = [
  { title: "update a name", call: "updateUser", params: { userId: ADA, name: "Ada King" } },
  { title: "update a permission", call: "updateUser", params: { userId: ADA, isDeveloper: false } },
  {
    title: "update both",
    call: "updateUser",
    params: { userId: ODD, name: "Ödd 漢字", isDeveloper: false },
  },
  { title: "update nothing", call: "updateUser", params: { userId: ADA } },
  { title: "update nobody", call: "updateUser", params: { userId: NOBODY, name: "No One" } },
  { title: "resend an invitation", call: "resendInvitation", params: { userId: GRACE } },
  { title: "resend none", call: "resendInvitation", params: { userId: ADA } },
  { title: "resend to nobody", call: "resendInvitation", params: { userId: NOBODY } },
  { title: "reset a password", call: "resetPassword", params: { userId: ADA } },
  { title: "reset none", call: "resetPassword", params: { userId: GRACE } },
  { title: "reset nobody's", call: "resetPassword", params: { userId: NOBODY } },
  { title: "delete", call: "deleteUser", params: { userId: ADA } },
  { title: "delete once more", call: "deleteUser", params: { userId: ADA } },
  { title: "delete nobody", call: "deleteUser", params: { userId: NOBODY } },
];

const BULK: Step[] = [
  {
    title: "bulk delete",
    call: "bulkDeleteUsers",
    params: {
      userIds: [guestId(1), ALAN, guestId(3)],
      emails: ["nobody@example.com", "4GUEST@example.org", "annie+notes@example.com"],
    },
  },
  {
    title: "bulk delete somebody by ID and by address",
    call: "bulkDeleteUsers",
    params: { userIds: [guestId(5)], emails: ["5guest@example.org"] },
  },
  // The last step: the TypeScript SDK goes on after it was rejected.
  {
    title: "bulk delete with an ID that none has",
    call: "bulkDeleteUsers",
    params: { userIds: [guestId(6), NOBODY, guestId(7)] },
  },
];

export const USER_STEPS: Step[] = [...READS, ...CREATES, ...CHANGES, ...BULK];
