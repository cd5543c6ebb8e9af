package org.osteon.config;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a value may be: its words for people, and the check. Immutable. */
sealed interface ValueRule {
  /** The range in words, as documentation and errors give it. */
  String range();

  /**
   * @return null where the value is right, else what it should be instead, to follow "must be"
   */
  @Nullable String fault(String value);

  /** A whole number between two bounds, both included. */
  record Whole(long min, long max) implements ValueRule {
    @Override
    public String range() {
      return "a whole number from %d to %d".formatted(min, max);
    }

    @Override
    public @Nullable String fault(String value) {
      try {
        long number = Long.parseLong(value);
        return number < min || number > max ? range() : null;
      } catch (NumberFormatException e) {
        return range();
      }
    }
  }

  /** A part of a whole. */
  record Share() implements ValueRule {
    @Override
    public String range() {
      return "a number from 0 to 1";
    }

    @Override
    public @Nullable String fault(String value) {
      try {
        double number = Double.parseDouble(value);
        return number >= 0 && number <= 1 ? null : range();
      } catch (NumberFormatException e) {
        return range();
      }
    }
  }

  /** One of a few words. */
  record Choice(List<String> words) implements ValueRule {
    @Override
    public String range() {
      return String.join(" or ", words);
    }

    @Override
    public @Nullable String fault(String value) {
      return words.contains(value) ? null : range();
    }
  }

  /** What a pattern allows. */
  record Matching(Pattern pattern, String range) implements ValueRule {
    Matching(String pattern, String range) {
      this(Pattern.compile(pattern), range);
    }

    @Override
    public @Nullable String fault(String value) {
      return pattern.matcher(value).matches() ? null : range;
    }
  }

  /** Probabilities by body part and facility; see {@link Thresholds}. */
  record ByPlace() implements ValueRule {
    @Override
    public String range() {
      return Thresholds.RANGE;
    }

    @Override
    public @Nullable String fault(String value) {
      try {
        Thresholds.parse(value);
        return null;
      } catch (IllegalArgumentException e) {
        return e.getMessage();
      }
    }
  }

  /** One or more http or https addresses, separated by commas. */
  record HttpUrls() implements ValueRule {
    @Override
    public String range() {
      return "one or more http or https addresses, separated by commas";
    }

    @Override
    public @Nullable String fault(String value) {
      for (String one : value.split(",", -1)) {
        try {
          URI uri = URI.create(one.trim());
          boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
          if (!http || uri.getHost() == null) {
            return range();
          }
        } catch (IllegalArgumentException e) {
          return range();
        }
      }
      return null;
    }
  }
}
