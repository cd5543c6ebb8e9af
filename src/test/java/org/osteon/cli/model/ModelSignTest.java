package org.osteon.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osteon.model.ShippedModel;
import org.osteon.testing.CommandRun;
import org.osteon.testing.Program;
import org.osteon.testing.SigningKey;
import org.osteon.testing.Trees;

class ModelSignTest {
  @TempDir private Path folder;
  private Path version;
  private SigningKey key;

  @BeforeEach
  void copy() throws Exception {
    version = Trees.copy(ShippedModel.folder().resolveSibling("1"), folder.resolve("1"));
    key = SigningKey.make(folder, "ours");
  }

  @Test
  void aSignedVersionIsVerifiedAndOneThatIsNotIsRefused() throws Exception {
    CommandRun unsigned = verify(key);
    assertThat(unsigned.status()).isEqualTo(1);
    assertThat(unsigned.err()).contains("it has no model.json.sig").hasLineCount(1);

    assertThat(sign(key).status()).isZero();
    CommandRun signed = verify(key);
    assertThat(signed.status()).as(signed.err()).isZero();
    assertThat(signed.out()).contains("every digest is right, and so is the signature");

    CommandRun other = verify(SigningKey.make(folder, "theirs"));
    assertThat(other.status()).isEqualTo(1);
    assertThat(other.err()).contains("of none of the trusted keys").hasLineCount(1);

    // A manifest that still parses, and whose files still match it.
    Path manifest = version.resolve("model.json");
    Files.writeString(manifest, Files.readString(manifest) + " ");
    assertThat(verify(key).err()).contains("or of another manifest").hasLineCount(1);
    assertThat(sign(key).status()).isZero();
    assertThat(verify(key).status()).isZero();

    Files.writeString(version.resolve("model.json.sig"), "AAAA");
    assertThat(verify(key).err()).contains("is refused").hasLineCount(1);
    Files.writeString(version.resolve("model.json.sig"), "A");
    assertThat(verify(key).err()).contains("is no Base64").hasLineCount(1);
  }

  @Test
  void opensslMakesTheKeysAndAgreesOnTheSignature() throws Exception {
    assumeTrue(Program.exists("openssl"), "There is no openssl.");
    Path secret = folder.resolve("o.pem");
    Path open = folder.resolve("o.pub.pem");
    openssl("genpkey", "-algorithm", "ed25519", "-out", secret.toString());
    openssl("pkey", "-in", secret.toString(), "-pubout", "-out", open.toString());
    SigningKey made = new SigningKey(secret, open);
    assertThat(sign(made).status()).isZero();
    assertThat(verify(made).status()).isZero();
    Path raw = folder.resolve("raw");
    byte[] signature =
        Base64.getDecoder().decode(Files.readString(version.resolve("model.json.sig")).strip());
    Files.write(raw, signature);
    openssl(
        "pkeyutl",
        "-verify",
        "-pubin",
        "-inkey",
        open.toString(),
        "-rawin",
        "-in",
        version.resolve("model.json").toString(),
        "-sigfile",
        raw.toString());
  }

  @Test
  void whatIsNoKeyIsSaidAndNeverShown() throws Exception {
    CommandRun swapped = verify(new SigningKey(key.open(), key.secret()));
    assertThat(swapped.status()).isEqualTo(1);
    String secret = Files.readAllLines(key.secret()).get(1);
    assertThat(swapped.err()).contains("no Ed25519 public key").doesNotContain(secret);
    CommandRun none = sign(new SigningKey(folder.resolve("none.pem"), key.open()));
    assertThat(none.status()).isEqualTo(1);
    assertThat(none.err()).contains("no Ed25519 private key").hasLineCount(1);
    assertThat(version.resolve("model.json.sig")).doesNotExist();
  }

  private CommandRun sign(SigningKey with) {
    return CommandRun.of("model", "sign", version.toString(), "--key", with.secret().toString());
  }

  private CommandRun verify(SigningKey with) {
    return CommandRun.of(
        "model", "verify", version.toString(), "--public-key", with.open().toString());
  }

  private void openssl(String... arguments) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Program.Ended ended = Program.run(folder, command);
    assertThat(ended.status()).as(ended.said()).isZero();
  }
}
