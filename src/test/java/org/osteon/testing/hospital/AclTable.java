package org.osteon.testing.hospital;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The ACLs as {@code docs/security.md} lists them. */
public final class AclTable {
  public static final String SERVICE = "osteon";

  private AclTable() {}

  /** Every row. */
  public static List<AclBinding> all() throws IOException {
    List<AclBinding> bindings = new ArrayList<>();
    for (String line : Files.readAllLines(Hospital.root().resolve("docs/security.md"))) {
      String[] cells = line.split("\\s*\\|\\s*", -1);
      if (cells.length < 7 || !cells[2].matches("TOPIC|GROUP|TRANSACTIONAL_ID|CLUSTER")) {
        continue;
      }
      bindings.add(
          new AclBinding(
              new ResourcePattern(
                  ResourceType.valueOf(cells[2]), cells[4], PatternType.valueOf(cells[3])),
              new AccessControlEntry(
                  "User:" + cells[1],
                  "*",
                  AclOperation.valueOf(cells[5]),
                  AclPermissionType.ALLOW)));
    }
    return bindings;
  }

  /** The service's rows. */
  public static List<AclBinding> ofTheService() throws IOException {
    return all().stream().filter(acl -> acl.entry().principal().endsWith(":" + SERVICE)).toList();
  }

  /** A row in words. */
  public static String words(AclBinding acl) {
    return acl.entry().operation()
        + " on "
        + acl.pattern().resourceType()
        + " "
        + acl.pattern().name();
  }
}
