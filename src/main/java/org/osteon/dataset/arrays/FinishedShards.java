package org.osteon.dataset.arrays;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osteon.digest.Sha256;

/**
 * {@code progress.json}: what a preparation that was killed need not do again. A shard is kept
 * where its inputs are as they were (samples, spec, and each file's size and time of change) and
 * its bytes are still what was written; any other is made again.
 */
final class FinishedShards {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path out;
  private final Map<String, Entry> entries = new TreeMap<>();

  /**
   * A shard that is done.
   *
   * @param inputs digest of all that it was made from
   * @param images how many it holds
   * @param sha256 of the file
   * @param unreadable the reason for each file that is not in it
   */
  record Entry(
      @JsonProperty(required = true) String inputs,
      @JsonProperty(required = true) int images,
      @JsonProperty(required = true) String sha256,
      @JsonProperty(required = true) Map<String, String> unreadable) {}

  /** What an earlier run left; nothing where there was none or its notes cannot be read. */
  FinishedShards(Path out) {
    this.out = out;
    try {
      Map<?, ?> written = JSON.readValue(notes().toFile(), LinkedHashMap.class);
      written.forEach((name, e) -> entries.put(name.toString(), JSON.convertValue(e, Entry.class)));
    } catch (IOException | IllegalArgumentException e) {
      entries.clear();
    }
  }

  /** The entry of a shard that can be kept. */
  Optional<Entry> matching(String name, String inputs) throws IOException {
    Entry entry = entries.get(name);
    Path file = out.resolve(name);
    boolean kept =
        entry != null
            && entry.inputs().equals(inputs)
            && Files.isRegularFile(file)
            && Sha256.of(file).equals(entry.sha256());
    return kept ? Optional.ofNullable(entry) : Optional.empty();
  }

  /** Writes down that a shard is done, at once. */
  void done(String name, Entry entry) throws IOException {
    entries.put(name, entry);
    write();
  }

  /** Takes away the shards from a number on: a smaller data set has fewer. */
  void cut(int count) throws IOException {
    for (int number = count; Files.deleteIfExists(out.resolve(Shard.name(number))); number++) {
      entries.remove(Shard.name(number));
    }
    write();
  }

  private void write() throws IOException {
    Path unfinished = out.resolve("progress.json.tmp");
    JSON.writeValue(unfinished.toFile(), entries);
    Files.move(
        unfinished, notes(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private Path notes() {
    return out.resolve("progress.json");
  }
}
