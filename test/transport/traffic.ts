import { turn } from "../helpers/virtual-clock.ts";

/**
 * Which requests over sockets are under way, as their client and as their server see it, so that virtual time can
 * stand still while any of them still moves. A request that its server holds back moves only when time does.
 */
export class Traffic {
  readonly #sent = new Set<string>();
  readonly #held = new Set<string>();
  #changed = () => {};

  sent(id: string): void {
    this.#sent.add(id);
  }

  /** The client has its response, or has given up. */
  settled(id: string): void {
    this.#sent.delete(id);
    this.#changed();
  }

  held(id: string): void {
    this.#held.add(id);
    this.#changed();
  }

  /** The server has noticed that nobody waits for it any more. */
  released(id: string): void {
    this.#held.delete(id);
    this.#changed();
  }

  /** Resolves when every request that is under way is held back, and nobody is about to send another. */
  async still(): Promise<void> {
    await turn();
    while (this.#moves) {
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
      await turn();
    }
  }

  /** Also where the client has given up, and the server does not know yet. */
  get #moves(): boolean {
    return this.#sent.size !== this.#held.size || [...this.#sent].some((id) => !this.#held.has(id));
  }
}
