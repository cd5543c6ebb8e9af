package org.osteon.dataset.arrays;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.osteon.dataset.Counter;
import org.osteon.dataset.DrawnSamples;
import org.osteon.dataset.Planes;
import org.osteon.dataset.Sample;
import org.osteon.dataset.Watcher;
import org.osteon.dataset.Workers;
import org.osteon.dataset.layout.Samples;
import org.osteon.dataset.split.Fingerprints;
import org.osteon.dataset.split.NearDuplicates;
import org.osteon.dataset.split.SplitPlan;
import org.osteon.digest.Sha256;
import org.osteon.image.ImageDecoder;

/**
 * From a folder of radiographs to the arrays that training reads: shards with {@code planes uint8
 * [N, H, W]}, {@code labels int64 [N]} and {@code group}, {@code source}, {@code split}, {@code
 * file}, {@code body_part}, {@code detail}, {@code label_quality} as byte strings; {@code
 * splits.csv}; and last {@code dataset.json} with the digest of all of it, so that a folder without
 * it is not done. Memory holds the pixels of one shard. Run again after a kill, it goes on with the
 * shard it was at; where images or the spec changed, the shards they are in are made again.
 *
 * <p><b>Threading.</b> One thread calls; images are decoded on all CPUs.
 */
public final class Preparation {
  private final Path folder;
  private final ImageDecoder decoder;
  private final PreparationSettings settings;
  private final Watcher watcher;
  private final Sha256 digest = new Sha256();
  private final List<Sample> written = new ArrayList<>();
  private final Map<String, String> unreadable = new TreeMap<>();
  private final List<ShardEntry> shards = new ArrayList<>();
  private int keptShards;

  public Preparation(
      Path folder, ImageDecoder decoder, PreparationSettings settings, Watcher watcher) {
    this.folder = folder;
    this.decoder = decoder;
    this.settings = settings;
    this.watcher = watcher;
  }

  /** A file of {@code dataset.json}. */
  public record ShardEntry(String file, int images, String sha256) {}

  /**
   * Splits, decodes and writes.
   *
   * @param samples as {@link Samples} finds them
   */
  public PreparationSummary run(List<Sample> samples, Path out) throws IOException {
    Files.createDirectories(out);
    Files.deleteIfExists(out.resolve("dataset.json"));
    try (Workers workers = new Workers()) {
      List<NearDuplicates.Pair> pairs =
          settings.allowNearDuplicates()
              ? List.of()
              : NearDuplicates.pairs(Fingerprints.of(folder, decoder, samples, workers, watcher));
      SplitPlan plan =
          SplitPlan.of(samples, pairs, settings.split(), settings.seed(), settings.resplit());
      List<Sample> all = new ArrayList<>(plan.samples());
      all.addAll(DrawnSamples.of(settings.synthetic()));
      writeShards(all, out, workers);
      PreparationSummary summary =
          new PreparationSummary(
              digest.hex(), List.copyOf(written), unreadable, plan.dropped(), shards, keptShards);
      Files.write(out.resolve("splits.csv"), SplitPlan.csv(written));
      summary.write(out.resolve("dataset.json"), settings.input(), settings.seed());
      return summary;
    }
  }

  private void writeShards(List<Sample> all, Path out, Workers workers) throws IOException {
    FinishedShards finished = new FinishedShards(out);
    LongConsumer progress = watcher.begin("images prepared", all.size());
    Planes planes = new Planes(folder, decoder, settings.input());
    int count = 0;
    for (int from = 0; from < all.size(); from += settings.shardSize()) {
      List<Sample> part = all.subList(from, Math.min(all.size(), from + settings.shardSize()));
      String name = Shard.name(count++);
      String inputs = inputs(part);
      Optional<FinishedShards.Entry> done = finished.matching(name, inputs);
      if (done.isPresent()) {
        keptShards++;
        progress.accept(from + part.size());
        take(name, done.get(), Shard.read(out.resolve(name)));
      } else {
        Map<String, String> failures = new TreeMap<>();
        Shard shard = decode(part, planes, workers, failures, new Counter(progress, from));
        shard.write(out.resolve(name), settings.input());
        FinishedShards.Entry entry =
            new FinishedShards.Entry(
                inputs, shard.samples().size(), Sha256.of(out.resolve(name)), failures);
        finished.done(name, entry);
        take(name, entry, shard);
      }
    }
    finished.cut(count);
  }

  private static Shard decode(
      List<Sample> part,
      Planes planes,
      Workers workers,
      Map<String, String> failures,
      Runnable done) {
    List<Planes.Plane> decoded = workers.map(part, planes::of, done);
    Shard shard = Shard.empty();
    for (int i = 0; i < part.size(); i++) {
      if (decoded.get(i) instanceof Planes.Readable plane) {
        int longSide = Math.max(plane.info().width(), plane.info().height());
        shard.add(part.get(i), plane.pixels(), longSide);
      } else if (decoded.get(i) instanceof Planes.Unreadable fault) {
        failures.put(part.get(i).file(), fault.reason());
      }
    }
    return shard;
  }

  private void take(String name, FinishedShards.Entry entry, Shard shard) {
    shards.add(new ShardEntry(name, entry.images(), entry.sha256()));
    unreadable.putAll(entry.unreadable());
    written.addAll(shard.samples());
    shard.addTo(digest);
  }

  private String inputs(List<Sample> part) throws IOException {
    Sha256 inputs = new Sha256().add(settings.input().toString());
    for (Sample sample : part) {
      inputs.add(sample.toString());
      Path file = folder.resolve(sample.file());
      if (Files.exists(file)) {
        inputs.add(Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis());
      }
    }
    return inputs.hex();
  }
}
