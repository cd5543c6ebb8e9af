package org.osteon.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One connection that sends HL7 v2 by MLLP and says how each message was answered. */
public final class Mllp implements AutoCloseable {
  private static final int START = 0x0b;
  private static final int END = 0x1c;
  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket = new Socket();

  public Mllp(int port) throws IOException {
    socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /**
   * @param message its segments with carriage returns between them
   * @return MSA-1 and MSA-2
   */
  public String send(String message) throws IOException {
    socket
        .getOutputStream()
        .write(
            ((char) START + message + "\r" + (char) END + "\r").getBytes(StandardCharsets.UTF_8));
    StringBuilder answer = new StringBuilder();
    for (int next = socket.getInputStream().read();
        next != END;
        next = socket.getInputStream().read()) {
      if (next < 0) {
        throw new IOException("The connection ended before the answer did: " + answer);
      }
      answer.append((char) next);
    }
    // The carriage return behind the answer belongs to its frame.
    if (socket.getInputStream().read() != '\r') {
      throw new IOException("The frame of the answer has no end.");
    }
    for (String segment : answer.toString().split("\r", -1)) {
      String[] fields = segment.split("\\|", -1);
      if (fields[0].equals("MSA")) {
        return fields[1] + " " + fields[2];
      }
    }
    throw new IOException("The answer has no MSA: " + answer);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
