package org.osteon.bench.state;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Decision;
import org.osteon.event.Finding;
import org.osteon.event.ImageSummary;
import org.osteon.event.InlineImage;
import org.osteon.event.Label;
import org.osteon.event.LabelProbability;
import org.osteon.event.ModelRef;
import org.osteon.event.Priority;
import org.osteon.event.Timing;
import org.osteon.topology.record.EventFacts;
import org.osteon.topology.record.RecordBytes;

/**
 * Events at 100 a second, 4.32 to a study, so that a day has 8.64 million of two million studies.
 * Its clock goes by the events and not by the wall: what is forgotten after hours is forgotten here
 * after as many events.
 *
 * <p><b>Threading.</b> Any.
 */
final class BusyDay extends Clock {
  /** Of a hundred studies. */
  private static final int EVENTS_OF_A_HUNDRED = 432;

  private static final int MILLIS = 10;
  private static final int ABNORMAL = 10;
  private static final String FACILITY = "hospital-a";
  private static final long BEGIN = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  private final AtomicLong latest = new AtomicLong();

  /** As many events as so many studies have. */
  static long events(long studies) {
    return studies * EVENTS_OF_A_HUNDRED / 100;
  }

  /** As long as real ones are. */
  static String study(long n) {
    return "1.2.826.0.1.3680043.8.498.%020d".formatted(n * 100 / EVENTS_OF_A_HUNDRED);
  }

  /** It is as late as the latest event. */
  void arrived(long n) {
    latest.accumulateAndGet(n, Math::max);
  }

  /** Small: what is remembered of an image is its digest. */
  static InlineImage image(long n) {
    return new InlineImage(ByteBuffer.allocate(Long.BYTES).putLong(n).flip());
  }

  static EventFacts event(long n) {
    return new EventFacts(
        "%016x-%016x".formatted(n, ~n),
        study(n),
        study(n) + ".1",
        study(n) + ".1." + n,
        FACILITY,
        "HAND",
        "DX",
        "L",
        "PA",
        Priority.ROUTINE,
        "A" + n * 100 / EVENTS_OF_A_HUNDRED,
        "p-%016x".formatted(n * 100 / EVENTS_OF_A_HUNDRED),
        (int) (n % 90),
        Map.of(),
        null);
  }

  /** One in ten is a fracture, so one study in three raises an alert. */
  ClassificationResult result(long n, EventFacts event) {
    boolean abnormal = n % ABNORMAL == 0;
    double p = abnormal ? 0.93 : 0.04;
    return ClassificationResult.newBuilder()
        .setResultId("r-%032x".formatted(n))
        .setEventId(event.eventId())
        .setStudyInstanceUid(event.studyInstanceUid())
        .setSeriesInstanceUid(event.seriesInstanceUid())
        .setSopInstanceUid(event.sopInstanceUid())
        .setFacility(event.facility())
        .setBodyPart(event.bodyPart())
        .setLaterality(event.laterality())
        .setViewPosition(event.viewPosition())
        .setAccessionNumber(event.accessionNumber())
        .setPatientPseudonym(event.patientPseudonym())
        .setPatientAgeYears(event.patientAgeYears())
        .setPriority(event.priority())
        .setLabel(abnormal ? Label.FRACTURED : Label.HEALTHY)
        .setFinding(abnormal ? Finding.DEFINITE : Finding.NONE)
        .setProbabilities(
            List.of(
                new LabelProbability(Label.HEALTHY, 1 - p),
                new LabelProbability(Label.FRACTURED, p * 0.9),
                new LabelProbability(Label.BEYOND_REPAIR, p * 0.1)))
        .setAbnormalProbability(p)
        .setConfidence(Math.max(p, 1 - p))
        .setDecision(Decision.REPORT)
        .setModel(new ModelRef("osteon-s", "6", RecordBytes.sha256(image(0))))
        .setImage(
            new ImageSummary(RecordBytes.sha256(image(n)), "image/jpeg", 1000, 1000, null, null))
        .setTiming(new Timing(40_000L, 500L, 20_000L, 60_500L))
        .setBatchSize(16)
        .setProcessedAt(instant())
        .build();
  }

  @Override
  public long millis() {
    return BEGIN + latest.get() * MILLIS;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
