package org.osteon.cli;

import java.util.ArrayList;
import java.util.List;
import org.osteon.config.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What someone probably meant, by the measure that keys of the configuration are held to as well;
 * picocli's own would name a command for any word whatever.
 */
final class Suggestion {
  private Suggestion() {}

  /** {@code , did you mean watch?} or nothing. */
  static String of(ParameterException e) {
    CommandLine at = e.getCommandLine();
    // An option mistyped is a required one that is missing, too: the first is what helps.
    List<String> unmatched =
        e instanceof UnmatchedArgumentException unknown
            ? unknown.getUnmatched()
            : e instanceof MissingParameterException ? at.getUnmatchedArguments() : List.of();
    if (unmatched.isEmpty()) {
      return "";
    }
    String word = unmatched.get(0);
    if (!word.startsWith("-")) {
      return ofCommand(word, at);
    }
    List<String> options = new ArrayList<>();
    for (OptionSpec option : at.getCommandSpec().options()) {
      if (!option.hidden()) {
        options.addAll(List.of(option.names()));
      }
    }
    return said(word.replaceFirst("=.*", ""), options);
  }

  /** The same for a word in the place of a command. */
  static String ofCommand(String word, CommandLine at) {
    return said(word, new ArrayList<>(at.getSubcommands().keySet()));
  }

  private static String said(String word, List<String> candidates) {
    String nearest = Nearest.to(word, candidates);
    if (nearest == null) {
      // Someone began to write it and knew no further.
      nearest = candidates.stream().filter(each -> each.startsWith(word)).findFirst().orElse(null);
    }
    return nearest == null ? "" : ", did you mean %s?".formatted(nearest);
  }
}
