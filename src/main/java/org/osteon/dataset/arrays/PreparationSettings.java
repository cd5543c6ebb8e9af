package org.osteon.dataset.arrays;

import org.osteon.dataset.split.SplitShares;
import org.osteon.image.InputSpec;

/**
 * What is asked of a preparation.
 *
 * @param input the plane that the model will take
 * @param shardSize the most images that one file holds, and so what memory must hold
 * @param synthetic drawn radiographs to add for each class: as many for training, a fifth each for
 *     validation and test
 * @param seed of the splits
 * @param split shares of train, val and test where splits are made
 * @param resplit whether splits that the source gives are ignored
 * @param allowNearDuplicates whether pictures that are nearly the same may be in different splits
 */
public record PreparationSettings(
    InputSpec input,
    int shardSize,
    int synthetic,
    long seed,
    SplitShares split,
    boolean resplit,
    boolean allowNearDuplicates) {
  public PreparationSettings {
    if (shardSize < 1) {
      throw new IllegalArgumentException("--shard is %d: give at least 1.".formatted(shardSize));
    }
    long most = Runtime.getRuntime().maxMemory() * 3 / 4 / input.planeBytes();
    if (shardSize > most) {
      throw new IllegalArgumentException(
          "--shard is %d, and memory holds %d planes of %d × %d: give --shard %d."
              .formatted(shardSize, most, input.height(), input.width(), Math.max(1, most / 2)));
    }
    if (synthetic < 0) {
      throw new IllegalArgumentException("--synthetic is %d: give 0 or more.".formatted(synthetic));
    }
  }
}
