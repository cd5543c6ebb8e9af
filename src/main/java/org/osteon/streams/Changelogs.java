package org.osteon.streams;

import java.util.Map;

/** How changelog topics are made. */
public final class Changelogs {
  /**
   * Kafka compacts no segment that is being written to, and its segments are a gigabyte: what was
   * deleted weeks ago would be read at each restore. So they are small, and closed within an hour.
   */
  public static final Map<String, String> SMALL_SEGMENTS =
      Map.of("segment.bytes", "67108864", "segment.ms", "3600000");

  private Changelogs() {}
}
