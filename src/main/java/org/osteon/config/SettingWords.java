package org.osteon.config;

/** Words and rules that several settings share. */
final class SettingWords {
  private static final String SERVERS = "host:port, several separated by commas";
  static final String NAME = "up to 200 letters, digits, dots, hyphens or underscores";
  static final String NOTHING_MOVES =
      "A new name is a new, empty topic: `osteon topics` creates it, nothing is copied over.";

  static ValueRule topic() {
    return new ValueRule.Matching("[a-zA-Z0-9._-]{1,200}", NAME);
  }

  static ValueRule list(String one, String what) {
    return new ValueRule.Matching(
        one + "(\\s*,\\s*" + one + ")*", what + ", several separated by commas");
  }

  static ValueRule servers() {
    return new ValueRule.Matching("[^\\s,]+:\\d{1,5}(\\s*,\\s*[^\\s,]+:\\d{1,5})*", SERVERS);
  }

  static ValueRule uploads() {
    return new ValueRule.Matching(
        "s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[^\\s?#%]*)?|file:///[^\\s?#%]+",
        "s3://bucket/prefix or file:///folder");
  }

  static ValueRule peers() {
    return list(
        "(\\*|[A-Za-z0-9_. -]{1,16})@[0-9a-fA-F.:]+(/\\d{1,3})?", "title@network, * for any title");
  }

  static ValueRule anything() {
    return new ValueRule.Matching("(?s).+", "a path");
  }

  private SettingWords() {}
}
