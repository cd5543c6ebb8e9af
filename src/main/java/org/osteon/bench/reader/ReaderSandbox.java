package org.osteon.bench.reader;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osteon.bench.rig.Backlog;
import org.osteon.config.Settings;
import org.osteon.event.RecordSizes;
import org.osteon.sandbox.BrokerProcess;
import org.osteon.sandbox.RegistryProcess;

/** A broker and a registry beside the process that measures, with topics that are empty. */
final class ReaderSandbox {
  private static final int PARTITIONS = 4;
  private static final long IMAGE_BYTES = 1L << 20;

  private ReaderSandbox() {}

  /** What is done in it. */
  @FunctionalInterface
  interface Work {
    void with(Settings settings) throws IOException, InterruptedException;
  }

  /**
   * @param further settings
   */
  static void run(Map<String, String> further, Work work) throws IOException, InterruptedException {
    int largest = RecordSizes.forImagesOf(IMAGE_BYTES).deadLetter();
    try (BrokerProcess broker = BrokerProcess.launch(largest, List.of("-XX:+UseParallelGC"));
        RegistryProcess registry = RegistryProcess.launch()) {
      Map<String, String> values = new HashMap<>(further);
      values.put("image.max.bytes", Long.toString(IMAGE_BYTES));
      Settings settings = Backlog.settings(broker.bootstrapServers(), registry.url(), values);
      Backlog.topics(settings, PARTITIONS);
      work.with(settings);
    }
  }
}
