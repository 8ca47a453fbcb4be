import { brokenKeyRule } from "./api-key.ts";

/** What a function gave for a key breaks a rule, which is the message. It never shows the key. */
export class InvalidToken extends TypeError {}

/** Asks a function of the caller's for the API key. */
export class TokenProvider {
  readonly #provide: () => unknown;
  readonly #onToken: (token: string) => void;
  readonly #asked = new Map<boolean, Promise<string>>();

  /** `onToken` gets every token before it is used. */
  constructor(provide: () => unknown, onToken: (token: string) => void) {
    this.#provide = provide;
    this.#onToken = onToken;
  }

  /** Calls at the same moment share one. After a 401 one does not count that was asked for another reason, perhaps before it. */
  token(isAfter401: boolean): Promise<string> {
    const shared = this.#asked.get(isAfter401);
    if (shared) return shared;
    const asked = this.#ask().finally(() => this.forget(asked));
    this.#asked.set(isAfter401, asked);
    return asked;
  }

  /** Lets the next call ask anew, since this one may never end. */
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
