package org.osteon.performance.join;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.osteon.event.EventReading;
import org.osteon.event.ReadFault;
import org.osteon.performance.join.JoinListener.Kind;
import org.osteon.performance.join.JoinListener.Outcome;
import org.osteon.performance.tally.CaseChange;

/**
 * What joining is for results and truths alike: the study's record is changed, and what that
 * changes of its cases is forwarded.
 *
 * <p><b>Threading.</b> One task.
 *
 * @param <K> type of the source's keys
 */
abstract class JoinProcessor<K> implements Processor<K, byte[], String, CaseChange> {
  /** Longest UID that DICOM allows. */
  private static final int LONGEST_UID = 64;

  static final Duration FORGET_EVERY = Duration.ofMinutes(1);
  static final int FORGET_AT_ONCE = 10_000;

  private final Kind kind;
  private final JoinRules rules;
  private final JoinListener listener;
  private @Nullable ProcessorContext<String, CaseChange> context;
  private @Nullable Remembered<StudyRecord> studies;

  JoinProcessor(Kind kind, JoinRules rules, JoinListener listener) {
    this.kind = kind;
    this.rules = rules;
    this.listener = listener;
  }

  JoinRules rules() {
    return rules;
  }

  @Override
  public void init(ProcessorContext<String, CaseChange> context) {
    this.context = context;
    Remembered<StudyRecord> known = Remembered.studies(context);
    this.studies = known;
    context.schedule(
        FORGET_EVERY,
        PunctuationType.WALL_CLOCK_TIME,
        now -> known.forget(now - rules.horizon().toMillis(), FORGET_AT_ONCE));
  }

  @Override
  public void process(Record<K, byte[]> record) {
    ProcessorContext<String, CaseChange> at = context;
    if (at != null) {
      listener.ended(kind, take(at, record));
    }
  }

  /** Reads a record and calls {@link #change}, or {@link #unreadable}. */
  abstract Outcome take(ProcessorContext<String, CaseChange> at, Record<K, byte[]> record);

  /**
   * Changes what is known of a study.
   *
   * @param said when what changes it was said, milliseconds since the epoch
   * @param step a pure function, equal to its argument where nothing changes
   */
  Outcome change(
      ProcessorContext<String, CaseChange> at,
      String study,
      long said,
      UnaryOperator<StudyRecord> step) {
    Remembered<StudyRecord> known = studies;
    if (known == null || said < at.currentSystemTimeMs() - rules.horizon().toMillis()) {
      return Outcome.TOO_OLD;
    }
    StudyRecord found = known.find(study);
    StudyRecord before = found == null ? StudyRecord.NEW : found;
    StudyRecord after = step.apply(before);
    if (after.equals(before)) {
      return Outcome.KNOWN;
    }
    for (CaseChange.Addressed each : after.changes()) {
      at.forward(
          new Record<>(each.scope().key(), each.change(), Math.max(0, at.currentSystemTimeMs())));
    }
    known.put(study, found, after.told());
    return Outcome.TAKEN;
  }

  /** A time by somebody's clock, which may be ahead of ours. */
  static long bounded(long said, ProcessorContext<?, ?> at) {
    return Math.min(said, at.currentSystemTimeMs());
  }

  Outcome unreadable(ProcessorContext<?, ?> at, EventReading.@Nullable Unreadable because) {
    listener.unreadable(
        at.recordMetadata().map(JoinProcessor::place).orElse("an unknown place"),
        because == null ? ReadFault.UNDECODABLE.because("Nothing was read.") : because);
    return Outcome.UNREADABLE;
  }

  static boolean isStudy(String study) {
    return !study.isBlank() && study.length() <= LONGEST_UID;
  }

  /** Whether an order may have that number: events have it as a pseudonym, or as DICOM does. */
  static boolean isOrder(@Nullable String accession) {
    return accession != null && isStudy(accession);
  }

  static String place(RecordMetadata from) {
    return "%s, partition %d, offset %d".formatted(from.topic(), from.partition(), from.offset());
  }
}
