// Records an OpenTelemetry span for each response, and for each operation that failed without a response.
import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { ArizeClient, type ClientEvent, type FailedEvent, type ResponseEvent } from "ax-users";

// If your program already sets up OpenTelemetry, use `trace.getTracer("my-program")` instead.
const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
const tracer = provider.getTracer("ax-users");

function onEvent(event: ClientEvent): void {
  if (event.type === "response" || (event.type === "failed" && event.status === undefined)) record(event);
}

// The event is emitted at the end, so the span starts `durationMs` earlier.
function record(event: ResponseEvent | FailedEvent): void {
  const { method, path, operation, callId, attempt, timestamp, durationMs } = event;
  const span = tracer.startSpan(`${method} ${path}`, {
    kind: SpanKind.CLIENT,
    startTime: timestamp - durationMs,
    attributes: {
      "http.request.method": method,
      "url.template": path,
      "http.request.resend_count": Math.max(0, attempt - 1),
      "ax_users.operation": operation,
      "ax_users.call_id": callId,
    },
  });
  if (event.status !== undefined) span.setAttribute("http.response.status_code", event.status);
  const errorType = event.type === "failed" ? event.error : event.status >= 400 && String(event.status);
  if (errorType) span.setAttribute("error.type", errorType).setStatus({ code: SpanStatusCode.ERROR });
  span.end(timestamp);
}

const client = new ArizeClient({ onEvent });
await client.users.list({ limit: 10 }).catch((error: Error) => console.log(error.name));

for (const { name, attributes, status } of exporter.getFinishedSpans())
  console.log(name, attributes["http.response.status_code"] ?? "no response", SpanStatusCode[status.code]);
