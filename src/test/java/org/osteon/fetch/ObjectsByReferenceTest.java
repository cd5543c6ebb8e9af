package org.osteon.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osteon.testing.server.S3Server;

/** Against a real S3 server. */
@Tag("integration")
class ObjectsByReferenceTest {
  private static final byte[] IMAGE = Fetching.noise(1_500_000);
  private static S3Server server;
  private static Reference stored;

  @BeforeAll
  static void serve() throws Exception {
    server = S3Server.launch();
    stored = put("s3://" + S3Server.BUCKET + "/site/", IMAGE);
  }

  @AfterAll
  static void close() throws Exception {
    server.close();
  }

  @Test
  void anUploadedImageIsFetchedAndTheSameImageIsTheSameObject() throws Exception {
    assertThat(stored.uri())
        .isEqualTo(
            "s3://%s/site/%s/%s"
                .formatted(S3Server.BUCKET, stored.sha256().substring(0, 2), stored.sha256()));
    assertThat(put("s3://" + S3Server.BUCKET + "/site", IMAGE)).isEqualTo(stored);
    try (Fetcher fetcher = Fetching.with(server.settings())) {
      Fetched.Bytes fetched = (Fetched.Bytes) Fetching.fetch(fetcher, stored);
      assertThat(fetched.bytes()).isEqualTo(IMAGE);
      assertThat(fetched.attempts()).isEqualTo(1);
    }
  }

  @Test
  void whatIsMissingOrAnotherHasItsReason() throws Exception {
    try (Fetcher fetcher = Fetching.with(server.settings())) {
      Reference none = new Reference(stored.uri() + "x", stored.length(), stored.sha256());
      assertThat(Fetching.reason(Fetching.fetch(fetcher, none))).isEqualTo("NOT_FOUND");
      Reference shorter = new Reference(stored.uri(), stored.length() - 1, stored.sha256());
      assertThat(Fetching.reason(Fetching.fetch(fetcher, shorter))).isEqualTo("DIGEST_MISMATCH");
      Reference other = new Reference(stored.uri(), stored.length(), "a".repeat(64));
      assertThat(Fetching.reason(Fetching.fetch(fetcher, other))).isEqualTo("DIGEST_MISMATCH");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://other/site/key",
        "s3://radiographs/elsewhere/key",
        "s3://radiographs/site/../elsewhere/key",
        "s3://radiographs/site/%2e%2e/elsewhere/key",
        "s3://radiographs/site/..%2felsewhere/key",
        "s3://radiographs/sitelike/key",
        "s3://radiographs/",
        "s3://radiographs",
        "s3://KEY:SECRET@radiographs/site/key",
        "s3://radiographs/site/key?versionId=1",
        "s3://radiographs:80/site/key",
        "s3:///site/key",
        "s3:radiographs/site/key",
      })
  void onlyWhatIsNamedMayBeFetched(String uri) throws Exception {
    Map<String, String> settings = new HashMap<>(server.settings());
    settings.put("fetch.s3.buckets", S3Server.BUCKET + "/site/");
    try (Fetcher fetcher = Fetching.with(settings)) {
      Fetched fetched = Fetching.fetch(fetcher, Fetching.to(uri, IMAGE));
      assertThat(Fetching.reason(fetched)).isEqualTo("FORBIDDEN_URI");
      assertThat(((Fetched.Refused) fetched).message()).doesNotContain("SECRET");
      assertThat(Fetching.fetch(fetcher, stored)).isInstanceOf(Fetched.Bytes.class);
    }
  }

  @Test
  void aStoreThatAnswersNobodyIsWaitedForAndThenGivenUp() throws Exception {
    List<String> told = new ArrayList<>();
    FetchSettings.Watch watch =
        new FetchSettings.Watch() {
          @Override
          public void away(String store, String because) {
            told.add("away " + store);
          }

          @Override
          public void settled(String store) {
            told.add("settled " + store);
          }
        };
    Map<String, String> settings = new HashMap<>(server.settings());
    settings.put("fetch.patience.minutes", "10");
    settings.put("fetch.timeout.ms", "2000");
    try (S3Server own = S3Server.launch()) {
      Reference there;
      try (ImageUpload upload = new ImageUpload("s3://" + S3Server.BUCKET, s3(own))) {
        there = upload.put(IMAGE, "application/dicom");
      }
      settings.put("fetch.s3.endpoint", own.endpoint());
      try (Fetcher fetcher = Fetching.with(settings, watch)) {
        own.kill();
        Fetched away = Fetching.fetch(fetcher, there);
        assertThat(away).isInstanceOf(Fetched.Unavailable.class);
        assertThat(away.attempts()).isGreaterThan(1);
        assertThat(told).containsExactly("away s3://radiographs");
        own.start();
        assertThat(fetcher.fetch(there, System.nanoTime() + 5_000_000_000L))
            .isInstanceOf(Fetched.Bytes.class);
        assertThat(told).last().isEqualTo("settled s3://radiographs");
      }
      own.kill();
      settings.put("fetch.patience.minutes", "0");
      try (Fetcher fetcher = Fetching.with(settings)) {
        assertThat(Fetching.reason(Fetching.fetch(fetcher, there))).isEqualTo("STORE_UNAVAILABLE");
        Fetched second = Fetching.fetch(fetcher, there);
        assertThat(Fetching.reason(second)).isEqualTo("STORE_UNAVAILABLE");
        assertThat(second.attempts()).as("no longer waited for").isEqualTo(1);
      }
    }
  }

  @Test
  void credentialsThatAreRefusedAreNoImagesFault() throws Exception {
    String right = System.getProperty("aws.secretAccessKey");
    System.setProperty("aws.secretAccessKey", "wrong");
    Map<String, String> settings = new HashMap<>(server.settings());
    settings.put("fetch.patience.minutes", "10");
    try (Fetcher fetcher = Fetching.with(settings)) {
      assertThat(Fetching.fetch(fetcher, stored)).isInstanceOf(Fetched.Unavailable.class);
    } finally {
      System.setProperty("aws.secretAccessKey", right);
    }
  }

  /** The larger one is still on its way when the store answers and hangs up. */
  @ParameterizedTest
  @ValueSource(ints = {1_000, 32_000_000})
  void anUploadThatIsRefusedNamesTheStoreAndNoSecret(int bytes) {
    assertThatThrownBy(() -> put("s3://no-such-bucket/x", new byte[bytes]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("s3://no-such-bucket")
        .hasMessageContaining("404")
        .hasMessageNotContaining(System.getProperty("aws.secretAccessKey"));
  }

  @Test
  void aFolderTakesUploadsToo(@TempDir Path folder) throws Exception {
    Reference reference = put("file://" + folder, IMAGE);
    try (Fetcher fetcher = Fetching.with(Map.of("fetch.file.roots", folder.toString()))) {
      assertThat(Fetching.fetch(fetcher, reference)).isInstanceOf(Fetched.Bytes.class);
    }
    try (var all = Files.walk(folder)) {
      assertThat(all.filter(Files::isRegularFile)).as("no half of one is left").hasSize(1);
    }
  }

  private static Reference put(String target, byte[] image) throws IOException {
    try (ImageUpload upload = new ImageUpload(target, s3(server))) {
      return upload.put(image, "application/dicom");
    }
  }

  private static FetchSettings.S3 s3(S3Server server) {
    return new FetchSettings.S3(Optional.of(URI.create(server.endpoint())), Optional.empty(), true);
  }
}
