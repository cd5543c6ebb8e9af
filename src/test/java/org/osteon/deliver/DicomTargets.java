package org.osteon.deliver;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.osteon.sandbox.Ports;
import org.osteon.testing.server.Orthanc;

/** Archives to deliver to, and bytes of topics as text that holds no name. */
final class DicomTargets {
  private DicomTargets() {}

  static Orthanc archive(Path folder) throws Exception {
    return Orthanc.start(folder.resolve("orthanc"), Ports.take(), Ports.take());
  }

  static String target(String name, int port, String title) {
    return String.join(
        "\n",
        name + ".type=dicom",
        name + ".host=127.0.0.1",
        name + ".port=" + port,
        name + ".title=" + title);
  }

  static String text(byte[] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
