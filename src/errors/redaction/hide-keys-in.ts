import { ArizeError, ValidationError } from "../errors.ts";
import type { Redact } from "./redact.ts";

/** Removes API keys from an error of this package: a caller may have given one as another argument. Returns the same error. */
export function hideKeysIn<E>(error: E, hideKeys: Redact): E {
  if (!(error instanceof ArizeError)) return error;
  const message = hideKeys(error.message);
  if (message === error.message) return error;
  // The stack begins with the message.
  const { stack = "" } = error;
  const issues =
    error instanceof ValidationError
      ? {
          issues: error.issues.map(({ path, message }) => ({
            path: hideKeys(path),
            message: hideKeys(message),
          })),
        }
      : {};
  return Object.assign(error, { message, stack: hideKeys(stack), ...issues });
}

/** Removes API keys from the reason of a failed result. */
export function hideKeysInResult<Result extends object>(result: Result, hideKeys: Redact): Result {
  if (!("error" in result && typeof result.error === "string")) return result;
  if ("cause" in result) hideKeysIn(result.cause, hideKeys);
  return { ...result, error: hideKeys(result.error) };
}
