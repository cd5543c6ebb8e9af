package org.osteon.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that never outlives this process, whichever way this process ends.
 *
 * <p>A shutdown hook does not run after SIGKILL, so a small shell stands between: it holds the
 * other end of a pipe, and when the pipe closes, because it was told to or because this process is
 * gone, it kills the program.
 */
public final class ChildProcess {
  private static final String KEEPER =
      """
      log=$1; shift
      exec 3<&0
      "$@" </dev/null >>"$log" 2>&1 3<&- &
      program=$!
      echo $program
      exec >/dev/null 2>&1
      { read -r line <&3; kill -9 $program; } &
      watch=$!
      exec 3<&-
      trap '' INT
      wait $program
      status=$?
      kill $watch
      exit $status
      """;

  private final Process keeper;
  private final long pid;
  private final Thread hook;

  private ChildProcess(Process keeper, long pid) {
    this.keeper = keeper;
    this.pid = pid;
    this.hook = new Thread(() -> closePipe(keeper), "end-child-" + pid);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * @param log where its output is appended
   * @param command the program and its arguments
   */
  public static ChildProcess start(Path log, String... command) {
    List<String> line = new ArrayList<>(List.of("sh", "-c", KEEPER, "sh", log.toString()));
    line.addAll(Arrays.asList(command));
    try {
      Process keeper =
          new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      BufferedReader said =
          new BufferedReader(
              new InputStreamReader(keeper.getInputStream(), StandardCharsets.UTF_8));
      String pid = said.readLine();
      if (pid == null) {
        throw new IllegalStateException(command[0] + " cannot be started: is there an sh?");
      }
      return new ChildProcess(keeper, Long.parseLong(pid.trim()));
    } catch (IOException e) {
      throw new UncheckedIOException(command[0] + " cannot be started: " + e.getMessage(), e);
    }
  }

  /** The program's own process id. */
  public long pid() {
    return pid;
  }

  /** Whether the program runs. */
  public boolean isAlive() {
    return keeper.isAlive();
  }

  /** Ends the program with SIGKILL and waits until it is gone. */
  public void kill() {
    closePipe(keeper);
    try {
      if (!keeper.waitFor(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Process " + pid + " does not end.");
      }
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException alreadyShuttingDown) {
      // The hook runs or has run: nothing to take back.
    }
  }

  /**
   * Waits for the program to end by itself.
   *
   * @return its exit status; 128 and the number of the signal where one ended it
   * @throws IllegalStateException where it did not end in time
   */
  public int await(Duration patience) throws InterruptedException {
    if (!keeper.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("Process " + pid + " did not end within " + patience + ".");
    }
    return keeper.exitValue();
  }

  /**
   * @param signal as {@code kill} names it, {@code -STOP}
   */
  public void signal(String signal) {
    try {
      int status = new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor();
      if (status != 0) {
        throw new IllegalStateException("kill " + signal + " " + pid + " ended with " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The last lines of a log, for an error message. */
  public static String tail(Path log) {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    } catch (IOException e) {
      return "it left no log.";
    }
  }

  private static void closePipe(Process keeper) {
    try {
      keeper.getOutputStream().close();
    } catch (IOException e) {
      keeper.destroyForcibly();
    }
  }
}
