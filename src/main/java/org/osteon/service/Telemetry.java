package org.osteon.service;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.Map;
import org.osteon.topology.listen.Traces;

/**
 * Spans, where someone configured an exporter by OpenTelemetry's own variables ({@code
 * OTEL_TRACES_EXPORTER}, {@code OTEL_EXPORTER_OTLP_ENDPOINT}) or attached its Java agent.
 */
final class Telemetry {
  private Telemetry() {}

  /**
   * @param environment {@link System#getenv()}
   */
  static Traces traces(Map<String, String> environment) {
    if (GlobalOpenTelemetry.isSet()) {
      return new SpanTraces(GlobalOpenTelemetry.get());
    }
    boolean asked =
        environment.containsKey("OTEL_TRACES_EXPORTER")
            || environment.containsKey("OTEL_EXPORTER_OTLP_ENDPOINT")
            || environment.containsKey("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
    if (!asked || "none".equals(environment.get("OTEL_TRACES_EXPORTER"))) {
      return Traces.NONE;
    }
    return new SpanTraces(
        AutoConfiguredOpenTelemetrySdk.builder()
            // Metrics are for Prometheus and logs for stderr, unless someone says otherwise.
            .addPropertiesSupplier(
                () ->
                    Map.of(
                        "otel.service.name", "osteon",
                        "otel.metrics.exporter", "none",
                        "otel.logs.exporter", "none"))
            .setResultAsGlobal()
            .build()
            .getOpenTelemetrySdk());
  }
}
