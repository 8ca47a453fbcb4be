/** A variable of the environment, trimmed; blank counts as not set. Undefined where there is no environment. */
export function env(name: string): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  return process?.env?.[name]?.trim() || undefined;
}
