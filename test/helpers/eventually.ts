import { vi } from "vitest";

/** No bound on how fast anything is: only so that a test which hangs ends at all. */
export const HANGS_AFTER_MS = 300_000;

/** Waits until an assertion holds, however long that takes. */
export const eventually = (assertion: () => void): Promise<void> =>
  vi.waitFor(assertion, { interval: 1, timeout: HANGS_AFTER_MS });
