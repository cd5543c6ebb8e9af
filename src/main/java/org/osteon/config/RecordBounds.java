package org.osteon.config;

import org.osteon.config.keys.EventKeys;
import org.osteon.config.keys.FindingKeys;
import org.osteon.config.value.ConfigException;

/**
 * Whether what an event may say, and what is remembered of its study, always fits into a record of
 * a topic with Kafka's own limit of a megabyte: a record that is too large ends a stream thread,
 * and the next one that tries.
 */
final class RecordBounds {
  private static final int KAFKA_DEFAULT = 1_000_000;

  /** A control character is six bytes in the JSON that changelogs hold. */
  private static final int ESCAPED = 6;

  /** Facility, accession number and pseudonym. */
  private static final int TEXTS = 3;

  /** The longest id of an event, escaped, and what else is remembered of an image. */
  private static final int IMAGE = 128 * ESCAPED + 232;

  private static final int REST = 16_384;

  private RecordBounds() {}

  /**
   * @throws ConfigException a study may become larger than a record
   */
  static void check(Settings settings) {
    long study = (long) settings.get(FindingKeys.STUDIES_MAX_IMAGES) * IMAGE;
    long texts = (long) TEXTS * ESCAPED * settings.get(EventKeys.EVENT_TEXT_MAX_LENGTH);
    long attributes = (long) ESCAPED * settings.get(EventKeys.EVENT_ATTRIBUTES_MAX_BYTES);
    long headers = settings.get(EventKeys.EVENT_HEADERS_MAX_BYTES);
    long largest = study + texts + attributes + headers + REST;
    if (largest > KAFKA_DEFAULT) {
      throw new ConfigException(
          "A study may take %d bytes, and its topics %d: lower studies.max.images (%d of them), event.attributes.max.bytes (%d), event.text.max.length (%d) or event.headers.max.bytes (%d)."
              .formatted(largest, KAFKA_DEFAULT, study, attributes, texts, headers));
    }
  }
}
