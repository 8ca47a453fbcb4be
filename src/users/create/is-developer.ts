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
  const sendForm = (call: ApiCall, enumCase: EnumCase, takesIsDeveloper: boolean) => {
    const { is_developer, ...withoutField } = forms[enumCase];
    const form = takesIsDeveloper ? forms[enumCase] : withoutField;
    return sendAndLearn(call, form, send, { enumCase, takesIsDeveloper });
  };
  return sendAsKnown(call, ["enumCase", "takesIsDeveloper"], {
    first: (call, { enumCase = "lower", takesIsDeveloper = true }) =>
      sendForm(call, enumCase, takesIsDeveloper),
    second: (call, { enumCase, takesIsDeveloper }, rejection) => {
      const sent = enumCase ?? "lower";
      const sendOther = async (call: ApiCall) =>
        server.isFixed ? undefined : sendForm(call, otherCase(sent), false);
      if (takesIsDeveloper === false) return sendOther(call);
      // Drops the field first, unless the rejection is about enum values, which may be in the other case.
      const mayBeCase = !server.isFixed && (enumCase === undefined || takesIsDeveloper === true);
      const isCase = mayBeCase && isAboutCase(rejection);
      const next = (call: ApiCall) =>
        isCase ? sendForm(call, otherCase(sent), true) : sendForm(call, sent, false);
      // Whether the server takes the field was not known, but its case was: that is doubted once a minute.
      const isDoubtful = takesIsDeveloper === undefined && enumCase !== undefined;
      return orElse(call, next, async (call) =>
        isDoubtful && !server.startAnew() ? undefined : sendOther(call),
      );
    },
  });
}

const FIELD = /is_?developer/i;
const ENUMS = /\brole|invite_?mode|email_link|temporary_password|predefined|\benum|one of/i;

function isAboutCase({ title, detail, extensions }: Rejection): boolean {
  const text = JSON.stringify([title, detail, extensions]);
  return ENUMS.test(text) && !FIELD.test(text);
}

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
