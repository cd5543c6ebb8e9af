package org.osteon.dataset.figure;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osteon.batch.device.BatchPredictor;
import org.osteon.dataset.Counter;
import org.osteon.dataset.Planes;
import org.osteon.dataset.Sample;
import org.osteon.dataset.Watcher;
import org.osteon.dataset.Workers;
import org.osteon.image.ImageDecoder;
import org.osteon.model.ModelVersion;
import org.osteon.model.engine.Cpus;
import org.osteon.model.engine.DjlEngine;
import org.osteon.model.engine.DjlModel;

/**
 * What a model version says of samples, loaded and asked as the service does.
 *
 * <p><b>Threading.</b> One thread.
 */
final class Answers implements AutoCloseable {
  private static final int BATCH = 16;

  private final DjlModel model;
  private final BatchPredictor predictor;
  private final Planes planes;

  /**
   * @param version a model version's folder
   * @throws org.osteon.model.ModelRefusedException where it is none, or does not answer as it
   *     should
   */
  Answers(Path version, Path folder, ImageDecoder decoder) {
    DjlEngine.configure(Cpus.single());
    model = DjlModel.load(ModelVersion.read(version), "auto", "f32");
    predictor = model.predictor(BATCH);
    planes = new Planes(folder, decoder, model.inputSpec());
  }

  /**
   * An answer.
   *
   * @param label the most probable class
   * @param probability its calibrated probability
   */
  record Answer(int label, double probability) {}

  /** In order of the samples; empty where an image cannot be read. */
  List<Optional<Answer>> of(List<Sample> samples, Workers workers, Watcher watcher) {
    Counter done = new Counter(watcher.begin("images classified", samples.size()), 0);
    List<Optional<Answer>> answers = new ArrayList<>();
    for (int from = 0; from < samples.size(); from += BATCH) {
      List<Sample> part = samples.subList(from, Math.min(samples.size(), from + BATCH));
      answers.addAll(batch(workers.map(part, planes::of, done)));
    }
    return answers;
  }

  private List<Optional<Answer>> batch(List<Planes.Plane> decoded) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(decoded.size() * model.inputSpec().planeBytes());
    int count = 0;
    for (Planes.Plane plane : decoded) {
      if (plane instanceof Planes.Readable readable) {
        buffer.put(readable.pixels());
        count++;
      }
    }
    float[][] logits =
        count == 0 ? new float[0][] : predictor.predict(buffer.flip(), count).logits();
    List<Optional<Answer>> answers = new ArrayList<>();
    int next = 0;
    for (Planes.Plane plane : decoded) {
      answers.add(
          plane instanceof Planes.Readable
              ? Optional.of(answer(logits[next++]))
              : Optional.empty());
    }
    return answers;
  }

  private Answer answer(float[] logits) {
    double temperature = model.version().manifest().calibration().temperature();
    int best = 0;
    for (int k = 1; k < logits.length; k++) {
      if (logits[k] > logits[best]) {
        best = k;
      }
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp((logit - logits[best]) / temperature);
    }
    return new Answer(best, 1 / sum);
  }

  @Override
  public void close() {
    predictor.close();
    model.close();
  }
}
