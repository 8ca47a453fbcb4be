import * as alpha from "ax-client-alpha";
import * as current from "ax-client-current";
import * as ours from "ax-users";
import { ArizeClient, type CreatedUser } from "ax-users";

export type Dialect = "alpha" | "current";

/** What the official clients have for users and organizations; ours has functions of the same names. */
const OPERATIONS = [
  "listUsers",
  "getUser",
  "createUser",
  "updateUser",
  "deleteUser",
  "resendInvitation",
  "resetPassword",
  "bulkDeleteUsers",
  "listOrganizations",
  "getOrganization",
  "createOrganization",
  "updateOrganization",
  "deleteOrganization",
  "addOrganizationUser",
  "removeOrganizationUser",
] as const;

export type Operation = (typeof OPERATIONS)[number];

/** Their functions without the client among the params, which are spelled as in the alpha dialect. */
export type Api = {
  [Name in Operation]: (
    params: Omit<NonNullable<Parameters<(typeof alpha)[Name]>[0]>, "client">,
  ) => Promise<unknown>;
};

interface Server {
  baseUrl: string;
  apiKey: string;
}

/** The official client of an dialect. */
export function theirApi(dialect: Dialect, { baseUrl, apiKey }: Server): Api {
  if (dialect === "alpha") return bind(alpha, alpha.createClient({ baseUrl, apiKey }), (params) => params);
  return bind(current, current.createClient({ baseUrl, apiKey }), inCurrentEra);
}

/** Ours, which is told nothing of the dialect. */
export function ourApi({ baseUrl, apiKey }: Server): Api {
  const api = bind(ours, new ArizeClient({ baseUrl, apiKey }), (params) => params);
  return {
    ...api,
    createUser: async (params) => withPassword((await api.createUser(params)) as CreatedUser),
  };
}

function bind<Client>(
  functions: Record<Operation, unknown>,
  client: Client,
  spell: (params: object) => object,
): Api {
  const bound = OPERATIONS.map((name) => {
    const call = functions[name] as (params: object) => Promise<unknown>;
    return [name, (params: object) => call({ ...spell(params), client })] as const;
  });
  return Object.fromEntries(bound) as Api;
}

/** Theirs is enumerable. */
const withPassword = (user: CreatedUser) => ({ ...user, temporaryPassword: user.temporaryPassword });

/** The params as 1.28.0 takes them. */
function inCurrentEra(params: object): object {
  const spelled = Object.entries(params).map(([key, value]) => [key, spellParam(key, value)]);
  return Object.fromEntries(spelled);
}

function spellParam(key: string, value: unknown): unknown {
  if (key === "status" && Array.isArray(value)) return value.map(spell);
  if (key === "inviteMode") return spell(value);
  // T20: its types and docs want an empty one, which the API of its dialect does not take; it does send null.
  if (key === "description" && value === "") return null;
  if (key !== "role" || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries({ ...value }).map(([field, text]) => [field, field === "id" ? text : spell(text)]),
  );
}

const spell = (value: unknown): string => String(value).toUpperCase().replaceAll("-", "_");
