package org.osteon.truth;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.osteon.event.Label;
import org.osteon.event.Truth;
import org.osteon.event.TruthRole;
import org.osteon.event.TruthStatus;

/** From one row of a sheet to what it says. */
final class TruthRow {
  static final List<String> NEEDED = List.of("study", "label", "role", "said_at");
  static final List<String> POSSIBLE =
      List.of("event", "status", "fracture_type", "body_part", "saw_answer");

  /** Clocks of two systems are apart, not days. */
  private static final Duration AHEAD = Duration.ofHours(1);

  private static final Pattern UID = Pattern.compile("[0-9]+(\\.[0-9]+)+");
  private static final int LONGEST_UID = 64;
  private static final Pattern EVENT = Pattern.compile("[\\x21-\\x7e]{1,256}");
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9._/ -]{1,32}");

  private final UnaryOperator<String> studies;
  private final Instant now;

  TruthRow(UnaryOperator<String> studies, Instant now) {
    this.studies = studies;
    this.now = now.truncatedTo(ChronoUnit.MILLIS);
  }

  /** What is wrong with the row, without a word of what stands in it. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  Truth truth(CSVRecord row) throws Malformed {
    if (!row.isConsistent()) {
      throw new Malformed(
          "it has %d fields where the header has %d."
              .formatted(row.size(), row.getParser().getHeaderNames().size()));
    }
    TruthStatus status =
        said(row, "status")
            ? choice(row, "status", TruthStatus.class, TruthStatus.UNKNOWN)
            : TruthStatus.FINAL;
    boolean withdrawn = status == TruthStatus.WITHDRAWN;
    Label label =
        withdrawn && !said(row, "label")
            ? Label.UNKNOWN
            : choice(row, "label", Label.class, Label.UNKNOWN);
    Truth truth =
        Truth.newBuilder()
            .setTruthId("")
            .setStudyInstanceUid(studies.apply(uid(row)))
            .setEventId(matching(row, "event", EVENT, "an event id without spaces"))
            .setLabel(label)
            .setFractureType(code(row, "fracture_type"))
            .setBodyPart(upper(code(row, "body_part")))
            .setRole(choice(row, "role", TruthRole.class, TruthRole.UNKNOWN))
            .setStatus(status)
            .setSawAnswer(yesOrNo(row))
            .setSaidAt(time(row))
            .setPublishedAt(now)
            .build();
    truth.setTruthId(TruthIds.of(truth));
    return truth;
  }

  private static String uid(CSVRecord row) throws Malformed {
    String uid = row.get("study").trim();
    if (uid.length() > LONGEST_UID || !UID.matcher(uid).matches()) {
      throw new Malformed("study must be a Study Instance UID, digits and dots.");
    }
    return uid;
  }

  private Instant time(CSVRecord row) throws Malformed {
    try {
      Instant at = OffsetDateTime.parse(row.get("said_at").trim()).toInstant();
      if (at.isAfter(now.plus(AHEAD))) {
        throw new Malformed("said_at lies in the future.");
      }
      return at.truncatedTo(ChronoUnit.MILLIS);
    } catch (DateTimeException e) {
      throw new Malformed(
          "said_at must be a time with its offset, as 2026-11-23T08:00:00Z or 2026-11-23T09:00:00+01:00.");
    }
  }

  private static @Nullable Boolean yesOrNo(CSVRecord row) throws Malformed {
    if (!said(row, "saw_answer")) {
      return null;
    }
    return switch (row.get("saw_answer").trim().toLowerCase(Locale.ROOT)) {
      case "yes", "true" -> true;
      case "no", "false" -> false;
      default -> throw new Malformed("saw_answer must be yes, no or empty.");
    };
  }

  private static <E extends Enum<E>> E choice(
      CSVRecord row, String column, Class<E> type, E unknown) throws Malformed {
    String word = row.get(column).trim().toUpperCase(Locale.ROOT).replaceAll("[ -]", "_");
    List<E> all =
        Arrays.stream(type.getEnumConstants()).filter(each -> !each.equals(unknown)).toList();
    for (E each : all) {
      if (each.name().equals(word)) {
        return each;
      }
    }
    throw new Malformed(
        "%s must be one of %s."
            .formatted(column, String.join(", ", all.stream().map(Enum::name).toList())));
  }

  private static @Nullable String code(CSVRecord row, String column) throws Malformed {
    return matching(row, column, CODE, "a code of up to 32 letters, digits, dots and hyphens");
  }

  private static @Nullable String matching(
      CSVRecord row, String column, Pattern pattern, String what) throws Malformed {
    if (!said(row, column)) {
      return null;
    }
    String text = row.get(column).trim();
    if (!pattern.matcher(text).matches()) {
      throw new Malformed(column + " must be " + what + ", or empty.");
    }
    return text;
  }

  private static boolean said(CSVRecord row, String column) {
    return row.isMapped(column) && !row.get(column).isBlank();
  }

  private static @Nullable String upper(@Nullable String text) {
    return text == null ? null : text.toUpperCase(Locale.ROOT);
  }
}
