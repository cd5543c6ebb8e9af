package org.osteon.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osteon.config.value.ConfigException;
import org.osteon.digest.Sha256;

class FilesByReferenceTest {
  @TempDir private Path folder;
  private final byte[] image = Fetching.noise(300_000);
  private Path root;
  private Path outside;
  private Fetcher fetcher;

  @BeforeEach
  void lay() throws Exception {
    root = Files.createDirectories(folder.resolve("root"));
    outside = Files.createDirectories(folder.resolve("outside"));
    Files.write(Files.createDirectories(root.resolve("a b/ä")).resolve("1.dcm"), image);
    Files.write(outside.resolve("secret"), image);
    fetcher = Fetching.with(Map.of("fetch.file.roots", root.toString()));
  }

  @AfterEach
  void close() {
    fetcher.close();
  }

  @Test
  void aFileBelowARootIsFetched() throws Exception {
    Fetched fetched = fetch(root.resolve("a b/ä/1.dcm"));
    assertThat(((Fetched.Bytes) fetched).bytes()).isEqualTo(image);
    assertThat(((Fetched.Bytes) fetched).sha256()).isEqualTo(Sha256.of(image));
  }

  @Test
  void noLinkLeadsOutOfARoot() throws Exception {
    Files.createSymbolicLink(root.resolve("file"), outside.resolve("secret"));
    Files.createSymbolicLink(root.resolve("folder"), outside);
    assertThat(Fetching.reason(fetch(root.resolve("file")))).isEqualTo("FORBIDDEN_URI");
    assertThat(Fetching.reason(fetch(root.resolve("folder/secret")))).isEqualTo("FORBIDDEN_URI");
  }

  @Test
  void noLinkInsideARootIsFollowedEither() throws Exception {
    Files.createSymbolicLink(root.resolve("inside"), root.resolve("a b"));
    assertThat(Fetching.reason(fetch(root.resolve("inside/ä/1.dcm")))).isEqualTo("FORBIDDEN_URI");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file://ROOT/../outside/secret",
        "file://ROOT/%2e%2e/outside/secret",
        "file://ROOT/..%2foutside/secret",
        "file://ROOT/%252e%252e/outside/secret",
        "file://ROOT/./../outside/secret",
        "file://ROOT/a%00/../../outside/secret",
        "file://ROOT/..\\outside\\secret",
        "file://OUTSIDE/secret",
        "file://ROOTS/secret",
        "file://ROOT",
        "file://localhostROOT/a",
        "file://user:word@hostROOT/a",
        "file://ROOT/a?b",
        "file://ROOT/a#b",
        "FILE:secret",
        "/etc/passwd",
        "file:///etc/passwd",
        "file:////etc/passwd",
        "jar:file:ROOT/a.jar!/b",
        "http://127.0.0.1/",
        "s3://bucket/key",
        "ftp://host/file",
        "",
        " ",
      })
  void nothingElseIs(String uri) throws Exception {
    String address = uri.replace("ROOT", root.toString()).replace("OUTSIDE", outside.toString());
    Fetched fetched = Fetching.fetch(fetcher, Fetching.to(address, image));
    assertThat(Fetching.reason(fetched)).isEqualTo("FORBIDDEN_URI");
    assertThat(((Fetched.Refused) fetched).message()).doesNotContain("secret", "passwd", "word");
    assertThat(fetcher.refusal(Fetching.to(address, image))).isPresent();
  }

  @Test
  void whatIsNoFileIsRefused() throws Exception {
    assertThat(Fetching.reason(fetch(root.resolve("a b")))).isEqualTo("FORBIDDEN_URI");
    Process pipe =
        new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).inheritIO().start();
    assertThat(pipe.waitFor()).isZero();
    assertThat(Fetching.reason(fetch(root.resolve("pipe")))).isEqualTo("FORBIDDEN_URI");
  }

  @Test
  void whatIsNotThereIsNotFound() throws Exception {
    assertThat(Fetching.reason(fetch(root.resolve("none")))).isEqualTo("NOT_FOUND");
    assertThat(Fetching.reason(fetch(root.resolve("a b/none/1.dcm")))).isEqualTo("NOT_FOUND");
    assertThat(Fetching.reason(fetch(root.resolve("a b/ä/1.dcm/2.dcm")))).isEqualTo("NOT_FOUND");
  }

  @Test
  void aNameThatNoFileCanHaveIsNotFoundAndNoStoreThatIsAway() throws Exception {
    for (String name : List.of("n".repeat(256), "n".repeat(3000), "ä".repeat(128))) {
      assertThat(Fetching.reason(fetch(root.resolve(name)))).isEqualTo("NOT_FOUND");
      assertThat(Fetching.reason(fetch(root.resolve(name + "/1.dcm")))).isEqualTo("NOT_FOUND");
      assertThat(Fetching.reason(fetch(root.resolve("a b/" + name)))).isEqualTo("NOT_FOUND");
    }
    String deep = root.toUri() + "d/".repeat(1900) + "1.dcm";
    assertThat(Fetching.reason(Fetching.fetch(fetcher, Fetching.to(deep, image))))
        .isEqualTo("NOT_FOUND");
  }

  /** In a process of its own: which names there are is settled when a virtual machine starts. */
  @Test
  void aNameOutsideOfTheLocalesCharsetIsNotFound() throws Exception {
    ProcessBuilder process =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            InAnotherLocale.class.getName(),
            root.toString());
    process.environment().put("LC_ALL", "C");
    process.redirectErrorStream(true);
    Process asked = process.start();
    String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(asked.waitFor()).as(said).isZero();
    assertThat(said).contains("refusal NOT_FOUND", "fetched NOT_FOUND", "UTF-8");
  }

  /** Asks for a file whose name has a letter that ASCII lacks. */
  static final class InAnotherLocale {
    private InAnotherLocale() {}

    public static void main(String[] args) throws Exception {
      Reference reference = new Reference("file://" + args[0] + "/%C3%A4", 3, "a".repeat(64));
      try (Fetcher fetcher = Fetching.with(Map.of("fetch.file.roots", args[0]))) {
        Fetched.Refused refusal = fetcher.refusal(reference).orElseThrow();
        System.out.println("refusal " + refusal.fault() + " " + refusal.message());
        System.out.println("fetched " + Fetching.reason(Fetching.fetch(fetcher, reference)));
      }
    }
  }

  @Test
  void whatIsNotWhatTheReferenceSaysIsAMismatch() throws Exception {
    String uri = root.resolve("a b/ä/1.dcm").toUri().toString();
    String digest = Sha256.of(image);
    assertThat(reason(new Reference(uri, image.length - 1, digest))).isEqualTo("DIGEST_MISMATCH");
    assertThat(reason(new Reference(uri, image.length + 1, digest))).isEqualTo("DIGEST_MISMATCH");
    assertThat(reason(new Reference(uri, image.length, "0".repeat(64))))
        .isEqualTo("DIGEST_MISMATCH");
    assertThat(reason(new Reference(uri, image.length, ""))).isEqualTo("DIGEST_MISMATCH");
    assertThat(reason(new Reference(uri, 0, digest))).isEqualTo("DIGEST_MISMATCH");
    assertThat(reason(new Reference(uri, -1, digest))).isEqualTo("DIGEST_MISMATCH");
  }

  @Test
  void whatIsTooLargeIsNotEvenAskedFor() throws Exception {
    Reference large = new Reference(root.resolve("none").toUri().toString(), 2_000_001, "");
    assertThat(reason(large)).isEqualTo("TOO_MANY_BYTES");
    assertThat(fetcher.refusal(large)).isPresent();
  }

  @Test
  void aRootThatIsNoFolderStopsTheStart() {
    assertThatThrownBy(() -> Fetching.with(Map.of("fetch.file.roots", folder + "/none")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("fetch.file.roots");
    assertThatThrownBy(() -> Fetching.with(Map.of("fetch.private.networks", "10.0.0.0/33")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("fetch.private.networks");
  }

  private Fetched fetch(Path path) throws InterruptedException {
    return Fetching.fetch(fetcher, Fetching.to(path.toUri().toString(), image));
  }

  private String reason(Reference reference) throws InterruptedException {
    return Fetching.reason(Fetching.fetch(fetcher, reference));
  }
}
