import { brokenRuleOf, type TokenProvider } from "../config/token-provider.ts";
import { copyOfCause } from "../errors/cause/copy-cause.ts";
import { ValidationError } from "../errors/errors.ts";
import { withinTime } from "../util/sleep.ts";
import { type RequestContext, timeLeft } from "./call-context.ts";
import { emitOf } from "./emit.ts";
import { type CallStats, type Failure, withoutToken } from "./failure/failure.ts";
import { describe } from "./http/http-request.ts";
import type { Permit } from "./permit.ts";

/** Gets the tokens for the attempts of one request from the token provider. */
export class RequestTokens {
  readonly #provider: TokenProvider;
  readonly #context: RequestContext;
  readonly #stats: CallStats;
  #next: string | undefined;
  #isRenewed = false;

  constructor(provider: TokenProvider, context: RequestContext, stats: CallStats) {
    this.#provider = provider;
    this.#context = context;
    this.#stats = stats;
  }

  /**
   * Returns the request context with the token for the next attempt. Releases the permit if that fails.
   *
   * @throws {ValidationError} if the function throws, or returns an invalid key.
   * @throws {TimeoutError} if it has not returned after `timeoutMs` or at the deadline.
   * @throws the signal's own reason.
   */
  async withToken(permit: Permit): Promise<RequestContext> {
    try {
      this.#next ??= await this.#ask(false);
      return { ...this.#context, token: this.#next };
    } catch (error) {
      permit.release();
      throw error;
    }
  }

  /**
   * Returns whether to repeat a failed attempt with another token: only once, after a 401. This does not count as a retry, since
   * the token was rejected, not the request.
   */
  async renew({ status }: Failure): Promise<boolean> {
    const { limiter } = this.#context.call;
    const rejected = this.#next;
    this.#next = undefined;
    if (status !== 401) return false;
    try {
      this.#next = await this.#tokenInstead(rejected);
    } catch (error) {
      limiter?.endWith(error);
      throw error;
    }
    if (this.#next === undefined) {
      // All other targets would be rejected, too.
      limiter?.endWith();
      return false;
    }
    this.#stats.failures -= 1;
    emitOf(this.#context, this.#stats.attempts, () => ({ type: "retry", status, reason: status, waitMs: 0 }));
    return true;
  }

  /** Returns a different token than the rejected one. Undefined if there is none, no time is left, or it was renewed before. */
  async #tokenInstead(rejected: string | undefined): Promise<string | undefined> {
    const { call } = this.#context;
    if (this.#isRenewed || call.signal?.aborted || timeLeft(call) === 0) return undefined;
    this.#isRenewed = true;
    const token = await this.#ask(true);
    return token === rejected ? undefined : token;
  }

  async #ask(isAfter401: boolean): Promise<string> {
    const { client, signal, timeoutMs } = this.#context.call;
    const limitMs = Math.min(timeoutMs, timeLeft(this.#context.call));
    let asked: Promise<string> | undefined;
    try {
      const token = await withinTime(client.clock, signal, limitMs, async () => {
        asked = this.#provider.token(isAfter401);
        return asked.catch((thrown: unknown) => Promise.reject(this.#noToken(thrown)));
      });
      if (token === undefined) throw withoutToken(this.#context, limitMs).toError(this.#stats);
      return token;
    } catch (error) {
      // This invocation may never end. The next request invokes the function again.
      if (asked) this.#provider.forget(asked);
      throw error;
    }
  }

  #noToken(thrown: unknown): ValidationError {
    const { request, call } = this.#context;
    const broken = brokenRuleOf(thrown);
    const rule = broken === undefined ? "failed" : `returned an invalid key: it ${broken}`;
    const issues = [{ path: "apiKey", message: `is a function that ${rule}` }];
    const cause = copyOfCause(thrown, call.client.redact);
    const { attempts, outcome } = this.#stats;
    const error = new ValidationError(describe(request), issues, { outcome, cause });
    // Not enumerable: the caller knows them from events, and a bulk call as `attempted`.
    return Object.defineProperty(error, "attempts", { value: attempts });
  }
}
