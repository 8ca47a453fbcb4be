import { type Client, newcomer, type Server } from "./client.ts";
import { deleteInTurn, eachOf, type List, planByLoop } from "./loop.ts";

/** The platform alone, with the care that a script takes. */
export function connect({ baseUrl, apiKey }: Server): Client {
  const headers = { accept: "application/json, application/problem+json", authorization: `Bearer ${apiKey}` };

  async function send(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(baseUrl + path, {
      method,
      headers: body ? { ...headers, "content-type": "application/json" } : headers,
      body: body ? JSON.stringify(body) : null,
    });
    if (!response.ok) throw new HttpError(response.status, await response.text());
    return response.status === 204 ? undefined : response.json();
  }

  const one = (userId: string) => `/v2/users/${encodeURIComponent(userId)}`;
  const list: List = ({ limit, ...rest }) =>
    send("GET", `/v2/users?${new URLSearchParams({ limit: String(limit), ...rest })}`) as ReturnType<List>;
  const deleteUser = (userId: string) => send("DELETE", one(userId));
  return {
    get: (userId) => send("GET", one(userId)),
    listPage: () => list({ limit: 50 }),
    each: () => eachOf(list),
    create: (email) => send("POST", "/v2/users", newcomer(email)),
    rename: (userId, name) => send("PATCH", one(userId), { name }),
    delete: deleteUser,
    resendInvitation: (userId) => send("POST", `${one(userId)}/resend-invitation`),
    bulkDelete: (targets) => deleteInTurn(list, deleteUser, targets),
    plan: (rows) => planByLoop(eachOf(list), rows),
  };
}

class HttpError extends Error {
  readonly status: number;

  constructor(status: number, body: string) {
    super(`HTTP ${status}: ${body}`);
    this.status = status;
  }
}
