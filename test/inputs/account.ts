import { ValidationError } from "ax-users";
import { expect } from "vitest";
import { json, rejection, startServer, type TestServer, wirePage, wireUser } from "../helpers/server.ts";

/** Of the wrong type on purpose. */
export const wrong = <T>(value: unknown): T => value as T;

/** A server with one page of users, as the wire has them; it deletes whomever it is asked to and creates them all. */
export const serveUsers = (...users: Record<string, unknown>[]): Promise<TestServer> =>
  startServer(({ method, body }, response) => {
    if (method === "DELETE") return response.writeHead(204).end();
    if (method === "POST") return json(response, 201, { ...wireUser(), ...JSON.parse(body) });
    return json(response, 200, wirePage(users.map(wireUser)));
  });

/** The ValidationError that a call rejects with. */
export async function validationError(call: PromiseLike<unknown>): Promise<ValidationError> {
  const error = await rejection(call);
  expect(error).toBeInstanceOf(ValidationError);
  return error as ValidationError;
}
