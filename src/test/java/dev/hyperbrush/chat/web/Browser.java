package dev.hyperbrush.chat.web;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import javax.imageio.ImageIO;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A real Chromium without a window. {@code -Dhyperbrush.chromium} and {@code
 * -Dwebdriver.chrome.driver} name other programs than {@code chromium} and {@code chromedriver} on
 * the path.
 */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts one with a profile in {@code profile}; skips the test where there is no Chromium. */
  static Browser start(Path profile, int width, int height) {
    Optional<Path> chromium = program("hyperbrush.chromium", "chromium");
    Optional<Path> chromedriver = program("webdriver.chrome.driver", "chromedriver");
    assumeTrue(
        chromium.isPresent() && chromedriver.isPresent(),
        "skipped: no chromium and chromedriver on the path (Debian: chromium, chromium-driver)");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.orElseThrow().toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--lang=en",
        "--user-data-dir=" + profile.toAbsolutePath());
    options.setExperimentalOption(
        "mobileEmulation",
        Map.of("deviceMetrics", Map.of("width", width, "height", height, "pixelRatio", 1.0)));
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.orElseThrow().toFile())
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  private static Optional<Path> program(String property, String name) {
    String chosen = System.getProperty(property, "");
    if (!chosen.isEmpty()) {
      return Optional.of(Path.of(chosen));
    }
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  WebDriver driver() {
    return driver;
  }

  /** Opens a page of ours and waits until its scripts have set it up. */
  void open(String url) {
    driver.get(url);
    awaitReady();
  }

  void reload() {
    driver.navigate().refresh();
    awaitReady();
  }

  void awaitReady() {
    visible("html[data-ready]");
  }

  /** The first element of this kind, once it can be seen. */
  WebElement visible(String css) {
    AtomicReference<Optional<WebElement>> found = new AtomicReference<>(Optional.empty());
    waiting("nothing visible at " + css)
        .until(any -> {
          found.set(displayed(css));
          return found.get().isPresent();
        });
    return found.get().orElseThrow();
  }

  /** The first element of this kind, once it can be seen, in the middle of the window. */
  WebElement scrollTo(String css) {
    WebElement element = visible(css);
    run("arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", element);
    return element;
  }

  void gone(String css) {
    waiting("still visible: " + css).until(any -> displayed(css).isEmpty());
  }

  private Optional<WebElement> displayed(String css) {
    return all(css).stream().filter(WebElement::isDisplayed).findFirst();
  }

  void awaitCount(String css, int count) {
    waiting("not " + count + " of " + css).until(any -> all(css).size() == count);
  }

  void awaitText(String css, String text) {
    waiting("no “" + text + "” at " + css)
        .until(any -> all(css).stream().anyMatch(element -> element.getText().contains(text)));
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /** Runs a script in the page; its result, or "" for none. */
  Object run(String script, Object... arguments) {
    return Objects.requireNonNullElse(driver.executeScript(script, arguments), "");
  }

  private WebDriverWait waiting(String problem) {
    WebDriverWait wait = new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50));
    wait.withMessage(problem);
    wait.ignoring(StaleElementReferenceException.class);
    return wait;
  }

  /** Waits until a picture is there, and it and all around it have faded in and stand still. */
  void awaitLoaded(WebElement picture) {
    run(
        """
        const around = [];
        for (let each = arguments[0]; each; each = each.parentElement) around.push(each);
        const moving = around.flatMap((each) => each.getAnimations())
            .filter((each) => each.effect.getComputedTiming().iterations !== Infinity);
        return arguments[0].decode().then(() => Promise.all(moving.map((each) => each.finished)));
        """,
        picture);
  }

  /** As it is on the screen, at a share of the width and the height. */
  static Color pixel(WebElement element, double x, double y) throws IOException {
    byte[] png = element.getScreenshotAs(OutputType.BYTES);
    BufferedImage shot = ImageIO.read(new ByteArrayInputStream(png));
    return new Color(shot.getRGB((int) (x * shot.getWidth()), (int) (y * shot.getHeight())));
  }

  static boolean isRed(Color color) {
    return color.getRed() > 150 && color.getGreen() < 90 && color.getBlue() < 90;
  }

  /** What scripts threw and what the page's security policy stopped since the last call. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .filter(text -> text.contains("Uncaught") || text.contains("Content Security Policy"))
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
