package org.osteon.performance.join;

import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.osteon.event.ClassificationResult;
import org.osteon.event.EventReading;
import org.osteon.event.registry.RegistryRecordReader;
import org.osteon.performance.join.JoinListener.Kind;
import org.osteon.performance.join.JoinListener.Outcome;
import org.osteon.performance.tally.Case.Traits;
import org.osteon.performance.tally.CaseChange;

/**
 * Takes results in.
 *
 * <p><b>Threading.</b> One task.
 */
public final class ResultProcessor extends JoinProcessor<byte[]> {
  private final RegistryRecordReader<ClassificationResult> reader;

  public ResultProcessor(
      RegistryRecordReader<ClassificationResult> reader, JoinRules rules, JoinListener listener) {
    super(Kind.RESULT, rules, listener);
    this.reader = reader;
  }

  @Override
  Outcome take(ProcessorContext<String, CaseChange> at, Record<byte[], byte[]> record) {
    RegistryRecordReader.Reading<ClassificationResult> reading = reader.read(record.value());
    ClassificationResult result = reading.value();
    if (result == null) {
      return unreadable(at, reading.fault());
    }
    if (!isStudy(result.getStudyInstanceUid())) {
      return unreadable(
          at, new EventReading.Unreadable("NO_STUDY", "It names no Study Instance UID."));
    }
    long answered = bounded(result.getProcessedAt().toEpochMilli(), at);
    Traits traits = rules().traits(result);
    return change(
        at, result.getStudyInstanceUid(), answered, study -> study.with(result, traits, answered));
  }
}
