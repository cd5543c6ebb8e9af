package org.osteon.config.value;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import java.util.regex.Pattern;

/** The types that values of settings have. */
public final class ValueTypes {
  private static final int LARGEST_PORT = 65_535;

  private ValueTypes() {}

  public static ValueType<Integer> whole(int min, int max) {
    return number(min, max, value -> (int) value);
  }

  public static ValueType<Long> wholeLong(long min, long max) {
    return number(min, max, value -> value);
  }

  public static ValueType<Duration> millis(long min, long max) {
    return number(min, max, Duration::ofMillis);
  }

  public static ValueType<Duration> seconds(long min, long max) {
    return number(min, max, Duration::ofSeconds);
  }

  public static ValueType<Duration> minutes(long min, long max) {
    return number(min, max, Duration::ofMinutes);
  }

  public static ValueType<Duration> hours(long min, long max) {
    return number(min, max, Duration::ofHours);
  }

  public static ValueType<Duration> days(long min, long max) {
    return number(min, max, Duration::ofDays);
  }

  /** MiB in the file, bytes in the program. */
  public static ValueType<Long> mebibytes(long min, long max) {
    return number(min, max, value -> value << 20);
  }

  private static <T> ValueType<T> number(long min, long max, LongFunction<T> unit) {
    return new ValueType<>(
        "a whole number from %d to %d".formatted(min, max),
        text -> {
          long value = Long.parseLong(text);
          require(value >= min && value <= max);
          return unit.apply(value);
        });
  }

  /** A part of a whole. */
  public static ValueType<Double> share() {
    return new ValueType<>(
        "a number from 0 to 1",
        text -> {
          double value = Double.parseDouble(text);
          require(value >= 0 && value <= 1);
          return value;
        });
  }

  /** A part of a whole that is neither none nor all of it. */
  public static ValueType<Double> rate() {
    return new ValueType<>(
        "a number above 0 and below 1",
        text -> {
          double value = Double.parseDouble(text);
          require(value > 0 && value < 1);
          return value;
        });
  }

  /** How many times as much. */
  public static ValueType<Double> factor(int min, int max) {
    return new ValueType<>(
        "a number from %d to %d".formatted(min, max),
        text -> {
          double value = Double.parseDouble(text);
          require(value >= min && value <= max);
          return value;
        });
  }

  /** One of two words; the first is true. */
  public static ValueType<Boolean> either(String yes, String no) {
    return new ValueType<>(
        yes + " or " + no,
        text -> {
          require(text.equals(yes) || text.equals(no));
          return text.equals(yes);
        });
  }

  public static ValueType<String> choice(String... words) {
    return new ValueType<>(
        String.join(" or ", words),
        text -> {
          require(List.of(words).contains(text));
          return text;
        });
  }

  /** What a pattern allows, as it stands. */
  public static ValueType<String> text(String pattern, String range) {
    Pattern compiled = Pattern.compile(pattern);
    return new ValueType<>(
        range,
        text -> {
          require(compiled.matcher(text).matches());
          return text;
        });
  }

  /** Several of the same, separated by commas. */
  public static ValueType<List<String>> list(String one, String what) {
    Pattern pattern = Pattern.compile(one);
    return new ValueType<>(
        what + ", several separated by commas",
        text ->
            Arrays.stream(text.split(",", -1))
                .map(String::trim)
                .peek(each -> require(pattern.matcher(each).matches()))
                .toList());
  }

  public static ValueType<String> name() {
    return text("[a-zA-Z0-9._-]{1,200}", "up to 200 letters, digits, dots, hyphens or underscores");
  }

  public static ValueType<Path> path() {
    return new ValueType<>("a path", Path::of);
  }

  public static ValueType<URI> uri(String pattern, String range) {
    ValueType<String> text = text(pattern, range);
    return new ValueType<>(range, value -> URI.create(text.parse(value)));
  }

  public static ValueType<String> servers() {
    return text(
        "[^\\s,]+:\\d{1,5}(\\s*,\\s*[^\\s,]+:\\d{1,5})*", "host:port, several separated by commas");
  }

  public static ValueType<String> uploads() {
    return text(
        "s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[^\\s?#%]*)?|file:///[^\\s?#%]+",
        "s3://bucket/prefix or file:///folder");
  }

  public static ValueType<List<String>> peers() {
    return list(
        "(\\*|[A-Za-z0-9_. -]{1,16})@[0-9a-fA-F.:]+(/\\d{1,3})?", "title@network, * for any title");
  }

  /** One or more http or https addresses, as they stand. */
  public static ValueType<String> httpUrls() {
    return new ValueType<>(
        "one or more http or https addresses, separated by commas",
        text -> {
          for (String each : text.split(",", -1)) {
            require(isHttp(URI.create(each.trim())));
          }
          return text;
        });
  }

  private static boolean isHttp(URI uri) {
    return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
        && uri.getHost() != null;
  }

  /** Where this process listens. */
  public static ValueType<InetSocketAddress> listen() {
    Pattern pattern = Pattern.compile("([0-9a-zA-Z.:-]{1,253}):(\\d{1,5})");
    return new ValueType<>(
        "address:port, of this machine, with a port of " + LARGEST_PORT + " at most",
        text -> {
          var matcher = pattern.matcher(text);
          require(matcher.matches());
          int port = Integer.parseInt(matcher.group(2));
          require(port <= LARGEST_PORT);
          return new InetSocketAddress(matcher.group(1), port);
        });
  }

  /** Probabilities by body part and facility; see {@link Thresholds}. */
  public static ValueType<Thresholds> thresholds() {
    return new ValueType<>(
        Thresholds.RANGE,
        text -> {
          try {
            return Thresholds.parse(text);
          } catch (NumberFormatException e) {
            throw e;
          } catch (IllegalArgumentException e) {
            ValueType.Fault fault = new ValueType.Fault(String.valueOf(e.getMessage()));
            fault.initCause(e);
            throw fault;
          }
        });
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException();
    }
  }
}
