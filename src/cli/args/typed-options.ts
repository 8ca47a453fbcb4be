import { ValidationError } from "ax-users";
import type { Args } from "./parse.ts";

/** In the message of a `ValidationError`, names each parameter as the option that was typed: `role.name` becomes `--role`. */
export function nameTypedOptions(error: unknown, args: Args): unknown {
  if (!(error instanceof ValidationError)) return error;
  for (const { path, message } of error.issues) {
    const option = optionOf(path);
    if (!args.flag(option)) continue;
    for (const separator of [": ", "; "]) {
      const named = `${separator}--${option} ${message}`;
      error.message = error.message.replace(`${separator}${path} ${message}`, () => named);
    }
  }
  return error;
}

/** `inviteMode` → `invite-mode`, `protect[0]` → `protect`. */
const optionOf = (path: string): string =>
  path.replace(/[.[].*/s, "").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
