/** What the errors of the client say about a change. */
import { ArizeError, AuthenticationError, RateLimitError } from "../../index.ts";
import type { ChangeError, ChangeResult } from "../journal/results.ts";

/** Whether the request may have taken effect. An error of the client without an outcome came before any request. */
export function outcomeOf(error: unknown): "not_applied" | "unknown" {
  if (!(error instanceof ArizeError)) return "unknown";
  return "outcome" in error && error.outcome === "unknown" ? "unknown" : "not_applied";
}

/** An error as results have it. Whatever else is thrown becomes one. */
export const toChangeError = (error: unknown): ChangeError =>
  error instanceof Error ? error : { name: "Error", message: String(error) };

/** The fields of an error that a journal keeps. */
export const storedError = ({ name, message, status }: ChangeError): ChangeError => ({
  name,
  message,
  ...(typeof status === "number" && { status }),
});

export const requestIdOf = (error: unknown): string | undefined =>
  error instanceof Error && "requestId" in error && typeof error.requestId === "string"
    ? error.requestId
    : undefined;

/** Whether going on would be no use: the key was refused, or the server goes on asking for fewer requests. */
export const endsRun = (error: unknown): boolean =>
  error instanceof AuthenticationError || error instanceof RateLimitError;

/** A 401 says nothing about the change: it is tried again when the run is resumed. */
export const isEndedBy401 = ({ error }: ChangeResult): boolean => error?.name === "AuthenticationError";
