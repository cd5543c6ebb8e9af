package org.osteon.dataset.figure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osteon.dataset.ClassWords;
import org.osteon.dataset.Planes;
import org.osteon.dataset.Sample;
import org.osteon.dataset.Watcher;
import org.osteon.dataset.Workers;
import org.osteon.image.ImageDecoder;
import org.osteon.image.InputSpec;

/**
 * Draws a contact sheet of a data set.
 *
 * <p><b>Threading.</b> One thread calls; images are decoded on all CPUs.
 */
public final class Look {
  private static final InputSpec SHOWN =
      new InputSpec(LabelledPicture.SIDE, LabelledPicture.SIDE, InputSpec.Resize.LETTERBOX);

  private final Path folder;
  private final ImageDecoder decoder;
  private final Watcher watcher;

  public Look(Path folder, ImageDecoder decoder, Watcher watcher) {
    this.folder = folder;
    this.decoder = decoder;
    this.watcher = watcher;
  }

  /**
   * A sample and what a model says of it.
   *
   * @param answer empty where no model was asked
   */
  private record Chosen(Sample sample, String answer) {}

  /**
   * Chooses, draws and writes.
   *
   * @param perClass pictures of each class at most
   * @param wrongBy a model version's folder: only what it gets wrong is shown, the surest first
   * @param out a {@code .png} or {@code .html}
   * @return how many pictures there were to show for each class, shown or not
   */
  public Map<String, Integer> run(
      List<Sample> samples, Query query, long seed, int perClass, @Nullable Path wrongBy, Path out)
      throws IOException {
    // Asked before minutes of work, not after.
    ContactSheet.isHtml(out);
    Map<String, List<LabelledPicture>> blocks = new LinkedHashMap<>();
    Map<String, Integer> found = new LinkedHashMap<>();
    try (Workers workers = new Workers()) {
      List<Sample> drawn = query.draw(samples, seed);
      List<Chosen> chosen =
          wrongBy == null
              ? drawn.stream().map(s -> new Chosen(s, "")).toList()
              : wrong(drawn, wrongBy, workers);
      for (int label = 0; label < ClassWords.CLASSES.size(); label++) {
        int wanted = label;
        List<Chosen> ofClass = chosen.stream().filter(c -> c.sample().label() == wanted).toList();
        if (!ofClass.isEmpty()) {
          String name = ClassWords.CLASSES.get(label);
          List<LabelledPicture> shown = exhibits(ofClass, perClass, workers);
          found.put(name, ofClass.size());
          blocks.put("%s: %d of %d".formatted(name, shown.size(), ofClass.size()), shown);
        }
      }
    }
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException(
          "There is nothing to show: no image fits what was asked for.");
    }
    new ContactSheet(blocks).write(out);
    return found;
  }

  private List<Chosen> wrong(List<Sample> drawn, Path version, Workers workers) {
    record Wrong(Chosen chosen, double probability) {}
    List<Wrong> wrong = new ArrayList<>();
    try (Answers answers = new Answers(version, folder, decoder)) {
      List<Optional<Answers.Answer>> all = answers.of(drawn, workers, watcher);
      for (int i = 0; i < drawn.size(); i++) {
        Answers.Answer answer = all.get(i).orElse(null);
        if (answer != null && answer.label() != drawn.get(i).label()) {
          String said =
              "%s %.3f".formatted(ClassWords.CLASSES.get(answer.label()), answer.probability());
          wrong.add(new Wrong(new Chosen(drawn.get(i), said), answer.probability()));
        }
      }
    }
    wrong.sort((a, b) -> Double.compare(b.probability(), a.probability()));
    return wrong.stream().map(Wrong::chosen).toList();
  }

  private List<LabelledPicture> exhibits(List<Chosen> chosen, int count, Workers workers) {
    Planes planes = new Planes(folder, decoder, SHOWN);
    List<Chosen> first = chosen.subList(0, Math.min(count, chosen.size()));
    List<Planes.Plane> decoded = workers.map(first, c -> planes.of(c.sample()), () -> {});
    List<LabelledPicture> exhibits = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      if (decoded.get(i) instanceof Planes.Readable plane) {
        exhibits.add(
            new LabelledPicture(first.get(i).sample(), plane.pixels(), first.get(i).answer()));
      }
    }
    return exhibits;
  }
}
