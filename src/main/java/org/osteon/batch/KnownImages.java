package org.osteon.batch;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osteon.batch.contract.Outcome.Classified;
import org.osteon.image.ImageInfo;
import org.osteon.image.Region;
import org.osteon.limit.BoundedMap;

/**
 * What the model said of the images it saw last, by digest: for archives that send a picture again
 * under another id. It lives and dies with a pipeline, so with one model version. Logits, never
 * pixels: some two hundred bytes each.
 *
 * <p><b>Threading.</b> Any.
 */
final class KnownImages {
  private final int most;
  private final Map<String, Answer> answers;

  /**
   * @param most so many answers; the one that was not asked for longest leaves. 0 keeps none
   */
  KnownImages(int most) {
    this.most = most;
    this.answers = BoundedMap.byUse(most);
  }

  /**
   * An answer.
   *
   * @param logits {@code float32 [K]}
   * @param regions where; null where the version does not say
   * @param image what the image turned out to be
   */
  @SuppressWarnings("ArrayRecordComponent") // a copy, and handed out as one
  record Answer(float[] logits, @Nullable List<Region> regions, ImageInfo image) {}

  @Nullable Answer of(String sha256) {
    if (most == 0) {
      return null;
    }
    Answer known;
    synchronized (answers) {
      known = answers.get(sha256);
    }
    return known == null ? null : new Answer(known.logits.clone(), known.regions, known.image);
  }

  void add(Classified outcome) {
    if (most == 0) {
      return;
    }
    Answer answer = new Answer(outcome.logits().clone(), outcome.regions(), outcome.image());
    synchronized (answers) {
      answers.put(outcome.sha256(), answer);
    }
  }
}
