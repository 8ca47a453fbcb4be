import type { ArizeClient, OrganizationParams, OrganizationUserParams, RequestOptions } from "ax-users";
import { type AuditedCall, audited, claims, type Prepare } from "./audit.ts";
import type { ModelOrganization } from "./model-organizations.ts";
import type { ModelUser } from "./model-server.ts";

const list: Prepare = (account, tag) =>
  audited(
    account,
    tag,
    (client, options) => client.organizations.list({ limit: 5 }, options),
    () => [],
  );

const create: Prepare = (account, tag, index) => {
  // Two calls that follow one another want the same name.
  const name = `new ${index >> 1}`;
  const call: AuditedCall["call"] = (client, options) => client.organizations.create({ name }, options);
  const { call: tagged, audit } = audited(account, tag, call, (value) => {
    const [organization, ...others] = account.organizations.named(name);
    const isOwn = organization?.madeBy === tag && organization.id === Object(value).id;
    return claims([[!isOwn || others.length > 0, "it did not create the one organization of this name"]]);
  });
  const isTwice = () => account.changesOf(tag, "create organization").length > 1;
  return { call: tagged, audit: (told) => [...audit(told), ...claims([[isTwice(), "it created twice"]])] };
};

/** How a call names an organization, and a user with it. */
interface Naming {
  readonly whole: OrganizationParams;
  readonly member: OrganizationUserParams;
}

type Name = (organization: ModelOrganization, user: ModelUser) => Naming;

const byId: Name = ({ id: organizationId }, { id: userId }) => ({
  whole: { organizationId },
  member: { organizationId, userId },
});

const byName: Name = ({ name: organization }, { email: user }) => ({
  whole: { organization },
  member: { organization, user },
});

const READER = { type: "predefined", name: "read-only" } as const;

/** Calls on an organization with one member, an admin. */
const callsOn = (name: Name): Readonly<Record<string, Prepare>> => {
  const on =
    (
      call: (
        client: ArizeClient,
        naming: Naming,
        tag: string,
        options?: RequestOptions,
      ) => PromiseLike<unknown>,
      isDone: (organization: ModelOrganization, user: ModelUser, tag: string) => boolean,
    ): Prepare =>
    (account, tag) => {
      const organization = account.organizations.add({ name: `of ${tag}` });
      const user = account.add({ email: `member-of-${tag}@example.com`, status: "active" });
      organization.roles.set(user.id, "admin");
      const naming = name(organization, user);
      return audited(
        account,
        tag,
        (client, options) => call(client, naming, tag, options),
        () => claims([[!isDone(organization, user, tag), "it did not do what it says"]]),
      );
    };
  return {
    get: on(
      (client, { whole }, _, options) => client.organizations.get(whole, options),
      () => true,
    ),
    update: on(
      (client, { whole }, tag, options) =>
        client.organizations.update({ ...whole, name: `new of ${tag}` }, options),
      (organization, _, tag) => organization.name === `new of ${tag}`,
    ),
    delete: on(
      (client, { whole }, _, options) => client.organizations.delete(whole, options),
      ({ isDeleted }) => isDeleted,
    ),
    addUser: on(
      (client, { member }, _, options) => client.organizations.addUser({ ...member, role: READER }, options),
      ({ roles }, { id }) => roles.get(id) === READER.name,
    ),
    removeUser: on(
      (client, { member }, _, options) => client.organizations.removeUser(member, options),
      ({ roles }, { id }) => !roles.has(id),
    ),
  };
};

const prefixed = (prefix: string, calls: Readonly<Record<string, Prepare>>): Record<string, Prepare> =>
  Object.fromEntries(Object.entries(calls).map(([name, prepare]) => [`${prefix}${name}`, prepare]));

export const organizationCalls = prefixed("organizations.", { list, create, ...callsOn(byId) });

/** These look up what they change. */
export const organizationCallsByName = prefixed("organizations by name: ", callsOn(byName));
