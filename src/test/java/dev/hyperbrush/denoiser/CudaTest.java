package dev.hyperbrush.denoiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.hyperbrush.checkpoint.Component;
import dev.hyperbrush.denoiser.UnetFixture.Block;
import dev.hyperbrush.onnx.ExecutionProvider;
import dev.hyperbrush.onnx.OnnxSettings;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class CudaTest {
  private static final int UNASKED_CARD = 13;

  @TempDir Path folder;

  @Test
  void withoutCudaTheCpuIsUsedAndTheLogSaysSoOnce() throws IOException {
    Component unet = UnetFixture.write(folder, new Block(8, 1, 1, 1, 1));
    // A card that no other test of this process has asked for: it is said once for each.
    OnnxSettings cuda =
        OnnxSettings.cpu().withProvider(ExecutionProvider.CUDA).withDevice(UNASKED_CARD);
    Logger log = (Logger) LoggerFactory.getLogger("dev.hyperbrush.onnx");
    ListAppender<ILoggingEvent> events = new ListAppender<>();
    events.start();
    log.addAppender(events);
    try {
      OnnxDenoiser.load(unet, cuda).close();
      OnnxDenoiser.load(unet, cuda).close();
    } finally {
      log.detachAppender(events);
    }
    assumeFalse(OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA), "has CUDA");
    assertThat(events.list)
        .filteredOn(event -> event.getLevel() == Level.WARN)
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .startsWith("CUDA cannot be used here, so the CPU draws instead: ")
        .endsWith("build with \"mvn -Pgpu package\".");
  }
}
