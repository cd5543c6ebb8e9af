package org.osteon.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.osteon.config.Settings;
import org.osteon.config.keys.GatewayKeys;
import org.osteon.config.keys.OperationKeys;
import org.osteon.config.keys.PublishKeys;
import org.osteon.dimse.PartTen;
import org.osteon.dimse.StorageHandler;
import org.osteon.dimse.StorageScp;
import org.osteon.dimse.StoreStatus;
import org.osteon.fetch.FetchSettings;
import org.osteon.fetch.ImageUpload;

/**
 * Takes images by DICOM and HTTP, and says that it has one only when the brokers have.
 *
 * <p><b>Threading.</b> Started and closed by one thread.
 */
public final class Gateway implements AutoCloseable {
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(20);

  private final StorageScp scp;
  private final @Nullable HttpIntake http;
  private final @Nullable ImageUpload upload;
  private final Watch watch;

  /** Who tells how it does. */
  private record Watch(GatewayHealth health, @Nullable BrokerLook brokers)
      implements AutoCloseable {
    static Watch of(Settings settings) throws IOException {
      InetSocketAddress listen = settings.find(OperationKeys.GATEWAY_HEALTH_LISTEN).orElse(null);
      if (listen == null) {
        return new Watch(new GatewayHealth(null, () -> true), null);
      }
      BrokerLook brokers = new BrokerLook(settings.kafkaClient());
      try {
        return new Watch(new GatewayHealth(listen, brokers::answers), brokers);
      } catch (IOException e) {
        brokers.close();
        throw e;
      }
    }

    @Override
    public void close() {
      health.close();
      if (brokers != null) {
        brokers.close();
      }
    }
  }

  private Gateway(
      StorageScp scp, @Nullable HttpIntake http, @Nullable ImageUpload upload, Watch watch) {
    this.scp = scp;
    this.http = http;
    this.upload = upload;
    this.watch = watch;
  }

  /**
   * Holds the gateway's settings against each other, without opening anything.
   *
   * @throws org.osteon.config.value.ConfigException they cannot work
   */
  public static void check(Settings settings) {
    GatewaySettings.of(settings);
  }

  /**
   * What events call the patient of that number.
   *
   * @throws org.osteon.config.value.ConfigException gateway.key.file holds no key
   */
  public static String pseudonym(Settings settings, String patientId) {
    return Pseudonyms.read(settings.get(GatewayKeys.KEY_FILE))
        .of("patient", patientId, Deidentification.PATIENT_DIGITS);
  }

  /**
   * The UIDs under which images' studies are published: pseudonymous, unless gateway.uids keeps
   * them.
   *
   * @return from the archive's own UID to that of events
   * @throws org.osteon.config.value.ConfigException gateway.key.file is not set or no key
   */
  public static UnaryOperator<String> uids(Settings settings) {
    return settings.get(GatewayKeys.UIDS)
        ? Pseudonyms.read(settings.get(GatewayKeys.KEY_FILE))::uid
        : UnaryOperator.identity();
  }

  /**
   * Listens from now on.
   *
   * @param sink where events go
   * @throws org.osteon.config.value.ConfigException the configuration cannot work
   */
  public static Gateway start(Settings settings, EventSink sink) throws IOException {
    GatewaySettings own = GatewaySettings.of(settings);
    ImageUpload upload =
        settings
            .find(PublishKeys.UPLOAD_TO)
            .map(target -> new ImageUpload(target, FetchSettings.S3.of(settings)))
            .orElse(null);
    Watch watch = Watch.of(settings);
    try {
      return start(settings, own, sink, upload, watch);
    } catch (IOException | RuntimeException e) {
      watch.close();
      throw e;
    }
  }

  private static Gateway start(
      Settings settings,
      GatewaySettings own,
      EventSink sink,
      @Nullable ImageUpload upload,
      Watch watch)
      throws IOException {
    Intake intake =
        new Intake(
            own.terms(),
            sink,
            upload,
            settings.get(PublishKeys.INLINE_MAX_BYTES),
            own.facility(),
            new Intake.Waiting(own.acknowledgement(), watch.health::answered));
    IntakeLog log = new IntakeLog();
    StorageScp scp = StorageScp.start(own.scp(), instance -> store(intake, own, instance, log));
    try {
      HttpIntake http =
          own.httpPort().isEmpty()
              ? null
              : new HttpIntake(own.httpPort().getAsInt(), own.token(), own.scp(), intake, log);
      return new Gateway(scp, http, upload, watch);
    } catch (IOException e) {
      scp.close();
      throw e;
    }
  }

  private static StoreStatus store(
      Intake intake, GatewaySettings own, StorageHandler.Instance instance, IntakeLog log)
      throws InterruptedException {
    byte[] file =
        PartTen.file(
            instance.sopClass(),
            instance.sopInstance(),
            instance.transferSyntax(),
            instance.dataSet());
    boolean stat =
        own.statTitles().contains(instance.calling())
            || own.statTitles().contains(instance.called());
    IncomingImage.Facts facts =
        IncomingImage.Facts.ofDicom(instance.sopClass(), instance.sopInstance(), stat);
    Answer answer = intake.take(new IncomingImage(file, facts));
    log.answered("DICOM", List.of(answer));
    return answer.status();
  }

  /** The DICOM port that is in force, also where 0 was asked for. */
  public int dicomPort() {
    return scp.port();
  }

  /** The HTTP port that is in force; empty where there is none. */
  public OptionalInt httpPort() {
    return http == null ? OptionalInt.empty() : OptionalInt.of(http.port());
  }

  /** Where it is probed and scraped, also where 0 was asked for; empty where it is not. */
  public OptionalInt healthPort() {
    int port = watch.health.port();
    return port < 0 ? OptionalInt.empty() : OptionalInt.of(port);
  }

  /** Takes nothing more, and answers what it took. */
  @Override
  public void close() {
    watch.health.drains();
    try {
      scp.drain(LAST_ANSWERS);
    } catch (IOException e) {
      // It listens no more, one way or the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (http != null) {
      http.close();
    }
    scp.close();
    if (upload != null) {
      upload.close();
    }
    watch.close();
  }
}
