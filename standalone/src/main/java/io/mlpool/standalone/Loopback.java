package io.mlpool.standalone;

import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Believes any certificate of who answers on the loopback interface, and nobody else. A pool's certificate is for the name that others call it by and often
 * its own authority's; who listens on this machine at the ports in the pool's home is the pool, whatever it shows, as it was without TLS.
 */
final class Loopback extends X509ExtendedTrustManager {

    private Loopback() {}

    /** For a client of this machine's own services. */
    static SSLContext trusted() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Loopback()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        requireLoopback(engine.getPeerHost());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        requireLoopback(socket.getInetAddress().getHostAddress());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("it cannot be told who shows this certificate");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw noServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw noServer();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    static void requireLoopback(@Nullable String host) throws CertificateException {
        try {
            if (host == null || !InetAddress.getByName(host).isLoopbackAddress()) {
                throw new CertificateException(host + " is not this machine");
            }
        } catch (UnknownHostException e) {
            throw new CertificateException(e);
        }
    }

    private static CertificateException noServer() {
        return new CertificateException("a command serves nobody");
    }
}
