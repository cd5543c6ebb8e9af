package org.osteon.bench.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A program that ran to its end.
 *
 * @param status its exit status
 * @param said everything that it printed
 */
record PythonRun(int status, String said) {
  static PythonRun of(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return new PythonRun(process.waitFor(), said);
  }
}
