/** Leads the life as a script of Node, Deno or Bun does, in the account that the arguments name, or else the environment. */
import { live, type Settings } from "./life.ts";

const [, , baseUrl, apiKey] = process.argv;
const settings: Settings = baseUrl === undefined || apiKey === undefined ? {} : { baseUrl, apiKey };

live(settings).then((report) => console.log(JSON.stringify(report)));
