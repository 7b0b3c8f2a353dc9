#include "core/ihe/ebxml/EbXml.h"

#include "core/base/Errors.h"
#include "core/ihe/Errors.h"
#include "core/ihe/ebxml/RimMapping.h"
#include "core/ihe/soap/Namespaces.h"
#include "core/ihe/soap/SoapParts.h"

#include <QXmlStreamReader>

namespace naru::ihe {

namespace {
QString text(const QXmlStreamAttributes &attributes, const char *name)
{
    return attributes.value(QLatin1String(name)).trimmed().toString();
}

// Reads the envelope object by object; only one object's raw form is alive at a time.
class Reader {
public:
    Reader(const QByteArray &bytes, const base::XmlBudget &budget)
        : m_xml(bytes)
        , m_budget(budget)
    {
        m_xml.setEntityExpansionLimit(0);
    }

    base::Result<RegistryAnswer> run()
    {
        envelope();
        if (!m_fault)
            return m_fault.error();
        if (m_xml.hasError())
            return soapError(
                QStringLiteral("broken XML: %1 at line %2").arg(m_xml.errorString()).arg(m_xml.lineNumber()));
        if (!m_envelope)
            return soapError(QStringLiteral("no SOAP envelope"));
        for (RimObject &package : m_packages) {
            if (!addToContent(std::move(package), m_markers, m_answer.content))
                m_answer.deviations += QStringLiteral("RegistryPackage without classification");
        }
        m_answer.deviations += m_answer.soap.deviations;
        m_answer.soap.deviations.clear();
        return std::move(m_answer);
    }

private:
    // The next start tag inside the current element; false at its end or on any fault.
    bool nextChild()
    {
        while (m_fault && !m_xml.atEnd()) {
            switch (m_xml.readNext()) {
            case QXmlStreamReader::StartElement:
                return within(++m_elements <= m_budget.elements && ++m_depth <= m_budget.depth);
            case QXmlStreamReader::EndElement:
                --m_depth;
                return false;
            case QXmlStreamReader::DTD:
            case QXmlStreamReader::EntityReference:
                m_fault = soapError(QStringLiteral("DOCTYPE or entity"));
                return false;
            default:
                break;
            }
        }
        return false;
    }
    bool within(bool good)
    {
        if (!good)
            m_fault = soapError(QStringLiteral("more elements or depth than allowed"));
        return good;
    }
    void skip()
    {
        while (nextChild())
            skip();
    }
    bool is(const char *name) const { return m_xml.name() == QLatin1String(name); }

    // Character data up to the end tag; child elements are ignored.
    QString elementText()
    {
        QString out;
        while (m_fault && !m_xml.atEnd()) {
            const QXmlStreamReader::TokenType token = m_xml.readNext();
            if (token == QXmlStreamReader::Characters) {
                out += m_xml.text();
            } else if (token == QXmlStreamReader::EndElement) {
                --m_depth;
                return out.trimmed();
            } else if (token == QXmlStreamReader::StartElement) {
                if (!within(++m_elements <= m_budget.elements && ++m_depth <= m_budget.depth))
                    return {};
                skip();
            } else if (token == QXmlStreamReader::DTD || token == QXmlStreamReader::EntityReference) {
                m_fault = soapError(QStringLiteral("DOCTYPE or entity"));
            }
        }
        return out;
    }

    base::XmlElement tree()
    {
        base::XmlElement out;
        out.namespaceUri = m_xml.namespaceUri().toString();
        out.name = m_xml.name().toString();
        for (const QXmlStreamAttribute &attribute : m_xml.attributes())
            out.attributes.push_back({attribute.namespaceUri().toString(), attribute.name().toString(),
                attribute.value().toString()});
        while (m_fault && !m_xml.atEnd()) {
            const QXmlStreamReader::TokenType token = m_xml.readNext();
            if (token == QXmlStreamReader::Characters)
                (out.children.empty() ? out.text : out.children.back().tail) += m_xml.text();
            if (token == QXmlStreamReader::StartElement
                && within(++m_elements <= m_budget.elements && ++m_depth <= m_budget.depth))
                out.children.push_back(tree());
            if (token == QXmlStreamReader::EndElement) {
                --m_depth;
                break;
            }
            if (token == QXmlStreamReader::DTD || token == QXmlStreamReader::EntityReference)
                m_fault = soapError(QStringLiteral("DOCTYPE or entity"));
        }
        return out;
    }

    void envelope()
    {
        if (!nextChild())
            return;
        m_envelope = is("Envelope")
            && (m_xml.namespaceUri() == QLatin1String(ns::soap12)
                || m_xml.namespaceUri() == QLatin1String(ns::soap11));
        if (!m_envelope)
            return;
        if (m_xml.namespaceUri() == QLatin1String(ns::soap11))
            m_answer.deviations += QStringLiteral("SOAP 1.1 envelope");
        while (nextChild()) {
            if (is("Header"))
                header();
            else if (is("Body"))
                body();
            else
                skip();
        }
        // Reads to the end, so that a cut-off or garbled message does not pass.
        while (m_fault && !m_xml.atEnd())
            m_xml.readNext();
    }

    void header()
    {
        while (nextChild())
            readHeaderBlock(tree(), m_answer.soap);
    }

    void body()
    {
        while (nextChild()) {
            if (is("Fault")) {
                const base::XmlElement fault = tree();
                m_answer.soap.fault = readFault(fault, m_answer.soap);
            } else if (is("AdhocQueryResponse") || is("RegistryResponse")) {
                m_answer.soap.body.name = m_xml.name().toString();
                response();
            } else {
                m_answer.soap.body.name = m_xml.name().toString();
                skip();
            }
        }
    }

    void response()
    {
        m_answer.response.statusText = text(m_xml.attributes(), "status");
        m_answer.response.status = registryStatusFromUrn(m_answer.response.statusText);
        if (m_answer.response.status == RegistryResponse::Status::PartialSuccess
            && !m_answer.response.statusText.startsWith(QLatin1String("urn:ihe:iti:2007:")))
            m_answer.deviations += QStringLiteral("PartialSuccess with a wrong prefix");
        while (nextChild()) {
            if (is("RegistryErrorList"))
                errorList();
            else if (is("RegistryObjectList"))
                objectList();
            else
                skip();
        }
    }

    void errorList()
    {
        while (nextChild()) {
            if (is("RegistryError")) {
                const QXmlStreamAttributes attributes = m_xml.attributes();
                const QString code = text(attributes, "errorCode");
                m_answer.response.errors.push_back({code.mid(code.lastIndexOf(QLatin1Char(':')) + 1),
                    text(attributes, "codeContext"), text(attributes, "location"),
                    text(attributes, "severity").endsWith(QLatin1String("Warning"))});
            }
            skip();
        }
    }

    void objectList()
    {
        while (nextChild()) {
            if (is("ObjectRef")) {
                m_answer.objectRefs += text(m_xml.attributes(), "id");
                skip();
            } else if (is("ExtrinsicObject") || is("Association")) {
                addToContent(object(), m_markers, m_answer.content);
            } else if (is("RegistryPackage")) {
                m_packages.push_back(object()); // its marker may follow as a sibling
            } else if (is("Classification")) {
                const QString classified = text(m_xml.attributes(), "classifiedObject");
                m_markers.insert(classified, classification().node);
            } else {
                skip();
            }
        }
    }

    RimObject object()
    {
        RimObject out;
        const QXmlStreamAttributes attributes = m_xml.attributes();
        out.element = m_xml.name().toString();
        for (const auto &[name, target] :
            {std::pair<const char *, QString *>{"id", &out.id}, {"lid", &out.lid}, {"home", &out.home},
                {"status", &out.status}, {"objectType", &out.objectType}, {"mimeType", &out.mimeType},
                {"associationType", &out.associationType}, {"sourceObject", &out.source},
                {"targetObject", &out.target}})
            *target = text(attributes, name);
        while (nextChild()) {
            if (is("Slot")) {
                out.slots.push_back(slot());
            } else if (is("Classification")) {
                out.classifications.push_back(classification());
            } else if (is("ExternalIdentifier")) {
                const QXmlStreamAttributes a = m_xml.attributes();
                out.externals.push_back({text(a, "identificationScheme"), text(a, "value"), {}});
                skip();
            } else if (is("Name")) {
                out.name = localized();
            } else if (is("Description")) {
                out.description = localized();
            } else if (is("VersionInfo")) {
                out.versionName = text(m_xml.attributes(), "versionName");
                skip();
            } else {
                skip();
            }
        }
        return out;
    }

    RimSlot slot()
    {
        RimSlot out;
        out.name = text(m_xml.attributes(), "name");
        while (nextChild()) {
            if (!is("ValueList")) {
                skip();
                continue;
            }
            while (nextChild())
                out.values += elementText();
        }
        return out;
    }

    RimClassification classification()
    {
        RimClassification out;
        const QXmlStreamAttributes attributes = m_xml.attributes();
        out.scheme = text(attributes, "classificationScheme");
        out.node = text(attributes, "classificationNode");
        out.representation = text(attributes, "nodeRepresentation");
        while (nextChild()) {
            if (is("Slot"))
                out.slots.push_back(slot());
            else if (is("Name"))
                out.name = localized();
            else
                skip();
        }
        return out;
    }

    // Korean before the first of any other language.
    QString localized()
    {
        QString out;
        while (nextChild()) {
            const QXmlStreamAttributes attributes = m_xml.attributes();
            const bool korean = attributes.value(QLatin1String("xml:lang")).startsWith(QLatin1String("ko"));
            if (out.isEmpty() || korean)
                out = text(attributes, "value");
            skip();
        }
        return out;
    }

    QXmlStreamReader m_xml;
    const base::XmlBudget &m_budget;
    RegistryAnswer m_answer{};
    base::Status m_fault{};
    std::vector<RimObject> m_packages{};
    QHash<QString, QString> m_markers{};
    qint64 m_elements = 0;
    int m_depth = 0;
    bool m_envelope = false;
};
} // namespace

base::XmlBudget registryBudget()
{
    base::XmlBudget budget;
    budget.bytes = 192LL * 1024 * 1024;
    budget.elements = 6'000'000;
    budget.textBytes = budget.bytes;
    budget.depth = 64;
    return budget;
}

base::Result<RegistryAnswer> readRegistryAnswer(const QByteArray &envelope)
{
    if (envelope.trimmed().isEmpty())
        return base::Error(errors::Empty, QStringLiteral("no bytes"));
    const base::XmlBudget budget = registryBudget();
    if (base::Status checked = base::xmlPrecheck(envelope, budget); !checked)
        return soapError(QStringLiteral("refused XML")).because(checked.error());
    return Reader(envelope, budget).run();
}

} // namespace naru::ihe
