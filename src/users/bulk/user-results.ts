import type { ApiCall } from "../../api/client-context.ts";
import { NotFoundError } from "../../errors/errors.ts";
import type { Batch, BulkNotFound, BulkProgress } from "../../facade/batch.ts";
import { givenEmailKey } from "../email.ts";
import { lookUpUsers } from "../find-by-email.ts";
import type { BulkUserResult } from "../types.ts";
import { distinct, idKey, namesOf, type UserTarget } from "./bulk-targets.ts";

/** The operation of a bulk call. */
export interface UserHandler<Request, Progress, Done> {
  counts: Omit<Progress, "total" | "done">;
  /** The noun for a missing target in messages. Default: `user`. */
  who?: string;
  /** Sends a request that all users need. If it fails, nothing more is sent. */
  before?(call: ApiCall): Promise<void>;
  /** Sends the request for a user. A NotFoundError means that the user does not exist. */
  send(call: ApiCall, userId: string, request: Request): Promise<Done>;
}

type Lookups = Pick<Batch<BulkProgress, { status: string }>, "call" | "stop" | "stopped" | "failureOf">;

/** Returns the results of distinct targets. Looks up all addresses before it sends any other request. */
export async function userResults<Request, Progress extends BulkProgress, Done extends { status: string }>(
  batch: Batch<Progress, BulkUserResult<Done>>,
  given: UserTarget<Request>[],
  handler: UserHandler<Request, Progress, Done>,
): Promise<BulkUserResult<Done>[]> {
  const { counts, who, before, send } = { who: "user", before: undefined, ...handler };
  const targets = await resolveTargets(batch, given, before);
  return batch.results(targets, {
    counts,
    send: async (call, target, request) => {
      const { userId = "" } = target;
      try {
        return { ...namesOf(target), userId, ...(await send(call, userId, request)) };
      } catch (error) {
        // An attempt without a response may have taken effect. The reason of an abort may be another call's error.
        const isNotFound = error instanceof NotFoundError && error !== call.signal?.reason;
        if (!isNotFound || error.outcome === "unknown") throw error;
        return { ...namesOf(target), ...notFound(`${who} has this ID`) };
      }
    },
    toResult: (target, end) => ({ ...namesOf(target), ...end }),
  });
}

/** Sets the user ID of each target that has an address, or the reason why nothing is sent for it. */
async function resolveTargets<Request>(
  batch: Lookups,
  targets: UserTarget<Request>[],
  before?: (call: ApiCall) => Promise<void>,
): Promise<UserTarget<Request>[]> {
  const open = targets.filter(({ end }) => !end);
  const byEmail = new Map<string, UserTarget<Request>>();
  for (const target of open) {
    if (target.userId === undefined) byEmail.set(givenEmailKey(target.email ?? ""), target);
  }
  try {
    if (open.length > 0) await before?.(batch.call);
    await lookUpTargets(batch, byEmail);
  } catch (error) {
    batch.stop(error);
  }
  return distinct(batch.call.method, targets);
}

async function lookUpTargets(batch: Lookups, byEmail: Map<string, UserTarget<unknown>>): Promise<void> {
  const users = await lookUpUsers(batch.call, [...byEmail.keys()], (error, key) => {
    if (batch.stopped(error)) throw error;
    const target = key === undefined ? undefined : byEmail.get(key);
    // Only the lookup was sent.
    if (target) target.end = { ...batch.failureOf(error), attempted: false };
  });
  for (const [key, target] of byEmail) {
    const user = users.get(key);
    if (user) Object.assign(target, { userId: user.id, key: idKey(user.id) });
    else target.end ??= notFound("user has this email address");
  }
}

const notFound = (what: string): BulkNotFound => ({
  status: "not_found",
  error: `no ${what}, or this key may not read it`,
});
