import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;

/** {@code java Certificates.java certificates.pem cacerts}: authorities in PEM as the store that Java reads without being told. */
class Certificates {

    public static void main(String[] files) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (FileInputStream pem = new FileInputStream(files[0]);
                FileOutputStream cacerts = new FileOutputStream(files[1])) {
            for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("authority" + store.size(), authority);
            }
            // Without a password, as that of OpenJDK is: nothing in it is secret.
            store.store(cacerts, null);
        }
    }
}
