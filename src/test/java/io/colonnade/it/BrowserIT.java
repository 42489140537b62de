package io.colonnade.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.it.harness.BoardClient;
import io.colonnade.it.harness.Node;
import io.colonnade.it.harness.Nodes;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The board's page in a real browser. */
class BrowserIT {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @BeforeAll
    static void needsTheBrowser() {
        for (var needed : new Path[] {CHROMIUM, DRIVER}) {
            Assumptions.assumeTrue(
                    Files.isExecutable(needed), needed + " is missing; install chromium and chromium-driver");
        }
    }

    @Test
    void aPictureThatIsPostedOnOneNodeAppearsLiveInAPageServedByAnother(@TempDir Path folder) throws IOException {
        try (var cluster = new Nodes()) {
            var nodes = cluster.start(2, UnaryOperator.identity());
            BoardClient.awaitBoard(nodes);
            var writer = browser(folder.resolve("writer"));
            try {
                var reader = browser(folder.resolve("reader"));
                try {
                    postAndSee(writer, nodes.get(0), reader, nodes.get(1), picture(folder));
                } finally {
                    reader.quit();
                }
            } finally {
                writer.quit();
            }
        }
    }

    private static void postAndSee(WebDriver writer, Node one, WebDriver reader, Node other, Path picture) {
        openLive(reader, other);
        openLive(writer, one);
        visible(writer, "#name").sendKeys("Ada");
        visible(writer, "#sign-in button").click();
        visible(writer, "#text").sendKeys("Seen from afar");
        writer.findElement(By.id("picture")).sendKeys(picture.toString());
        visible(writer, "#preview-image");
        visible(writer, "#post").click();

        for (var page : new WebDriver[] {writer, reader}) {
            assertThat(visible(page, "#feed .message .text").getText()).isEqualTo("Seen from afar");
            assertThat(visible(page, "#feed .message .author").getText()).isEqualTo("Ada");
            awaitLoaded(page, visible(page, "#feed .message .picture img"));
        }
        assertThat(visible(writer, "#feed .delete").getText()).isEqualTo("Delete");
        assertThat(reader.findElement(By.cssSelector("#feed .delete")).isDisplayed())
                .isFalse();
    }

    /** Opens the page and waits for its event stream. After that the page sends no request of its own for a minute. */
    private static void openLive(WebDriver browser, Node node) {
        browser.get("http://127.0.0.1:" + node.port() + "/");
        visible(browser, "#live.on");
        assertThat(visible(browser, "#nodes").getText()).contains("balancer " + node.name());
        assertThat(visible(browser, "#empty").isDisplayed()).isTrue();
    }

    private static WebElement visible(WebDriver browser, String selector) {
        return new WebDriverWait(browser, PATIENCE)
                .until(ExpectedConditions.visibilityOfElementLocated(By.cssSelector(selector)));
    }

    private static void awaitLoaded(WebDriver browser, WebElement image) {
        new WebDriverWait(browser, PATIENCE).until(page -> {
            var width = ((JavascriptExecutor) page).executeScript("return arguments[0].naturalWidth", image);
            return Long.valueOf(64).equals(width);
        });
    }

    private static Path picture(Path folder) throws IOException {
        var image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        var file = folder.resolve("picture.png");
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    private static WebDriver browser(Path profile) {
        var options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile);
        var driver = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build();
        return new ChromeDriver(driver, options);
    }
}
