package org.osteon.performance.join;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.osteon.event.ClassificationResult;
import org.osteon.event.registry.RegistryRecordReader;

/**
 * Says to an order's place which studies of it were answered. What is no result is told of by
 * {@link ResultProcessor}, which reads the same.
 *
 * <p><b>Threading.</b> One task.
 */
public final class OrderRouter implements Processor<byte[], byte[], String, OfOrder> {
  private final RegistryRecordReader<ClassificationResult> reader;
  private @Nullable ProcessorContext<String, OfOrder> context;

  public OrderRouter(RegistryRecordReader<ClassificationResult> reader) {
    this.reader = reader;
  }

  @Override
  public void init(ProcessorContext<String, OfOrder> context) {
    this.context = context;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    ProcessorContext<String, OfOrder> at = context;
    ClassificationResult result = reader.read(record.value()).value();
    if (at == null || result == null || !JoinProcessor.isStudy(result.getStudyInstanceUid())) {
      return;
    }
    String accession = result.getAccessionNumber();
    if (accession != null && JoinProcessor.isOrder(accession)) {
      long answered = JoinProcessor.bounded(result.getProcessedAt().toEpochMilli(), at);
      at.forward(
          new Record<>(
              accession,
              OfOrder.answered(result.getStudyInstanceUid(), answered),
              Math.max(0, record.timestamp())));
    }
  }
}
