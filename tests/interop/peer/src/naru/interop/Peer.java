package naru.interop;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.cxf.BusFactory;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.openehealth.ipf.commons.audit.DefaultAuditContext;
import org.openehealth.ipf.commons.core.config.ContextFacade;
import org.openehealth.ipf.commons.core.config.Registry;
import org.openehealth.ipf.commons.ihe.xds.core.requests.ProvideAndRegisterDocumentSet;
import org.openehealth.ipf.commons.ihe.xds.core.requests.QueryRegistry;
import org.openehealth.ipf.commons.ihe.xds.core.requests.RetrieveDocumentSet;
import org.openehealth.ipf.platform.camel.ihe.xds.XdsCamelValidators;

/**
 * An XDS.b registry and repository made of IPF: its SOAP stack, its request validators, its metadata model. On 127.0.0.1, with
 * TLS and client certificates.
 * Arguments: WORK CA.pem SERVER.pem SERVER.key REPOSITORY-OID; writes its port to WORK/peer.port when it listens.
 */
public final class Peer {
    public static void main(String[] args) throws Exception {
        Path work = Path.of(args[0]);
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(work.resolve("tomcat").toString());
        tomcat.setConnector(connector(args[1], args[2], args[3]));
        Context context = tomcat.addContext("", work.toAbsolutePath().toString());
        CXFNonSpringServlet cxf = new CXFNonSpringServlet();
        Wrapper wrapper = Tomcat.addServlet(context, "cxf", cxf);
        wrapper.setLoadOnStartup(1);
        wrapper.setAsyncSupported(true);
        context.addServletMappingDecoded("/*", "cxf");
        oneRepositoryAddress(context);
        tomcat.start();
        BusFactory.setDefaultBus(cxf.getBus());
        routes(new Shelf(args[4]));
        Path port = work.resolve("peer.port.new");
        Files.writeString(port, String.valueOf(tomcat.getConnector().getLocalPort()));
        Files.move(port, work.resolve("peer.port"), StandardCopyOption.ATOMIC_MOVE);
        tomcat.getServer().await();
    }

    private static Connector connector(String ca, String certificate, String key) throws Exception {
        Connector connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
        connector.setPort(0);
        connector.setSecure(true);
        connector.setScheme("https");
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("SSLEnabled", "true");
        SSLHostConfig tls = new SSLHostConfig();
        tls.setCertificateVerification("required");
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(Path.of(ca))) {
            trusted.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        tls.setTrustStore(trusted);
        SSLHostConfigCertificate own = new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.UNDEFINED);
        own.setCertificateFile(certificate);
        own.setCertificateKeyFile(key);
        tls.addCertificate(own);
        connector.addSslHostConfig(tls);
        return connector;
    }

    /** IPF gives each transaction its own address; an XDS.b repository usually takes both at one, told apart by the action. */
    private static void oneRepositoryAddress(Context context) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("action");
        definition.setAsyncSupported("true");
        definition.setFilter(new HttpFilter() {
            @Override
            protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws java.io.IOException, jakarta.servlet.ServletException {
                boolean submission = String.valueOf(request.getContentType()).contains("ProvideAndRegisterDocumentSet-b");
                request.getRequestDispatcher(submission ? "/iti41" : "/iti43").forward(request, response);
            }
        });
        context.addFilterDef(definition);
        FilterMap map = new FilterMap();
        map.setFilterName("action");
        map.addURLPattern("/repository");
        context.addFilterMap(map);
    }

    private static void routes(Shelf shelf) throws Exception {
        CamelContext camel = new DefaultCamelContext();
        DefaultAuditContext audit = new DefaultAuditContext(); // it is our side's audit that is tested
        audit.setAuditEnabled(false);
        ContextFacade.setRegistry(new Beans(audit));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("xds-iti18:registry").process(XdsCamelValidators.iti18RequestValidator()).convertBodyTo(QueryRegistry.class)
                    .process(exchange -> answer(exchange, shelf.query(exchange.getIn().getBody(QueryRegistry.class))))
                    .process(XdsCamelValidators.iti18ResponseValidator());
                from("xds-iti41:iti41").process(XdsCamelValidators.iti41RequestValidator()).convertBodyTo(ProvideAndRegisterDocumentSet.class)
                    .process(exchange -> answer(exchange, shelf.submit(exchange.getIn().getBody(ProvideAndRegisterDocumentSet.class))))
                    .process(XdsCamelValidators.iti41ResponseValidator());
                from("xds-iti43:iti43").process(XdsCamelValidators.iti43RequestValidator()).convertBodyTo(RetrieveDocumentSet.class)
                    .process(exchange -> answer(exchange, shelf.retrieve(exchange.getIn().getBody(RetrieveDocumentSet.class))))
                    .process(XdsCamelValidators.iti43ResponseValidator());
            }
        });
        camel.start();
    }

    /** IPF looks for its parts in a registry of beans; one is enough here. */
    private record Beans(Object only) implements Registry {
        @Override
        public Object bean(String name) {
            return null;
        }

        @Override
        public <T> T bean(Class<T> type) {
            return type.isInstance(only) ? type.cast(only) : null;
        }

        @Override
        public <T> Map<String, T> beans(Class<T> type) {
            return type.isInstance(only) ? Map.of("only", type.cast(only)) : Map.of();
        }
    }

    private static void answer(Exchange exchange, Object body) {
        exchange.getMessage().setBody(body);
    }
}
