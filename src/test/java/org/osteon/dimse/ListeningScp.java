package org.osteon.dimse;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.dimse.StorageHandler.Instance;
import org.osteon.testing.Dcmtk;

/** A DICOM port that listens, and what has arrived at it. */
abstract class ListeningScp {
  static final String DIGITAL_X_RAY = "1.2.840.10008.5.1.4.1.1.1.1";

  @TempDir Path folder;
  final List<Instance> stored = new CopyOnWriteArrayList<>();
  final CountDownLatch released = new CountDownLatch(1);
  StorageHandler handler =
      instance -> {
        stored.add(instance);
        return StoreStatus.SUCCESS;
      };
  Duration idle = Duration.ofSeconds(20);
  int associations = 8;
  int dataSets = 4;
  @Nullable SSLContext tls;
  private @Nullable StorageScp scp;

  @AfterEach
  void close() {
    released.countDown();
    if (scp != null) {
      scp.close();
    }
  }

  int start() throws IOException {
    ScpSettings.Peers peers =
        new ScpSettings.Peers() {
          @Override
          public boolean known(InetAddress address) {
            return !address.getHostAddress().equals("127.0.0.66");
          }

          @Override
          public boolean allowed(String title, InetAddress address) {
            return !title.equals("STRANGER");
          }
        };
    ScpSettings settings =
        new ScpSettings(
            0,
            Set.of("OSTEON"),
            peers,
            Set.of(DIGITAL_X_RAY),
            Set.of("1.2.840.10008.1.2", "1.2.840.10008.1.2.1"),
            new ScpSettings.Limits(
                2_000_000, associations, associations, dataSets, idle, Duration.ofSeconds(60)),
            tls,
            false);
    StorageScp started = StorageScp.start(settings, instance -> handler.store(instance));
    scp = started;
    return started.port();
  }

  void sendQuietly(int port, Path... files) {
    try {
      Dcmtk.store(port, "OSTEON", files);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static Dcmtk.Ended echo(int port, String title) throws Exception {
    return Dcmtk.run("echoscu", "-v", "-aec", title, "127.0.0.1", Integer.toString(port));
  }
}
