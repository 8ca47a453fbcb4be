// Sends prerelease warnings to your own log, or silences them. No arguments.
import { ArizeClient } from "ax-users";

// Each method warns once in a process, on its first call.
const logging = new ArizeClient({
  prereleaseWarnings: ({ code, key, stage }) => console.log(`${code}: ${key} is ${stage}`),
});
await logging.users.list({ limit: 1 });
await logging.users.list({ limit: 1 });

// For all clients: DISABLE_PRERELEASE_WARNING=true, or node --disable-warning=AX_USERS_ALPHA.
const silent = new ArizeClient({ prereleaseWarnings: false });
await silent.users.findByEmail("ada@example.com");
