import type { SeedOrganization } from "ax-users/testing";
import { allPages, type Step } from "./steps.ts";

const RESEARCH = btoa("Organization:100");

export const ORGANIZATIONS: SeedOrganization[] = [
  {
    id: RESEARCH,
    name: "Research",
    description: "Basic research",
    members: [{ userId: "ada", role: "admin" }, { userId: "annie" }, { userId: "user-1" }],
  },
  { id: btoa("Organization:101"), name: "Data Science", members: [{ userId: "user-2", role: "read-only" }] },
  ...Array.from({ length: 55 }, (_, index) => ({ name: `Team ${index}` })),
];

/** Left out: names that theirs takes for IDs, such as Operations (T15), and in another case (T16). */
const ORGANIZATIONS_THEMSELVES: Step[] = [
  { title: "list organizations", call: (api) => api.listOrganizations({}) },
  { title: "list organizations page by page", call: (api) => allPages(api.listOrganizations, 25) },
  {
    title: "list organizations by a part of the name",
    call: (api) => api.listOrganizations({ name: "TEAM 1" }),
  },
  { title: "get an organization by ID", call: (api) => api.getOrganization({ organization: RESEARCH }) },
  {
    title: "get an organization by name",
    call: (api) => api.getOrganization({ organization: "Data Science" }),
  },
  {
    title: "get an organization by an ID that none has",
    refused: 404,
    call: (api) => api.getOrganization({ organization: btoa("Organization:999") }),
  },
  {
    title: "get an organization by a name that none has",
    refused: 404,
    call: (api) => api.getOrganization({ organization: "Nowhere" }),
  },
  { title: "create an organization", call: (api) => api.createOrganization({ name: "Platform" }) },
  {
    title: "create an organization with a description",
    call: (api) => api.createOrganization({ name: "Growth", description: "Growth & more" }),
  },
  {
    title: "create an organization whose name is taken",
    refused: 409,
    call: (api) => api.createOrganization({ name: "Research" }),
  },
  {
    title: "update a name by ID",
    call: (api) => api.updateOrganization({ organization: RESEARCH, name: "Basic Research" }),
  },
  {
    title: "update a description by name",
    call: (api) => api.updateOrganization({ organization: "Growth", description: "Less" }),
  },
  {
    title: "clear a description",
    call: (api) => api.updateOrganization({ organization: "Growth", description: "" }),
  },
  {
    title: "update to a name that is taken",
    refused: 409,
    call: (api) => api.updateOrganization({ organization: "Growth", name: "Platform" }),
  },
];

/** Theirs takes an organization by ID only (T17). */
const MEMBERS: Step[] = [
  ...(["admin", "member", "read-only"] as const).map((name) => ({
    title: `add a user, or change the role, as ${name}`,
    call: (api: Parameters<Step["call"]>[0]) =>
      api.addOrganizationUser({
        organizationId: RESEARCH,
        userId: "user-5",
        role: { type: "predefined", name },
      }),
  })),
  {
    title: "change an annotator's role to what it is",
    call: (api) =>
      api.addOrganizationUser({
        organizationId: RESEARCH,
        userId: "annie",
        role: { type: "predefined", name: "annotator" },
      }),
  },
  {
    title: "add a user with a custom role",
    call: (api) =>
      api.addOrganizationUser({
        organizationId: RESEARCH,
        userId: "user-6",
        role: { type: "custom", id: "r2" },
      }),
  },
  {
    title: "add a user as an annotator who is none",
    refused: 400,
    call: (api) =>
      api.addOrganizationUser({
        organizationId: RESEARCH,
        userId: "user-7",
        role: { type: "predefined", name: "annotator" },
      }),
  },
  {
    title: "add nobody",
    refused: 404,
    call: (api) =>
      api.addOrganizationUser({
        organizationId: RESEARCH,
        userId: "nobody",
        role: { type: "predefined", name: "member" },
      }),
  },
  {
    title: "remove a user",
    call: (api) => api.removeOrganizationUser({ organizationId: RESEARCH, userId: "user-5" }),
  },
  {
    title: "remove a user who is no member",
    refused: 404,
    call: (api) => api.removeOrganizationUser({ organizationId: RESEARCH, userId: "user-5" }),
  },
];

const DELETES: Step[] = [
  {
    title: "delete an organization by name",
    call: (api) => api.deleteOrganization({ organization: "Data Science" }),
  },
  {
    title: "delete an organization by a name that none has any more",
    refused: 404,
    call: (api) => api.deleteOrganization({ organization: "Data Science" }),
  },
  {
    title: "delete an organization by an ID that none has any more",
    refused: 404,
    call: (api) => api.deleteOrganization({ organization: btoa("Organization:101") }),
  },
];

export const ORGANIZATION_STEPS: Step[] = [...ORGANIZATIONS_THEMSELVES, ...MEMBERS, ...DELETES];
