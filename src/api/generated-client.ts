import { type Client, createClient } from "../../generated/client/index.ts";
import type { Settings } from "../config/client-options.ts";

/** The generated client of an `ArizeClient`. */
export const createGeneratedClient = ({ baseUrl, headers }: Settings): Client =>
  createClient({ baseUrl, headers: { accept: "application/json, application/problem+json", ...headers } });
