/** `is_developer` on create: the hosted API dropped the field in September 2026; older servers accept it. */
import type { CreateUserRequest } from "../../../generated/types.gen.ts";
import type { ApiCall } from "../../api/client-context.ts";
import {
  orElse,
  otherCase,
  type Rejection,
  type Send,
  sendAndLearn,
  sendAsKnown,
  withServerCase,
} from "../../api/enum-case.ts";
import type { EnumCase } from "../../api/enum-case-detector.ts";
import type { RequestForms } from "../../api/request.ts";
import { ArizeError } from "../../errors/errors.ts";
import type { CallResult } from "../../transport/send-with-retries.ts";
import { sendUpdate } from "../operations.ts";
import type { CreatedUser } from "../types.ts";

/**
 * Sends a request to create a user in the server's enum case, and without `is_developer` if the server rejects that field. A
 * rejection may be due to either, or to neither. Two more requests find out, once per client.
 */
export async function sendNewUser(
  call: ApiCall,
  forms: RequestForms<CreateUserRequest>,
  send: Send<CreateUserRequest>,
): Promise<CallResult> {
  const server = call.client.enumCase;
  if (forms.lower.is_developer === undefined) return withServerCase(call, forms, send);
  const sendForm = (call: ApiCall, enumCase: EnumCase, withField: boolean) => {
    const { is_developer, ...withoutField } = forms[enumCase];
    return sendAndLearn(call, withField ? forms[enumCase] : withoutField, send, () => {
      server.learn(enumCase);
      server.learnIsDeveloper(withField);
    });
  };
  const known = () =>
    server.known && server.takesIsDeveloper !== undefined
      ? `${server.known} ${server.takesIsDeveloper}`
      : undefined;
  const knownNow = () => ({ enumCase: server.known, takesField: server.takesIsDeveloper });
  let before = knownNow();
  return sendAsKnown(call, known, {
    first: (call) => {
      before = knownNow();
      return sendForm(call, before.enumCase ?? "lower", before.takesField ?? true);
    },
    second: (call, rejection) => {
      const sent = before.enumCase ?? "lower";
      const other = otherCase(sent);
      if (before.takesField === false) return sendForm(call, other, false);
      // Drops the field first, unless the rejection is about enum values, or the server is known to accept the field.
      const isSpelling = before.enumCase ? before.takesField : ENUMS.test(textOf(rejection));
      const isField = FIELD.test(textOf(rejection)) || !isSpelling;
      const next = (call: ApiCall) => sendForm(call, isField ? sent : other, !isField);
      return orElse(call, next, async (call) =>
        before.enumCase && !server.startAnew() ? undefined : sendForm(call, other, false),
      );
    },
  });
}

const FIELD = /is_?developer/i;
const ENUMS = /\brole|invite_?mode|email_link|temporary_password|predefined|\benum|one of/i;

const textOf = ({ title, detail, extensions }: Rejection): string =>
  JSON.stringify([title, detail, extensions]);

/** Updates `isDeveloper` of a user whom this call created, if the server set another value than requested. */
export async function ensureIsDeveloper(
  call: ApiCall,
  user: CreatedUser,
  isDeveloper: boolean | undefined,
): Promise<CreatedUser> {
  if (isDeveloper === undefined || user.isDeveloper === isDeveloper || user.outcome === "existing")
    return user;
  try {
    return Object.assign(user, await sendUpdate(call, user.id, { is_developer: isDeveloper }));
  } catch (error) {
    // An abort rejects with its own reason, except in a bulk call, which returns a result for everything that it has sent.
    const isOwn = error instanceof ArizeError && error !== call.signal?.reason;
    if (!(isOwn || call.ignoreAbortOnceSent)) throw error;
    const failure = isOwn ? error : new ArizeError(`${call.method}: ended early.`, { cause: error });
    failure.message += ` The user exists (${user.id}; see the error's user), created without isDeveloper: ${isDeveloper}.`;
    throw Object.defineProperty(Object.assign(failure, { outcome: "unknown" }), "user", { value: user });
  }
}
