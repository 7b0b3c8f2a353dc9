"""A recording relay for SOAP over TLS: ends TLS, keeps request and answer, and passes both on to the practice exchange."""
import base64
import email
import email.policy
import http.client
import http.server
import ssl
import threading
import urllib.parse
import xml.dom.minidom

SOAP = "http://www.w3.org/2003/05/soap-envelope"
XOP = "http://www.w3.org/2004/08/xop/include"


class Recorder:
    def __init__(self, place):
        site = place.read_site()
        self.seen = []  # (path, content type, body, status, answer's content type, answer)
        target = urllib.parse.urlsplit(site["endpoints"]["registry"]["url"])
        folder = place.exchange
        outward = ssl.create_default_context(cafile=folder / "ca.pem")
        outward.load_cert_chain(folder / "clinic.pem", folder / "clinic.key")
        inward = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        inward.load_cert_chain(folder / "server.pem", folder / "server.key")
        inward.load_verify_locations(folder / "ca.pem")
        inward.verify_mode = ssl.CERT_REQUIRED
        recorder = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                kind = self.headers["Content-Type"]
                peer = http.client.HTTPSConnection(target.hostname, target.port, timeout=60, context=outward)
                peer.request("POST", self.path, body, {"Content-Type": kind})
                answer = peer.getresponse()
                payload = answer.read()
                recorder.seen.append((self.path, kind, body, answer.status, answer.headers["Content-Type"], payload))
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.headers["Content-Type"])
                self.send_header("Content-Length", str(len(payload)))
                self.end_headers()
                self.wfile.write(payload)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.socket = inward.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def redirect(self, site):
        """Every https endpoint of a site profile goes through here."""
        ends = site["endpoints"]
        for end in [ends["registry"], ends["pix"], ends["pdq"], *ends["repositories"]]:
            old = urllib.parse.urlsplit(end["url"])
            end["url"] = old._replace(netloc=f"127.0.0.1:{self.server.server_address[1]}").geturl()


def parts(kind, body):
    """(root part, {content id: bytes}) of a SOAP message, multipart or not."""
    if not kind.lower().startswith("multipart/"):
        return body, {}
    message = email.message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body, policy=email.policy.HTTP)
    pieces = [(piece["Content-ID"] or "", piece.get_payload(decode=True)) for piece in message.iter_parts()]
    start = message.get_param("start")
    root = next((content for name, content in pieces if name == start), pieces[0][1])
    return root, {name.strip().strip("<>"): content for name, content in pieces}


def payload(kind, body):
    """(local name, namespace, XML bytes of what the SOAP body holds, with MTOM parts put back inline, [documents])."""
    root, attachments = parts(kind, body)
    tree = xml.dom.minidom.parseString(root)
    soap_body = tree.getElementsByTagNameNS(SOAP, "Body")[0]
    element = next(node for node in soap_body.childNodes if node.nodeType == node.ELEMENT_NODE)
    documents = []
    for include in element.getElementsByTagNameNS(XOP, "Include"):
        name = urllib.parse.unquote(include.getAttribute("href").removeprefix("cid:"))
        documents.append(attachments[name])
        holder = include.parentNode
        holder.replaceChild(tree.createTextNode(base64.b64encode(attachments[name]).decode()), include)
    node = element.parentNode
    while node is not None and node.nodeType == node.ELEMENT_NODE:
        for name, value in node.attributes.items():
            if name.startswith("xmlns") and not element.hasAttribute(name):
                element.setAttribute(name, value)
        node = node.parentNode
    return element.localName, element.namespaceURI, element.toxml().encode("utf-8"), documents
