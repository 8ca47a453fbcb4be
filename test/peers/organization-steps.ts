import { ANNIE, guestId, NO_ORGANIZATION, NOBODY, RESEARCH, SALES, UNPADDED } from "./account.ts";
import { NEXT_PAGE, type Step } from "./steps.ts";

const THEMSELVES: Step[] = [
  { title: "list organizations", call: "listOrganizations", params: {} },
  { title: "list 30 organizations", call: "listOrganizations", params: { limit: 30 } },
  {
    title: "list the next 30 organizations",
    call: "listOrganizations",
    params: { limit: 30, cursor: NEXT_PAGE },
  },
  {
    title: "list organizations by a part of the name",
    call: "listOrganizations",
    params: { name: "TEAM 1" },
  },
  { title: "get an organization by ID", call: "getOrganization", params: { organization: RESEARCH } },
  { title: "get an organization by name", call: "getOrganization", params: { organization: "Sales & Care" } },
  {
    title: "get an organization by its name in another case",
    call: "getOrganization",
    params: { organization: "sales & care" },
  },
  {
    title: "get an organization whose name looks like an ID",
    call: "getOrganization",
    params: { organization: "Oslo" },
  },
  {
    title: "get an organization by an ID without padding",
    call: "getOrganization",
    params: { organization: UNPADDED },
  },
  {
    title: "get an organization by an ID that none has",
    call: "getOrganization",
    params: { organization: NO_ORGANIZATION },
  },
  {
    title: "get an organization by a name that none has",
    call: "getOrganization",
    params: { organization: "Nowhere" },
  },
  { title: "create an organization", call: "createOrganization", params: { name: "Platform" } },
  {
    title: "create an organization with a description",
    call: "createOrganization",
    params: { name: "Growth", description: "Growth & more" },
  },
  {
    title: "create an organization whose name is taken",
    call: "createOrganization",
    params: { name: "Research" },
  },
  {
    title: "update a name by ID",
    call: "updateOrganization",
    params: { organization: RESEARCH, name: "Basic Research" },
  },
  {
    title: "update a description by name",
    call: "updateOrganization",
    params: { organization: "Growth", description: "Less" },
  },
  {
    title: "clear a description",
    call: "updateOrganization",
    params: { organization: "Growth", description: "" },
  },
  {
    title: "update to a name that is taken",
    call: "updateOrganization",
    params: { organization: "Growth", name: "Platform" },
  },
  {
    title: "update nothing of an organization",
    call: "updateOrganization",
    params: { organization: RESEARCH },
  },
];

const add = (title: string, params: object): Step => ({
  title,
  call: "addOrganizationUser",
  params: { organizationId: RESEARCH, role: { type: "predefined", name: "member" }, ...params },
});

const remove = (title: string, params: object): Step => ({ title, call: "removeOrganizationUser", params });

const MEMBERS: Step[] = [
  ...["admin", "member", "read-only"].map((name) =>
    add(`add a user, or change the role, as ${name}`, {
      userId: guestId(8),
      role: { type: "predefined", name },
    }),
  ),
  add("change an annotator's role to what it is", {
    userId: ANNIE,
    role: { type: "predefined", name: "annotator" },
  }),
  add("add a user with a custom role", { userId: guestId(9), role: { type: "custom", id: "r2" } }),
  add("add a user as an annotator who is none", {
    userId: guestId(10),
    role: { type: "predefined", name: "annotator" },
  }),
  add("add nobody", { userId: NOBODY }),
  add("add to an organization that there is not", { organizationId: NO_ORGANIZATION, userId: guestId(10) }),
  {
    title: "add a user by the organization's name",
    call: "addOrganizationUser",
    params: { organization: "Platform", userId: guestId(11), role: { type: "predefined", name: "member" } },
  },
  remove("remove a user", { organizationId: RESEARCH, userId: guestId(8) }),
  remove("remove a user who is no member", { organizationId: RESEARCH, userId: guestId(8) }),
  remove("remove a user by the organization's name", { organization: "Platform", userId: guestId(11) }),
];

const DELETES: Step[] = [
  {
    title: "delete an organization by name",
    call: "deleteOrganization",
    params: { organization: "Sales & Care" },
  },
  {
    title: "delete an organization by a name that none has any more",
    call: "deleteOrganization",
    params: { organization: "Sales & Care" },
  },
  {
    title: "delete an organization by an ID that none has any more",
    call: "deleteOrganization",
    params: { organization: SALES },
  },
];

export const ORGANIZATION_STEPS: Step[] = [...THEMSELVES, ...MEMBERS, ...DELETES];
