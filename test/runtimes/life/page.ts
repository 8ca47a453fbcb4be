/** Leads the life as the script of a page does, which `page-host.mjs` stands in for. */
import { live, type Report, type Settings } from "./life.ts";

const { settings, report } = globalThis as unknown as {
  settings: Settings;
  report: (life: Promise<Report>) => void;
};

report(live(settings));
