/** Converts errors of the client to results of changes. */
import type { ChangeError, ChangeResult } from "../journal/results.ts";

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

/** Whether the error is a 401. It says nothing about the change, so a resumed run tries again. */
export const isEndedBy401 = ({ error }: ChangeResult): boolean => error?.name === "AuthenticationError";
