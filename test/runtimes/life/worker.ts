/** Leads the life as a Cloudflare Worker does, at a request, in the account that the bindings name, or else the environment. */
import { ArizeClient } from "ax-users";
import { live, type Settings } from "./life.ts";

interface Bindings {
  BASE_URL?: string;
  API_KEY?: string;
}

/** Of all requests to `/shared`: a worker serves many at once, and they wait for each other's answers. */
let shared: ArizeClient | undefined;

async function inviteAgain(settings: Settings): Promise<string> {
  shared ??= new ArizeClient({ ...settings, prereleaseWarnings: false });
  const role = { type: "predefined", name: "admin" } as const;
  const user = { name: "Ada Lovelace", email: "ada@example.com", role, inviteMode: "email_link" } as const;
  return (await shared.users.create(user)).outcome;
}

export default {
  async fetch({ url }: Request, { BASE_URL, API_KEY }: Bindings): Promise<Response> {
    const settings: Settings = BASE_URL && API_KEY ? { baseUrl: BASE_URL, apiKey: API_KEY } : {};
    try {
      return Response.json(url.endsWith("/shared") ? await inviteAgain(settings) : await live(settings));
    } catch (error) {
      return new Response(error instanceof Error ? error.stack : String(error), { status: 500 });
    }
  },
};
