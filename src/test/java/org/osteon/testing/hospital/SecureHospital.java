package org.osteon.testing.hospital;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.osteon.config.Settings;
import org.osteon.event.ModelDeployment;
import org.osteon.event.registry.EventSerdes;
import org.osteon.event.registry.Registry;
import org.osteon.event.topics.DeploymentTopic;
import org.osteon.event.topics.TopicSetup;
import org.osteon.model.ModelVersion;
import org.osteon.testing.Platform;
import org.osteon.testing.server.SecureBroker;

/** A broker that allows what the table says, with the contract's own topic names. */
public final class SecureHospital implements AutoCloseable {
  private static final List<String> USERS =
      List.of(
          AclTable.SERVICE,
          "publisher",
          "consumer",
          "deployer",
          "gateway",
          "deliverer",
          "performance",
          "truths",
          "osteon-topics",
          "osteon-scaler");

  private final SecureBroker broker = SecureBroker.start(USERS);
  private final Admin admin;

  public SecureHospital() throws Exception {
    Settings operator = settings(SecureBroker.ADMIN);
    admin = Admin.create(operator.kafkaClient());
    new TopicSetup(admin, Registry.connect(operator), operator).run(4, 1, false);
  }

  /** Grants these and takes everything else away. */
  public void grant(List<AclBinding> acls) throws Exception {
    admin.deleteAcls(List.of(org.apache.kafka.common.acl.AclBindingFilter.ANY)).all().get();
    admin.createAcls(acls).all().get();
  }

  /** Settings of a user who shows a password. */
  public Settings settings(String user) {
    return settings(SecureBroker.Door.SCRAM, user, Map.of());
  }

  /** Settings of a user who comes by a door of the broker. */
  public Settings settings(SecureBroker.Door door, String user, Map<String, String> more) {
    Map<String, String> values = new TreeMap<>(broker.settings(door, user));
    values.put("schema.registry.url", Platform.registry().url());
    // Rights are the same whichever version answers, and whoever decodes.
    values.put("model.path", Deployed.SMALLEST.toString());
    values.put("decode.isolation", "none");
    values.put("http.port", "0");
    values.put("image.max.bytes", "2000000");
    values.put("memory.budget.mb", "64");
    values.put("inference.timeout.ms", "10000");
    values.put("alerts.urgent.probability", Expected.THRESHOLD);
    // With all that the table gives rights for.
    values.put("orders.keep.hours", "48");
    values.putAll(more);
    values.values().removeIf(String::isEmpty);
    return Settings.of(values);
  }

  public String password() {
    return broker.password();
  }

  /** Who serves with the same certificate. */
  public SecureBroker broker() {
    return broker;
  }

  public List<AclBinding> without(AclBinding one) throws Exception {
    List<AclBinding> rest = new ArrayList<>(AclTable.all());
    rest.remove(one);
    return rest;
  }

  /** Whether the service says how a canary stands, even of one that it cannot run. */
  public boolean hearsHowACanaryStands(Duration patience) throws Exception {
    Settings deployer = settings("deployer");
    ModelVersion version = ModelVersion.read(Deployed.NEWEST);
    Deployed.canary(deployer, version, Deployed.MODELS.resolve("nowhere").toUri());
    EventSerdes serdes = new EventSerdes(Registry.connect(deployer), deployer);
    try (DeploymentTopic topic = new DeploymentTopic(deployer, serdes).readToEnd()) {
      ModelDeployment canary = topic.canaries().current().orElseThrow();
      long end = System.nanoTime() + patience.toNanos();
      while (topic.canaries().standings(canary).isEmpty() && System.nanoTime() - end < 0) {
        topic.poll(Duration.ofMillis(200));
      }
      return !topic.canaries().standings(canary).isEmpty();
    }
  }

  @Override
  public void close() throws Exception {
    admin.close();
    broker.close();
  }
}
