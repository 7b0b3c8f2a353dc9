#include "core/ihe/metadata/Hl7Fields.h"

#include "core/clinical/Parties.h"
#include "core/ihe/metadata/Metadata.h"

namespace naru::ihe {

namespace {
constexpr QLatin1Char component('^');
constexpr QLatin1Char subcomponent('&');

QString at(const QStringList &parts, qsizetype index)
{
    return index < parts.size() ? parts[index] : QString();
}

// Components stay raw so that subcomponents can be split before unescaping.
QStringList components(const QString &text)
{
    return text.trimmed().split(component);
}

// HD: namespace & universal id & type.
QString authorityOf(const QString &hd)
{
    const QStringList parts = hd.split(subcomponent);
    return bareOid(unescapeHl7(parts.size() > 1 ? parts[1] : parts.value(0)));
}

QString hd(const QString &oid)
{
    return oid.isEmpty() ? QString() : QStringLiteral("&") + escapeHl7(oid) + QStringLiteral("&ISO");
}

QString joined(QStringList parts)
{
    while (!parts.isEmpty() && parts.last().isEmpty())
        parts.removeLast();
    return parts.join(component);
}
} // namespace

QString escapeHl7(const QString &text)
{
    QString out;
    out.reserve(text.size());
    for (const QChar c : text) {
        switch (c.unicode()) {
        case u'\\':
            out += QLatin1String("\\E\\");
            break;
        case u'|':
            out += QLatin1String("\\F\\");
            break;
        case u'^':
            out += QLatin1String("\\S\\");
            break;
        case u'&':
            out += QLatin1String("\\T\\");
            break;
        case u'~':
            out += QLatin1String("\\R\\");
            break;
        default:
            out += c;
        }
    }
    return out;
}

QString unescapeHl7(const QString &text)
{
    if (!text.contains(QLatin1Char('\\')))
        return text;
    static const QString letters = QStringLiteral("EFSTR");
    static const QString plain = QStringLiteral("\\|^&~");
    QString out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const qsizetype letter = i + 2 < text.size() && text[i] == u'\\' && text[i + 2] == u'\\'
            ? letters.indexOf(text[i + 1])
            : -1;
        if (letter < 0) {
            out += text[i];
            continue;
        }
        out += plain[letter];
        i += 2;
    }
    return out;
}

QStringList splitHl7(const QString &text, QChar separator)
{
    QStringList out;
    for (const QString &part : text.split(separator))
        out += unescapeHl7(part);
    return out;
}

clinical::Identifier parseCx(const QString &cx)
{
    const QStringList parts = components(cx);
    return {authorityOf(at(parts, 3)), unescapeHl7(at(parts, 0))};
}

QString writeCx(const clinical::Identifier &id)
{
    if (id.isEmpty())
        return {};
    return joined({escapeHl7(id.extension), {}, {}, hd(id.root)});
}

ReferenceId ReferenceId::parse(const QString &cxi)
{
    const QStringList parts = components(cxi);
    return {unescapeHl7(at(parts, 0)), authorityOf(at(parts, 3)), unescapeHl7(at(parts, 4)),
        authorityOf(at(parts, 5))};
}

QString ReferenceId::toText() const
{
    return joined({escapeHl7(id), {}, {}, hd(authority), escapeHl7(type),
        homeCommunityId.isEmpty() ? QString() : QStringLiteral("urn:oid:") + homeCommunityId});
}

XdsPerson XdsPerson::parse(const QString &xcn)
{
    const QStringList parts = components(xcn);
    XdsPerson out;
    out.id = unescapeHl7(at(parts, 0));
    out.family = unescapeHl7(at(parts, 1).section(subcomponent, 0, 0));
    out.given = unescapeHl7(at(parts, 2));
    out.authority = authorityOf(at(parts, 8));
    // Some senders put the whole name into the first component.
    if (parts.size() == 1 && !out.id.isEmpty() && !out.id[0].isDigit()) {
        out.family = out.id;
        out.id.clear();
    }
    return out;
}

QString XdsPerson::toText() const
{
    return joined({escapeHl7(id), escapeHl7(family), escapeHl7(given), {}, {}, {}, {}, {}, hd(authority)});
}

QString XdsPerson::name() const
{
    const bool hangul = !family.isEmpty() && family[0].script() == QChar::Script_Hangul;
    return hangul ? family + given : (given + QLatin1Char(' ') + family).trimmed();
}

XdsOrganization XdsOrganization::parse(const QString &xon)
{
    const QStringList parts = components(xon);
    XdsOrganization out{
        unescapeHl7(at(parts, 0)), bareOid(unescapeHl7(at(parts, 9))), authorityOf(at(parts, 5))};
    if (out.id.isEmpty())
        out.id = bareOid(unescapeHl7(at(parts, 2))); // XON.3, the field before HL7 2.5
    return out;
}

QString XdsOrganization::toText() const
{
    return joined({escapeHl7(name), {}, {}, {}, {}, hd(authority), {}, {}, {}, escapeHl7(id)});
}

XdsTelecom XdsTelecom::parse(const QString &xtn)
{
    const QStringList parts = components(xtn);
    XdsTelecom out{unescapeHl7(at(parts, 1)), unescapeHl7(at(parts, 2)), {}};
    const QString number = QStringList{at(parts, 4), at(parts, 5), at(parts, 6)}.join(QString());
    for (const QString &candidate : {at(parts, 3), at(parts, 11), number, at(parts, 0)}) {
        if (out.value.isEmpty())
            out.value = unescapeHl7(candidate);
    }
    return out;
}

XdsTelecom XdsTelecom::workPhone(const QString &number)
{
    return {QStringLiteral("WPN"), QStringLiteral("PH"), number};
}

QString XdsTelecom::toText() const
{
    if (value.isEmpty())
        return {};
    if (use == QLatin1String("NET"))
        return joined({{}, escapeHl7(use), escapeHl7(kind), escapeHl7(value)});
    return joined({{}, escapeHl7(use), escapeHl7(kind), {}, {}, {}, {}, {}, {}, {}, {}, escapeHl7(value)});
}

SourcePatientInfo SourcePatientInfo::parse(const QStringList &values)
{
    SourcePatientInfo out;
    for (const QString &value : values) {
        const QString key = value.section(QLatin1Char('|'), 0, 0).trimmed();
        const QString text = value.section(QLatin1Char('|'), 1);
        if (key == QLatin1String("PID-3")) {
            for (const QString &cx : text.split(QLatin1Char('~'), Qt::SkipEmptyParts))
                out.ids.push_back(parseCx(cx));
        } else if (key == QLatin1String("PID-5") && out.family.isEmpty()) {
            const QStringList parts = components(text.section(QLatin1Char('~'), 0, 0));
            out.family = unescapeHl7(at(parts, 0).section(subcomponent, 0, 0));
            out.given = unescapeHl7(at(parts, 1));
        } else if (key == QLatin1String("PID-7")) {
            out.birthDate = fromXdsTime(text);
        } else if (key == QLatin1String("PID-8")) {
            out.sex = text.trimmed();
        } else if (key == QLatin1String("PID-11") && out.address.isEmpty()) {
            out.address = text;
        } else {
            out.others += value;
        }
    }
    return out;
}

QStringList SourcePatientInfo::toValues() const
{
    QStringList out;
    for (const clinical::Identifier &id : ids)
        out += QStringLiteral("PID-3|") + writeCx(id);
    if (!family.isEmpty() || !given.isEmpty())
        out += QStringLiteral("PID-5|") + joined({escapeHl7(family), escapeHl7(given)});
    if (!birthDate.isNull())
        out += QStringLiteral("PID-7|") + birthDate.toHl7();
    if (!sex.isEmpty())
        out += QStringLiteral("PID-8|") + sex;
    if (!address.isEmpty())
        out += QStringLiteral("PID-11|") + address;
    return out + others;
}

} // namespace naru::ihe
