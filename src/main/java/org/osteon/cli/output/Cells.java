package org.osteon.cli.output;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Decision;

/** How single values are shown to people. */
public final class Cells {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

  private static final int STUDY = 12;

  /** Local time of day. */
  public static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** The last digits of a UID: its beginning is the same for all of a site. */
  public static String study(String uid) {
    return uid.length() <= STUDY ? uid : "…" + uid.substring(uid.length() - STUDY + 1);
  }

  /** The decision, with why where a person must decide. */
  public static String decision(Decision decision, @Nullable String referReason) {
    String word = decision.toString().toLowerCase(Locale.ROOT);
    return referReason == null ? word : word + " (" + referReason + ")";
  }

  /** A dash where there is nothing. */
  public static String orDash(@Nullable String text) {
    return text == null || text.isEmpty() ? "-" : text;
  }

  /** At most so many characters. */
  public static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }

  private Cells() {}
}
