package org.osteon.config;

/** Words and rules that several settings share. */
final class SettingWords {
  static final String SERVERS = "host:port, several separated by commas";
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

  static ValueRule anything() {
    return new ValueRule.Matching("(?s).+", "a path");
  }

  private SettingWords() {}
}
