package org.osteon.testing;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.osteon.cli.Osteon;
import org.osteon.config.Settings;
import picocli.CommandLine;

/**
 * One command as a person runs it, in this process.
 *
 * @param status its exit status
 * @param out what it printed
 * @param err its complaints
 */
public record CommandRun(int status, String out, String err) {
  /** With these arguments and no others. */
  public static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        Osteon.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int status = line.execute(arguments);
    return new CommandRun(status, out.toString(), err.toString());
  }

  /** With the servers and topics of the settings. */
  public static CommandRun of(Settings settings, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    settings.texts().forEach((key, value) -> all.add("--set=" + key + "=" + value));
    return of(all.toArray(new String[0]));
  }
}
