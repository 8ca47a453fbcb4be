import { ArizeError, ValidationError } from "../errors.ts";
import type { Redact } from "./redact.ts";

/**
 * Removes API keys from an error that this package has just made: a caller may have given a key as another argument. Returns
 * the same error. Does not change `reason`, the caller's reason of an abort.
 */
export function hideKeysIn<E>(error: E, hideKeys: Redact, reason: unknown): E {
  if (!(error instanceof ArizeError) || error === reason || Object.isFrozen(error)) return error;
  const message = hideKeys(error.message);
  if (message === error.message) return error;
  // The stack begins with the message.
  const { stack = "" } = error;
  Object.assign(error, { message, stack: hideKeys(stack) });
  if (!(error instanceof ValidationError)) return error;
  const issues = error.issues.map(({ path, message }) => ({
    path: hideKeys(path),
    message: hideKeys(message),
  }));
  return Object.assign(error, { issues });
}

/** Removes API keys from a failed result and its cause. */
export function hideKeysInFailure<End>(end: End, hideKeys: Redact, reason: unknown): End {
  const { error, cause } = end as { error?: unknown; cause?: unknown };
  hideKeysIn(cause, hideKeys, reason);
  return typeof error === "string" ? { ...end, error: hideKeys(error) } : end;
}
