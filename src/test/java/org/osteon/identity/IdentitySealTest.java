package org.osteon.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.config.value.ConfigException;
import org.osteon.event.Identity;

/** What the seal hides, what it refuses to open, and how keys follow one another. */
class IdentitySealTest {
  private static final String FIRST = "2026-01 " + "a1".repeat(32);
  private static final String SECOND = "2026-11 " + "b2".repeat(32);
  private static final Instant NOW = Instant.ofEpochMilli(1_790_000_000_000L);
  private static final IdentitySeal.Pseudonymous IMAGE =
      new IdentitySeal.Pseudonymous("2.25.1", "2.25.2", "f00d", "ward-7");
  private static final Original ORIGINAL =
      new Original(
          "1.2.3.4",
          "1.2.3.4.5",
          "1.2.3.4.5.6",
          "1.2.840.10008.5.1.4.1.1.1.1",
          Map.of(Original.PATIENT_NAME, "J\u00fcrgen^Invented", Original.PATIENT_ID, "MRN-0815"));

  @TempDir private Path folder;

  @Test
  void whatIsSealedOpensAgainAndShowsNothing() throws Exception {
    IdentitySeal seal = seal(FIRST);
    Identity one = seal.seal(IMAGE, ORIGINAL, NOW);
    Identity again = seal.seal(IMAGE, ORIGINAL, NOW);
    assertThat(seal.open(one)).isEqualTo(ORIGINAL);
    assertThat(one.getNonce()).isNotEqualTo(again.getNonce());
    assertThat(one.getSealed()).isNotEqualTo(again.getSealed());
    String bytes = new String(one.toByteBuffer().array(), StandardCharsets.ISO_8859_1);
    assertThat(bytes).doesNotContain("rgen", "Invented", "0815", "1.2.3.4");
    assertThat(ORIGINAL.toString()).doesNotContain("Invented", "0815", "1.2.3");
  }

  @Test
  void aNewKeySealsAndTheOldOneStillOpens() throws Exception {
    Identity old = seal(FIRST).seal(IMAGE, ORIGINAL, NOW);
    IdentitySeal both = seal(FIRST, SECOND);
    assertThat(both.open(old)).isEqualTo(ORIGINAL);
    Identity next = both.seal(IMAGE, ORIGINAL, NOW);
    assertThat(next.getKeyId()).isEqualTo("2026-11");
    IdentitySeal onlyNew = seal(SECOND);
    assertThat(onlyNew.open(next)).isEqualTo(ORIGINAL);
    assertThatThrownBy(() -> onlyNew.open(old))
        .isInstanceOf(IdentitySeal.UnopenedException.class)
        .hasMessageContaining("2026-01");
  }

  @Test
  void whatWasMovedOrAlteredDoesNotOpen() throws Exception {
    IdentitySeal seal = seal(FIRST);
    Identity sealed = seal.seal(IMAGE, ORIGINAL, NOW);
    Identity moved = Identity.newBuilder(sealed).setSopInstanceUid("2.25.3").build();
    assertThatThrownBy(() -> seal.open(moved)).isInstanceOf(IdentitySeal.UnopenedException.class);
    byte[] bytes = new byte[sealed.getSealed().remaining()];
    sealed.getSealed().duplicate().get(bytes);
    for (int at : new int[] {0, bytes.length / 2, bytes.length - 1}) {
      byte[] altered = bytes.clone();
      altered[at] ^= 1;
      Identity other = Identity.newBuilder(sealed).setSealed(ByteBuffer.wrap(altered)).build();
      assertThatThrownBy(() -> seal.open(other))
          .isInstanceOf(IdentitySeal.UnopenedException.class)
          .hasMessageNotContaining("0815");
    }
    Identity cut = Identity.newBuilder(sealed).setSealed(ByteBuffer.allocate(3)).build();
    assertThatThrownBy(() -> seal.open(cut)).isInstanceOf(IdentitySeal.UnopenedException.class);
  }

  @Test
  void aFileThatHoldsNoKeysIsRefusedWithoutShowingOne() throws Exception {
    for (List<String> lines :
        List.of(
            List.<String>of(),
            List.of("# nothing"),
            List.of("one " + "ab".repeat(31)),
            List.of("ab".repeat(32)),
            List.of(FIRST, "2026-01 " + "c3".repeat(32)),
            List.of("an id " + "ab".repeat(32)))) {
      Path file = Files.write(folder.resolve("keys"), lines);
      assertThatThrownBy(() -> SiteKeys.read(file))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("identity.key.file")
          .hasMessageNotContaining("abab")
          .hasMessageNotContaining("a1a1");
    }
    assertThatThrownBy(() -> SiteKeys.read(folder.resolve("none")))
        .isInstanceOf(ConfigException.class);
    Path good = Files.write(folder.resolve("keys"), List.of("# two", FIRST, "", SECOND));
    assertThat(SiteKeys.read(good).toString()).contains("2026-11").doesNotContain("b2b2");
  }

  private IdentitySeal seal(String... lines) throws Exception {
    return new IdentitySeal(
        SiteKeys.read(Files.write(folder.resolve("keys-" + lines.length), List.of(lines))));
  }
}
