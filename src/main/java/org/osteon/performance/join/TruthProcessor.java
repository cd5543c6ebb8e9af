package org.osteon.performance.join;

import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.osteon.event.Truth;
import org.osteon.event.registry.RegistryRecordReader;
import org.osteon.performance.join.JoinListener.Kind;
import org.osteon.performance.join.JoinListener.Outcome;
import org.osteon.performance.tally.CaseChange;

/**
 * Takes truths in, from where {@link TruthRouter} and {@link OrderProcessor} put them.
 *
 * <p><b>Threading.</b> One task.
 */
public final class TruthProcessor extends JoinProcessor<String> {
  private final RegistryRecordReader<Truth> reader;

  public TruthProcessor(
      RegistryRecordReader<Truth> reader, JoinRules rules, JoinListener listener) {
    super(Kind.TRUTH, rules, listener);
    this.reader = reader;
  }

  @Override
  Outcome take(ProcessorContext<String, CaseChange> at, Record<String, byte[]> record) {
    RegistryRecordReader.Reading<Truth> reading = reader.read(record.value());
    Truth truth = reading.value();
    if (truth == null) {
      return unreadable(at, reading.fault());
    }
    long published = bounded(truth.getPublishedAt().toEpochMilli(), at);
    // By its key: what names an order alone comes once for each of its studies.
    return change(at, record.key(), published, study -> study.with(truth, published));
  }
}
