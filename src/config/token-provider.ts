import { unlessThrows } from "../util/call-safely.ts";
import { brokenKeyRule } from "./api-key.ts";

/** A token provider returned an invalid key. The message is the broken rule; it never shows the key. */
class InvalidToken extends TypeError {}

/** The rule that a returned key breaks; undefined if the function failed. It may throw anything, even a revoked proxy. */
export const brokenRuleOf = (thrown: unknown): string | undefined =>
  unlessThrows(() => (thrown instanceof InvalidToken ? thrown.message : undefined));

/** Calls the caller's function that returns the API key. */
export class TokenProvider {
  readonly #provide: () => unknown;
  readonly #onToken: (token: string) => void;
  readonly #asked = new Map<boolean, Promise<string>>();

  /** `onToken` is called with every token before it is used. */
  constructor(provide: () => unknown, onToken: (token: string) => void) {
    this.#provide = provide;
    this.#onToken = onToken;
  }

  /**
   * Returns a token. Concurrent calls share one invocation of the function, that of the latest 401 if there is one. After a 401,
   * an invocation for another reason is not shared: it may have begun before the 401.
   */
  token(isAfter401: boolean): Promise<string> {
    const shared = this.#asked.get(true) ?? this.#asked.get(isAfter401);
    if (shared) return shared;
    const asked = this.#ask().finally(() => this.forget(asked));
    this.#asked.set(isAfter401, asked);
    return asked;
  }

  /** Makes the next call invoke the function again. */
  forget(asked: Promise<string>): void {
    for (const [key, value] of this.#asked) if (value === asked) this.#asked.delete(key);
  }

  async #ask(): Promise<string> {
    const given = await this.#provide();
    const token = typeof given === "string" ? given.trim() : given;
    const broken = brokenKeyRule(token);
    if (broken) throw new InvalidToken(token === undefined ? "must be a string, received undefined" : broken);
    this.#onToken(String(token));
    return String(token);
  }
}
