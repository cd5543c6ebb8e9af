package org.osteon.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osteon.testing.Verdicts;
import org.osteon.topology.listen.Traces;

class SpanTracesTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";

  private final InMemorySpanExporter exported = InMemorySpanExporter.create();
  private final OpenTelemetrySdk telemetry =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(exported))
                  .build())
          .build();

  @AfterEach
  void close() {
    telemetry.close();
  }

  @Test
  void theSpanHangsBelowTheEventsContextAndTheResultCarriesTheSpans() {
    Headers arrived = arrived("00-" + TRACE + "-" + PARENT + "-01");
    long taken = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(250);

    Headers out =
        new SpanTraces(telemetry).ended(arrived, taken, Verdicts.result("e", "2.25.1", .9, .05));

    assertThat(exported.getFinishedSpanItems()).hasSize(1);
    SpanData span = exported.getFinishedSpanItems().get(0);
    assertThat(span.getTraceId()).isEqualTo(TRACE);
    assertThat(span.getParentSpanId()).isEqualTo(PARENT);
    assertThat(span.getEndEpochNanos() - span.getStartEpochNanos())
        .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(250));
    assertThat(text(out, "traceparent")).isEqualTo("00-" + TRACE + "-" + span.getSpanId() + "-01");
    assertThat(text(out, "station")).isEqualTo("3");
    assertThat(text(arrived, "traceparent")).as("what came is not changed").contains(PARENT);
    assertThat(span.getAttributes().asMap().toString()).doesNotContain("2.25.1", "ward");
  }

  @Test
  void aBrokenContextBeginsATraceOfItsOwn() {
    Headers out =
        new SpanTraces(telemetry)
            .ended(arrived("garbage"), System.nanoTime(), Verdicts.result("e", "2.25.1", .9, .05));
    SpanData span = exported.getFinishedSpanItems().get(0);
    assertThat(span.getParentSpanContext().isValid()).isFalse();
    assertThat(text(out, "traceparent")).contains(span.getTraceId());
  }

  @Test
  void withoutAnExporterHeadersPassThroughUntouched() {
    Headers arrived = arrived("00-" + TRACE + "-" + PARENT + "-01");
    Traces none = Telemetry.traces(Map.of());
    assertThat(none.ended(arrived, 0, Verdicts.result("e", "2.25.1", .9, .05))).isSameAs(arrived);
    assertThat(Telemetry.traces(Map.of("OTEL_TRACES_EXPORTER", "none"))).isSameAs(Traces.NONE);
  }

  private static Headers arrived(String traceparent) {
    return new RecordHeaders()
        .add("traceparent", traceparent.getBytes(StandardCharsets.US_ASCII))
        .add("station", "3".getBytes(StandardCharsets.US_ASCII));
  }

  private static String text(Headers headers, String key) {
    return new String(headers.lastHeader(key).value(), StandardCharsets.US_ASCII);
  }
}
