package org.osteon.config.keys;

import java.time.Duration;
import org.osteon.config.value.Setting;
import org.osteon.config.value.ValueTypes;

/** What an event may hold, and which one is a repeat. */
public final class EventKeys {
  static final KeyGroup KEYS = new KeyGroup();

  public static final Setting<Duration> DUPLICATES_WINDOW_MINUTES =
      KEYS.add(
          new Setting<>(
              "duplicates.window.minutes",
              "1440",
              ValueTypes.minutes(0, 43_200),
              "Minutes for which an event is remembered by its eventId and study, and not classified again; 0 remembers none.",
              "A longer window costs about a kilobyte of disk, and of changelog, for each event in it."));

  public static final Setting<Boolean> DUPLICATES_ANSWER =
      KEYS.add(
          new Setting<>(
              "duplicates.answer",
              "republish",
              ValueTypes.either("drop", "republish"),
              "What an event gets that was answered before: its first result again, with the same resultId, or nothing.",
              "With drop, a client that waits for an answer to its second event waits forever."));

  public static final Setting<Integer> DUPLICATES_IMAGES =
      KEYS.add(
          new Setting<>(
              "duplicates.images",
              "0",
              ValueTypes.whole(0, 10_000_000),
              "Images whose answer this replica keeps by SHA-256, so that the same picture under another id is not classified again; 0 keeps none.",
              "A benchmark that repeats its pictures then measures the cache; each is about 200 bytes of heap."));

  public static final Setting<Duration> ORDERS_KEEP_HOURS =
      KEYS.add(
          new Setting<>(
              "orders.keep.hours",
              "0",
              ValueTypes.hours(0, 720),
              "Hours for which an order of topics.orders waits for its images, and makes them STAT; 0 joins no orders, and `osteon truth listen` then takes none.",
              "Each task holds every order, some 300 bytes of disk and changelog; service and listener need the same."));

  public static final Setting<Integer> EVENT_TEXT_MAX_LENGTH =
      KEYS.add(
          new Setting<>(
              "event.text.max.length",
              "256",
              ValueTypes.whole(16, 4096),
              "Characters that facility, accession number and pseudonym of an event may have; beyond, it is a dead letter EVENT_OUT_OF_BOUNDS.",
              "Each goes on into the result, the verdict and the alert, whose topics take a megabyte a record."));

  public static final Setting<Integer> EVENT_ATTRIBUTES_MAX_BYTES =
      KEYS.add(
          new Setting<>(
              "event.attributes.max.bytes",
              "16384",
              ValueTypes.whole(0, 262_144),
              "Bytes that an event's attributes may have together.",
              "The same; too few and a publisher's events become dead letters."));

  public static final Setting<Integer> EVENT_HEADERS_MAX_BYTES =
      KEYS.add(
          new Setting<>(
              "event.headers.max.bytes",
              "8192",
              ValueTypes.whole(0, 262_144),
              "Bytes that an event's headers may have together; they are handed on with what comes of it.",
              "The same."));

  private EventKeys() {}
}
