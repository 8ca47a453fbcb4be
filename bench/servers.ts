import type { Fault, SandboxMail, SandboxOptions, SandboxUser } from "../src/testing/index.ts";
import type { Dialect, Server } from "./clients/client.ts";
import { Remote } from "./remote.ts";

/** What went over the wire. */
export interface Traffic {
  readonly requests: number;
  readonly answered: number;
  /** Answers of 429. */
  readonly refusals: number;
}

/** What is so on the server. */
export interface Account {
  readonly users: SandboxUser[];
  readonly removed: SandboxUser[];
  readonly mails: SandboxMail[];
}

export type Seed = Omit<SandboxOptions, "dialect"> & { readonly faults?: readonly Fault[] };

/** Sandboxes in a process of their own, so that a server's time is not the client's. */
export class Servers {
  readonly #remote = new Remote(new URL("server-process.ts", import.meta.url));

  open({ faults = [], ...options }: Seed, dialect: Dialect): Promise<Server> {
    return this.#remote.ask("open", { ...options, dialect }, faults);
  }

  traffic({ baseUrl }: Server): Promise<Traffic> {
    return this.#remote.ask("traffic", baseUrl);
  }

  account({ baseUrl }: Server): Promise<Account> {
    return this.#remote.ask("account", baseUrl);
  }

  close({ baseUrl }: Server): Promise<void> {
    return this.#remote.ask("close", baseUrl);
  }

  stop(): Promise<void> {
    return this.#remote.stop();
  }
}
