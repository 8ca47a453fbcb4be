/** Leads the life as a Cloudflare Worker does, at a request, in the account that the bindings name, or else the environment. */
import { live, type Settings } from "./life.ts";

interface Bindings {
  BASE_URL?: string;
  API_KEY?: string;
}

export default {
  async fetch(_request: Request, { BASE_URL, API_KEY }: Bindings): Promise<Response> {
    const settings: Settings = BASE_URL && API_KEY ? { baseUrl: BASE_URL, apiKey: API_KEY } : {};
    try {
      return Response.json(await live(settings));
    } catch (error) {
      return new Response(error instanceof Error ? error.stack : String(error), { status: 500 });
    }
  },
};
