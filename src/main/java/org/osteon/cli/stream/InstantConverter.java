package org.osteon.cli.stream;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A point in time as a person gives it: {@code 90m}, {@code 2h} or {@code 3d} ago, or ISO 8601. */
public final class InstantConverter implements ITypeConverter<Instant> {
  private static final Pattern AGO = Pattern.compile("(\\d{1,6})([mhd])");

  @Override
  public Instant convert(String text) {
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      long count = Long.parseLong(ago.group(1));
      Duration back =
          switch (ago.group(2)) {
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
          };
      return Instant.now().minus(back);
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          "'%s' is no time: give 90m, 2h, 3d (ago) or 2026-11-23T08:00:00Z.".formatted(text));
    }
  }
}
