package dev.parley.platform.calls;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts to other people's servers: over https, to addresses that were looked at, without following redirects, keeping connections,
 * cookies or credentials, and for a limited time in all. Of an answer the status counts; the rest is dropped.
 */
public final class OutsideCalls implements AutoCloseable {
    /** Looks a name up. */
    public interface Lookup {
        InetAddress[] all(String host) throws UnknownHostException;
    }

    /**
     * What a call came to.
     *
     * @param status of the answer; 0 when there was none
     * @param error {@code status}, {@code redirect}, {@code timeout}, {@code address}, {@code tls} or {@code connect}; empty when it was taken
     */
    public record Outcome(int status, Optional<String> error) {}

    private static final int MOST_READ = 64 * 1024;

    private final CheckedNames names;
    private final Duration limit;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("call-limit").daemon().factory());

    /**
     * @param lookup of names
     * @param loopback whether this machine may be called as well, over http too
     * @param userAgent what we say who we are
     * @param limit for a whole call
     */
    public OutsideCalls(Lookup lookup, boolean loopback, String userAgent, Duration limit) {
        this.names = new CheckedNames(lookup, loopback);
        this.limit = limit;
        Timeout timeout = Timeout.of(limit);
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(names)
                        .setTlsSocketStrategy(DefaultClientTlsStrategy.createDefault())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(timeout)
                                .setSocketTimeout(timeout)
                                .build())
                        .setMaxConnTotal(256)
                        .setMaxConnPerRoute(64)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(timeout)
                        .setConnectionRequestTimeout(timeout)
                        .setExpectContinueEnabled(false)
                        .build())
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setUserAgent(userAgent)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /** Whether a name leads to this machine, and may. @throws UnknownHostException when it is none, or leads to where nobody may be called */
    public boolean leadsHere(String host) throws UnknownHostException {
        return names.leadsHere(bare(host));
    }

    /** @throws UnknownHostException when a name is none, or leads to where nobody may be called */
    public void check(String host) throws UnknownHostException {
        names.resolve(bare(host));
    }

    /** Posts. Nothing that a server does or fails to do makes it throw. @param type of the body */
    public Outcome post(URI address, Map<String, String> headers, ContentType type, byte[] body) {
        var late = new AtomicBoolean();
        var post = new HttpPost(address);
        headers.forEach(post::setHeader);
        post.setEntity(new ByteArrayEntity(body, type));
        ScheduledFuture<?> end = timer.schedule(
                () -> {
                    late.set(true);
                    post.abort();
                },
                limit.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            if (!address.getScheme().equalsIgnoreCase("https") && !leadsHere(address.getHost())) {
                return failed("address");
            }
            int status = client.execute(post, OutsideCalls::status);
            return new Outcome(status, error(status));
        } catch (CheckedNames.RefusedException e) {
            return failed("address");
        } catch (SSLException e) {
            return failed(late.get() ? "timeout" : "tls");
        } catch (InterruptedIOException e) {
            return failed("timeout");
        } catch (IOException | RuntimeException e) {
            return failed(late.get() ? "timeout" : "connect");
        } finally {
            end.cancel(false);
        }
    }

    /** Reads what a server has to say up to a limit, so that it sees its answer taken. */
    private static int status(ClassicHttpResponse response) throws HttpException, IOException {
        if (response.getEntity() != null) {
            InputStream content = response.getEntity().getContent();
            if (content != null) {
                content.readNBytes(MOST_READ);
            }
        }
        return response.getCode();
    }

    private static Optional<String> error(int status) {
        if (status >= 200 && status < 300) {
            return Optional.empty();
        }
        return Optional.of(status >= 300 && status < 400 ? "redirect" : "status");
    }

    private static Outcome failed(String error) {
        return new Outcome(0, Optional.of(error));
    }

    /** An IPv6 address without its brackets. */
    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public void close() throws IOException {
        timer.shutdownNow();
        client.close();
    }
}
