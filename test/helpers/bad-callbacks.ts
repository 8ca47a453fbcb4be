/** Callbacks of callers that fail, each with how. */
export const BAD_CALLBACKS: readonly (readonly [how: string, callback: () => never | Promise<never>])[] = [
  [
    "throws",
    () => {
      throw new Error("the caller's own");
    },
  ],
  ["rejects", () => Promise.reject(new Error("the caller's own"))],
];
