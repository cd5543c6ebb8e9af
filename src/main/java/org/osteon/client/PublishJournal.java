package org.osteon.client;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Which files' events have arrived, in a file, so that a run that was cut short goes on where it
 * was. Its first line is the run's id: a file that arrived just before the cut and is not in it yet
 * is published again as the same event.
 *
 * <p><b>Threading.</b> Any thread may add.
 */
public final class PublishJournal implements AutoCloseable {
  private final Set<String> arrived;
  private final String run;
  private final Writer out;
  private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

  /**
   * @param file of a run before, or a new one
   * @throws OperationFailedException it is something else
   */
  public PublishJournal(Path file) throws IOException {
    String before = Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    // A last line without an end was cut short with its run.
    String whole = before.substring(0, before.lastIndexOf('\n') + 1);
    List<String> lines = whole.lines().toList();
    boolean ours = before.isEmpty() || (!lines.isEmpty() && lines.get(0).startsWith("run\t"));
    if (!ours) {
      throw new OperationFailedException(
          file + " is no record of a run of publish: give another file to --resume.");
    }
    this.run =
        lines.isEmpty()
            ? UUID.randomUUID().toString().substring(0, 8)
            : lines.get(0).substring("run\t".length());
    this.arrived = new HashSet<>(lines);
    Files.writeString(file, whole.isEmpty() ? "run\t" + run + "\n" : whole);
    this.out = Files.newBufferedWriter(file, StandardOpenOption.APPEND);
  }

  /** Part of the ids of all events of the run. */
  public String run() {
    return run;
  }

  /** A file as it is now; changed, it is another. */
  public static String line(Path image) throws IOException {
    Path absolute = image.toAbsolutePath().normalize();
    long modified = Files.getLastModifiedTime(image).toMillis();
    return Files.size(image) + "\t" + modified + "\t" + absolute;
  }

  public boolean has(String line) {
    return arrived.contains(line);
  }

  /** To be called when the event has arrived. */
  public synchronized void add(String line) {
    try {
      out.write(line + "\n");
      out.flush();
    } catch (IOException e) {
      failure.compareAndSet(null, e);
    }
  }

  /**
   * @throws IOException a line could not be written
   */
  public void throwIfFailed() throws IOException {
    IOException first = failure.get();
    if (first != null) {
      throw first;
    }
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
