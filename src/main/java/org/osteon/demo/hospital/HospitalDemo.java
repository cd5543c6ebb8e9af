package org.osteon.demo.hospital;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.osteon.config.Settings;
import org.osteon.config.keys.ImageKeys;
import org.osteon.config.keys.KafkaKeys;
import org.osteon.deliver.Deliverer;
import org.osteon.demo.StopRequest;
import org.osteon.event.RecordSizes;
import org.osteon.event.registry.Registry;
import org.osteon.event.topics.TopicSetup;
import org.osteon.gateway.Gateway;
import org.osteon.gateway.GatewayPublisher;
import org.osteon.sandbox.EmbeddedBroker;
import org.osteon.sandbox.Folders;
import org.osteon.sandbox.RegistryProcess;
import org.osteon.service.Hooks;
import org.osteon.service.OsteonService;

/**
 * A hospital on one machine: a modality sends to the archive and to the gateway, and what the model
 * sees comes back into the archive's own studies.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class HospitalDemo {
  private static final int PARTITIONS = 6;
  private static final int IMAGES = 16;

  private final Options options;
  private final PrintStream out;

  /**
   * What to run.
   *
   * @param count images, or 0 for 16; two are one study
   * @param keepRunning stay up afterwards until interrupted
   * @param model folder of a model version
   * @param seed of the drawn images
   * @param flags further settings
   */
  public record Options(
      int count, boolean keepRunning, Path model, long seed, Map<String, String> flags) {}

  public HospitalDemo(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /**
   * Runs it.
   *
   * @return whether each image has its report and its capture, in its own study
   * @throws org.osteon.client.OperationFailedException there is no Orthanc
   */
  public boolean run() throws IOException, InterruptedException {
    Archive.program();
    out.println(
        "Starting a broker, a schema registry, the service, the gateway, the deliverer and an Orthanc; nothing leaves this machine.");
    try (StopRequest stop = StopRequest.watch()) {
      Path folder = Files.createTempDirectory("osteon-hospital-");
      try {
        return run(folder, stop);
      } finally {
        Folders.remove(folder);
      }
    }
  }

  private boolean run(Path folder, StopRequest stop) throws IOException, InterruptedException {
    Settings defaults = Settings.of(Map.of("bootstrap.servers", "localhost:1"));
    int largest = RecordSizes.forImagesOf(defaults.get(ImageKeys.IMAGE_MAX_BYTES)).deadLetter();
    try (Archive archive = Archive.start(folder);
        EmbeddedBroker broker = EmbeddedBroker.start(largest);
        RegistryProcess registry = RegistryProcess.launch()) {
      Settings settings = settings(folder, archive, broker.bootstrapServers(), registry.url());
      try (Admin admin = Admin.create(settings.kafkaClient())) {
        new TopicSetup(admin, Registry.connect(settings), settings).run(PARTITIONS, 1, false);
      }
      try (OsteonService service = OsteonService.start(settings, Hooks.none());
          GatewayPublisher publisher = new GatewayPublisher(settings, Map.of());
          Gateway gateway = Gateway.start(settings, publisher);
          Deliverer deliverer = Deliverer.start(settings)) {
        stop.then(service::stop);
        boolean complete = show(archive, service, gateway, deliverer, stop);
        if (options.keepRunning) {
          printAddresses(settings, archive, gateway, service);
          service.awaitStop();
        }
        return complete;
      }
    }
  }

  private boolean show(
      Archive archive,
      OsteonService service,
      Gateway gateway,
      Deliverer deliverer,
      StopRequest stop)
      throws IOException, InterruptedException {
    int images = options.count > 0 ? options.count : IMAGES;
    int studies = (images + Modality.VIEWS - 1) / Modality.VIEWS;
    String run = UUID.randomUUID().toString().substring(0, 8);
    Modality modality = new Modality(run, options.seed);
    long begun = System.nanoTime();
    modality.send(archive.dicomPort(), Archive.TITLE, studies);
    modality.send(gateway.dicomPort(), "OSTEON", studies);
    out.printf(
        "Model %s on %s. %d radiographs of %d studies, all drawn by this program (seed %d), of patients who do not exist, went by C-STORE to the archive and to the gateway, which took away who they are.%n%n",
        service.modelLabel(), service.device(), studies * Modality.VIEWS, studies, options.seed);
    Returned returned = new Returned(archive, modality, studies);
    returned.await(
        () ->
            service.health().fatal().isEmpty() && deliverer.notAlive().isEmpty() && !stop.asked());
    returned.print(out);
    out.printf(
        "%n%d of %d studies have a report and a capture of each image, after %.0f s.%n",
        returned.complete(), studies, (System.nanoTime() - begun) / 1e9);
    service.health().fatal().ifPresent(why -> out.printf("The service stopped: %s%n", why));
    deliverer.notAlive().forEach(why -> out.printf("The deliverer stopped: %s%n", why));
    out.println("For research use only; never for clinical decisions.");
    return returned.isComplete();
  }

  private void printAddresses(
      Settings settings, Archive archive, Gateway gateway, OsteonService service) {
    out.printf("%nStill running; end it with Ctrl-C.%n");
    out.printf("  archive          %s/app/explorer.html%n", archive.url());
    out.printf("  archive, DICOM   %s on port %d%n", Archive.TITLE, archive.dicomPort());
    out.printf("  gateway, DICOM   OSTEON on port %d%n", gateway.dicomPort());
    out.printf("  Kafka            %s%n", settings.get(KafkaKeys.BOOTSTRAP_SERVERS));
    out.printf("  schema registry  %s%n", settings.get(KafkaKeys.SCHEMA_REGISTRY_URL));
    out.printf("  metrics, health  http://localhost:%d/metrics /readyz%n", service.httpPort());
    out.flush();
  }

  private Settings settings(Path folder, Archive archive, String brokers, String registry)
      throws IOException {
    Map<String, String> values = new TreeMap<>();
    values.put("application.id", "osteon-demo");
    values.put("model.path", options.model.toString());
    values.put("http.port", "0");
    values.put("studies.settle.seconds", "2");
    values.put("streams.state.dir", folder.resolve("state").toString());
    values.putAll(options.flags);
    values.put("bootstrap.servers", brokers);
    values.put("schema.registry.url", registry);
    values.put("gateway.dicom.port", "0");
    values.put("gateway.key.file", write(folder, "gateway-key", secret()));
    values.put("identity.key.file", write(folder, "identities", "demo " + secret()));
    values.put("deliver.start", "earliest");
    values.put(
        "deliver.targets.file",
        write(
            folder,
            "targets.properties",
            String.join(
                "\n",
                List.of(
                    "archive.type=dicom",
                    "archive.host=127.0.0.1",
                    "archive.port=" + archive.dicomPort(),
                    "archive.title=" + Archive.TITLE))));
    return Settings.of(values);
  }

  private static String secret() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return HexFormat.of().formatHex(secret);
  }

  private static String write(Path folder, String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text + "\n").toString();
  }
}
