package org.osteon.service;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.osteon.event.ClassificationResult;
import org.osteon.event.DeadLetter;
import org.osteon.event.Timing;
import org.osteon.topology.listen.Traces;

/**
 * One span for each event, from the moment it was taken to that of its answer, below the context
 * that came in its {@code traceparent} header; what is published carries the span's own context on.
 *
 * <p>The span is written when the event has ended, by the stream thread: nothing of it travels
 * through the pipeline.
 *
 * <p><b>Threading.</b> Any.
 */
final class SpanTraces implements Traces {
  private static final AttributeKey<String> REASON = AttributeKey.stringKey("osteon.reason");
  private static final AttributeKey<String> MODEL = AttributeKey.stringKey("osteon.model.version");
  private static final AttributeKey<Long> QUEUE = AttributeKey.longKey("osteon.queue.micros");
  private static final AttributeKey<Long> DECODE = AttributeKey.longKey("osteon.decode.micros");
  private static final AttributeKey<Long> INFER = AttributeKey.longKey("osteon.inference.micros");
  private static final AttributeKey<Long> BATCH = AttributeKey.longKey("osteon.batch.size");
  private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

  private final Tracer tracer;

  SpanTraces(OpenTelemetry telemetry) {
    tracer = telemetry.getTracer("org.osteon");
  }

  @Override
  public Headers ended(Headers arrived, long takenNanos, SpecificRecord published) {
    long end = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    Context parent = W3C.extract(Context.root(), arrived, Getter.INSTANCE);
    Span span =
        tracer
            .spanBuilder("classify")
            .setParent(parent)
            .setSpanKind(SpanKind.CONSUMER)
            .setStartTimestamp(end - (System.nanoTime() - takenNanos), TimeUnit.NANOSECONDS)
            .startSpan();
    describe(span, published);
    span.end(end, TimeUnit.NANOSECONDS);
    RecordHeaders passedOn = new RecordHeaders(arrived.toArray());
    W3C.inject(
        parent.with(span),
        passedOn,
        (headers, key, value) -> {
          if (headers != null) {
            headers.remove(key).add(key, value.getBytes(StandardCharsets.US_ASCII));
          }
        });
    return passedOn;
  }

  private static void describe(Span span, SpecificRecord published) {
    if (published instanceof ClassificationResult result) {
      Timing timing = result.getTiming();
      span.setAttribute(MODEL, result.getModel().getVersion())
          .setAttribute(QUEUE, timing.getQueueMicros())
          .setAttribute(DECODE, timing.getDecodeMicros())
          .setAttribute(INFER, timing.getInferenceMicros())
          .setAttribute(BATCH, (long) result.getBatchSize());
    } else if (published instanceof DeadLetter letter) {
      span.setAttribute(REASON, letter.getReason()).setStatus(StatusCode.ERROR);
    }
  }

  private enum Getter implements TextMapGetter<Headers> {
    INSTANCE;

    @Override
    public Iterable<String> keys(Headers headers) {
      List<String> keys = new ArrayList<>();
      headers.forEach(header -> keys.add(header.key()));
      return keys;
    }

    @Override
    public @Nullable String get(@Nullable Headers headers, String key) {
      Header header = headers == null ? null : headers.lastHeader(key);
      byte[] value = header == null ? null : header.value();
      return value == null ? null : new String(value, StandardCharsets.US_ASCII);
    }
  }
}
