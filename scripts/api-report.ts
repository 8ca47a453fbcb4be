/**
 * Writes the public API of the built package, as declared in dist/, to api/.
 *
 *   node scripts/api-report.ts             dist/*.d.ts → api/*.api.md
 *   node scripts/api-report.ts --check     fails where api/ is not what dist/ declares
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import {
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  type ExtractorMessage,
  type IConfigFile,
} from "@microsoft/api-extractor";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The reports by the entry that they tell of. */
const REPORTS = { index: "ax-users", roster: "ax-users-roster", testing: "ax-users-testing" };

const quiet = { logLevel: ExtractorLogLevel.None };
const fatal = { logLevel: ExtractorLogLevel.Error };

function configOf(entry: string, report: string, temp: string): IConfigFile {
  const mainEntryPointFilePath = join(root, `dist/${entry}.d.ts`);
  const compilerOptions = {
    target: "es2023",
    lib: ["es2023", "esnext.disposable", "dom", "dom.iterable"],
    module: "nodenext",
    strict: true,
    exactOptionalPropertyTypes: true,
    types: [],
  };
  return {
    projectFolder: root,
    mainEntryPointFilePath,
    newlineKind: "lf",
    compiler: { overrideTsconfig: { compilerOptions, files: [mainEntryPointFilePath] } },
    apiReport: {
      enabled: true,
      reportFileName: `${report}.api.md`,
      reportFolder: join(root, "api"),
      reportTempFolder: temp,
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    messages: {
      compilerMessageReporting: { default: fatal },
      // A name that users meet and cannot import is an error; stages are the spec's business, not the docstrings'.
      extractorMessageReporting: {
        default: fatal,
        // The client and the base of its errors are names of the main entry.
        ...(entry === "roster" && { "ae-forgotten-export": quiet }),
        "ae-missing-release-tag": quiet,
        // TypeDoc and a test look at links; an error class with an interface of its name is no ambiguity to them.
        "ae-unresolved-link": quiet,
        "ae-undocumented": quiet,
      },
      tsdocMessageReporting: { default: quiet },
    },
  };
}

/** Of what API Extractor has to say, only the errors matter here. */
function tell(message: ExtractorMessage): void {
  message.handled = true;
  if (message.logLevel === "error") console.error(message.formatMessageWithLocation(root));
}

/** Whether a report was, or is now, what the declarations say. */
function isReported(entry: string, report: string, temp: string, isCheck: boolean): boolean {
  const config = ExtractorConfig.prepare({
    configObject: configOf(entry, report, temp),
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, "package.json"),
  });
  const { errorCount, apiReportChanged } = Extractor.invoke(config, {
    localBuild: !isCheck,
    messageCallback: tell,
  });
  if (errorCount > 0) process.exitCode = 1;
  return !apiReportChanged || !isCheck;
}

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
mkdirSync(join(root, "api"), { recursive: true });
const temp = mkdtempSync(join(tmpdir(), "ax-users-api-"));
try {
  const reports = Object.entries(REPORTS);
  const stale = reports.filter(([entry, report]) => !isReported(entry, report, temp, values.check));
  if (stale.length > 0) {
    const files = stale.map(([, report]) => `api/${report}.api.md`).join(", ");
    console.error(`The public API is another one than in ${files}.`);
    console.error("If that is meant: npm run api, commit api/, and add a changeset (npx changeset).");
    process.exitCode = 1;
  }
} finally {
  rmSync(temp, { recursive: true });
}
