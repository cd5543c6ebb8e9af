package org.osteon.dataset.arrays;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osteon.dataset.Sample;
import org.osteon.dataset.split.SplitPlan;
import org.osteon.image.InputSpec;

/**
 * What came of a preparation.
 *
 * @param digest SHA-256 over every sample and plane in order; the shard size does not change it
 * @param samples those that were written, in order
 * @param unreadable the reason for each file that could not be read
 * @param dropped the reason for each file that was left out of its split
 * @param shards the files
 * @param keptShards how many of them an earlier run had finished
 */
public record PreparationSummary(
    String digest,
    List<Sample> samples,
    Map<String, String> unreadable,
    Map<String, String> dropped,
    List<Preparation.ShardEntry> shards,
    int keptShards) {
  /** Images of each class in each split. */
  public Map<String, Map<String, Integer>> counts() {
    return SplitPlan.counts(samples);
  }

  /** Writes {@code dataset.json}. */
  void write(Path file, InputSpec spec, long seed) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("digest", digest);
    json.put("images", samples.size());
    json.put(
        "synthetic", samples.stream().filter(s -> s.source().equals(Sample.SYNTHETIC)).count());
    json.put("input", input(spec));
    json.put("seed", seed);
    json.put("splits", counts());
    json.put("shards", shards);
    json.put("unreadable", unreadable);
    json.put("dropped", dropped);
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), json);
  }

  private static Map<String, Object> input(InputSpec spec) {
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("height", spec.height());
    input.put("width", spec.width());
    input.put("resize", spec.resize().name().toLowerCase(Locale.ROOT));
    return input;
  }
}
