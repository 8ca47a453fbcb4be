/** What the errors of the client say about a change. */
import type { ChangeError, ChangeResult } from "../journal/results.ts";

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

/** A 401 says nothing about the change: it is tried again when the run is resumed. */
export const isEndedBy401 = ({ error }: ChangeResult): boolean => error?.name === "AuthenticationError";
