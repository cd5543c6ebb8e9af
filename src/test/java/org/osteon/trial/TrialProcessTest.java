package org.osteon.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.digest.Sha256;
import org.osteon.image.ImageLimits;
import org.osteon.model.ShippedModel;
import org.osteon.synthetic.SyntheticRadiographs;
import org.osteon.testing.AlteredVersion;
import org.osteon.testing.HalfAndHalf;

@Tag("integration")
class TrialProcessTest {
  private static final ImageLimits LIMITS = new ImageLimits(1 << 24, 1 << 24);

  @Test
  void onlyWhatEndsOrHangsAProcessIsGuilty(@TempDir Path folder) throws Exception {
    AtomicInteger moved = new AtomicInteger();
    byte[] good = good();
    try (TrialProcess trial = trial(AlteredVersion.ABORTING, folder, Duration.ofSeconds(60))) {
      assertThat(fault(trial, good, moved::incrementAndGet)).isNull();
      assertThat(moved).as("it takes seconds to start, and is no hang").hasPositiveValue();
      assertThat(fault(trial, new byte[] {1, 2, 3}, () -> {})).as("no image").isNull();
      String fault = fault(trial, HalfAndHalf.png(), () -> {});
      assertThat(fault).startsWith("Replicas died with it in hand; tried alone, its process ended");
      int before = moved.get();
      assertThat(fault(trial, HalfAndHalf.png(), moved::incrementAndGet)).isEqualTo(fault);
      assertThat(moved).as("known by its digest").hasValue(before);
      assertThat(fault(trial, good, () -> {})).as("another process is there").isNull();
    }
  }

  @Test
  void aHangIsAsBadAsACrash(@TempDir Path folder) throws Exception {
    try (TrialProcess trial = trial(AlteredVersion.HUNG, folder, Duration.ofSeconds(2))) {
      assertThat(fault(trial, good(), () -> {})).contains("it hung for 2000 ms");
    }
  }

  @Test
  void whereNothingCanBeTriedNothingIsSaid(@TempDir Path folder) throws Exception {
    TrialTerms terms =
        new TrialTerms(folder.resolve("nowhere"), "f32", "cpu", LIMITS, Duration.ofSeconds(5));
    try (TrialProcess trial = new TrialProcess(terms)) {
      assertThat(fault(trial, HalfAndHalf.png(), () -> {})).isNull();
    }
  }

  private static TrialProcess trial(AlteredVersion twist, Path folder, Duration patience)
      throws IOException, InterruptedException {
    Path version = twist.of(ShippedModel.smallest(), folder).folder();
    return new TrialProcess(new TrialTerms(version, "f32", "cpu", LIMITS, patience));
  }

  private static @Nullable String fault(TrialProcess trial, byte[] file, Runnable moving)
      throws InterruptedException {
    return trial.fault(file, Sha256.of(file), moving);
  }

  private static byte[] good() {
    return SyntheticRadiographs.draw(7, SyntheticRadiographs.Kind.HEALTHY).jpeg();
  }
}
