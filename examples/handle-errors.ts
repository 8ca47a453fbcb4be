// Distinguishes errors, and prints whether anything changed. Argument: an address (default: ada@example.com).
import * as ax from "ax-users";

const [email = "ada@example.com"] = process.argv.slice(2);

try {
  const client = new ax.ArizeClient(); // throws a ValidationError if the key is missing
  const role = { type: "predefined", name: "member" } as const;
  const user = await client.users.create({ name: "Ada Lovelace", email, role, inviteMode: "email_link" });
  console.log(`${user.email}: ${user.outcome}`);
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}

function explain(error: unknown): string {
  if (error instanceof ax.ValidationError) {
    return `Nothing was sent: ${error.issues.map(({ path, message }) => `${path} ${message}`).join("; ")}`;
  }
  if (error instanceof ax.AuthenticationError) return "The API key is not accepted.";
  if (error instanceof ax.PermissionDeniedError) return "The API key may not invite users.";
  if (error instanceof ax.RateLimitError) return `Too many requests: wait ${error.retryAfterMs ?? 1_000} ms.`;
  if (error instanceof ax.APIError) {
    return `HTTP ${error.status} ${error.title}: ${effectOf(error)}. For support: request ${error.requestId}`;
  }
  if (error instanceof ax.ConnectionError) return `${error.name}: no complete response; ${effectOf(error)}.`;
  return error instanceof ax.ArizeError ? error.message : String(error);
}

function effectOf({ outcome }: { outcome: ax.Outcome }): string {
  return outcome === "not_applied" ? "nothing changed" : "the request may have taken effect, so check first";
}
