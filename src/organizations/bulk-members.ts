/** The bulk methods that add and remove members. `organizations.ts` documents them. */
import { organizationMembershipInput } from "../../generated/models.gen.ts";
import type { ApiCall } from "../api/client-context.ts";
import { Batch, type BulkProgress } from "../facade/batch.ts";
import { type BulkOptions, readBulkParams } from "../facade/bulk-options.ts";
import { defineMethod } from "../facade/operation.ts";
import { readParams, usersIssue } from "../facade/params.ts";
import { readRows, type UserTarget } from "../users/bulk/bulk-targets.ts";
import { type UserHandler, userResults } from "../users/bulk/user-results.ts";
import { readUserReference } from "../users/reference.ts";
import type { BulkUserResult } from "../users/types.ts";
import type { Members } from "../util/members.ts";
import { FIND_BOTH, readAddition, sendAddition, sendRemoval } from "./members.ts";
import { NAMING, readOrganization, requireOrganization } from "./resolve.ts";
import type {
  AddOrganizationUsersParams,
  BulkMemberAdditionResult,
  BulkMemberRemovalResult,
  OrganizationParams,
  OrganizationUser,
  RemoveOrganizationUsersParams,
} from "./types.ts";

const ADD_USERS = ["organizations.addUsers", "organizations_add_user", ...FIND_BOTH] as const;
const REMOVE_USERS = ["organizations.removeUsers", "organizations_remove_user", ...FIND_BOTH] as const;

interface MemberHandler<Request, Progress, Done> extends Omit<UserHandler<Request, Progress, Done>, "send"> {
  send(call: ApiCall, organizationId: string, userId: string, request: Request): Promise<Done>;
}

export const addOrganizationUsers = defineMethod<AddOrganizationUsersParams, BulkMemberAdditionResult[]>(
  ADD_USERS,
  async (call, params) => {
    const given = readBulkParams(call, params, [...NAMING, "users"], usersIssue);
    const read = (row: OrganizationUser) => {
      const members = readParams(call, row, ["user"], organizationMembershipInput);
      return readAddition(call, members, readUserReference(call, members));
    };
    const targets = readRows(call.method, given.users, read, memberNames);
    return memberResults(call, given, targets, {
      counts: { added: 0, notFound: 0, failed: 0 },
      send: async (call, organizationId, userId, forms) => ({
        status: "added",
        membership: await sendAddition(call, organizationId, userId, forms),
      }),
    });
  },
);

export const removeOrganizationUsers = defineMethod<RemoveOrganizationUsersParams, BulkMemberRemovalResult[]>(
  REMOVE_USERS,
  async (call, params) => {
    const given = readBulkParams(call, params, [...NAMING, "users"], usersIssue);
    const rows = Array.from(given.users, (row) => (typeof row === "object" ? row : { user: row }));
    const read = (row: object) => {
      readUserReference(call, readParams(call, row, ["user", "userId"]));
    };
    const targets = readRows(call.method, rows, read, memberNames);
    return memberResults(call, given, targets, {
      counts: { removed: 0, notFound: 0, failed: 0 },
      who: "member of the organization",
      send: async (call, organizationId, userId) => {
        await sendRemoval(call, organizationId, userId);
        return { status: "removed" };
      },
    });
  },
);

/** How a row names a member: by address if `user` is an email address, and by ID otherwise. */
const memberNames = ({ user, userId }: Members) =>
  typeof user === "string" && user.includes("@") ? { email: user } : { userId: userId ?? user };

/** Returns one result for each distinct member. Looks up the organization before it sends anything else. */
function memberResults<Request, Progress extends BulkProgress, Done extends { status: string }>(
  call: ApiCall,
  given: OrganizationParams & BulkOptions<Progress, BulkUserResult<Done>>,
  targets: UserTarget<Request>[],
  { send, ...handler }: MemberHandler<Request, Progress, Done>,
): Promise<BulkUserResult<Done>[]> {
  const organization = readOrganization(call, given);
  let id = "";
  return userResults(new Batch(call, given), targets, {
    ...handler,
    before: async (call) => {
      ({ id } = await requireOrganization(call, organization));
    },
    send: (call, userId, request) => send(call, id, userId, request),
  });
}
