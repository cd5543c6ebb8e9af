package org.osteon.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osteon.bench.flame.FlameFigure;
import org.osteon.bench.flame.FlameRecording;
import org.osteon.bench.flame.FlameStacks;
import org.osteon.bench.rig.ImageSet;
import org.osteon.bench.rig.LimitRounds;
import org.osteon.bench.rig.ServiceRun;

/** The service from a backlog of 5-megapixel images, against the limit for each kind of them. */
final class LargeImages {
  /** Of work at the limit, in each run. */
  private static final int SECONDS = 8;

  private static final double WANTED = 0.85;

  private final Workbench bench;

  LargeImages(Workbench bench) {
    this.bench = bench;
  }

  void measure(List<ImageSet> images) throws IOException, InterruptedException {
    Map<ImageSet, List<ServiceRun>> runs = new LinkedHashMap<>();
    Map<ImageSet, LimitRounds> limits = new LinkedHashMap<>();
    for (int i = 0; i < bench.settings().repeats(); i++) {
      for (ImageSet each : images) {
        LimitRounds beside = limits.computeIfAbsent(each, of -> new LimitRounds(bench.limit(), of));
        ServiceRun run = bench.run(each, (int) (SECONDS * beside.next()));
        runs.computeIfAbsent(each, of -> new ArrayList<>()).add(run);
      }
    }
    limits.values().forEach(each -> each.rows().forEach(bench.report()::add));
    String group = "Osteon from a backlog, large images";
    limits.forEach(
        (each, beside) -> {
          List<ServiceRun> own = runs.getOrDefault(each, List.of());
          bench
              .report()
              .add(Workbench.inTurn(group, each.name(), own, beside.limits()).atLeast(WANTED));
        });
    runs.forEach(
        (each, own) -> bench.costs("CPU of an image, " + each.name(), own.get(own.size() - 1)));
  }

  /** A run that counts nowhere: the JVM compiles much anew while it is recorded. */
  void flame(ImageSet images, String version, Path file) throws IOException, InterruptedException {
    int events = (int) (SECONDS * bench.limit().now(images));
    try (FlameRecording recording = FlameRecording.start()) {
      ServiceRun run = bench.run(images, events);
      FlameStacks stacks =
          FlameStacks.of(recording.stacks(run.from(), run.to()), run.costs().micros());
      String title = "CPU time of one %s from a backlog, %s".formatted(images.name(), version);
      FlameFigure.write(stacks, title, file);
    }
  }
}
