#include "app/practice/consent/ConsentReader.h"

#include "core/base/Errors.h"
#include "core/base/Oid.h"
#include "core/base/Timestamp.h"
#include "core/base/Xml.h"

#include <QRegularExpression>

namespace naru::practice {

namespace {
using base::XmlElement;

bool isPolicy(const QString &text)
{
    for (const char *name : {"krConsentAll", "krConsentPart", "krWithdrawAll", "krWithdrawPart"}) {
        if (base::oid(name).text() == text)
            return true;
    }
    return false;
}

template <typename F> void walk(const XmlElement &element, const F &visit)
{
    visit(element);
    for (const XmlElement &child : element.children)
        walk(child, visit);
}

QString utcDigits(const QString &hl7)
{
    const auto time = base::Timestamp::parseHl7(hl7);
    return time ? time->earliestUtc().toString(QStringLiteral("yyyyMMddHHmmss")) : QString();
}

// Structured: <code code="1500" codeSystem=".."> of an entry (or its value) that is negated or stands for an
// exclusion. An exclusion is any entry element with negationInd="true", or an observation/act whose own code
// is one of the words.
bool isExclusion(const XmlElement &element)
{
    if (element.attribute(QLatin1String("negationInd")) == QLatin1String("true"))
        return true;
    const XmlElement *code = element.child(QLatin1String("code"));
    const QString word = code ? code->attribute(QLatin1String("code")) : QString();
    return word == QLatin1String("excluded-department") || word == QLatin1String("excludedDepartment")
        || word == QLatin1String("DENY");
}

void collectCodes(const XmlElement &element, QSet<QString> &departments)
{
    static const QRegularExpression department(QStringLiteral("^\\d{4}$"));
    walk(element, [&](const XmlElement &e) {
        for (const char *name : {"code", "extension"}) {
            const QString value = e.attribute(QLatin1String(name));
            if (department.match(value).hasMatch())
                departments.insert(value);
        }
    });
}

// Narrative: a row whose heading speaks of departments (진료과) carries the four-digit codes; a row of
// institutions carries institution OIDs. This is what every 동의서 has, whatever its entries look like.
void readRow(const XmlElement &row, ConsentEvent &event)
{
    static const QRegularExpression code(QStringLiteral("(?<![0-9.])\\d{4}(?![0-9.])"));
    static const QRegularExpression institution(
        QStringLiteral("%1\\.\\d{8}").arg(QRegularExpression::escape(base::oid("institutionRoot").text())));
    if (row.children.size() < 2)
        return;
    const QString heading = row.children.front().allText();
    QString rest;
    for (std::size_t i = 1; i < row.children.size(); ++i)
        rest += row.children[i].allText() + QLatin1Char(' ');
    for (auto it = institution.globalMatch(rest); it.hasNext();)
        event.institutions.insert(it.next().captured());
    // One statement may be about images or the referral relay alone: it opens and closes nothing here.
    if (heading.trimmed() == QStringLiteral("프로그램") && !rest.trimmed().isEmpty())
        event.concernsExchange = rest.contains(QStringLiteral("진료정보교류"));
    if (!heading.contains(QStringLiteral("진료과")) || heading.contains(QStringLiteral("사유")))
        return;
    for (auto it = code.globalMatch(rest); it.hasNext();)
        event.departments.insert(it.next().captured());
}

void readStatements(const XmlElement &body, ConsentEvent &event)
{
    walk(body, [&](const XmlElement &element) {
        if (element.name == QLatin1String("tr"))
            readRow(element, event);
        else if (isExclusion(element))
            collectCodes(element, event.departments);
    });
}
} // namespace

base::Result<ConsentEvent> readConsent(const QByteArray &cda)
{
    NARU_ASSIGN(const XmlElement root, base::parseXml(cda));
    ConsentEvent event;
    const QString written = utcDigits(root.child(QLatin1String("effectiveTime"))
            ? root.child(QLatin1String("effectiveTime"))->attribute(QLatin1String("value"))
            : QString());
    for (const XmlElement *documentation : root.all(QLatin1String("documentationOf"))) {
        const XmlElement *service = documentation->child(QLatin1String("serviceEvent"));
        if (!service)
            continue;
        if (const XmlElement *code = service->child(QLatin1String("code"));
            code && isPolicy(code->attribute(QLatin1String("code"))))
            event.policy = code->attribute(QLatin1String("code"));
        if (const XmlElement *low = service->path({"effectiveTime", "low"}))
            event.effective = utcDigits(low->attribute(QLatin1String("value")));
    }
    if (event.policy.isEmpty())
        return base::Error(base::errors::Invalid,
            QStringLiteral("no policy in documentationOf/serviceEvent/code"),
            {{QStringLiteral("what"), QStringLiteral("serviceEvent/code")}});
    // A date alone cannot order two statements of one day: the document's own time, when later, decides.
    if (written > event.effective)
        event.effective = written;
    if (const XmlElement *body = root.child(QLatin1String("component")))
        readStatements(*body, event);
    return event;
}

bool cdaClaimsEmergency(const QByteArray &cda)
{
    const auto root = base::parseXml(cda);
    if (!root)
        return false;
    for (const XmlElement *templateId : root->all(QLatin1String("templateId"))) {
        if (templateId->attribute(QLatin1String("root")) == base::oid("krEmergency").text())
            return true;
    }
    bool claimed = false;
    walk(*root, [&](const XmlElement &element) {
        const QString code =
            element.name == QLatin1String("code") ? element.attribute(QLatin1String("code")) : QString();
        // ETREAT is HL7 ActReason "emergency treatment".
        claimed = claimed || code == QLatin1String("ETREAT") || code == QLatin1String("emergency-exception");
    });
    return claimed;
}

} // namespace naru::practice
