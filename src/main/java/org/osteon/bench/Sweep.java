package org.osteon.bench;

import java.util.ArrayList;
import java.util.List;

/** Batch sizes and delays that are held against each other. */
final class Sweep {
  static final String GROUP = "batch size and delay, at least once, from a backlog";
  static final List<Integer> BATCHES = List.of(1, 4, 16, 32);
  private static final List<Integer> DELAYS = List.of(0, 20);

  private Sweep() {}

  /**
   * One combination.
   *
   * @param batch {@code batch.max.size}
   * @param delayMillis {@code batch.max.delay.ms}
   */
  record Setting(int batch, int delayMillis) {
    String label() {
      return "batches of %d, %d ms".formatted(batch, delayMillis);
    }

    /** Of what {@link #label} says. */
    static Setting of(String label) {
      String[] numbers = label.replaceAll("[^0-9]+", " ").trim().split(" ", -1);
      return new Setting(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    }
  }

  static List<Setting> settings() {
    List<Setting> all = new ArrayList<>();
    for (int delay : DELAYS) {
      for (int batch : BATCHES) {
        all.add(new Setting(batch, delay));
      }
    }
    return all;
  }
}
