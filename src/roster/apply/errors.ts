/** Converts errors of the client to results of changes. */
import { copyOfCause } from "../../errors/cause/copy-cause.ts";
import {
  APIError,
  ArizeError,
  AuthenticationError,
  ConflictError,
  ConnectionError,
  UnexpectedResponseError,
} from "../../index.ts";
import { REJECTIONS } from "../../transport/failure/outcome.ts";
import type { ChangeError, ChangeResult } from "../journal/results.ts";
import type { Change } from "../plan/types.ts";

/** What is new in a result: everything but the change. */
export type News = Omit<ChangeResult, "id" | "kind" | "email">;

/** Converts anything that was thrown to the error of a result. */
export const toChangeError = (error: unknown): ChangeError =>
  error instanceof Error ? error : { name: "Error", message: String(error) };

/** The fields of an error that the journal stores. */
export const storedError = ({ name, message, status }: ChangeError): ChangeError => ({
  name,
  message,
  ...(typeof status === "number" && { status }),
});

export const requestIdOf = (error: unknown): string | undefined =>
  error instanceof Error && "requestId" in error && typeof error.requestId === "string"
    ? error.requestId
    : undefined;

/** Copies the error of a store without the password, which libraries put in their messages. */
export const withoutPassword = (thrown: unknown, password: string): unknown =>
  copyOfCause(thrown, (text) => text.replaceAll(password, "[temporary password]"));

/** The 401 that a conflict was not explained for, or the error itself. */
export const causeOf = (error: unknown): unknown =>
  error instanceof ConflictError && error.cause instanceof AuthenticationError ? error.cause : error;

/** Whether a request that had no effect is sent again after this error. */
export const isTemporary = (error: unknown): boolean =>
  error instanceof ConnectionError || (error instanceof APIError && REJECTIONS.includes(error.status));

/** Whether the error is a 401. It says nothing about the change, so a resumed run tries again. */
export const isEndedBy401 = ({ error }: ChangeResult): boolean => error?.name === "AuthenticationError";

/** The password of a user whom the server created, although the call failed. The ID is empty if the error does not have it. */
export function keptPassword(error: unknown): { userId: string; temporaryPassword: string } | undefined {
  const { id: userId = "", temporaryPassword } = error instanceof ArizeError ? (error.user ?? {}) : {};
  const kept = error instanceof UnexpectedResponseError ? error.temporaryPassword : temporaryPassword;
  return kept === undefined ? undefined : { userId, temporaryPassword: kept };
}

export function failure(error: unknown, outcome: "not_applied" | "unknown"): News {
  const requestId = requestIdOf(error);
  const userId = error instanceof ArizeError ? error.user?.id : undefined;
  return {
    status: outcome === "unknown" ? "unknown" : "failed",
    outcome,
    error: toChangeError(error),
    ...(userId !== undefined && { userId }),
    ...(requestId !== undefined && { requestId }),
  };
}

/** If the person still exists, a deletion was certainly not applied. For other requests that were sent, nothing is certain. */
export function stale({ kind }: Change, reason: string, wasOpen: boolean): News {
  const error = { name: "StaleError", message: reason };
  return wasOpen && kind !== "delete"
    ? { status: "unknown", outcome: "unknown", error }
    : { status: "stale", error };
}
