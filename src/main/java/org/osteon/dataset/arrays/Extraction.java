package org.osteon.dataset.arrays;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.osteon.dataset.Sample;
import org.osteon.dataset.split.SplitPlan;
import org.osteon.digest.Sha256;
import org.osteon.image.InputSpec;

/**
 * From prepared arrays to a balanced part of them, in the same form.
 *
 * <p><b>Threading.</b> One thread; memory holds two shards.
 */
public final class Extraction {
  private final Path arrays;
  private final Sha256 digest = new Sha256();
  private final List<Sample> written = new ArrayList<>();
  private final List<Preparation.ShardEntry> shards = new ArrayList<>();

  /**
   * @param arrays a folder that {@link Preparation} finished
   */
  public Extraction(Path arrays) {
    this.arrays = arrays;
  }

  /**
   * Draws and writes.
   *
   * @param perClass images of each class, about
   * @throws IllegalArgumentException where there are no finished arrays, or out is the same folder
   */
  public PreparationSummary run(Path out, int perClass, long seed) throws IOException {
    Path description = arrays.resolve("dataset.json");
    if (!Files.isRegularFile(description)) {
      throw new IllegalArgumentException(
          arrays + " has no dataset.json: finish osteon dataset prepare first.");
    }
    if (arrays.toAbsolutePath().normalize().equals(out.toAbsolutePath().normalize())) {
      throw new IllegalArgumentException("OUT is ARRAYS: give another folder.");
    }
    JsonNode json = new ObjectMapper().readTree(description.toFile());
    JsonNode input = json.path("input");
    InputSpec spec =
        new InputSpec(
            input.path("height").asInt(),
            input.path("width").asInt(),
            InputSpec.Resize.valueOf(input.path("resize").asText().toUpperCase(Locale.ROOT)));
    List<Path> files = new ArrayList<>();
    json.path("shards").forEach(shard -> files.add(arrays.resolve(shard.path("file").asText())));
    Files.createDirectories(out);
    Files.deleteIfExists(out.resolve("dataset.json"));
    Set<String> drawn = Subset.draw(Subset.samplesOf(files), perClass, seed);
    copy(files, drawn, out, spec);
    PreparationSummary summary =
        new PreparationSummary(digest.hex(), written, Map.of(), Map.of(), shards, 0);
    Files.write(out.resolve("splits.csv"), SplitPlan.csv(written));
    summary.write(out.resolve("dataset.json"), spec, seed);
    return summary;
  }

  private void copy(List<Path> files, Set<String> drawn, Path out, InputSpec spec)
      throws IOException {
    Shard part = Shard.empty();
    for (Path file : files) {
      Shard whole = Shard.read(file);
      for (int i = 0; i < whole.samples().size(); i++) {
        if (drawn.contains(whole.samples().get(i).file())) {
          part.add(whole.samples().get(i), whole.planes().get(i), whole.longSides().get(i));
        }
      }
      // Filled up to the size of a source's shard: as much memory as that needed, twice.
      if (part.samples().size() >= whole.samples().size()) {
        part = flushed(part, out, spec);
      }
    }
    flushed(part, out, spec);
    new FinishedShards(out).cut(shards.size());
  }

  private Shard flushed(Shard part, Path out, InputSpec spec) throws IOException {
    if (!part.samples().isEmpty()) {
      String name = Shard.name(shards.size());
      part.write(out.resolve(name), spec);
      part.addTo(digest);
      written.addAll(part.samples());
      shards.add(
          new Preparation.ShardEntry(name, part.samples().size(), Sha256.of(out.resolve(name))));
    }
    return Shard.empty();
  }
}
