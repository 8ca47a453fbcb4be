import { setImmediate as macrotask } from "node:timers/promises";
import { deferred } from "../helpers/deferred.ts";
import type { StillClock } from "./fault-clock.ts";

/** A request as the client sent it, and what is known of it on either side. */
export interface Sent {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly sentAtMs: number;
  /** When the client had its answer, or lost it for good. */
  endedAtMs?: number;
  /** Settles once the client has read the head of the answer. */
  readonly headRead: Promise<void>;
}

/** Tells the server which of the requests it reads. */
export const NUMBER_HEADER = "x-request-number";

/**
 * The fetch of one client, which knows whether anything is still to come over its sockets. As long as there is, its
 * clock has to stand still; where nothing is, only the clock can move the client.
 */
export class Wire {
  readonly requests: Sent[] = [];
  readonly #clock: StillClock;
  readonly #moving = new Set<Sent>();
  #still = deferred();

  constructor(clock: StillClock) {
    this.#clock = clock;
    this.#still.resolve();
  }

  /** A fetch that connects each request to where `address` says, given its number from 0. */
  fetchFrom(address: (number: number) => string): typeof globalThis.fetch {
    return async (input, init) => {
      const { pathname, search } = new URL(String(input));
      const number = this.requests.length;
      const { sent, readHead } = this.#begin(init?.method ?? "", pathname + search);
      const headers = new Headers(init?.headers);
      headers.set(NUMBER_HEADER, String(number));
      try {
        const response = await fetch(`${address(number)}${sent.target}`, { ...init, headers });
        readHead();
        return this.#watched(sent, response);
      } catch (error) {
        this.#end(sent);
        throw error;
      }
    };
  }

  /** Nothing more comes for this one: the client may wait for its clock. */
  stall(sent: Sent): void {
    this.#moving.delete(sent);
    if (this.#moving.size === 0) this.#still.resolve();
  }

  /** Lets the client work until it is done, and the clock go on whenever the client has nothing else to wait for. */
  async drive<T>(work: Promise<T>): Promise<T> {
    let isOver = false;
    const end = () => {
      isOver = true;
    };
    const over = work.then(end, end);
    for (;;) {
      await Promise.race([this.#still.promise, over]);
      // What the client does about an answer, it does before this.
      await macrotask();
      if (isOver) return work;
      if (this.#moving.size === 0 && !this.#clock.goOn()) throw new Error("the client waits for nothing");
    }
  }

  #begin(method: string, target: string): { sent: Sent; readHead: () => void } {
    const head = deferred();
    const sentAtMs = this.#clock.now();
    const sent: Sent = { method, target, sentAtMs, headRead: head.promise };
    if (this.#moving.size === 0) this.#still = deferred();
    this.requests.push(sent);
    this.#moving.add(sent);
    return { sent, readHead: head.resolve };
  }

  #end(sent: Sent): void {
    sent.endedAtMs ??= this.#clock.now();
    this.stall(sent);
  }

  /** An answer that tells when its body was read, which the client does as text. */
  #watched(sent: Sent, response: Response): Response {
    const read = response.text.bind(response);
    response.text = () => read().finally(() => this.#end(sent));
    return response;
  }
}
