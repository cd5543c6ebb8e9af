package org.osteon.examples;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * Ids of alerts that someone was paged for, a line each, on disk before {@link #add} returns. With
 * several pagers, a table with a unique key takes its place.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class Ledger {
  private final Set<String> ids = new HashSet<>();
  private final Path file;

  public Ledger(Path file) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      ids.addAll(Files.readAllLines(file));
    }
  }

  boolean holds(String id) {
    return ids.contains(id);
  }

  void add(String id) throws IOException {
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      out.write(ByteBuffer.wrap((id + "\n").getBytes(StandardCharsets.UTF_8)));
      out.force(true);
    }
    ids.add(id);
  }
}
