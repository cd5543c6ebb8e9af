package org.osteon.deliver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.osteon.sandbox.ChildProcess;
import org.osteon.testing.Dcmtk;

/** A listener of HL7 v2 of another make: Debian's python3-hl7, in a process of its own. */
final class Listener implements AutoCloseable {
  private static final String PYTHON = "/usr/bin/python3";

  private final Path folder;
  private final int port;
  private final String plan;
  private ChildProcess process;

  /** A message that it got, and what it said. */
  record Heard(String verdict, String controlId, String message) {}

  /**
   * @param plan what the first messages get, with commas between: AA, AE, AR, lost
   */
  Listener(Path folder, int port, String plan) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.port = port;
    this.plan = plan;
    this.process = launch();
  }

  /** Skips the test, with a message, where it is not installed. */
  static void require() throws Exception {
    boolean there = Dcmtk.run(PYTHON, "-c", "import hl7.mllp").status() == 0;
    Assumptions.assumeTrue(there, "python3-hl7 is missing: apt-get install python3-hl7");
  }

  private ChildProcess launch() {
    return ChildProcess.start(
        folder.resolve("listener.out"),
        PYTHON,
        Dcmtk.root().resolve("src/test/resources/org/osteon/deliver/listener.py").toString(),
        Integer.toString(port),
        folder.resolve("heard").toString(),
        plan);
  }

  int port() {
    return port;
  }

  /** Ends it without a word. */
  void kill() {
    process.kill();
  }

  /** Starts it again; what it was to say goes on where it was. */
  void restart() {
    process = launch();
  }

  /** All that came, oldest first. */
  List<Heard> heard() throws IOException {
    List<Heard> all = new ArrayList<>();
    Path log = folder.resolve("heard");
    for (String line : Files.exists(log) ? Files.readAllLines(log) : List.<String>of()) {
      String[] parts = line.split(" ");
      String message = new String(HexFormat.of().parseHex(parts[2]), StandardCharsets.UTF_8);
      all.add(new Heard(parts[0], parts[1], message));
    }
    return all;
  }

  @Override
  public void close() {
    process.kill();
  }
}
